"""How time comes in: thin Prefect flows."""
