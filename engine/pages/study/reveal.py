"""After an answer: the verdict, what it shows about the learner's thinking, and the evidence."""

from __future__ import annotations

import logging

import streamlit as st

from engine.i18n import Message, Translator, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress
from engine.pages.components.keys import Keys, key_handler
from engine.pages.formatting import next_review_words, percent
from engine.pages.guard import apart
from engine.pages.session import Session
from engine.pages.study import actions, lesson
from engine.pages.study.question import SURENESS, is_counted
from engine.questions import Answer, Template, Variant, answer_from_json, response_parts
from engine.study import QuestionFeedback, SimulationFailed, accepted_words, draw_chart, draw_strip

log = logging.getLogger("simcards")


def reveal(session: Session, feedback: QuestionFeedback, address: StudyAddress) -> None:
    """A question's feedback, from verdict to chart."""
    shown = feedback.presentation
    translate = session.translate
    st.markdown(shown.variant.prompt)
    answer_feedback(session, feedback, address)
    st.page_link(
        sessions.page_of("library"),
        label=translate(say("Read the card")),
        icon=":material/menu_book:",
        query_params={"card": shown.card.id},
    )
    key_handler(
        Keys(
            presentation=f"{shown.id}-reveal",
            start="item",  # the verdict is announced; reading the question again would cut it short
            revealed="told",
            press={
                "Space": "next",
                "Enter": "next",
                "u": "undo",
                "s": "same-numbers",
                "n": "new-numbers",
                "r": "reread",
            },
        )
    )
    session.mark_shown(f"{shown.id}-reveal")


def answer_feedback(
    session: Session, feedback: QuestionFeedback, address: StudyAddress | None
) -> None:
    """What a learner is told about an answer. address: None where nothing follows it."""
    shown = feedback.presentation
    translate = session.translate
    with st.container(key="told"):
        _verdict(translate, feedback)
    if session.uncounted == shown.id:
        st.info(
            translate(
                say(
                    "This item had been answered already, in another tab or by a double click. "
                    "The first answer counts and is shown here."
                )
            )
        )
    st.markdown(_answers(translate, feedback))
    if address is not None:
        _actions(session, feedback, address)
    answered = answer_from_json(shown.variant.kind, feedback.logged.answer.response)
    with apart():
        _strip(shown.variant, answered, key=shown.id)
    if feedback.explanation:
        st.markdown(feedback.explanation)
    if feedback.borne_out:
        st.caption(
            ":material/balance: "
            + translate(say("The simulation, run with exactly these numbers, settled it."))
        )
    with apart():
        chart(shown.template, shown.variant, answered, key=shown.id)


def _verdict(translate: Translator, feedback: QuestionFeedback) -> None:
    """The verdict, the mistake behind the answer and the right one: one alert, announced whole."""
    verdict = feedback.grade.verdict
    parts = [
        translate(_verdict_words(feedback)),
        feedback.misconception,
        _right(translate, feedback),
    ]
    text = "\n\n".join(part for part in parts if part)
    if verdict == "correct":
        st.success(text, icon=":material/check_circle:")
    elif verdict == "close":
        st.warning(text, icon=":material/adjust:")
    else:
        st.error(text, icon=":material/cancel:")


def _right(translate: Translator, feedback: QuestionFeedback) -> str | None:
    """The right answer; None where it is in the same words as the learner's own, which follows."""
    variant = feedback.presentation.variant
    same = feedback.grade.verdict == "correct" and feedback.your_answer == feedback.right_answer
    if variant.options and same:
        return None
    parts = response_parts(variant, variant.answer)
    if len(parts) < 2:
        return translate(say("Right answer: **{right}**", right=feedback.right_answer))
    return "\n".join([translate(say("Right answers:")), "", *(f"- {part}" for part in parts)])


def _yours(translate: Translator, feedback: QuestionFeedback) -> str:
    """What the learner answered, and how sure."""
    answer, variant = feedback.logged.answer, feedback.presentation.variant
    sure = SURENESS[answer.confidence_level or 0]
    stated = percent(answer.confidence or 0.0)
    parts = response_parts(variant, answer_from_json(variant.kind, answer.response))
    if len(parts) < 2:
        yours = feedback.your_answer
        text = say(
            "Your answer: **{yours}** ({sure}, {percent})", yours=yours, sure=sure, percent=stated
        )
        return translate(text)
    text = say("Your answers ({sure}, {percent}):", sure=sure, percent=stated)
    return "\n".join([translate(text), *(f"  - {part}" for part in parts)])


def _verdict_words(feedback: QuestionFeedback) -> Message:
    verdict = feedback.grade.verdict
    variant = feedback.presentation.variant
    if verdict == "correct":
        return say("Correct.")
    if verdict == "close" and variant.axis:
        return say("Close, but not close enough on this axis.")
    if verdict == "close" and is_counted(variant):
        return say("Close, but it is another whole number. Count again.")
    if verdict == "close":
        return say("Close, but outside the accepted interval. Check the rounding and the formula.")
    if verdict == "misconception":
        return say("Not right. A common misconception leads to this answer:")
    return say("Not right.")


def _answers(translate: Translator, feedback: QuestionFeedback) -> str:
    """Your answer, how sure you were, what was accepted, when it comes back."""
    lines = [_yours(translate, feedback)]
    if feedback.accepted is not None:
        lines.append(translate(accepted_words(feedback.presentation.variant)))
    session = sessions.current()
    if feedback.next_review is not None:
        when = next_review_words(feedback.next_review, session.person, clock.now(), translate)
        lines.append(translate(say("Comes back: {when}", when=when)))
    else:
        lines.append(translate(say("Practice: the schedule stays as it is.")))
    return "\n".join(f"- {line}" for line in lines)


def _actions(session: Session, feedback: QuestionFeedback, address: StudyAddress) -> None:
    translate = session.translate
    shown = feedback.presentation
    with st.container(horizontal=True, key="actions"):
        next_button(session, shown.id, address)
        if feedback.grade.verdict != "correct" and not address.check:
            lesson.explained_by(session, shown, address)
        undo_button(session, address, expected=shown.id)
        with st.container(key="same-numbers", width="content"):
            st.button(
                translate(say("Same numbers **s**")),
                key=f"same-{shown.id}",
                on_click=actions.same_numbers,
                args=(shown, address),
            )
        with st.container(key="new-numbers", width="content"):
            st.button(
                translate(say("New numbers **n**")),
                key=f"new-{shown.id}",
                on_click=actions.new_numbers,
                args=(address,),
            )


def next_button(session: Session, shown_id: str, address: StudyAddress) -> None:
    """Next, also by Space or Enter."""
    with st.container(key="next", width="content"):
        st.button(
            session.translate(say("Next **Space**")),
            key=f"next-{shown_id}",
            type="primary",
            on_click=actions.go_on,
            args=(shown_id, address),
        )


def undo_button(session: Session, address: StudyAddress, *, expected: str | None) -> None:
    """Undo, also by `u`. expected: the presentation to undo; None: the newest answer."""
    with st.container(key="undo", width="content"):
        st.button(
            session.translate(say("Undo **u**")),
            key=f"undo-{expected or 'newest'}",
            on_click=actions.undo,
            args=(expected, address),
            type="secondary" if expected else "tertiary",
        )


def _strip(variant: Variant, answered: Answer, *, key: str) -> None:
    """The axis of an estimate, with what was pointed at and what was right."""
    drawn = draw_strip(variant, answered, sessions.theme())
    if drawn is not None:
        specification, text = drawn
        with st.container(key="strip"):
            st.vega_lite_chart(
                specification, key=f"strip-{key}", width="stretch", theme=None, alt=text
            )


def chart(template: Template, variant: Variant, answered: Answer | None, *, key: str) -> None:
    """The question's chart with its description in words under it."""
    try:
        drawn = draw_chart(template, variant, answered, sessions.theme())
    except SimulationFailed as failure:
        log.exception("the simulation behind %s", template.item)
        st.warning(sessions.current().translate(failure.message), icon=":material/warning:")
        return
    if drawn is None:
        return
    specification, description = drawn
    st.vega_lite_chart(
        specification, key=f"chart-{key}", width="stretch", theme=None, alt=description or None
    )
    if description:  # a card that is being written may lack it yet
        st.caption(description)
