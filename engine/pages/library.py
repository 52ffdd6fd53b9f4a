"""Library: every card to read, with its chart live."""

from __future__ import annotations

import streamlit as st

from engine.cards import Card
from engine.pages import clock, reveal
from engine.pages import visit as visits
from engine.pages.address import Place
from engine.pages.citing import cite
from engine.pages.components.controls import controls
from engine.pages.guard import guarded
from engine.pages.visit import Visit
from engine.questions import DrawError, Template, draw_with
from engine.simulations import SIMULATIONS
from engine.study import Course, NotThere
from engine.words import in_language, plain, say


@guarded
def page() -> None:
    """The shelf, or the card that the address names."""
    visit = visits.current()
    course = visit.study.course(clock.now())
    id = st.query_params.get("card")
    if id is None:
        _shelf(visit, course)
        return
    if id not in course.cards:
        raise NotThere(
            say(
                "There is no card “{card}” in this course. Go to the library's first page to see "
                "all of them.",
                card=plain(id[:80]),
            )
        )
    _card(visit, course, course.cards[id])


def _shelf(visit: Visit, course: Course) -> None:
    translate, language = visit.translate, visit.person.language
    st.title(translate(say("Library")), anchor=False)
    for unit in course.content.course.units:
        cards = [card for card in course.cards.values() if card.unit == unit.id]
        if not cards:
            continue
        st.subheader(in_language(unit.title, language), anchor=False)
        for card in cards:
            st.page_link(
                visits.page_of("library"),
                label=in_language(card.title, language),
                query_params={"card": card.id},
            )
    errors = [p for p in course.problems if p.level == "error"]
    if errors:
        told = "\n".join(f"- {problem.describe(translate)}" for problem in errors)
        with st.expander(translate(say("Cards left out because of an error")), icon="⚠️"):
            st.text(told)


def _card(visit: Visit, course: Course, card: Card) -> None:
    translate, language = visit.translate, visit.person.language
    st.page_link(visits.page_of("library"), label=translate(say("All cards")), icon="⬅️")
    st.title(in_language(card.title, language), anchor=False)
    if language not in card.languages:
        st.info(translate(say("This card has not been translated yet; here it is in English.")))
    st.markdown(in_language(card.prose, language))
    _live_chart(visit, course, card)
    _links(visit, course, card)
    _flashcards(visit, card)
    _practise(visit, card)
    _sources(visit, course, card)


@st.fragment
@guarded
def _live_chart(visit: Visit, course: Course, card: Card) -> None:
    """The lead question's chart, with the question's numbers to play with."""
    lead = course.lead(card)
    if lead is None:
        return
    translate = visit.translate
    st.subheader(translate(say("Try it")), anchor=False)
    key = f"library-{card.id}"
    values = controls(lead.parameters.drawn, _labels(lead, visit.person.language), key)
    seed = st.session_state.get(f"{key}-seed", 0)
    try:
        variant = draw_with(lead, seed, values, visit.person.language)
    except DrawError as error:
        st.info(
            translate(
                say(
                    "These numbers do not make a fair question: {why}. Move a slider.",
                    why=error.message,
                )
            )
        )
        return
    reveal.chart(lead, variant, None, key=key)
    st.button(
        translate(say("Draw again")),
        key=f"{key}-again",
        on_click=lambda: st.session_state.update({f"{key}-seed": clock.fresh_seed()}),
    )


def _labels(lead: Template, language: str) -> dict[str, str]:
    """What the simulation calls its parameters."""
    if lead.simulation is None:
        return {}
    ranges = SIMULATIONS[lead.simulation].ranges()
    return {name: in_language(allowed.label, language) for name, allowed in ranges.items()}


def _links(visit: Visit, course: Course, card: Card) -> None:
    translate, language = visit.translate, visit.person.language
    unlocks = [other for other in course.cards.values() if card.id in other.requires]
    requires = [course.cards[id] for id in card.requires if id in course.cards]
    for label, cards in ((say("Requires"), requires), (say("Leads to"), unlocks)):
        if not cards:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{translate(label)}**")
            for other in cards:
                st.page_link(
                    visits.page_of("library"),
                    label=in_language(other.title, language),
                    query_params={"card": other.id},
                )


def _flashcards(visit: Visit, card: Card) -> None:
    if card.flashcards:
        st.subheader(visit.translate(say("Flashcards")), anchor=False)
    for flashcard in card.flashcards:
        with st.expander(in_language(flashcard.front, visit.person.language)):
            st.markdown(in_language(flashcard.back, visit.person.language))


def _practise(visit: Visit, card: Card) -> None:
    if not card.questions:
        return
    st.page_link(
        visits.page_of("practice"),
        label=visit.translate(say("Practise this concept")),
        icon="🎯",
        query_params=Place(cards=(card.id,)).query(),
    )


def _sources(visit: Visit, course: Course, card: Card) -> None:
    sources = [course.content.sources[id] for id in card.sources if id in course.content.sources]
    if not sources:
        return
    st.subheader(visit.translate(say("Sources")), anchor=False)
    st.markdown("\n".join(f"- {cite(source)}" for source in sources))
