"""How fast is it? Measured in one run beside hand-written SQL and beside what a user would pick instead."""
