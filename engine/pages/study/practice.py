"""Practice: any concepts, as many fresh questions as wanted."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from engine.course import Course
from engine.i18n import in_language, plain, say
from engine.pages import address, clock
from engine.pages import visit as visits
from engine.pages.address import Place
from engine.pages.components.keys import Keys, key_handler
from engine.pages.guard import guarded, guarded_click, page_title
from engine.pages.study import actions, today
from engine.pages.visit import Visit
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
    visit = visits.current()
    place = address.read(st.query_params.to_dict())
    today.notices(visit)
    with st.container(key="item"):
        if place.item is None or place.seed is None:
            _choose(visit, place)
            return
        st.caption(_how_it_counts(visit, place))
        try:
            place, shown = today.standing(visit, place, _presented)
            today.show(visit, shown, _of_same_concept(visit, place))
        except Unshowable as error:
            today.instead(visit, _of_same_concept(visit, place), error.message)
        st.button(
            visit.translate(say("Choose other concepts")),
            key="practice-stop",
            type="tertiary",
            on_click=_stop,
        )


def _of_same_concept(visit: Visit, place: Place) -> Place:
    """An address that only names a question goes on with questions of the same concept."""
    item = visit.study.course(clock.now()).by_id.get(place.item or "")
    return place if place.cards or item is None else replace(place, cards=(item.card,))


def _presented(visit: Visit, place: Place) -> Presentation:
    assert place.item is not None
    assert place.seed is not None
    return visit.present(
        place.item,
        place.seed,
        place.attempt,
        mode="practice",
        scheduled=place.scheduled and not place.again,
    )


def _how_it_counts(visit: Visit, place: Place) -> str:
    if place.scheduled and not place.again:
        return visit.translate(say("Practice that counts: answers move the schedule."))
    return visit.translate(say("Practice: the schedule stays as it is."))


def _choose(visit: Visit, place: Place) -> None:
    translate = visit.translate
    course = visit.study.course(clock.now())
    page_title(translate(say("Practice")))
    titles = _titles(course, visit.person.language)
    if not titles:
        st.info(translate(say("There is no question to practise yet.")))
        return
    unknown = [card for card in place.cards if card not in titles]
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
        default=[card for card in place.cards if card in titles],
        format_func=titles.__getitem__,
        key=PICKED,
        on_change="ignore",
    )
    st.toggle(
        translate(say("Let the answers move my schedule")),
        value=place.scheduled,
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
    actions.next_practice(visits.current(), Place(cards=cards, scheduled=scheduled))


@guarded_click
def _stop() -> None:
    place = address.read(st.query_params.to_dict())
    actions.go(Place(cards=place.cards, scheduled=place.scheduled))
