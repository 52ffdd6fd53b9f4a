"""Simulations of the unit on weight initialization."""
