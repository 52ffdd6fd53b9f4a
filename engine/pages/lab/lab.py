"""Lab: any simulation to play with, two settings side by side, a prediction before the run."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from engine.content import Card, Finding
from engine.course import (
    Course,
    Experiment,
    best_chart,
    charts_of,
    experiment_chart,
    number,
    run_experiment,
)
from engine.i18n import in_language, say, say_label
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.components.parameter_controls import in_rows, settings_controls
from engine.pages.components.running import run_with_progress
from engine.pages.guard import apart, guarded, guarded_click, page_title
from engine.pages.lab.lab_address import LabAddress, read
from engine.pages.lab.prediction import hidden, prediction
from engine.pages.lab.tables import tables
from engine.pages.session import Session
from engine.simulations import SIMULATIONS
from engine.study import experiments_of

#: How the two settings are called.
LETTERS = ("A", "B")


@guarded
def page() -> None:
    """The page, as its address has it."""
    session = sessions.current()
    translate = session.translate
    course = session.study.course(clock.now())
    place = read(st.query_params)
    page_title(translate(say("Lab")))
    st.markdown(
        translate(
            say(
                "Every question comes from one of these simulations. Change a number and look, or "
                "begin with a finding."
            )
        )
    )
    _notice(session)
    with apart():
        _findings(session, course, place)
    _simulation(session, place)
    _switches(session, place)
    if place.predict:
        with apart():
            prediction(session, place)
    _charts(session, place)
    _settings(session, place)
    if _runs(session, place):  # else the chart has said so
        with apart():
            _numbers(session, place)
        letters = LETTERS if place.second is not None else ("",)
        with apart():
            tables(session, _shown(session, place), letters, opened=place.chart is None)
    with apart():
        _cards(session, course, place)


def _notice(session: Session) -> None:
    """What kept the last click from being carried out."""
    if session.trouble is not None:
        st.error(session.translate(session.trouble), icon=":material/warning:")
        session.trouble = None


def _runs(session: Session, place: LabAddress) -> bool:
    """Whether what is shown can be simulated."""
    try:
        return all(run_experiment(experiment) for experiment in _shown(session, place))
    except Exception:
        return False


def go(place: LabAddress) -> None:
    """Makes `place` the address."""
    st.query_params.from_dict(place.query())


# -- what to look at -------------------------------------------------------------------------


def _findings(session: Session, course: Course, place: LabAddress) -> None:
    """The findings; the text of the one that is set."""
    if not course.findings:
        return
    language, key = session.person.language, "lab-preset"
    names = {p.id: in_language(p.title, language) for p in course.findings}
    shown = next((p for p in course.findings if place_of(p) == place), None)
    st.session_state[key] = shown.id if shown else None
    st.selectbox(
        session.translate(say("A finding to look at")),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=session.translate(say("Pick one, and everything is set for it")),
        key=key,
        on_change=_pick_finding,
        args=(key,),
    )
    if shown is not None:
        st.info(in_language(shown.text, language), icon=":material/lightbulb:")


def place_of(finding: Finding) -> LabAddress:
    """Where a finding is looked at."""
    first, second = experiments_of(finding)
    return LabAddress(first, second, finding.chart)


@guarded_click
def _pick_finding(key: str) -> None:
    session = sessions.current()
    course = session.study.course(clock.now())
    picked = next((p for p in course.findings if p.id == st.session_state[key]), None)
    if picked is not None:
        go(place_of(picked))


def _simulation(session: Session, place: LabAddress) -> None:
    key = "lab-simulation"
    titles = {
        name: session.translate(say_label(s.label(s.title))) for name, s in SIMULATIONS.items()
    }
    st.session_state[key] = place.first.simulation
    st.selectbox(
        session.translate(say("Simulation")),
        sorted(titles, key=titles.__getitem__),
        format_func=titles.__getitem__,
        key=key,
        on_change=_pick_simulation,
        args=(key,),
    )


@guarded_click
def _pick_simulation(key: str) -> None:
    name = str(st.session_state[key])
    go(LabAddress(Experiment.of(name, {}, 0), None, best_chart(name)))


# -- how it is set ---------------------------------------------------------------------------


def _switches(session: Session, place: LabAddress) -> None:
    """One setting or two, and the seed."""
    translate = session.translate
    modes = {
        "one": say("One setting"),
        "two": say("Two side by side"),
        "predict": say("Predict, then run"),
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="lab-switches"):
        key = "lab-mode"
        st.session_state[key] = "predict" if place.predict else "two" if place.second else "one"
        st.segmented_control(
            translate(say("Show")),
            list(modes),
            format_func=lambda mode: translate(modes[mode]),
            required=True,
            key=key,
            on_change=_set_mode,
            args=(place, key),
        )
        key = "lab-seed"
        st.session_state[key] = place.first.seed
        st.number_input(
            translate(say("Seed")),
            min_value=0,
            max_value=2**32 - 1,
            step=1,
            key=key,
            on_change=_set_seed,
            args=(place, key),
            width=160,
        )
        st.button(
            translate(say("Draw again")), key="lab-again", on_click=_draw_again, args=(place,)
        )


@guarded_click
def _set_mode(place: LabAddress, key: str) -> None:
    mode = st.session_state[key]
    second = None if mode == "one" else place.second or place.first
    go(replace(place, second=second, predict=mode == "predict"))


@guarded_click
def _set_seed(place: LabAddress, key: str) -> None:
    _reseed(place, int(st.session_state[key]))


@guarded_click
def _draw_again(place: LabAddress) -> None:
    _reseed(place, clock.fresh_seed())


def _reseed(place: LabAddress, seed: int) -> None:
    second = None if place.second is None else replace(place.second, seed=seed)
    go(replace(place, first=replace(place.first, seed=seed), second=second))


def _settings(session: Session, place: LabAddress) -> None:
    translate = session.translate
    with st.expander(translate(say("Settings")), expanded=True):
        alone = place.second is None
        columns = [] if alone else st.columns(2, gap="medium")
        for side, experiment in enumerate((place.first, place.second)):
            if experiment is None:
                continue
            if not alone:
                columns[side].markdown(f"**{LETTERS[side]}**")
            settings_controls(
                experiment.simulation,
                experiment.values,
                translate,
                f"lab-{experiment.simulation}-{side}",
                _changed_first if side == 0 else _changed_second,
                in_rows(len(experiment.settings)) if alone else [columns[side]],
            )
        st.button(translate(say("Back to the defaults")), key="lab-defaults", on_click=_to_defaults)


@guarded_click
def _changed_first(name: str, key: str) -> None:
    place = read(st.query_params)
    go(replace(place, first=_with(place.first, name, st.session_state[key])))


@guarded_click
def _changed_second(name: str, key: str) -> None:
    place = read(st.query_params)
    assert place.second is not None
    go(replace(place, second=_with(place.second, name, st.session_state[key])))


def _with(experiment: Experiment, name: str, value: object) -> Experiment:
    values = {**experiment.values, name: value}
    return Experiment.of(experiment.simulation, values, experiment.seed)


@guarded_click
def _to_defaults() -> None:
    place = read(st.query_params)
    default = Experiment.of(place.first.simulation, {}, place.first.seed)
    go(replace(place, first=default, second=default if place.second else None))


# -- what comes of it ------------------------------------------------------------------------


def _shown(session: Session, place: LabAddress) -> list[Experiment]:
    """The experiments to show now; the second waits for a prediction where one was asked for."""
    if place.second is None or hidden(session, place):
        return [place.first]
    return [place.first, place.second]


def _without_chart(session: Session, place: LabAddress) -> None:
    """Says that numbers and tables are all there is to see."""
    for experiment in _shown(session, place):
        with apart():  # what keeps it from running is told here, as a chart would have
            run_with_progress(session, experiment)
    note = say(
        "This simulation has no chart yet. What it measures stands below, in numbers and tables."
    )
    st.info(session.translate(note), icon=":material/table_chart:")


def _charts(session: Session, place: LabAddress) -> None:
    translate = session.translate
    if place.chart is None:
        _without_chart(session, place)
        return
    names = charts_of(place.first.simulation)
    if len(names) > 1:
        key = "lab-chart"
        st.session_state[key] = place.chart
        st.segmented_control(
            translate(say("Chart")),
            names,
            format_func=lambda name: str(names.index(name) + 1),
            required=True,
            key=key,
            on_change=_set_chart,
            args=(place, key),
        )
    shown = _shown(session, place)
    for side, (column, experiment) in enumerate(
        zip(st.columns(len(shown), gap="medium"), shown, strict=True)
    ):
        with column:
            if place.second is not None:
                st.markdown(f"**{LETTERS[side]}**")
            with apart():
                _chart(session, place.chart, experiment, side)


@guarded_click
def _set_chart(place: LabAddress, key: str) -> None:
    go(replace(place, chart=str(st.session_state[key])))


def _chart(session: Session, chart: str, experiment: Experiment, side: int) -> None:
    run_with_progress(session, experiment)
    specification, description = experiment_chart(
        experiment, chart, sessions.theme(), session.person.language
    )
    st.vega_lite_chart(
        specification,
        key=f"lab-chart-{experiment.simulation}-{chart}-{side}",
        width="stretch",
        theme=None,
        alt=description,
    )


def _numbers(session: Session, place: LabAddress) -> None:
    """What was measured, a row a number and a column a setting."""
    translate, simulation = session.translate, SIMULATIONS[place.first.simulation]
    labels = simulation.scalars
    shown = _shown(session, place)
    outcomes = [run_experiment(experiment) for experiment in shown]
    heads = LETTERS if place.second is not None else (translate(say("value")),)
    measured = translate(say("measured"))
    rows: dict[str, list[str]] = {
        measured: [translate(say_label(simulation.label(text))) for text in labels.values()]
    }
    for head, outcome in zip(heads, outcomes, strict=False):
        rows[head] = [number(outcome.scalars[name]) for name in labels]
    # A table that wraps on a phone; what is measured is its index.
    st.table(pd.DataFrame(rows).set_index(measured), border="horizontal")


def _cards(session: Session, course: Course, place: LabAddress) -> None:
    """The cards that this simulation belongs to."""
    cards = [
        card
        for card in course.cards.values()
        if place.first.simulation in _simulations(course, card)
    ]
    if not cards:
        return
    st.markdown(f"**{session.translate(say('Cards that use this simulation'))}**")
    with st.container(horizontal=True):
        for card in cards:
            st.page_link(
                sessions.page_of("library"),
                label=in_language(card.title, session.person.language),
                query_params={"card": card.id},
            )


def _simulations(course: Course, card: Card) -> set[str | None]:
    """The simulations of a card's questions, and the one its page plays with."""
    used = {course.templates[f"{card.id}/{question.id}"].simulation for question in card.questions}
    return used if card.trial is None else {*used, str(card.trial.simulation.value)}
