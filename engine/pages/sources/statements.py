"""How a statement of a note is shown: what became of it, why, and the way to the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from engine.content import STATEMENT_VERDICTS, Evidence, Notes, Statement, StatementVerdict
from engine.course import Course, Experiment, LabError, best_chart, charts_of
from engine.i18n import in_language, say, say_label
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress
from engine.pages.lab.lab_address import LabAddress
from engine.pages.session import Session
from engine.simulations import SIMULATIONS

#: The colors of the verdicts' badges; each also says its verdict in words.
COLORS: Mapping[StatementVerdict, str] = {
    "true": "green",
    "limited": "blue",
    "misleading": "orange",
    "false": "red",
    "open": "violet",
    "unreadable": "gray",
    "pointer": "gray",
}


def statements_about(session: Session, course: Course, card: str) -> None:
    """What the notes say about a card's concept; nothing where they are silent."""
    notes = session.study.notes(clock.now())
    about = notes.about(card)
    if not about:
        return
    label = say("What the notes say about it ({count})", count=len(about))
    with st.expander(session.translate(label), key=f"notes-{card}"):
        for statement in about:
            show_statement(session, course, notes, statement, without=card)


def show_statement(
    session: Session, course: Course, notes: Notes, statement: Statement, *, without: str = ""
) -> None:
    """One statement. without: the card one is on, which needs no link to itself."""
    translate, language = session.translate, session.person.language
    note = notes.notes[statement.note]
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"{badge(session, statement.verdict)} :gray[{statement.id} · "
            f"{in_language(note.title, language)}]\n\n"
            f"**{in_language(statement.text, language)}**\n\n{in_language(statement.why, language)}"
        )
        evidence = [e for e in statement.evidence if (e.kind, e.name) != ("card", without)]
        if not links(session, course, evidence, notes.claims.get(statement.id, ())) and not without:
            st.caption(translate(say("The card with the evidence is not ready yet.")))


def badge(session: Session, verdict: StatementVerdict) -> str:
    """A verdict as a piece of Markdown."""
    return f":{COLORS[verdict]}-badge[{session.translate(STATEMENT_VERDICTS[verdict])}]"


def links(
    session: Session, course: Course, evidence: Iterable[Evidence], claims: Iterable[str] = ()
) -> int:
    """Links to what can be opened of the evidence. -> how many there are.

    claims: questions in which to judge the statement oneself.
    """
    found = [link for e in evidence if (link := _link(session, course, e)) is not None]
    judge = session.translate(say("Judge it yourself"))
    found += [
        ("practice", judge, ":material/balance:", _question(item))
        for item in claims
        if item in course.by_id
    ]
    if not found:
        return 0
    with st.container(horizontal=True, gap="small"):
        for page, label, icon, query in found:
            st.page_link(sessions.page_of(page), label=label, icon=icon, query_params=query)
    return len(found)


def _link(
    session: Session, course: Course, evidence: Evidence
) -> tuple[str, str, str, dict[str, str]] | None:
    """(page, label, icon, address) of a piece of evidence; None where there is nothing to open."""
    language, translate = session.person.language, session.translate
    if evidence.kind == "simulation":
        return _lab(session, evidence)
    card = course.cards.get(evidence.name.partition("/")[0])
    if card is None:
        return None
    title = in_language(card.title, language)
    if evidence.kind == "card":
        return "library", title, ":material/menu_book:", {"card": card.id}
    if evidence.name not in course.by_id:
        return None
    label = translate(say("Question: {card}", card=title))
    return "practice", label, ":material/target:", _question(evidence.name)


def _lab(session: Session, evidence: Evidence) -> tuple[str, str, str, dict[str, str]] | None:
    try:
        experiment = Experiment.of(evidence.name, evidence.settings, evidence.seed)
    except LabError:  # the check of the content has told it
        return None
    simulation = SIMULATIONS[evidence.name]
    title = session.translate(say_label(simulation.label(simulation.title)))
    label = session.translate(say("Lab: {simulation}", simulation=title))
    best = best_chart(evidence.name)
    chart = evidence.chart if evidence.chart in charts_of(evidence.name) else best
    return "lab", label, ":material/science:", LabAddress(experiment, None, chart).query()


def _question(item: str) -> dict[str, str]:
    """A question's address, with fresh numbers."""
    return StudyAddress(item=item, seed=clock.fresh_seed(), cards=(item.partition("/")[0],)).query()
