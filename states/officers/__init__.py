"""Who holds an office, who acts for it, and whose turn it is: on any day, from what is recorded and what the pack says."""
