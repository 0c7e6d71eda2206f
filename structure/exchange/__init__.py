"""An organisation in the formats of others: W3C ORG in Turtle, CSV, Mermaid, iCalendar. Each file says what its format loses."""
