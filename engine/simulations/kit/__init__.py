"""What the simulations share: parameters and outcomes, networks, the mean-field theory."""
