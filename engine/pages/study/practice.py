"""Practice: any concepts, as many fresh questions as wanted."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from engine.course import Course
from engine.i18n import in_language, plain, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress, read_address
from engine.pages.components.keys import Keys, key_handler
from engine.pages.guard import guarded, guarded_click, page_title
from engine.pages.session import Session
from engine.pages.study import actions, lesson, today
from engine.study import Presentation, Unshowable

PICKED = "practice-cards"
COUNTS = "practice-counts"


@guarded
def page() -> None:
    """The page; all of it that changes with an answer is one fragment."""
    _practice()


@st.fragment(key="practice")
@guarded
def _practice() -> None:
    session = sessions.current()
    address = read_address(st.query_params.to_dict())
    today.notices(session)
    with st.container(key="item"):
        if address.lesson is not None and address.presented is not None:
            lesson.lesson(session, address)
            return
        named = address.presented
        if named is None:
            _choose(session, address)
            return
        st.caption(_how_it_counts(session, address))
        try:
            address, shown = today.standing(session, address, named, _presented)
            today.show(session, shown, _of_same_concept(session, address))
        except Unshowable as error:
            today.instead(session, _of_same_concept(session, address), error.message)
        st.button(
            session.translate(say("Choose other concepts")),
            key="practice-stop",
            type="tertiary",
            on_click=_stop,
        )


def _of_same_concept(session: Session, address: StudyAddress) -> StudyAddress:
    """An address that only names a question goes on with questions of the same concept."""
    item = session.study.course(clock.now()).by_id.get(address.item or "")
    return address if address.cards or item is None else replace(address, cards=(item.card,))


def _presented(session: Session, address: StudyAddress, item: str, seed: int) -> Presentation:
    return session.present(
        item,
        seed,
        address.attempt,
        mode="practice",
        scheduled=address.scheduled and not address.again,
    )


def _how_it_counts(session: Session, address: StudyAddress) -> str:
    if address.scheduled and not address.again:
        return session.translate(say("Practice that counts: answers move the schedule."))
    return session.translate(say("Practice: the schedule stays as it is."))


def _choose(session: Session, address: StudyAddress) -> None:
    translate = session.translate
    course = session.study.course(clock.now())
    page_title(translate(say("Practice")))
    titles = _titles(course, session.person.language)
    if not titles:
        st.info(translate(say("There is no question to practise yet.")))
        return
    unknown = [card for card in address.cards if card not in titles]
    if unknown:
        st.warning(
            translate(
                say(
                    "The address names concepts without questions here: {cards}. Pick others.",
                    cards=plain(", ".join(unknown)[:120]),
                )
            )
        )
    st.pills(
        translate(say("Which concepts? None picked means all of them.")),
        list(titles),
        selection_mode="multi",
        default=[card for card in address.cards if card in titles],
        format_func=titles.__getitem__,
        key=PICKED,
        on_change="ignore",
    )
    st.toggle(
        translate(say("Let the answers move my schedule")),
        value=address.scheduled,
        key=COUNTS,
        on_change="ignore",
    )
    with st.container(key="start"):
        st.button(
            translate(say("Start **Enter**")),
            key="start-practice",
            type="primary",
            on_click=_start,
            args=(tuple(titles),),
        )
    key_handler(Keys("practice-start", press={"Enter": "start", "Space": "start"}))


def _titles(course: Course, language: str) -> dict[str, str]:
    """The cards that have questions, by id, in course order."""
    with_questions = {course.by_id[item].card for item in course.templates}
    return {
        id: in_language(card.title, language)
        for id, card in course.cards.items()
        if id in with_questions
    }


@guarded_click
def _start(every: tuple[str, ...]) -> None:
    cards = tuple(st.session_state.get(PICKED) or every)
    scheduled = bool(st.session_state.get(COUNTS))
    actions.next_practice(sessions.current(), StudyAddress(cards=cards, scheduled=scheduled))


@guarded_click
def _stop() -> None:
    address = read_address(st.query_params.to_dict())
    actions.go(StudyAddress(cards=address.cards, scheduled=address.scheduled))
