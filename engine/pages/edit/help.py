"""What one looks up while writing: simulations, the value of an expression, rounding, keys."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from engine import questions
from engine.authoring import (
    MOST_DIGITS,
    ROUNDED_SEEDS,
    SimulationHelp,
    accepted_digits,
    evaluate,
    sample_values,
    simulations,
)
from engine.course import Checked
from engine.i18n import Message, plain, say, say_count
from engine.pages.edit.state import EditorState
from engine.pages.session import Session
from engine.questions import COMMON_KEYS, CONSTANTS, FUNCTIONS, KINDS, DrawError, Template


def help_beside(session: Session, state: EditorState, checked: Checked) -> None:
    """The help, in four parts."""
    translate = session.translate
    looked_up, tried, keys, lesson = st.tabs(
        [
            translate(say("Simulations")),
            translate(say("Try an expression")),
            translate(say("Keys of a question")),
            translate(say("Steps, pictures, levels")),
        ]
    )
    with looked_up:
        _simulations(session)
    with tried:
        _expressions(session, state, checked)
    with keys:
        _keys(session)
    with lesson:
        st.markdown("\n".join(f"- {translate(line)}" for line in LESSON))


#: How a card's text becomes a lesson.
LESSON: tuple[Message, ...] = (
    say(
        "A line `### Title` above the first `##` begins a **step** of the text. What stands above "
        "the first of them is step 1. A translation has as many, in the same order."
    ),
    say(
        "`![What to look for.](picture:name)`, in a paragraph of its own, places a **picture**: "
        "`try` for the chart of `try:`, or a name of `pictures:` at the top of card.md."
    ),
    say(
        "Below `pictures:` each name has `simulation:` and, where needed, `chart:`, `settings:` "
        "and `controls:`, like `try:`. Without `controls:` it stands still."
    ),
    say(
        "`level: core` puts an item into the lesson, `more` and `hard` keep it for later; "
        "`step: 2` says which step explains it; `apart: [id]` keeps two items off one day."
    ),
    say(
        "In a question these are lines of its block. A flashcard has a block of its own right "
        "below its heading, between ```` ```flashcard ```` and ```` ``` ````."
    ),
)


def _simulations(session: Session) -> None:
    translate = session.translate
    wanted = st.text_input(
        translate(say("Search simulations, parameters, outcomes and charts")),
        key="edit-help-search",
        autocomplete="off",
    )
    found = simulations(session.person.language, wanted or "")
    st.caption(translate(say_count("{count} simulation", "{count} simulations", len(found))))
    if not found:
        st.info(translate(say("No simulation is like that. Search for less.")))
        return
    names = [entry.name for entry in found]
    if st.session_state.get("edit-help-simulation") not in names:
        st.session_state["edit-help-simulation"] = names[0]
    titles = {entry.name: f"{entry.name} · {entry.title}" for entry in found}
    picked = st.selectbox(
        translate(say("Simulation")),
        names,
        format_func=titles.__getitem__,
        key="edit-help-simulation",
    )
    _entry(session, next(entry for entry in found if entry.name == picked))


def _entry(session: Session, entry: SimulationHelp) -> None:
    translate = session.translate
    st.code(f"simulation: {entry.name}", language=None)
    st.dataframe(
        pd.DataFrame(
            {
                translate(say("Parameter")): [s.name for s in entry.settings],
                translate(say("What it is")): [
                    f"{s.label} ({s.unit})" if s.unit else s.label for s in entry.settings
                ],
                translate(say("Default")): [s.default for s in entry.settings],
                translate(say("Allowed")): [s.allowed for s in entry.settings],
            }
        ),
        hide_index=True,
        width="stretch",
    )
    st.dataframe(
        pd.DataFrame(
            {
                translate(say("Outcome")): list(entry.outcomes),
                translate(say("What it is")): list(entry.outcomes.values()),
            }
        ),
        hide_index=True,
        width="stretch",
    )
    if entry.charts:
        charts = ", ".join(f"`{name}`" for name in entry.charts)
        st.markdown(translate(say("Charts: {charts}", charts=charts)))


def _expressions(session: Session, state: EditorState, checked: Checked) -> None:
    translate = session.translate
    templates = {
        id: checked.templates[f"{state.card}/{id}"]
        for id in checked.items
        if f"{state.card}/{id}" in checked.templates
    }
    if not templates:
        st.info(
            translate(say("There is no question to draw: the card has none, or each has an error."))
        )
        return
    if st.session_state.get("edit-help-item") not in templates:
        st.session_state["edit-help-item"] = next(iter(templates))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        item = st.selectbox(
            translate(say("With the numbers of")), list(templates), key="edit-help-item"
        )
        seed = st.number_input(
            translate(say("Seed")),
            min_value=0,
            max_value=questions.LARGEST_SEED,
            step=1,
            key="edit-help-seed",
            width=140,
        )
    template = templates[item]
    _values(session, template, int(seed))
    text = st.text_input(
        translate(say("Expression")),
        key="edit-help-expression",
        autocomplete="off",
        placeholder="sqrt(2 / n_in)",
    )
    if text and text.strip():
        value = evaluate(template, text.strip(), int(seed))
        if isinstance(value, Message):
            st.error(plain(translate(value)), icon=":material/cancel:")
        elif isinstance(value, bool):
            st.success(translate(say("It holds.") if value else say("It does not hold.")))
        else:
            st.success(questions.number_text(value))
    names = ", ".join([*FUNCTIONS, *CONSTANTS])
    st.caption(translate(say("Known besides: {names}", names=names)))
    _rounding(session, state, template)


def _values(session: Session, template: Template, seed: int) -> None:
    try:
        values = sample_values(template, seed, outcome=False)
    except DrawError as error:
        st.error(plain(session.translate(error.message)), icon=":material/cancel:")
        return
    text = ", ".join(f"{name} = {value}" for name, value in values.items())
    st.code(text or "–", language=None, wrap_lines=True)


def _rounding(session: Session, state: EditorState, template: Template) -> None:
    translate = session.translate
    if not template.kind.form.is_number:
        return
    seeds = ROUNDED_SEEDS if not template.needs_outcome else 8
    digits = _digits(state, template, seeds)
    if digits is None:
        st.warning(
            translate(
                say(
                    "Even {most} significant digits of the answer are not always accepted.",
                    most=MOST_DIGITS,
                )
            )
        )
        return
    st.info(
        translate(
            say_count(
                "An answer rounded to {count} significant digit is accepted, on {seeds} seeds.",
                "An answer rounded to {count} significant digits is accepted, on {seeds} seeds.",
                digits,
                seeds=seeds,
            )
        )
    )


def _digits(state: EditorState, template: Template, seeds: int) -> int | None:
    """The fewest digits that are accepted; tried once for each text of the question."""
    if state.digits is None or state.digits[0] is not template:
        state.digits = template, accepted_digits(template, range(seeds))
    return state.digits[1]


def _keys(session: Session) -> None:
    translate = session.translate
    kind = st.segmented_control(
        translate(say("Kind")),
        list(KINDS),
        default=next(iter(KINDS)),
        required=True,
        key="edit-help-kind",
    )
    lines = [*KINDS[kind].keys.items(), *COMMON_KEYS.items()]
    st.markdown("\n".join(f"- `{key}`: {translate(purpose)}" for key, purpose in lines))
