"""The ten-line app as an ASGI application, so that it is served like ours."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).with_name("ten_lines.py"))
