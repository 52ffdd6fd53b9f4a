"""`check [PATH …] [--seeds 200] [--format text]`: every card, every question over many seeds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from engine.commands.errors import Failure
from engine.commands.lookup import find_folder, folder_there
from engine.commands.parallel_check import QuestionResult, check_questions, draw_pictures
from engine.commands.report import FORMATS, CheckReport, FolderReport, write
from engine.commands.reviewing import REVIEWED, review
from engine.content import (
    Card,
    Problem,
    Question,
    card_formulas,
    check_lesson,
    decode,
    file_name,
    in_order,
    load_cards,
    toml_formulas,
)
from engine.course import check_findings, check_notes, compile_card
from engine.i18n import DEFAULT_LANGUAGE, Translator, say
from engine.questions import Template, accepted_elsewhere, check_complete, palette

#: Seeds from which on pictures are also drawn with each control at its ends.
THOROUGH = 100
#: The cards of a folder to be checked; None: everything in it.
Wanted = dict[Path, set[str] | None]


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument(
        "path",
        type=Path,
        nargs="*",
        help="content folders, cards' folders or files in them (default: the content folder)",
    )
    command.add_argument(
        "--seeds", type=_count, default=200, help="draws a question (default: 200)"
    )
    command.add_argument(
        "--lang", choices=languages, default=DEFAULT_LANGUAGE, help="language of the report"
    )
    command.add_argument(
        "--format", choices=FORMATS, default="text", help="github: remarks on a workflow's lines"
    )
    command.add_argument(
        "--json", action="store_const", const="json", dest="format", help="as --format json"
    )
    command.add_argument(
        "--review",
        action="store_true",
        help="list the zeros, ones and rounding errors in feedback and explanations, to be read",
    )
    command.set_defaults(run=run)


def _count(text: str) -> int:
    """How many seeds: a whole number from 1 to a million."""
    if text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= 1_000_000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:60]!r}: expected a whole number from 1 to 1000000")


def run(given: argparse.Namespace) -> int:
    """Prints problems, a line a question, and a closing line; 1 if there is an error."""
    wanted = _wanted(given.path) if given.path else _everything(given.content)
    looked = [_look(folder, only, given.seeds) for folder, only in wanted.items()]
    report = CheckReport([found for found, _ in looked], given.seeds)
    translate = Translator(given.lang)
    write(report, given.format, translate)
    if given.review and given.format == "text":
        compiled = [template for _, templates in looked for template in templates]
        review(compiled, min(given.seeds, REVIEWED), translate)
    return 1 if report.count("error") else 0


def _everything(folder: Path) -> Wanted:
    folder_there(folder)
    return {folder: None}


def _wanted(paths: Sequence[Path]) -> Wanted:
    wanted: Wanted = {}
    for path in paths:
        folder, card = find_folder(path)
        before = wanted.get(folder, set())
        wanted[folder] = None if card is None or before is None else {*before, card}
    return wanted


def _look(folder: Path, only: set[str] | None, seeds: int) -> tuple[FolderReport, list[Template]]:
    """What is found in a folder, and the questions in it that can be asked."""
    content = load_cards(folder, palette())
    problems = [p for p in content.problems if only is None or _card(p) in only]
    for card in sorted(only or ()):
        if card not in content.cards and all(_card(p) != card for p in problems):
            raise Failure(say("There is no card “{card}” in {folder}.", card=card, folder=folder))
    if only is None:
        problems.extend(check_findings(content.findings)[1])
        problems.extend((*content.notes.problems, *check_notes(content)))
        problems.extend(_formulas_of_files(folder))
    cards = [card for id, card in content.cards.items() if only is None or id in only]
    reports, compiled, in_questions = _check_cards(cards, seeds)
    problems.extend(in_questions)
    for one in cards:
        problems.extend((*check_complete(one), *check_lesson(one)))
        problems.extend(card_formulas(one.id, _texts(folder, one)))
    for report in reports:
        problems.extend(report.problems)
    ordered = in_order(problems)
    return FolderReport(folder, len(cards), reports, ordered), compiled


def _card(problem: Problem) -> str | None:
    """The card that a problem is about."""
    parts = problem.place.file.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "cards" else None


def _texts(folder: Path, card: Card) -> dict[str, str]:
    """A card's files by language, those that are part of it."""
    files = {language: file_name(card.id, language) for language in card.languages}
    found = {code: decode((folder / file).read_bytes(), file) for code, file in files.items()}
    return {code: text for code, text in found.items() if isinstance(text, str)}


def _formulas_of_files(folder: Path) -> list[Problem]:
    """The broken formulas of the glossary, the lab, the sources, the units and the notes."""
    problems: list[Problem] = []
    for path in sorted([*folder.glob("*.toml"), *folder.glob("notes/*.toml")]):
        name = path.relative_to(folder).as_posix()
        text = decode(path.read_bytes(), name)
        if isinstance(text, str):
            problems.extend(toml_formulas(name, text))
    return problems


def _check_cards(
    cards: Sequence[Card], seeds: int
) -> tuple[list[QuestionResult], list[Template], list[Problem]]:
    problems: list[Problem] = []
    asked: list[tuple[str, Question]] = []
    compiled: list[Template] = []
    for card in cards:
        templates, found = compile_card(card)
        problems.extend(found)
        asked.extend((card.id, template.question) for template in templates.values())
        compiled.extend(templates.values())
    problems.extend(draw_pictures(cards, moved=seeds >= THOROUGH))
    problems.extend(accepted_elsewhere(compiled, range(seeds)))
    total = len(asked) * seeds
    with tqdm(total=total, unit="draw", leave=False, disable=None, file=sys.stderr) as bar:

        def progress(item: str, draws: int) -> None:
            bar.set_description(item)
            bar.update(draws)

        return check_questions(asked, seeds, progress), compiled, problems
