"""A card as a page: its prose, its chart to play with, its items, what surrounds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from engine.charts import knowledge_words
from engine.content import Card
from engine.course import Course
from engine.i18n import in_language, say
from engine.pages import clock, style
from engine.pages import session as sessions
from engine.pages.address import StudyAddress
from engine.pages.components.builds_on import builds_on
from engine.pages.components.playground import playground
from engine.pages.components.prose import places_try, show_prose
from engine.pages.formatting import percent
from engine.pages.guard import apart, page_title
from engine.pages.library.citation import cite
from engine.pages.session import Session
from engine.pages.sources.statements import statements_about
from engine.pages.study.aside_menu import aside_words, take_back
from engine.questions import asked
from engine.scheduling import Memory
from engine.study import PresentedQuestion, Unshowable, has_lesson, knowledge, recall


def card_page(session: Session, course: Course, card: Card) -> None:
    """The whole page."""
    translate, language = session.translate, session.person.language
    st.page_link(
        sessions.page_of("library"), label=translate(say("All cards")), icon=":material/arrow_back:"
    )
    page_title(in_language(card.title, language))
    style.entitle(in_language(card.title, language))
    memories = session.study.store.memories.of(session.person.id)
    weights = session.study.store.parameters.weights(session.person.id)
    today = session.person.calendar.day(clock.now())
    text = knowledge(course, memories, today, weights)[card.id]
    st.caption(translate(knowledge_words(text.known, text.met, text.items)))
    if language not in card.languages:
        st.info(translate(say("This card has not been translated yet; here it is in English.")))
    with apart():
        _learn(session, course, card)
    show_prose(session, course, card, f"read-{card.id}")
    play = None if places_try(card, language) else course.play(card)
    if play is not None:
        st.header(translate(say("Try it")), anchor=False)
        with apart():
            playground(session, play, f"library-{card.id}", language)
    with apart():
        _links(session, course, card)
    with apart():
        _questions(session, course, card, memories)
    with apart():
        _flashcards(session, card, memories)
    _practise(session, card)
    with apart():
        statements_about(session, course, card.id)
    _sources(session, course, card)


def _learn(session: Session, course: Course, card: Card) -> None:
    """The way to the lesson of a concept that was not met yet, whatever the day's plan says."""
    lessons = session.study.lessons
    if not has_lesson(card) or lessons.has_met(session.person, card.id, clock.now()):
        return
    builds_on(session, course, card)
    st.page_link(
        sessions.page_of("today"),
        label=session.translate(say("Learn this now")),
        icon=":material/school:",
        query_params=StudyAddress(lesson=card.id).query(),
    )


def _links(session: Session, course: Course, card: Card) -> None:
    translate, language = session.translate, session.person.language
    unlocks = [other for other in course.cards.values() if card.id in other.requires]
    requires = [course.cards[id] for id in card.requires if id in course.cards]
    for label, cards in ((say("Requires"), requires), (say("Leads to"), unlocks)):
        if not cards:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{translate(label)}**")
            for other in cards:
                st.page_link(
                    sessions.page_of("library"),
                    label=in_language(other.title, language),
                    query_params={"card": other.id},
                )


def _questions(
    session: Session, course: Course, card: Card, memories: Mapping[str, Memory]
) -> None:
    """Each question with numbers of its own, to be practised with fresh ones."""
    translate = session.translate
    asides = session.study.asides.of(session.person, clock.now())
    ids = [f"{card.id}/{q.id}" for q in card.questions if f"{card.id}/{q.id}" in course.templates]
    if ids:
        st.header(translate(say("Questions")), anchor=False)
    for id in ids:
        template = course.templates[id]
        try:
            shown = session.study.present(
                session.person, id, 0, 0, clock.now(), mode="practice", scheduled=False
            )
        except Unshowable as error:
            st.warning(translate(error.message), icon=":material/skip_next:")
            continue
        if isinstance(shown, PresentedQuestion):
            prompt = shown.variant.prompt
            with st.expander(asked(prompt), key=f"ask-{id}"):
                st.markdown(prompt)
                kind = translate(template.kind.label)
                st.caption(f"{kind} · {_recall_words(session, memories.get(id))}")
                _aside(session, asides, id)
                _practise_item(session, card, id)


def _flashcards(session: Session, card: Card, memories: Mapping[str, Memory]) -> None:
    if card.flashcards:
        st.header(session.translate(say("Flashcards")), anchor=False)
    asides = session.study.asides.of(session.person, clock.now())
    for flashcard in card.flashcards:
        id = f"{card.id}/{flashcard.id}"
        front = in_language(flashcard.front, session.person.language)
        with st.expander(front.replace("\n", " "), key=f"flash-{id}"):
            st.markdown(in_language(flashcard.back, session.person.language))
            st.caption(_recall_words(session, memories.get(id)))
            _aside(session, asides, id)
            _practise_item(session, card, id)


def _recall_words(session: Session, memory: Memory | None) -> str:
    if memory is None:
        return session.translate(say("not begun"))
    weights = session.study.store.parameters.weights(session.person.id)
    known = recall(memory, session.person.calendar.day(clock.now()), weights)
    return session.translate(say("you would know it today: {percent}", percent=percent(known)))


def _aside(session: Session, asides: Mapping[str, date | None], id: str) -> None:
    """How an item is put aside, with the way back."""
    if id in asides:
        words = session.translate(aside_words(session, asides[id]))
        st.markdown(f":material/pause: {words}")
        take_back(id, session.translate(say("Take it back")))


def _practise_item(session: Session, card: Card, id: str) -> None:
    st.page_link(
        sessions.page_of("practice"),
        label=session.translate(say("Practise this")),
        icon=":material/target:",
        query_params=StudyAddress(item=id, seed=clock.fresh_seed(), cards=(card.id,)).query(),
    )


def _practise(session: Session, card: Card) -> None:
    if not card.questions:
        return
    st.page_link(
        sessions.page_of("practice"),
        label=session.translate(say("Practise this concept")),
        icon=":material/target:",
        query_params=StudyAddress(cards=(card.id,)).query(),
    )


def _sources(session: Session, course: Course, card: Card) -> None:
    sources = [course.content.sources[id] for id in card.sources if id in course.content.sources]
    if not sources:
        return
    st.header(session.translate(say("Sources")), anchor=False)
    language = session.person.language
    st.markdown("\n".join(f"- {cite(source, language)}" for source in sources))
