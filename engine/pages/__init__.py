"""The Streamlit pages: a few lines each that call study and charts."""
