"""Numbers and units as people write them."""
