"""Writing and editing the course: what instructors do, in the app or with files."""
