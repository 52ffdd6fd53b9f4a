"""One card in the editor: its source on one side, what a learner sees on the other."""

from __future__ import annotations

import streamlit as st

from engine.authoring import Checked
from engine.authoring.snippets import SNIPPETS
from engine.cards import Problem, file_name
from engine.pages import clock, desk
from engine.pages import visit as visits
from engine.pages.components.live_text import live_text
from engine.pages.desk import Desk
from engine.pages.edit_history import history
from engine.pages.edit_preview import preview
from engine.pages.edit_reports import reports
from engine.pages.edit_save import questions_before_saving, save_bar
from engine.pages.guard import guarded, guarded_click
from engine.pages.visit import Visit
from engine.words import LANGUAGES, Message, say, say_count

MOST_PROBLEMS = 30
VIEWS: dict[str, Message] = {"write": say("Write"), "history": say("History")}


def edit_card(visit: Visit, card: str) -> None:
    """The whole editor; all that changes while typing is one fragment."""
    visit.study.course(clock.now())
    desk.desk_of(card)  # raises what keeps it from being opened before anything is drawn
    st.page_link(visits.page_of("edit"), label=visit.translate(say("All cards to edit")), icon="⬅️")
    _editor(card)


@st.fragment(key="editor")
@guarded
def _editor(card: str) -> None:
    visit = visits.current()
    mine = desk.desk_of(card)
    translate = visit.translate
    if visit.trouble is not None:
        st.error(translate(visit.trouble), icon="⚠️")
        visit.trouble = None
    checked = desk.check(mine)
    save_bar(visit, mine, checked)
    questions_before_saving(visit, mine)
    view = st.segmented_control(
        translate(say("Show")),
        list(VIEWS),
        format_func=lambda name: translate(VIEWS[name]),
        default="write",
        required=True,
        key="edit-view",
        label_visibility="collapsed",
    )
    if view == "history":
        history(visit, mine)
        return
    reports(visit, mine)
    source, seen = st.columns(2, gap="medium")
    with source:
        _source(visit, mine)
        _problems(visit, mine, checked)
    with seen:
        preview(visit, mine, checked)


def _source(visit: Visit, mine: Desk) -> None:
    """The text that is typed in, and the palette beside it."""
    translate = visit.translate
    languages = visit.study.course(clock.now()).content.course.languages
    with st.container(horizontal=True, vertical_alignment="center"):
        key = "edit-file"
        st.session_state[key] = mine.file
        st.segmented_control(
            translate(say("File")),
            list(languages),
            format_func=lambda code: LANGUAGES.get(code, code),
            required=True,
            key=key,
            label_visibility="collapsed",
            on_change=_to_file,
            args=(mine, key),
        )
        with st.popover(translate(say("Insert")), icon="➕"):
            for name, (label, _) in SNIPPETS.items():
                st.button(
                    translate(label),
                    key=f"edit-insert-{name}",
                    on_click=_insert,
                    args=(mine, name),
                    type="tertiary",
                )
    # The text area shows what was typed in it until it is told otherwise.
    key = f"edit-text-{mine.card}-{mine.file}-{mine.typed}"
    with st.container(key="source"):
        st.text_area(
            file_name(mine.card, mine.file).rpartition("/")[2],
            mine.texts.get(mine.file, ""),
            height=560,
            key=key,
            on_change=_typed,
            args=(mine, key),
        )
    live_text("source", "save", mine.orders)


@guarded_click
def _to_file(mine: Desk, key: str) -> None:
    mine.file = st.session_state[key]


@guarded_click
def _typed(mine: Desk, key: str) -> None:
    desk.type_text(mine, str(st.session_state[key]))


@guarded_click
def _insert(mine: Desk, name: str) -> None:
    mine.orders.insert(SNIPPETS[name][1])


def _problems(visit: Visit, mine: Desk, checked: Checked) -> None:
    """What is wrong, by line; a click goes there."""
    translate = visit.translate
    if not checked.problems:
        st.success(translate(say("Nothing is wrong with this card.")), icon="✅")
        return
    errors = len(checked.errors)
    warnings = len(checked.problems) - errors
    told = []
    if errors:
        told.append(translate(say_count("{count} error", "{count} errors", errors)))
    if warnings:
        told.append(translate(say_count("{count} warning", "{count} warnings", warnings)))
    st.markdown(f"**{', '.join(told)}**")
    with st.container(key="edit-problems", gap="xxsmall"):
        ordered = sorted(checked.problems, key=lambda p: (p.level != "error", p.place))
        for number, problem in enumerate(ordered[:MOST_PROBLEMS]):
            _problem(visit, mine, number, problem)


def _problem(visit: Visit, mine: Desk, number: int, problem: Problem) -> None:
    language = _language_of(problem)
    icon = "❌" if problem.level == "error" else "⚠️"
    with st.container(horizontal=True, vertical_alignment="top"):
        st.button(
            f"{icon} {LANGUAGES.get(language, language)} {problem.place.line}",
            key=f"edit-problem-{number}",
            on_click=_go_to,
            args=(mine, language, problem.place.line),
            help=visit.translate(say("Go to this line")),
        )
        # As plain text: what somebody typed into a card is not Markdown here.
        st.text(_words(visit, problem))


def _words(visit: Visit, problem: Problem) -> str:
    return visit.translate(
        say(
            "Found {found}; expected {expected}. {mend}",
            found=problem.found,
            expected=problem.expected,
            mend=problem.mend,
        )
    )


def _language_of(problem: Problem) -> str:
    """The language of the file a problem is in: card.ko.md -> ko."""
    parts = problem.place.file.rpartition("/")[2].split(".")
    return parts[1] if len(parts) == 3 else "en"


@guarded_click
def _go_to(mine: Desk, language: str, line: int) -> None:
    mine.file = language
    mine.orders.jump(line)
