"""Simulations of the unit on generalization and confidence."""
