"""Simulations of the unit on normalization."""
