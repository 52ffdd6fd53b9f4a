"""Charts of the unit on generalization and confidence."""
