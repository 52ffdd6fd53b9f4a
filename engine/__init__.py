"""Simcards: concept cards paired with simulations, scheduled by FSRS."""

__version__ = "0.1.0"
