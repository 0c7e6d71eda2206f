"""What the rules are: packs of TOML with their sources, and the models that read them."""
