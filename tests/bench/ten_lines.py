"""What everything is measured against: about the least that a Streamlit quiz can be."""

import streamlit as st

n = st.session_state.setdefault("n", 0)
st.title(f"Question {n}")
st.text_input("Your answer", key=f"answer-{n}")


def on() -> None:
    st.session_state.n += 1


st.button("Next", on_click=on)
