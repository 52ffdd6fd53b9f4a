"""Reading and writing files: folders, YAML, TOML, and the problems found in them."""
