"""WHAT DOES THE COUNCIL LEARN? counts -> disclosure control -> one report object -> HTML, PDF, CSV, JSON."""
