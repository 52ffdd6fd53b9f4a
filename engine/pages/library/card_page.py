"""A card as a page: its prose, its chart to play with, its items, what surrounds it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engine.charts.concept_map import knowledge_words
from engine.content import Card
from engine.i18n import in_language, say
from engine.pages import clock, style
from engine.pages import visit as visits
from engine.pages.address import Place
from engine.pages.formatting import percent
from engine.pages.guard import apart, page_title
from engine.pages.library.citation import cite
from engine.pages.library.playground import playground
from engine.pages.sources.statements import statements_about
from engine.pages.visit import Visit
from engine.questions import asked
from engine.scheduling import Memory
from engine.study import Course, Unshowable
from engine.study.knowledge import knowledge, recall


def card_page(visit: Visit, course: Course, card: Card) -> None:
    """The whole page."""
    translate, language = visit.translate, visit.person.language
    st.page_link(
        visits.page_of("library"), label=translate(say("All cards")), icon=":material/arrow_back:"
    )
    page_title(in_language(card.title, language))
    style.entitle(in_language(card.title, language))
    memories = visit.study.store.memories(visit.person.id)
    told = knowledge(course, memories, visit.person.calendar.day(clock.now()))[card.id]
    st.caption(translate(knowledge_words(told.known, told.met, told.items)))
    if language not in card.languages:
        st.info(translate(say("This card has not been translated yet; here it is in English.")))
    st.markdown(in_language(card.prose, language))
    play = course.play(card)
    if play is not None:
        st.header(translate(say("Try it")), anchor=False)
        with apart():
            playground(visit, play, f"library-{card.id}", language)
    with apart():
        _links(visit, course, card)
    with apart():
        _questions(visit, course, card, memories)
    with apart():
        _flashcards(visit, card, memories)
    _practise(visit, card)
    with apart():
        statements_about(visit, course, card.id)
    _sources(visit, course, card)


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


def _questions(visit: Visit, course: Course, card: Card, memories: Mapping[str, Memory]) -> None:
    """Each question with numbers of its own, to be practised with fresh ones."""
    translate = visit.translate
    ids = [f"{card.id}/{q.id}" for q in card.questions if f"{card.id}/{q.id}" in course.templates]
    if ids:
        st.header(translate(say("Questions")), anchor=False)
    for id in ids:
        template = course.templates[id]
        try:
            shown = visit.study.present(
                visit.person, id, 0, 0, clock.now(), mode="practice", scheduled=False
            )
        except Unshowable as error:
            st.warning(translate(error.message), icon=":material/skip_next:")
            continue
        assert shown.variant is not None
        prompt = shown.variant.prompt
        with st.expander(asked(prompt), key=f"ask-{id}"):
            st.markdown(prompt)
            kind = translate(template.kind.label)
            st.caption(f"{kind} · {_recall_words(visit, memories.get(id))}")
            _practise_item(visit, card, id)


def _flashcards(visit: Visit, card: Card, memories: Mapping[str, Memory]) -> None:
    if card.flashcards:
        st.header(visit.translate(say("Flashcards")), anchor=False)
    for flashcard in card.flashcards:
        id = f"{card.id}/{flashcard.id}"
        front = in_language(flashcard.front, visit.person.language)
        with st.expander(front.replace("\n", " "), key=f"flash-{id}"):
            st.markdown(in_language(flashcard.back, visit.person.language))
            st.caption(_recall_words(visit, memories.get(id)))
            _practise_item(visit, card, id)


def _recall_words(visit: Visit, memory: Memory | None) -> str:
    if memory is None:
        return visit.translate(say("not begun"))
    known = recall(memory, visit.person.calendar.day(clock.now()))
    return visit.translate(say("you would know it today: {percent}", percent=percent(known)))


def _practise_item(visit: Visit, card: Card, id: str) -> None:
    st.page_link(
        visits.page_of("practice"),
        label=visit.translate(say("Practise this")),
        icon=":material/target:",
        query_params=Place(item=id, seed=clock.fresh_seed(), cards=(card.id,)).query(),
    )


def _practise(visit: Visit, card: Card) -> None:
    if not card.questions:
        return
    st.page_link(
        visits.page_of("practice"),
        label=visit.translate(say("Practise this concept")),
        icon=":material/target:",
        query_params=Place(cards=(card.id,)).query(),
    )


def _sources(visit: Visit, course: Course, card: Card) -> None:
    sources = [course.content.sources[id] for id in card.sources if id in course.content.sources]
    if not sources:
        return
    st.header(visit.translate(say("Sources")), anchor=False)
    language = visit.person.language
    st.markdown("\n".join(f"- {cite(source, language)}" for source in sources))
