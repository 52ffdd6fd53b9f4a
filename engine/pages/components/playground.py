"""A simulation to play with: its chart, a few of its parameters, and the way on to the lab."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

import streamlit as st

from engine.course import Experiment, LabError, Play, drawn_anew, experiment_chart
from engine.i18n import Translator, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.components.parameter_controls import in_rows, settings_controls
from engine.pages.components.running import run_with_progress
from engine.pages.guard import guarded_click, guarded_part
from engine.pages.lab.lab_address import LabAddress
from engine.pages.session import Session

log = logging.getLogger("simcards")


@st.fragment
@guarded_part
def playground(session: Session, play: Play, key: str, language: str, caption: str = "") -> None:
    """The chart of `play`, its caption and its controls. key: where on the page, so that two do
    not mix.
    """
    key = f"{key}-{play.experiment.simulation}"
    experiment = _as_set(play, key)
    drawn = draw_chart(session, play, experiment, language, key)
    if caption:
        st.caption(caption)
    settings_controls(
        experiment.simulation,
        experiment.values,
        Translator(language),
        key,
        partial(_moved, key),
        in_rows(len(play.controls)),
        only=play.controls,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if drawn and drawn_anew(play):
            st.button(
                session.translate(say("Draw again")),
                key=f"{key}-again",
                on_click=_draw_again,
                args=(key,),
            )
        if experiment.settings != play.experiment.settings:
            st.button(
                session.translate(say("Back to the beginning")),
                key=f"{key}-back",
                on_click=_begin_again,
                args=(key,),
            )
        st.page_link(
            sessions.page_of("lab"),
            label=session.translate(say("More of this in the lab")),
            icon=":material/science:",
            query_params=LabAddress(experiment, None, play.chart).query(),
        )


def _as_set(play: Play, key: str) -> Experiment:
    """As the learner set it; as it begins where that is not possible (any more)."""
    values: Mapping[str, object] = st.session_state.get(f"{key}-values", {})
    seed = st.session_state.get(f"{key}-seed", play.experiment.seed)
    try:
        return play.with_setting(values, seed)
    except LabError:
        return play.experiment


def draw_chart(
    session: Session, play: Play, experiment: Experiment, language: str, key: str
) -> bool:
    """Draws it and returns True; says in words that it cannot be, and returns False."""
    try:
        run_with_progress(session, experiment)
        specification, description = experiment_chart(
            experiment, play.chart, sessions.theme(), language
        )
    except Exception:  # whatever a simulation or a chart may raise
        log.exception("the chart %s of %s", play.chart, experiment)
        text = say(
            "With these settings the chart cannot be drawn. Change one of them, or go back to the "
            "beginning."
        )
        still = say("This chart cannot be drawn. It has been written to the server's log.")
        st.info(session.translate(text if play.controls else still))
        return False
    st.vega_lite_chart(
        specification, key=f"{key}-chart", width="stretch", theme=None, alt=description
    )
    return True


@guarded_click
def _moved(key: str, name: str, control: str) -> None:
    values = dict(st.session_state.get(f"{key}-values", {}))
    st.session_state[f"{key}-values"] = {**values, name: st.session_state[control]}


@guarded_click
def _draw_again(key: str) -> None:
    st.session_state[f"{key}-seed"] = clock.fresh_seed()


@guarded_click
def _begin_again(key: str) -> None:
    for part in ("values", "seed"):
        st.session_state.pop(f"{key}-{part}", None)
