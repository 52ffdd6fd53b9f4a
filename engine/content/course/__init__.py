"""The content folder as a whole: its cards, course.toml, sources.toml."""
