"""How any matter changes. Closed: no file here names a kind."""
