"""The glossary: every standard term in both languages, to search."""

from __future__ import annotations

import streamlit as st

from engine.content import Term, search_terms
from engine.course import Course
from engine.i18n import in_language, plain, say, say_count
from engine.pages import session as sessions
from engine.pages.guard import guarded_part
from engine.pages.session import Session

FIELD = "glossary-search"


@st.fragment
@guarded_part
def glossary(session: Session, course: Course) -> None:
    """The search field and the terms that it finds."""
    translate, language = session.translate, session.person.language
    if not course.glossary:
        st.info(translate(say("There is no glossary yet. Write one into glossary.toml.")))
        return
    wanted = st.text_input(
        translate(say("Search in every language")), key=FIELD, max_chars=60, autocomplete="off"
    )
    ordered = sorted(course.glossary, key=lambda term: in_language(term.term, language).casefold())
    found = search_terms(ordered, wanted or "")
    if not found:
        st.info(
            translate(
                say("No term has “{wanted}” in it. Try a shorter word.", wanted=plain(wanted or ""))
            )
        )
        return
    st.caption(translate(say_count("{count} term", "{count} terms", len(found))))
    for term in found:
        _term(session, course, term)


def _term(session: Session, course: Course, term: Term) -> None:
    language = session.person.language
    own = in_language(term.term, language)
    others = " · ".join(
        name for code, name in term.term.items() if code != language and name != own
    )
    with st.container(border=True, key=f"term-{term.id}", gap="xxsmall"):
        st.markdown(f"**{own}** ↔ {others}" if others else f"**{own}**")
        st.markdown(in_language(term.text, language))
        if term.card is not None and term.card in course.cards:
            st.page_link(
                sessions.page_of("library"),
                label=in_language(course.cards[term.card].title, language),
                icon=":material/menu_book:",
                query_params={"card": term.card},
            )
