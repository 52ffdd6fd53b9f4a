"""Today and Practice: an item, what a click on it does, the day's summary."""
