"""“Something is wrong with this question”: one line, with what was shown attached."""

from __future__ import annotations

import streamlit as st

from engine.i18n import plain, say
from engine.pages import clock
from engine.pages import visit as visits
from engine.pages.components.fields import say_settled
from engine.pages.formatting import moment
from engine.pages.guard import guarded_click
from engine.pages.visit import Visit
from engine.study import Presentation
from engine.study.reporting import LONGEST, report_item


def report_box(visit: Visit, shown: Presentation) -> None:
    """The line to write, behind a button, under an item."""
    translate = visit.translate
    key = f"report-{shown.id}"
    with st.popover(
        translate(say("Something is wrong with this question")), icon=":material/flag:"
    ):
        say_settled(key, visit.settled)
        if visit.reported == shown.id:
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
    visit = visits.current()
    text = str(st.session_state.get(key) or "")
    if report_item(visit.study.store, visit.person, shown, text, clock.now()) is not None:
        visit.reported = shown.id
        visit.settle(key)


def my_reports(visit: Visit) -> None:
    """What this learner reported, and what was answered."""
    reports = visit.study.store.reports.by(visit.person.id)[:20]
    if not reports:
        return
    translate = visit.translate
    st.header(translate(say("What you reported")), anchor=False)
    for report in reports:
        told = f"- {moment(report.at, visit.person)}: {plain(report.text)}"
        if report.closed_at is None:
            told += f" *({translate(say('not answered yet'))})*"
        elif report.reply:
            told += f" → {plain(report.reply)}"
        else:
            told += f" *({translate(say('settled'))})*"
        st.markdown(told)
