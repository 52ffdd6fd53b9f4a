"""Charts of the unit on normalization."""
