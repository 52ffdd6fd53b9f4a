"""Sources: what the notes say, and whether it holds."""
