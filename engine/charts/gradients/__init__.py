"""Charts of the unit on scale, gradients and activations."""
