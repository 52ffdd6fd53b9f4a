"""A lesson: the steps of a card before its first question, and the way back to one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from engine.course import Course
from engine.i18n import in_language, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress
from engine.pages.components.builds_on import builds_on
from engine.pages.components.keys import Keys, key_handler
from engine.pages.components.playground import playground
from engine.pages.components.prose import places_try, show_step
from engine.pages.guard import apart, guarded_click, page_title
from engine.pages.session import Session
from engine.pages.study import actions
from engine.study import LessonStep, Presentation, has_lesson


def lesson(session: Session, address: StudyAddress) -> None:
    """The step that the address names; with an item it leads back to that."""
    course = session.study.course(clock.now())
    assert address.lesson is not None
    shown = session.study.lessons.step(course, address.lesson, address.step)
    again = address.presented is not None
    if not again:
        session.study.lessons.look(session.person, shown, clock.now())
    _head(session, shown)
    with st.container(key="stage-lesson"):
        if shown.number == 1 and not again:
            with apart():
                _before(session, course, shown)
        _step(session, course, shown)
        with st.container(horizontal=True, key="lesson-actions"):
            press = (
                _way_back(session, shown, address) if again else _ways_on(session, shown, address)
            )
    key_handler(Keys(_id(shown, address), start=_start(shown), press=press))
    session.mark_shown(_id(shown, address))


def _before(session: Session, course: Course, shown: LessonStep) -> None:
    """Over the first step: that the check was not passed, and what the concept builds on."""
    lessons, now = session.study.lessons, clock.now()
    if not lessons.has_met(session.person, shown.card.id, now):
        if lessons.check(session.person, course, shown.card.id, now).failed:
            text = say("Not all of it yet, so here is the lesson. Your answers are kept.")
            st.info(session.translate(text), icon=":material/menu_book:")
        builds_on(session, course, shown.card)


def _id(shown: LessonStep, address: StudyAddress) -> str:
    return f"lesson-{shown.card.id}-{shown.number}-{address.item or ''}"


def _start(shown: LessonStep) -> str:
    """What is read first: the step's title; the concept's over a step without one."""
    return "step-title" if shown.step.title else "heading"


def _head(session: Session, shown: LessonStep) -> None:
    text = say("Lesson: step {n} of {of}", n=shown.number, of=shown.of)
    st.progress(shown.number / shown.of, text=session.translate(text))
    with st.container(key="heading"):
        page_title(in_language(shown.card.title, session.person.language))
    # The places of what stands here with an item, see `today.show`.
    for _ in range(4):
        st.empty()


def _step(session: Session, course: Course, shown: LessonStep) -> None:
    key = f"lesson-{shown.card.id}-{shown.number}"
    with st.container(key=f"step-{shown.card.id}-{shown.number}"):
        show_step(session, course, shown.card, shown.step, key, heading=_title)
        if shown.is_last and not places_try(shown.card, session.person.language):
            with apart():
                _try(session, course, shown)


def _title(text: str, **options: Any) -> None:
    with st.container(key="step-title"):
        st.header(text, **options)


def _try(session: Session, course: Course, shown: LessonStep) -> None:
    """The chart to play with, where it stands in none of the steps."""
    play = course.play(shown.card)
    if play is not None:
        playground(session, play, f"lesson-try-{shown.card.id}", session.person.language)


def _ways_on(session: Session, shown: LessonStep, address: StudyAddress) -> dict[str, str]:
    """Next, back, and the check in place of the lesson. Returns what their keys press."""
    translate = session.translate
    press = {"Space": "lesson-next", "Enter": "lesson-next"}
    with st.container(key="lesson-next", width="content"):
        label = say("To the questions **Space**") if shown.is_last else say("Next **Space**")
        st.button(
            translate(label),
            key=f"lesson-next-{shown.card.id}-{shown.number}",
            type="primary",
            on_click=_next,
            args=(shown, address),
        )
    if shown.number > 1:
        _back(session, shown, address)
        press |= {"Backspace": "lesson-back", "ArrowLeft": "lesson-back"}
    course = session.study.course(clock.now())
    if session.study.lessons.may_check(session.person, course, shown.card.id, clock.now()):
        _know(session, shown, address)
        press["k"] = "lesson-know"
    return press


def _back(session: Session, shown: LessonStep, address: StudyAddress) -> None:
    with st.container(key="lesson-back", width="content"):
        st.button(
            session.translate(say("Back **Backspace**")),
            key=f"lesson-back-{shown.card.id}-{shown.number}",
            on_click=_turn,
            args=(shown, replace(address, step=shown.number - 1)),
        )


def _know(session: Session, shown: LessonStep, address: StudyAddress) -> None:
    translate = session.translate
    with st.container(key="lesson-know", width="content"):
        st.button(
            translate(say("I know this already **k**")),
            key=f"lesson-know-{shown.card.id}-{shown.number}",
            type="tertiary",
            on_click=_begin_check,
            args=(shown, address),
            help=translate(
                say(
                    "A few questions instead of the lesson. If you get all of them right, you "
                    "have begun this concept; if not, the lesson comes."
                )
            ),
        )


def _way_back(session: Session, shown: LessonStep, address: StudyAddress) -> dict[str, str]:
    """To the item from which the step was opened. Returns what the keys press."""
    with st.container(key="lesson-next", width="content"):
        st.button(
            session.translate(say("Back to the question **Space**")),
            key=f"lesson-return-{shown.card.id}-{shown.number}",
            type="primary",
            on_click=_turn,
            args=(shown, replace(address, lesson=None, step=1)),
        )
    return dict.fromkeys(("Space", "Enter", "Backspace", "ArrowLeft"), "lesson-next")


@guarded_click
def _turn(shown: LessonStep, address: StudyAddress) -> None:
    """To another step, or back to an item."""
    if not sessions.current().too_soon(_id(shown, address)):
        actions.go(address)


@guarded_click
def _next(shown: LessonStep, address: StudyAddress) -> None:
    """To the next step; after the last one to the first item."""
    session = sessions.current()
    if session.too_soon(_id(shown, address)):
        return
    if not shown.is_last:
        actions.go(replace(address, step=shown.number + 1))
        return
    session.study.lessons.read(session.person, shown.card.id, clock.now())
    actions.next_today(session, address)


@guarded_click
def _begin_check(shown: LessonStep, address: StudyAddress) -> None:
    session = sessions.current()
    if not session.too_soon(_id(shown, address)):
        actions.next_of_check(session, shown.card.id, address)


# -- beside an item ----------------------------------------------------------------------------


def check_progress(session: Session, item: str) -> None:
    """Over a question of “I know this already”: which it is."""
    now = clock.now()
    course = session.study.course(now)
    check = session.study.lessons.check(session.person, course, course.by_id[item].card, now)
    number = check.items.index(item) + 1 if item in check.items else len(check.items)
    text = say("Instead of the lesson: question {n} of {of}", n=number, of=len(check.items))
    st.progress(number / max(1, len(check.items)), text=session.translate(text))


def explained_by(session: Session, shown: Presentation, address: StudyAddress) -> bool:
    """The way to the step that explains an item, also by `r`; False where there is none."""
    if not has_lesson(shown.card):
        return False
    number = _step_of(session, shown)
    title = shown.card.steps[number - 1].heading(session.person.language)
    text = (
        say("Read step {n} again: {title} **r**", n=number, title=title)
        if title
        else say("Read step {n} again **r**", n=number)
    )
    with st.container(key="reread", width="content"):
        st.button(
            session.translate(text),
            key=f"reread-{shown.id}",
            icon=":material/menu_book:",
            on_click=_read_again,
            args=(shown, replace(address, lesson=shown.card.id, step=number)),
        )
    return True


def _step_of(session: Session, shown: Presentation) -> int:
    """The number of the step that explains an item; the first, where the card has changed."""
    item = session.study.course(clock.now()).by_id.get(shown.item)
    return item.step if item is not None and item.step <= len(shown.card.steps) else 1


@guarded_click
def _read_again(shown: Presentation, address: StudyAddress) -> None:
    session = sessions.current()
    if not session.too_soon(f"{shown.id}-reveal"):
        actions.go(address)
