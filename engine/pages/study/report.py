"""“Something is wrong with this question”: one line, with what was shown attached."""

from __future__ import annotations

import streamlit as st

from engine.i18n import plain, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.components.fields import confirm_commits
from engine.pages.formatting import moment
from engine.pages.guard import guarded_click
from engine.pages.session import Session
from engine.study import LONGEST, Presentation, report_item


def report_box(session: Session, shown: Presentation) -> None:
    """The line to write, behind a button, under an item."""
    translate = session.translate
    key = f"report-{shown.id}"
    with st.popover(
        translate(say("Something is wrong with this question")), icon=":material/flag:"
    ):
        confirm_commits(key, session.commits)
        if session.reported == shown.id:
            st.success(translate(say("Thank you. Whoever looks after the course will see it.")))
            return
        st.text_input(
            translate(say("What is wrong? The question with its numbers is sent along.")),
            key=key,
            max_chars=LONGEST,
            persist_state="session",
            on_change="ignore",
            autocomplete="off",
        )
        st.button(translate(say("Send")), key=f"{key}-send", on_click=_send, args=(shown, key))


@guarded_click
def _send(shown: Presentation, key: str) -> None:
    session = sessions.current()
    text = str(st.session_state.get(key) or "")
    if report_item(session.study.store, session.person, shown, text, clock.now()) is not None:
        session.reported = shown.id
        session.commit(key)


def my_reports(session: Session) -> None:
    """What this learner reported, and what was answered."""
    reports = session.study.store.reports.by(session.person.id)[:20]
    if not reports:
        return
    translate = session.translate
    st.header(translate(say("What you reported")), anchor=False)
    for report in reports:
        text = f"- {moment(report.at, session.person)}: {plain(report.text)}"
        if report.closed_at is None:
            text += f" *({translate(say('not answered yet'))})*"
        elif report.reply:
            text += f" → {plain(report.reply)}"
        else:
            text += f" *({translate(say('settled'))})*"
        st.markdown(text)
