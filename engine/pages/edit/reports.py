"""What learners reported about a card, with exactly what they saw, to answer and close."""

from __future__ import annotations

import streamlit as st

from engine import questions
from engine.i18n import say, say_count
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.edit.state import EditorState, current_author, current_editor
from engine.pages.formatting import moment
from engine.pages.guard import guarded_click
from engine.pages.session import Session
from engine.storage import Report
from engine.study import right_words


def reports(session: Session, state: EditorState) -> None:
    """The open reports of the card; nothing where there are none."""
    found = current_editor().reports(current_author(), state.card)
    if not found:
        return
    translate = session.translate
    label = translate(say_count("{count} report", "{count} reports", len(found)))
    with st.expander(label, icon=":material/flag:", expanded=True):
        for report in found:
            _report(session, state, report)


def _report(session: Session, state: EditorState, report: Report) -> None:
    translate = session.translate
    with st.container(border=True, key=f"report-{report.id}"):
        name = report.item.partition("/")[2]
        st.caption(f"{name} · {report.seed} · {moment(report.at, session.person)}")
        if report.by_app:
            st.markdown(translate(say("This item could not be shown, so learners pass over it:")))
        # As plain text: a learner's words are not Markdown here.
        st.text(report.text)
        if report.variant is not None:
            with st.expander(translate(say("What they saw"))):
                variant = questions.Variant.from_json(report.variant)
                st.markdown(variant.prompt)
                for number, option in enumerate(variant.options, 1):
                    st.markdown(f"{number}) {option.text}")
                right = right_words(variant)
                st.markdown(translate(say("Right answer: **{right}**", right=right)))
        st.button(
            translate(say("Open it in the preview")),
            key=f"edit-report-{report.id}-open",
            on_click=_open,
            args=(state, name, report.seed),
        )
        key = f"edit-report-{report.id}-reply"
        if not report.by_app:
            st.text_input(
                translate(say("Your answer to the learner (optional)")),
                key=key,
                max_chars=500,
                on_change="ignore",
                autocomplete="off",
            )
        st.button(
            translate(say("Close") if report.by_app else say("Answer and close")),
            key=f"edit-report-{report.id}-close",
            on_click=_close,
            args=(report.id, key),
        )


@guarded_click
def _open(state: EditorState, item: str, seed: int) -> None:
    state.show_in_preview(item, seed)


@guarded_click
def _close(report: int, key: str) -> None:
    reply = str(st.session_state.get(key) or "")
    current_editor().close_report(current_author(), report, reply, clock.now())
    sessions.current().commit(key)
