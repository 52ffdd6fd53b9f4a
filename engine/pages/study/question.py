"""One item on the page: a question to answer, or a flashcard's front and back."""

from __future__ import annotations

import math
from dataclasses import replace

import streamlit as st

from engine import questions
from engine.i18n import Message, as_written, in_language, plain, say
from engine.pages import clock
from engine.pages.address import StudyAddress
from engine.pages.components.axis import pointing_axis
from engine.pages.components.keys import Keys, key_handler
from engine.pages.formatting import next_review_words, percent
from engine.pages.guard import apart
from engine.pages.session import Session
from engine.pages.study import actions, lesson
from engine.scheduling import Rating
from engine.study import (
    STATED,
    NextReview,
    Presentation,
    PresentedFlashcard,
    PresentedQuestion,
)

SURENESS: tuple[Message, ...] = (
    say("Guessing"),
    say("Unsure"),
    say("Fairly sure"),
    say("Certain"),
)
RATINGS: dict[Rating, Message] = {
    Rating.AGAIN: say("Again"),
    Rating.HARD: say("Hard"),
    Rating.GOOD: say("Good"),
    Rating.EASY: say("Easy"),
}


def question(session: Session, shown: PresentedQuestion, address: StudyAddress) -> None:
    """The prompt, the answer's widget, the confidence buttons that submit it."""
    variant = shown.variant
    with st.container(key="asked"):
        st.markdown(variant.prompt)
    keys = WIDGETS[variant.kind](session, shown)
    # A container of its own: what comes and goes in it moves nothing below.
    with st.container(key="complaint"):
        if session.complaint is not None and session.complaint[0] == shown.id:
            st.warning(plain(session.translate(session.complaint[1])), icon=":material/edit:")
        else:
            st.empty()
    _sureness(session, shown, address, turn=False)
    _hints(session, shown)
    key_handler(
        replace(keys, refusals=session.refusals, press={**keys.press, "h": "hints", "c": "card"})
    )
    session.mark_shown(shown.id)


def _number(session: Session, shown: PresentedQuestion) -> Keys:
    translate = session.translate
    variant = shown.variant
    label = translate(say("Your answer"))
    with st.container(key="answer"):
        st.text_input(
            f"{label} ({questions.bare(variant.unit)})" if variant.unit else label,
            key=actions.answer_key(shown),
            persist_state="session",
            max_chars=200,
            on_change="ignore",
            autocomplete="off",
            help=translate(
                say("A number as you would write it: 0.079, 7.9e-2, 1/12.6, √(2/320), 7.9%.")
            ),
        )
    st.caption(translate(precision_words(variant)))
    return Keys(shown.id, text="answer", sure="sure", press={"u": "undo"})


def _choice(session: Session, shown: PresentedQuestion) -> Keys:
    texts = {o.id: f"{n}) {o.text}" for n, o in enumerate(shown.variant.options, 1)}
    with st.container(key="options"):
        st.radio(
            session.translate(say("Pick one")),
            list(texts),
            format_func=texts.__getitem__,
            index=None,
            key=actions.answer_key(shown),
            persist_state="session",
            on_change="ignore",
        )
    return Keys(shown.id, pick="options", sure="sure", press={"u": "undo"})


def _claim(session: Session, shown: PresentedQuestion) -> Keys:
    """One meaning of the verdict in between for all claims, so that no stem gives its case away."""
    text = say("Misleading: right only in part, or for another reason than the one it gives.")
    st.caption(session.translate(text))
    return _choice(session, shown)


def _several(session: Session, shown: PresentedQuestion) -> Keys:
    with st.container(key="options"):
        st.markdown(session.translate(say("One or more of these are to be ticked.")))
        for n, option in enumerate(shown.variant.options, 1):
            st.checkbox(
                f"{n}) {option.text}",
                key=actions.answer_key(shown, option.id),
                persist_state="session",
                on_change="ignore",
            )
    return Keys(shown.id, pick="options", sure="sure", press={"u": "undo"})


def _order(session: Session, shown: PresentedQuestion) -> Keys:
    """Options are ranked by picking them one after another.

    Pills send all that is picked, in order, with every click. A button for each option sends only
    itself, and of two quick clicks the server may hear the second first.
    """
    translate = session.translate
    variant = shown.variant
    texts = {option.id: option.text for option in variant.options}
    labels = {option.id: f"{n}) {option.text}" for n, option in enumerate(variant.options, 1)}
    with st.container(key="options"):
        ranked = st.pills(
            translate(say("Pick them in order, first to last")),
            list(labels),
            selection_mode="multi",
            format_func=labels.__getitem__,
            key=actions.answer_key(shown),
            persist_state="session",
            width="stretch",
        )
    if ranked:
        order = " → ".join(texts[id] for id in ranked)
        with st.container(horizontal=True, key="unrank", vertical_alignment="center"):
            st.button(
                translate(say("Take back the last **Backspace**")),
                key=f"unrank-{shown.id}",
                on_click=actions.unrank,
                args=(shown,),
                type="tertiary",
            )
            st.markdown(order)
    return Keys(shown.id, pick="options", sure="sure", press={"u": "undo", "Backspace": "unrank"})


def _estimate(session: Session, shown: PresentedQuestion) -> Keys:
    translate = session.translate
    variant = shown.variant
    st.caption(translate(reach_words(variant)))
    assert variant.axis is not None
    pointing_axis(shown.id, variant.axis, translate, field="answer", unit=variant.unit)
    label = translate(say("Or type the number"))
    with st.container(key="answer"):
        st.text_input(
            f"{label} ({questions.bare(variant.unit)})" if variant.unit else label,
            key=actions.answer_key(shown),
            persist_state="session",
            max_chars=200,
            on_change="ignore",
            autocomplete="off",
        )
    return Keys(shown.id, text="answer", slider="axis", sure="sure", press={"u": "undo"})


WIDGETS = {
    "number": _number,
    "choice": _choice,
    "several": _several,
    "order": _order,
    "estimate": _estimate,
    "claim": _claim,
}


def reach_words(variant: questions.Variant) -> Message:
    """How near an estimate has to be."""
    reach = questions.tolerance(variant)
    assert variant.axis is not None
    if variant.axis.scale == "log":
        factor = 10 ** (reach * math.log10(variant.axis.high / variant.axis.low))
        return say(
            "Click or tap where you think it lies. Right within a factor of {factor}.",
            factor=as_written(f"{factor:.2g}"),
        )
    half = reach * (variant.axis.high - variant.axis.low)
    return say(
        "Click or tap where you think it lies. Right within ±{half}.",
        half=as_written(f"{half:.2g}"),
    )


def is_counted(variant: questions.Variant) -> bool:
    """Whether the answer is a whole number, and none beside it is accepted."""
    return variant.whole and len(set(questions.accepted_ends(variant))) == 1


def precision_words(variant: questions.Variant) -> Message:
    """How exact a number question wants its answer."""
    assert variant.accepted is not None
    assert isinstance(variant.answer, float)
    low, high = variant.accepted
    half = (high - low) / 2
    if is_counted(variant):
        return say("The answer is a whole number, exactly.")
    if variant.relative:  # of an absolute one the share would tell the value
        percent = as_written(f"{100 * half / abs(variant.answer):.2g}")
        return say("Accepted within {percent}% of the value.", percent=percent)
    text = f"{math.floor(half)}" if variant.whole else as_written(f"{half:.2g}")
    return say("Accepted within ±{half}.", half=text)


def _sureness(session: Session, shown: Presentation, address: StudyAddress, *, turn: bool) -> None:
    translate = session.translate
    with st.container(key="how-sure"):
        st.markdown(
            translate(say("How sure are you? *Enter, then 1 to 4.*"))
            if not turn
            else translate(say("Say the answer to yourself. How sure are you?"))
        )
    with st.container(horizontal=True, key="sure"):
        for level, (word, stated) in enumerate(zip(SURENESS, STATED, strict=True)):
            label = f"**{level + 1}** {translate(word)} · {percent(stated)}"
            if turn:
                st.button(
                    label,
                    key=f"sure-{level}-{shown.id}",
                    on_click=actions.turn,
                    args=(shown, address, level),
                )
            else:
                st.button(
                    label,
                    key=f"sure-{level}-{shown.id}",
                    on_click=actions.submit,
                    args=(shown, address, level),
                )


def _hints(session: Session, shown: PresentedQuestion) -> None:
    hints: list[str] = []
    with apart():
        hints = questions.hints(shown.template, shown.variant, shown.language)
    with st.container(key="hints"):
        for n, hint in enumerate(hints, 1):
            label = say("Hint") if len(hints) == 1 else say("Hint {n}", n=n)
            # Its own key, or the next question would begin with an open hint.
            with st.expander(f"{session.translate(label)} **h**", key=f"hint-{n}-{shown.id}"):
                st.markdown(hint)


def flashcard(session: Session, shown: PresentedFlashcard, address: StudyAddress) -> None:
    """The front with the confidence buttons; then the back with the ratings."""
    with st.container(key="asked"):
        st.markdown(in_language(shown.flashcard.front, shown.language))
    press = {"u": "undo", "c": "card"}
    if address.sure is None:
        _sureness(session, shown, address, turn=True)
        key_handler(Keys(presentation=shown.id, sure="sure", press=press))
        session.mark_shown(shown.id)
        return
    st.divider()
    with st.container(key="told"):
        st.markdown(in_language(shown.flashcard.back, shown.language))
    _ratings(session, shown, address)
    if not address.check:
        lesson.explained_by(session, shown, address)
    key_handler(
        Keys(
            presentation=f"{shown.id}-back",
            start="told",
            revealed="told",
            rate="rate",
            press={**press, "r": "reread"},
        )
    )
    session.mark_shown(shown.id)
    session.mark_shown(f"{shown.id}-back")


def _ratings(session: Session, shown: PresentedFlashcard, address: StudyAddress) -> None:
    translate = session.translate
    now = clock.now()
    previews = session.study.previews(session.person, shown, now) if shown.scheduled else {}
    st.markdown(translate(say("How did it go?")))
    with st.container(horizontal=True, key="rate"):
        for n, (rating, word) in enumerate(RATINGS.items(), 1):
            label = f"**{n}** {translate(word)}"
            if rating in previews:
                failed = session.person.calendar.day(now) if rating is Rating.AGAIN else None
                back = NextReview(previews[rating].due_day, failed)
                label += f" · {next_review_words(back, session.person, now, translate)}"
            st.button(
                label,
                key=f"rate-{int(rating)}-{shown.id}",
                on_click=actions.rate,
                args=(shown, address, rating),
            )
