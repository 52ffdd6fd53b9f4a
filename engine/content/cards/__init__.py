"""Cards, from the bytes of their files to `Card`s."""
