"""Charts of the unit on weight initialization."""
