"""What is kept: the only SQL, and the vault."""
