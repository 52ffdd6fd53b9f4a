"""A question as written -> a template that can be drawn."""
