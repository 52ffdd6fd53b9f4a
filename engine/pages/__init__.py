"""The Streamlit pages, a room each. They show and call; what happens is a use case of study or authoring."""
