"""How a request comes in: the doors."""
