"""Sources: what the notes say, judged; where they contradict each other; what is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from engine.content import STATEMENT_VERDICTS, Notes, Side, Wanted, counts, matching
from engine.course import Course
from engine.i18n import Message, in_language, plain, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.guard import guarded, guarded_click, page_title
from engine.pages.library.citation import cite
from engine.pages.session import Session
from engine.pages.sources import statements
from engine.pages.sources.sources_address import SourcesAddress, View, read

#: Statements shown before "Show all".
FIRST = 30
NAMES: Mapping[View, Message] = {
    "statements": say("Statements"),
    "contradictions": say("Contradictions"),
    "open": say("Open questions"),
}


@guarded
def page() -> None:
    """The page; all of it that changes with a filter is one fragment."""
    _sources()


@st.fragment(key="sources")
@guarded
def _sources() -> None:
    session = sessions.current()
    translate = session.translate
    now = clock.now()
    course, notes = session.study.course(now), session.study.notes(now)
    page_title(translate(say("Sources")))
    st.markdown(
        translate(
            say(
                "This course began with five study notes. Here is what they say, statement by "
                "statement, and what came of it when it was tried."
            )
        )
    )
    if not notes.notes:
        st.info(translate(say("This course has no notes.")))
        return
    place, unknown = read(st.query_params.to_dict(), notes.notes, _concepts(session, course, notes))
    if unknown:
        text = plain(", ".join(unknown)[:120])
        st.warning(translate(say("The address names what is not here: {names}.", names=text)))
    _choice(
        st.segmented_control,
        "view",
        translate(say("View")),
        place.view,
        {view: translate(name) for view, name in NAMES.items()},
        required=True,
    )
    if place.view == "statements":
        _statements(session, course, notes, place)
    elif place.view == "contradictions":
        _contradictions(session, course, notes)
    else:
        _open(session, course, notes)


def _concepts(session: Session, course: Course, notes: Notes) -> dict[str, str]:
    """The titles of the cards the notes have something to say about, in course order."""
    named = {card for s in notes.statements.values() for card in s.cards}
    language = session.person.language
    return {c.id: in_language(c.title, language) for c in course.cards.values() if c.id in named}


# -- the statements --------------------------------------------------------------------------


def _statements(session: Session, course: Course, notes: Notes, place: SourcesAddress) -> None:
    translate = session.translate
    every = notes.statements.values()
    _filters(session, course, notes, place)
    found = matching(every, place.wanted)
    if not found:
        st.info(translate(say("No statement matches all of this.")))
        st.button(translate(say("Clear filters")), key="sources-clear", on_click=_clear)
        return
    shown = found if place.all else found[:FIRST]
    of_all = say("{found} of {every} statements", found=len(found), every=len(every))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate(of_all))
        if place.wanted != Wanted():
            label = translate(say("Clear filters"))
            st.button(label, key="sources-clear", type="tertiary", on_click=_clear)
    for statement in shown:
        statements.show_statement(session, course, notes, statement)
    if len(shown) < len(found):
        label = translate(say("Show all {count}", count=len(found)))
        st.button(label, key="sources-all", on_click=_show_all)


def _filters(session: Session, course: Course, notes: Notes, place: SourcesAddress) -> None:
    translate, language, wanted = session.translate, session.person.language, place.wanted
    titles = {
        id: " · ".join(filter(None, (in_language(note.title, language), note.author)))
        for id, note in notes.notes.items()
    }
    _at("words", wanted.words)
    st.text_input(
        translate(say("Search")),
        key=_key("words"),
        type="search",
        live=True,
        on_change=_changed,
        placeholder=translate(say("Words in any language, or a number such as 1-16")),
    )
    left, right = st.columns(2)
    with left:
        every = {"": translate(say("All notes"))}
        _choice(st.selectbox, "note", translate(say("Note")), wanted.note, {**every, **titles})
    with right:
        every = {"": translate(say("All concepts"))}
        concepts = _concepts(session, course, notes)
        label = translate(say("Concept"))
        _choice(st.selectbox, "concept", label, wanted.card, {**every, **concepts})
    numbers = counts(notes.statements.values(), wanted)
    _choice(
        st.pills,
        "verdict",
        translate(say("Verdict")),
        [v for v in STATEMENT_VERDICTS if v in wanted.verdicts],
        {v: f"{translate(STATEMENT_VERDICTS[v])} {numbers[v]}" for v in STATEMENT_VERDICTS},
        selection_mode="multi",
    )


# -- contradictions and open questions -------------------------------------------------------


def _contradictions(session: Session, course: Course, notes: Notes) -> None:
    translate, language = session.translate, session.person.language
    for contradiction in notes.contradictions:
        with st.container(border=True, key=f"sources-{contradiction.id}"):
            st.header(in_language(contradiction.title, language), anchor=False)
            for column, side in zip(
                st.columns(len(contradiction.sides)), contradiction.sides, strict=True
            ):
                with column:
                    st.markdown(_side(session, course, notes, side))
            st.markdown(
                f"**{translate(say('Who is right'))}**\n\n"
                f"{in_language(contradiction.ruling, language)}"
            )
            statements.links(session, course, contradiction.evidence)


def _side(session: Session, course: Course, notes: Notes, side: Side) -> str:
    """One side as Markdown: who says it, what, and what became of it."""
    language = session.person.language
    if side.text is not None:
        source = course.content.sources.get(side.source or "")
        who = f"{source.authors}, {source.year}" if source else ""
        return f":gray[{who}]\n\n{in_language(side.text, language)}"
    statement = notes.statements.get(side.statement or "")
    if statement is None:
        return ""
    title = in_language(notes.notes[statement.note].title, language)
    return (
        f":gray[{statement.id} · {title}]\n\n{in_language(statement.text, language)}\n\n"
        f"{statements.badge(session, statement.verdict)}"
    )


def _open(session: Session, course: Course, notes: Notes) -> None:
    translate, language = session.translate, session.person.language
    for question in notes.questions:
        with st.container(border=True, key=f"sources-{question.id}"):
            st.header(in_language(question.title, language), anchor=False)
            parts = (
                (say("What is known"), question.known),
                (say("What is not known"), question.unknown),
                (say("An experiment to run"), question.experiment),
            )
            st.markdown(
                "\n\n".join(
                    f"**{translate(head)}**\n\n{in_language(text, language)}"
                    for head, text in parts
                )
            )
            statements.links(session, course, question.evidence)
            asked = translate(say("In the notes: {ids}", ids=", ".join(question.statements)))
            sources = [course.content.sources.get(id) for id in question.sources]
            st.caption(
                "\n".join(
                    [asked, "", *(f"- {cite(s, language)}" for s in sources if s is not None)]
                )
            )


# -- the address -----------------------------------------------------------------------------


def _key(name: str) -> str:
    return f"sources-{name}"


def _at(name: str, value: object) -> None:
    """Sets a widget to what the address says, unless it is there already."""
    now = st.session_state.get(_key(name))
    if isinstance(value, list) and isinstance(now, list) and set(now) == set(value):
        return  # picked in another order
    if now != value:
        st.session_state[_key(name)] = value


def _choice(
    widget: Callable[..., object],
    name: str,
    label: str,
    value: object,
    options: Mapping[str, str],
    **more: object,
) -> None:
    """A widget that chooses among options; its state is the address."""
    _at(name, value)
    widget(
        label,
        list(options),
        format_func=options.__getitem__,
        key=_key(name),
        on_change=_changed,
        **more,
    )


def _here() -> SourcesAddress:
    """What the address says."""
    session, now = sessions.current(), clock.now()
    course, notes = session.study.course(now), session.study.notes(now)
    return read(st.query_params.to_dict(), notes.notes, _concepts(session, course, notes))[0]


@guarded_click
def _changed() -> None:
    """Takes what the widgets say into the address; a widget that is not shown says nothing."""
    place = _here()
    values: dict[str, Any] = {
        "view": place.view,
        "note": place.wanted.note,
        "verdict": place.wanted.verdicts,
        "concept": place.wanted.card,
        "words": place.wanted.words,
    }
    values.update((n, st.session_state[_key(n)]) for n in values if _key(n) in st.session_state)
    wanted = Wanted(
        note=values["note"] or "",
        verdicts=frozenset(values["verdict"]),
        card=values["concept"] or "",
        words=values["words"] or "",
    )
    st.query_params.from_dict(SourcesAddress(values["view"], wanted).query())


@guarded_click
def _clear() -> None:
    st.query_params.from_dict(SourcesAddress(_here().view).query())


@guarded_click
def _show_all() -> None:
    st.query_params.from_dict(replace(_here(), all=True).query())
