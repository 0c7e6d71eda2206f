"""What can happen next: tables, and time as pure functions."""
