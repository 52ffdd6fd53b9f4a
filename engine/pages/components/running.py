"""A simulation run while somebody looks on."""

from __future__ import annotations

import streamlit as st

from engine.course import Experiment, run_experiment
from engine.i18n import say
from engine.pages.session import Session
from engine.simulations import Outcome, reporting


def run_with_progress(session: Session, experiment: Experiment) -> Outcome:
    """The outcome, with a bar while a long run is under way."""
    room = st.empty()
    words = session.translate(say("Running the simulation …"))

    def show(share: float) -> None:
        room.progress(share, words)

    with reporting(show):
        outcome = run_experiment(experiment)
    room.empty()
    return outcome
