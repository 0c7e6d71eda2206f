"""What someone does: the only writers, and the only callers of the vault."""
