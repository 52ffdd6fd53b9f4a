"""What is wrong with Markdown and formulas though they can be read."""
