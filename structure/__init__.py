"""What does the house look like? An organisation at a date is a fold of dated operations; pure, no framework, no clock."""
