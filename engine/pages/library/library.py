"""Library: the map of the concepts, every card to read, the glossary."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engine import charts
from engine.charts import PICK, Concept, concept_map, knowledge_words
from engine.course import Course
from engine.i18n import Message, in_language, plain, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.guard import apart, guarded, guarded_click, page_title
from engine.pages.library.card_page import card_page
from engine.pages.library.glossary import glossary
from engine.pages.session import Session
from engine.study import Knowledge, NotThere, knowledge

VIEWS: Mapping[str, Message] = {
    "map": say("Map"),
    "list": say("List"),
    "glossary": say("Glossary"),
}
MAP = "library-map"


@guarded
def page() -> None:
    """The library's first page, or the card that the address names."""
    session = sessions.current()
    course = session.study.course(clock.now())
    id = st.query_params.get("card")
    if id is None:
        _first(session, course)
        return
    if id not in course.cards:
        raise NotThere(
            say(
                "There is no card “{card}” in this course. Go to the library's first page to see "
                "all of them.",
                card=plain(id[:80]),
            )
        )
    card_page(session, course, course.cards[id])


def _first(session: Session, course: Course) -> None:
    translate = session.translate
    page_title(translate(say("Library")))
    view = st.query_params.get("view", "map")
    if view not in VIEWS:
        view = "map"
    key = "library-view"
    st.session_state[key] = view
    st.segmented_control(
        translate(say("Show")),
        list(VIEWS),
        format_func=lambda name: translate(VIEWS[name]),
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=_set_view,
        args=(key,),
    )
    if view == "glossary":
        glossary(session, course)
        return
    known = knowledge(
        course,
        session.study.store.memories.of(session.person.id),
        session.person.calendar.day(clock.now()),
        session.study.store.parameters.weights(session.person.id),
    )
    if view == "map":
        _map(session, course, known)
    else:
        _list(session, course, known)
    _left_out(session, course)


@guarded_click
def _set_view(key: str) -> None:
    st.query_params["view"] = st.session_state[key]


def _map(session: Session, course: Course, known: Mapping[str, Knowledge]) -> None:
    translate, language = session.translate, session.person.language
    st.markdown(
        translate(
            say(
                "Lines lead from a concept down to those that build on it. A ring fills as you "
                "come to know its concept. Click a row to read its card."
            )
        )
    )
    concepts = [
        Concept(
            card.id,
            in_language(card.title, language),
            _unit_title(course, card.unit, language),
            card.requires,
            known[card.id].known,
            known[card.id].met,
            known[card.id].items,
        )
        for card in course.cards.values()
    ]
    with apart():
        chart, description = concept_map(concepts, sessions.theme(), language)
        st.vega_lite_chart(
            charts.themed(chart, sessions.theme()),
            key=MAP,
            width="stretch",
            theme=None,
            alt=description,
            on_select=_open_picked,
            selection_mode=PICK,
        )
    st.caption(translate(say("The list has the same concepts as links, for the keyboard.")))


def _unit_title(course: Course, id: str, language: str) -> str:
    unit = course.content.syllabus.unit(id)
    return in_language(unit.title, language) if unit is not None else id


@guarded_click
def _open_picked() -> None:
    """A row of the map was clicked."""
    picked = st.session_state[MAP]["selection"].get(PICK) or []
    if picked and "id" in picked[0]:
        st.query_params.from_dict({"card": str(picked[0]["id"])})


def _list(session: Session, course: Course, known: Mapping[str, Knowledge]) -> None:
    translate, language = session.translate, session.person.language
    for unit in course.content.syllabus.units:
        cards = [card for card in course.cards.values() if card.unit == unit.id]
        if not cards:
            continue
        st.header(in_language(unit.title, language), anchor=False)
        for card in cards:
            text = known[card.id]
            with st.container(horizontal=True, vertical_alignment="center", key=f"row-{card.id}"):
                st.page_link(
                    sessions.page_of("library"),
                    label=in_language(card.title, language),
                    query_params={"card": card.id},
                )
                st.caption(translate(knowledge_words(text.known, text.met, text.items)))


def _left_out(session: Session, course: Course) -> None:
    translate = session.translate
    errors = [p for p in course.problems if p.level == "error"]
    if errors:
        text = "\n".join(f"- {problem.describe(translate)}" for problem in errors)
        with st.expander(
            translate(say("Cards left out because of an error")), icon=":material/warning:"
        ):
            st.text(text)
