"""Settings: FSRS fitted to the learner, and help with the desired retention."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import streamlit as st

from engine import charts
from engine.i18n import Message, Translator, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.formatting import moment, percent
from engine.pages.guard import apart, guarded_click
from engine.pages.session import Session
from engine.scheduling import AHEAD, RETENTIONS, NotEnough, Workload, can_fit
from engine.storage import Fit
from engine.study import FEWEST_MEMORIES, FitStanding, fit_standing, workloads

KEY = "fitting"
MISSING = say(
    "Fitting FSRS to you takes the package fsrs-rs-python, which is not installed here. Whoever "
    "runs this server gets it with “pip install fsrs-rs-python”."
)


@dataclass
class _State:
    """What this part of the page keeps between two clicks.

    of: whose it is, and of which state of the log; what was found is of that one.
    """

    of: tuple[str, int]
    standing: FitStanding | None = None
    wanted: bool = False
    asked: bool = False
    loads: Sequence[Workload] | None = None


def fitted_to_you(session: Session) -> None:
    """The section: how far a fit is, its button, what came of it, and help to decide."""
    with apart():
        st.header(session.translate(say("Fitted to you")), anchor=False)
        if not can_fit():
            st.info(session.translate(MISSING), icon=":material/info:")
            return
        _fit(session, _state(session))
        _decide(session, _state(session))


def _state(session: Session) -> _State:
    of = (session.person.id, session.study.store.log.last_id(session.person.id))
    state = st.session_state.get(KEY)
    if not isinstance(state, _State) or state.of != of:
        state = st.session_state[KEY] = _State(of)
    return state


# -- the fit -----------------------------------------------------------------------------------


def _fit(session: Session, state: _State) -> None:
    translate = session.translate
    if state.wanted:
        state.wanted = False
        _run(session, state)
    if state.standing is None:
        state.standing = fit_standing(session.study.store, session.person.id)
    standing = state.standing
    st.markdown(
        translate(
            say(
                "When an item comes back is reckoned with parameters that were fitted to many "
                "learners. With enough answers of your own they can be fitted to you."
            )
        )
    )
    st.progress(
        min(standing.answers / standing.needed, 1.0),
        text=translate(
            say(
                "{answers} answers that count; {needed} are needed",
                answers=standing.answers,
                needed=standing.needed,
            )
        ),
    )
    st.caption(
        translate(
            say("An answer counts that came on a later day than the one before to the same item.")
        )
    )
    if standing.newest is not None:
        for line in _result(session, standing.newest, fitted=standing.fitted):
            st.markdown(translate(line))
    _buttons(translate, standing)


def _run(session: Session, state: _State) -> None:
    translate = session.translate
    # Too few, where some were taken back meanwhile: how many there are is said in any case.
    with st.spinner(translate(say("Fitting to your answers …"))), suppress(NotEnough):
        session.study.fit(session.person, clock.now())
    state.standing, state.loads = None, None


def _buttons(translate: Translator, standing: FitStanding) -> None:
    with st.container(horizontal=True, key=f"{KEY}-buttons"):
        st.button(
            translate(say("Fit to my answers")),
            key=f"{KEY}-fit",
            icon=":material/tune:",
            on_click=_want,
            disabled=not standing.enough,
        )
        if standing.fitted:
            st.button(
                translate(say("Back to the usual parameters")),
                key=f"{KEY}-back",
                icon=":material/undo:",
                on_click=_back,
            )


def _result(session: Session, newest: Fit, *, fitted: bool) -> list[Message]:
    """What came of the newest fit, in words."""
    when = moment(newest.at, session.person)
    if newest.weights is None:
        return [say("You went back to the usual parameters: {when}.", when=when)]
    losses = {
        "before": f"{newest.log_loss_before:.3f}",
        "after": f"{newest.log_loss_after:.3f}",
        "held_out": newest.answers // 5,
    }
    found = say(
        "Fitted to {answers} answers: {when}. How well your newest {held_out} were foretold, which "
        "the fit had not seen (log loss, less is better): **{before}** before, **{after}** now.",
        answers=newest.answers,
        when=when,
        **losses,
    )
    if newest.applied:
        return [found, say("It is better, so your items come back by it from now on.")]
    if fitted:
        return [found, say("It is no better, so your fit of before stays.")]
    return [found, say("It is no better, so the usual parameters stay.")]


@guarded_click
def _want() -> None:
    _state(sessions.current()).wanted = True


@guarded_click
def _back() -> None:
    session = sessions.current()
    session.study.unfit(session.person, clock.now())
    st.session_state.pop(KEY, None)


# -- help to decide ----------------------------------------------------------------------------


def _decide(session: Session, state: _State) -> None:
    translate = session.translate
    st.subheader(translate(say("How much to remember")), anchor=False)
    st.markdown(
        translate(
            say(
                "A higher desired retention means more known and more reviews. What it would be "
                "for what you have met so far can be played through, over {days} days.",
                days=AHEAD,
            )
        )
    )
    if state.asked and state.loads is None:
        state.loads = _played(session)
    if state.loads is None:
        st.button(
            translate(say("Help me decide")),
            key=f"{KEY}-decide",
            icon=":material/query_stats:",
            on_click=_ask,
        )
    elif not state.loads:
        st.info(
            translate(say("It takes {count} items that you have met.", count=FEWEST_MEMORIES)),
            icon=":material/info:",
        )
    else:
        _shown(session, state.loads)


def _played(session: Session) -> Sequence[Workload]:
    """With progress: thousands of items take some seconds."""
    text = session.translate(say("Playing through the coming days …"))
    bar, found = st.progress(0.0, text=text), []
    now = clock.now()
    study = session.study
    for load in workloads(study.store, session.person, study.course(now), now):
        found.append(load)
        bar.progress(len(found) / len(RETENTIONS), text=text)
    bar.empty()
    return found


def _shown(session: Session, loads: Sequence[Workload]) -> None:
    translate, chosen = session.translate, session.person.settings.desired_retention
    points = [(load.retention, load.minutes, load.known) for load in loads]
    words = translate(_in_words(loads))
    with apart():
        chart = charts.workload_chart(points, chosen, session.person.language)
        st.vega_lite_chart(
            charts.themed(chart, sessions.theme()),
            key=f"{KEY}-chart",
            width="stretch",
            theme=None,
            alt=words,
        )
    st.markdown(words)
    st.markdown(_table(translate, loads, chosen))
    options = [load.retention for load in loads]
    now = next((one for one in options if abs(one - chosen) < 0.005), None)
    # Made anew where the setting changed elsewhere on the page.
    key = f"{KEY}-retention-{chosen}"
    st.pills(
        translate(say("Set the desired retention")),
        options,
        default=now,
        format_func=percent,
        key=key,
        on_change=_choose,
        args=(key,),
    )


def _in_words(loads: Sequence[Workload]) -> Message:
    least, most = loads[0], loads[-1]
    return say(
        "From {low} to {high}, reviews go from {few} to {many} minutes a day, and what you would "
        "know on an average day from {less} to {more}. New items come on top.",
        low=percent(least.retention),
        high=percent(most.retention),
        few=_minutes(least.minutes),
        many=_minutes(most.minutes),
        less=percent(least.known),
        more=percent(most.known),
    )


def _table(translate: Translator, loads: Sequence[Workload], chosen: float) -> str:
    heads = (say("Desired retention"), say("Minutes of reviews a day"), say("Known"))
    lines = [
        "| " + " | ".join(translate(head) for head in heads) + " |",
        "|---|---|---|",
    ]
    for load in loads:
        mark = "**" if abs(load.retention - chosen) < 0.005 else ""
        cells = (percent(load.retention), _minutes(load.minutes), percent(load.known))
        lines.append("| " + " | ".join(f"{mark}{cell}{mark}" for cell in cells) + " |")
    return "\n".join(lines)


def _minutes(minutes: float) -> str:
    return f"{minutes:.{2 if minutes < 1 else 1 if minutes < 10 else 0}f}"


@guarded_click
def _ask() -> None:
    _state(sessions.current()).asked = True


@guarded_click
def _choose(key: str) -> None:
    session, picked = sessions.current(), st.session_state.get(key)
    if picked is not None:
        settings = replace(session.person.settings, desired_retention=picked)
        session.study.save_settings(session.person, settings)
        # What the slider above holds would be shown instead of what is kept.
        st.session_state.pop("setting-desired_retention", None)
