"""The editor of cards."""
