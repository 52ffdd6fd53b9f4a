"""An item that was missed again and again: help in place of one more try."""

from __future__ import annotations

import streamlit as st

from engine import questions
from engine.i18n import in_language, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress
from engine.pages.components.keys import Keys, key_handler
from engine.pages.components.prose import show_step
from engine.pages.guard import apart
from engine.pages.session import Session
from engine.pages.study import actions
from engine.study import Presentation, PresentedQuestion, right_words


def stuck(session: Session, shown: Presentation, address: StudyAddress, misses: int) -> None:
    """The item with what explains it, an easier one, and the way on: again tomorrow."""
    translate = session.translate
    with st.container(key="told"):
        st.info(
            translate(
                say(
                    "You have missed this {misses} times. One more try would hardly teach it. "
                    "Read how it is done; it comes again tomorrow.",
                    misses=misses,
                )
            ),
            icon=":material/support:",
        )
    with st.container(key="asked"):
        st.markdown(_asked(shown))
    with st.container(key="working"):
        working = st.expander(
            translate(say("Show me the working **x**")), key=f"working-{shown.id}", expanded=False
        )
        with working, apart():
            st.markdown(_working(session, shown))
    with (
        st.container(key="card"),
        st.expander(
            translate(say("Read what explains it **c**")),
            key=f"explains-{shown.id}",
            icon=":material/menu_book:",
        ),
        apart(),
    ):
        _step(session, shown)
    _easier(session, shown)
    with st.container(horizontal=True, key="actions"):
        with st.container(key="next", width="content"):
            st.button(
                translate(say("Again tomorrow **Space**")),
                key=f"next-{shown.id}",
                type="primary",
                on_click=actions.put_aside,
                args=(shown, address),
            )
        st.button(
            translate(say("Try it all the same")),
            key=f"try-{shown.id}",
            type="tertiary",
            on_click=actions.beside_the_schedule,
            args=(address,),
            help=translate(say("As practice: the schedule stays as it is.")),
        )
    press = {"Space": "next", "Enter": "next", "u": "undo", "c": "card", "x": "working"}
    key_handler(Keys(f"{shown.id}-stuck", start="told", press=press))
    session.mark_shown(shown.id)


def _step(session: Session, shown: Presentation) -> None:
    """The step of the lesson that explains the item."""
    course = session.study.course(clock.now())
    item, steps = course.by_id.get(shown.item), shown.card.steps
    if steps:
        step = steps[min(item.step if item else 1, len(steps)) - 1]
        show_step(session, course, shown.card, step, f"stuck-{shown.id}")


def _asked(shown: Presentation) -> str:
    if isinstance(shown, PresentedQuestion):
        return shown.variant.prompt
    return in_language(shown.flashcard.front, shown.language)


def _working(session: Session, shown: Presentation) -> str:
    """The explanation with these numbers, and the answer that it comes to."""
    if not isinstance(shown, PresentedQuestion):
        return in_language(shown.flashcard.back, shown.language)
    right = session.translate(say("Right answer: **{right}**", right=right_words(shown.variant)))
    return "\n\n".join(part for part in (explained(shown), right) if part)


def explained(shown: PresentedQuestion) -> str | None:
    """A question's explanation with the numbers that stand there."""
    template, variant = shown.template, shown.variant
    outcome = questions.simulate(template, variant) if template.words_need_outcome else None
    return questions.explanation(template, variant, shown.language, outcome)


def _easier(session: Session, shown: Presentation) -> None:
    item = session.study.easier(session.person, shown.item, clock.now())
    if item is None:
        return
    practised = StudyAddress(item=item, seed=clock.fresh_seed(), cards=(shown.card.id,))
    st.page_link(
        sessions.page_of("practice"),
        label=session.translate(say("Practise an easier one of this concept")),
        icon=":material/target:",
        query_params=practised.query(),
    )
