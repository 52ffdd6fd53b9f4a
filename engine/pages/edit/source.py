"""The text that is typed in, and the problems found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from engine.content import Problem, file_name
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message, say, say_count
from engine.pages.components.live_text import Shown, Words, handed_over, live_text
from engine.pages.edit import desk
from engine.pages.edit.desk import Desk
from engine.pages.guard import apart, guarded_click
from engine.pages.visit import Visit

MOST_PROBLEMS = 30
HEIGHT = 560


def source(visit: Visit, mine: Desk) -> None:
    """The file that is being written, live."""
    _in_the_address(mine.file)
    key = f"edit-text-{mine.card}-{mine.file}"
    label = file_name(mine.card, mine.file).rpartition("/")[2]
    text = mine.texts.get(mine.file, "")
    copy = desk.copy_name(mine)
    shown = Shown(label, mine.file, text, mine.version, mine.base, copy, mine.heard, _words(visit))
    with st.container(key="source"):
        live_text(key, shown, mine.orders, save="save", handed=partial(_handed, mine, key))
    # A server that was started anew hears of it only now, after all above was drawn.
    with apart():
        told = handed_over(st.session_state.get(key))
        if told is not None and desk.take(mine, told):
            st.rerun()


def _in_the_address(file: str) -> None:
    if file == DEFAULT_LANGUAGE:
        st.query_params.pop(desk.FILE, None)
    elif st.query_params.get(desk.FILE) != file:
        st.query_params[desk.FILE] = file


def _words(visit: Visit) -> Words:
    translate = visit.translate
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
        locale=visit.person.language,
    )


@guarded_click
def _handed(mine: Desk, key: str) -> None:
    told = handed_over(st.session_state.get(key))
    if told is not None:
        desk.take(mine, told)


def problems(visit: Visit, mine: Desk, found: Sequence[Problem]) -> None:
    """What is wrong, by line; a click goes there."""
    translate = visit.translate
    if not found:
        st.success(
            translate(say("Nothing is wrong with this card.")), icon=":material/check_circle:"
        )
        return
    errors = sum(problem.level == "error" for problem in found)
    warnings = len(found) - errors
    told = []
    if errors:
        told.append(translate(say_count("{count} error", "{count} errors", errors)))
    if warnings:
        told.append(translate(say_count("{count} warning", "{count} warnings", warnings)))
    st.markdown(f"**{', '.join(told)}**")
    with st.container(key="edit-problems", gap="xxsmall"):
        ordered = sorted(found, key=lambda p: (p.level != "error", p.place))
        for number, problem in enumerate(ordered[:MOST_PROBLEMS]):
            _problem(visit, mine, number, problem)


#: What a problem's level is called, and its icon.
LEVELS: Mapping[str, tuple[Message, str]] = {
    "error": (say("Error"), ":material/cancel:"),
    "warning": (say("Warning"), ":material/warning:"),
}


def _problem(visit: Visit, mine: Desk, number: int, problem: Problem) -> None:
    language = language_of(problem)
    level, icon = LEVELS[problem.level]
    with st.container(horizontal=True, vertical_alignment="top"):
        st.button(
            f"{visit.translate(level)} · {LANGUAGES.get(language, language)} {problem.place.line}",
            icon=icon,
            key=f"edit-problem-{number}",
            on_click=go_to,
            args=(mine, language, problem.place.line),
            help=visit.translate(say("Go to this line")),
        )
        # As plain text: what somebody typed into a card is not Markdown here.
        st.text(words_of(visit, problem))


def words_of(visit: Visit, problem: Problem) -> str:
    """What was found, what was expected, how to mend it."""
    return visit.translate(
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
def go_to(mine: Desk, language: str, line: int) -> None:
    """Shows a line of one of the card's files."""
    mine.file = language
    mine.orders.jump(line)
