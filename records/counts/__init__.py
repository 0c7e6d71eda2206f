"""HOW MANY? The only source of every report. What is counted here leaves the process only through disclosure control."""
