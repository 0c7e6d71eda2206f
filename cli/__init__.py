"""How an operator comes in."""
