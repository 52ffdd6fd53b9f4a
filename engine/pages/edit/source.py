"""The text that is typed in, and the problems found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from engine.content import Problem, file_name
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message, say, say_count
from engine.pages.components.live_text import TextShown, Words, handed_over, live_text
from engine.pages.edit.state import FILE, EditorState
from engine.pages.guard import apart, guarded_click
from engine.pages.session import Session

MOST_PROBLEMS = 30
HEIGHT = 560


def source(session: Session, state: EditorState) -> None:
    """The file that is being written, live."""
    _in_the_address(state.file)
    key = f"edit-text-{state.card}-{state.file}"
    label = file_name(state.card, state.file).rpartition("/")[2]
    text = state.texts.get(state.file, "")
    shown = TextShown(
        label,
        state.file,
        text,
        state.version,
        state.base,
        state.copy_name,
        state.last_handed,
        _words(session),
    )
    with st.container(key="source"):
        live_text(key, shown, state.orders, save="save", handed=partial(_handed, state, key))
    # A server that was started anew hears of it only now, after all above was drawn.
    with apart():
        handed = handed_over(st.session_state.get(key))
        if handed is not None and state.take(handed):
            st.rerun()


def _in_the_address(file: str) -> None:
    if file == DEFAULT_LANGUAGE:
        st.query_params.pop(FILE, None)
    elif st.query_params.get(FILE) != file:
        st.query_params[FILE] = file


def _words(session: Session) -> Words:
    translate = session.translate
    return Words(
        offer=translate(
            say(
                "This browser still has words of {time} that were never saved. They are older "
                "than what stands here.",
                time="{time}",
            )
        ),
        take=translate(say("Put them in")),
        forget=translate(say("Forget them")),
        locale=session.person.language,
    )


@guarded_click
def _handed(state: EditorState, key: str) -> None:
    handed = handed_over(st.session_state.get(key))
    if handed is not None:
        state.take(handed)


def problems(session: Session, state: EditorState, found: Sequence[Problem]) -> None:
    """What is wrong, by line; a click goes there."""
    translate = session.translate
    if not found:
        st.success(
            translate(say("Nothing is wrong with this card.")), icon=":material/check_circle:"
        )
        return
    errors = sum(problem.level == "error" for problem in found)
    warnings = len(found) - errors
    counts = []
    if errors:
        counts.append(translate(say_count("{count} error", "{count} errors", errors)))
    if warnings:
        counts.append(translate(say_count("{count} warning", "{count} warnings", warnings)))
    st.markdown(f"**{', '.join(counts)}**")
    with st.container(key="edit-problems", gap="xxsmall"):
        ordered = sorted(found, key=lambda p: (p.level != "error", p.place))
        for number, problem in enumerate(ordered[:MOST_PROBLEMS]):
            _problem(session, state, number, problem)


#: What a problem's level is called, and its icon.
LEVELS: Mapping[str, tuple[Message, str]] = {
    "error": (say("Error"), ":material/cancel:"),
    "warning": (say("Warning"), ":material/warning:"),
}


def _problem(session: Session, state: EditorState, number: int, problem: Problem) -> None:
    language = language_of(problem)
    level, icon = LEVELS[problem.level]
    with st.container(horizontal=True, vertical_alignment="top"):
        in_file = f"{LANGUAGES.get(language, language)} {problem.place.line}"
        st.button(
            f"{session.translate(level)} · {in_file}",
            icon=icon,
            key=f"edit-problem-{number}",
            on_click=go_to,
            args=(state, language, problem.place.line),
            help=session.translate(say("Go to this line")),
        )
        # As plain text: what somebody typed into a card is not Markdown here.
        st.text(words_of(session, problem))


def words_of(session: Session, problem: Problem) -> str:
    """What was found, what was expected, how to mend it."""
    return session.translate(
        say(
            "Found {found}; expected {expected}. {mend}",
            found=problem.found,
            expected=problem.expected,
            mend=problem.mend,
        )
    )


def language_of(problem: Problem) -> str:
    """The language of the file a problem is in: card.ko.md -> ko.

    That a whole translation is missing stands beside card.md, as there may be no other file.
    """
    lacking = problem.found.values.get("file") if problem.code == "no-translation" else None
    parts = str(lacking or problem.place.file).rpartition("/")[2].split(".")
    return parts[1] if len(parts) == 3 else DEFAULT_LANGUAGE


@guarded_click
def go_to(state: EditorState, language: str, line: int) -> None:
    """Shows a line of one of the card's files."""
    state.file = language
    state.orders.jump(line)
