"""The lab's “what would happen if …”: say what will come of setting B, then run it."""

from __future__ import annotations

import streamlit as st

from engine.course import number, run_experiment
from engine.i18n import Message, Translator, plain, say, say_label
from engine.pages import session as sessions
from engine.pages.components.axis import pointing_axis
from engine.pages.guard import guarded_click
from engine.pages.lab.lab_address import LabAddress
from engine.pages.session import Session
from engine.questions import Malformed, read_number
from engine.simulations import SIMULATIONS
from engine.study import Comparison, Prediction, Way, judge, prediction_axis

WAYS: dict[Way, Message] = {
    "down": say("smaller"),
    "same": say("about the same"),
    "up": say("larger"),
}
#: A number within this factor is well guessed.
NEAR = 1.5


def hidden(session: Session, place: LabAddress) -> bool:
    """Whether setting B waits for a prediction about exactly these settings."""
    return place.predict and (session.predicted is None or session.predicted[0] != place)


def prediction(session: Session, place: LabAddress) -> None:
    """The form, or what came of the prediction."""
    st.header(session.translate(say("What would happen if …")), anchor=False)
    if hidden(session, place):
        _form(session, place)
    else:
        _verdict(session, place)


def _form(session: Session, place: LabAddress) -> None:
    translate = session.translate
    if place.first == place.second:
        st.info(translate(say("Change something under B. Then say what will come of it.")))
        return
    labels = {
        name: _label(session, place, name) for name in SIMULATIONS[place.first.simulation].scalars
    }
    scalar = st.selectbox(
        translate(say("What to predict")),
        list(labels),
        format_func=labels.__getitem__,
        key=f"lab-scalar-{place.first.simulation}",
    )
    before = run_experiment(place.first).scalars[scalar]
    st.markdown(
        translate(say("With A it is **{value}**. With B it will be …", value=number(before)))
    )
    st.segmented_control(
        translate(say("Direction")),
        list(WAYS),
        format_func=lambda way: translate(WAYS[way]),
        key="lab-way",
        on_change="ignore",
    )
    with st.container(key="guess"):
        st.text_input(
            translate(say("Your number, if you dare: point at it, or type it")),
            key="lab-guess",
            max_chars=60,
            on_change="ignore",
            autocomplete="off",
        )
    axis = prediction_axis(before, labels[scalar])
    pointing_axis(f"{scalar} {before}", axis, translate, field="guess")
    if session.complaint is not None and session.complaint[0] == "lab":
        st.warning(plain(translate(session.complaint[1])), icon=":material/edit:")
    st.button(
        translate(say("Run B")),
        key="lab-run",
        type="primary",
        on_click=_predict,
        args=(place, scalar),
    )


def _label(session: Session, place: LabAddress, scalar: str) -> str:
    simulation = SIMULATIONS[place.first.simulation]
    return session.translate(say_label(simulation.label(simulation.scalars[scalar])))


@guarded_click
def _predict(place: LabAddress, scalar: str) -> None:
    session = sessions.current()
    way, text = st.session_state.get("lab-way"), str(st.session_state.get("lab-guess") or "")
    guess = read_number(text) if text.strip() else None
    if isinstance(guess, Malformed):
        session.complaint = ("lab", guess.why)
    elif way is None and guess is None:
        session.complaint = ("lab", say("Say in which direction it will go, or give a number."))
    else:
        session.complaint = None
        if way is None:
            assert guess is not None
            before = run_experiment(place.first)
            guessed = type(before)({scalar: guess}, {})
            way = judge(Prediction(scalar, "same"), before, guessed).way
        session.predicted = (place, Prediction(scalar, way, guess))


def _verdict(session: Session, place: LabAddress) -> None:
    translate = session.translate
    assert session.predicted is not None
    assert place.second is not None
    made: Prediction = session.predicted[1]
    found = judge(made, run_experiment(place.first), run_experiment(place.second))
    label = _label(session, place, made.scalar)
    verdict = translate(
        say(
            "{label}: {before} with A, **{after}** with B.",
            label=label,
            before=number(found.before),
            after=number(found.after),
        )
    )
    direction = translate(_direction(translate, made, found))
    show = st.success if found.right else st.error
    show(
        f"{verdict} {direction}",
        icon=":material/check_circle:" if found.right else ":material/cancel:",
    )
    if made.value is not None:
        st.markdown(translate(_how_far(made.value, found)))
    st.button(translate(say("Predict again")), key="lab-repeat", on_click=_again)


def _direction(translate: Translator, made: Prediction, found: Comparison) -> Message:
    if found.right:
        return say("As you said: {way}.", way=translate(WAYS[found.way]))
    return say(
        "You said {said}; it became {way}.",
        said=translate(WAYS[made.way]),
        way=translate(WAYS[found.way]),
    )


def _how_far(value: float, found: Comparison) -> Message:
    guess = number(value)
    if found.factor is None:
        return say("Your number was {guess}.", guess=guess)
    if found.factor < NEAR:
        return say("Your number was {guess}: well guessed.", guess=guess)
    return say(
        "Your number was {guess}: a factor of {factor} off.",
        guess=guess,
        factor=f"{found.factor:.2g}",
    )


@guarded_click
def _again() -> None:
    sessions.current().predicted = None
