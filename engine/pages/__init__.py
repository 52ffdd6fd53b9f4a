"""The Streamlit pages, a room each: they show, and call use cases of study and authoring."""
