"""Formulas that would be shown in red: those of texts, of a card's own, and of TOML files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from engine.content.cards.outline import Passage
from engine.content.cards.reading import file_name
from engine.content.cards.sheet import Sheet, read_sheet
from engine.content.files.problems import Diagnostics, Place, Problem, clip
from engine.content.files.toml_files import toml_values
from engine.content.katex import Fault, fault_in
from engine.content.lints.maths import find_maths
from engine.i18n import say

#: Problems told of one file; who has so many mends these first.
MOST = 100


class Broken(NamedTuple):
    """A formula that cannot be shown: its text, on which line of the whole (from 0), and why."""

    formula: str
    line: int
    fault: Fault


def broken_formulas(text: str) -> Iterator[Broken]:
    """The formulas of a text, with its values in it, that KaTeX would show in red."""
    for formula in find_maths(text).formulas:
        content = text[formula.start : formula.end]
        if not content.strip():
            continue  # of which the lints tell
        fault = fault_in(content, display=formula.display)
        if fault is not None:
            yield Broken(content, text.count("\n", 0, formula.start), fault)


def formula_problem(broken: Broken, place: Place, seed: int | None = None) -> Problem:
    """What to say of it. seed: with whose numbers it was found."""
    formula, why = clip(broken.formula), broken.fault.found
    found = (
        say("the formula “{formula}”: {why}", formula=formula, why=why)
        if seed is None
        else say(
            "with seed {seed}, the formula “{formula}”: {why}", seed=seed, formula=formula, why=why
        )
    )
    expected = say("a formula that KaTeX can show")
    return Problem("error", place, "formula", found, expected, broken.fault.mend)


def card_formulas(card: str, texts: Mapping[str, str]) -> list[Problem]:
    """The broken formulas of a card's title, prose and flashcards, each gap hidden and shown.

    texts: language -> the file's text. Those of questions depend on their numbers
    (`engine.questions.checking.formulas`).
    """
    problems: list[Problem] = []
    for language, text in texts.items():
        file = file_name(card, language)
        sheet = read_sheet(text, Diagnostics(file, text.count("\n") + 1))
        problems.extend(islice(_of_sheet(sheet, file), MOST))
    return problems


def _of_sheet(sheet: Sheet, file: str) -> Iterator[Problem]:
    """One for each line and fault, as the gaps of one formula make several of it."""
    reported: set[tuple[int, str]] = set()
    for passage in _said(sheet):
        for broken in broken_formulas(passage.text):
            place = Place(file, passage.line + broken.line)
            key = place.line, str(broken.fault.found)
            if key not in reported:
                reported.add(key)
                yield formula_problem(broken, place)


def _said(sheet: Sheet) -> Iterator[Passage]:
    title = (sheet.front or {}).get("title")
    if title is not None and isinstance(title.value, str):
        yield Passage(title.value, title.line)
    for slot, passage in sheet.slots.items():
        head = sheet.items.get(slot.item)
        if head is None or head.kind == "Flashcard":
            yield passage


def toml_formulas(file: str, text: str) -> list[Problem]:
    """The broken formulas of a TOML file's texts. One that cannot be read has none."""
    if "$" not in text:
        return []
    try:
        values = toml_values(text)
    except ValueError:
        return []
    lines = text.split("\n")
    return [
        formula_problem(broken, Place(file, _line_of(broken.formula, lines)))
        for value in _strings(values)
        for broken in broken_formulas(value)
    ]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _line_of(formula: str, lines: list[str]) -> int:
    """The first line with the formula, as it is or with its backslashes doubled."""
    first = formula.split("\n", 1)[0]
    written = (first, first.replace("\\", "\\\\"))
    return next((n for n, row in enumerate(lines, 1) if any(w in row for w in written)), 1)
