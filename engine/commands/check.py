"""`check [PATH] [--seeds 200]`: every card, every question over many seeds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from engine.cards import Card, ContentReader, Problem, Question, check_complete
from engine.commands.checking import Told, check_questions
from engine.commands.failing import Failure
from engine.commands.finding import find_folder
from engine.notes import NotesReader
from engine.study.course import compile_card
from engine.words import Translator, say


def add_arguments(commands: Any, languages: Sequence[str]) -> None:
    """Declares the command."""
    command = commands.add_parser("check", help="look for errors in the cards and their questions")
    command.add_argument(
        "path",
        type=Path,
        nargs="?",
        help="a content folder, a card's folder or a card's file (default: the content folder)",
    )
    command.add_argument(
        "--seeds", type=_count, default=200, help="draws a question (default: 200)"
    )
    command.add_argument("--lang", choices=languages, default="en", help="language of the report")
    command.set_defaults(run=run)


def _count(text: str) -> int:
    """How many seeds: a whole number from 1 to a million."""
    if text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= 1_000_000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:60]!r}: expected a whole number from 1 to 1000000")


def run(given: argparse.Namespace) -> int:
    """Prints problems, a line a question, and a closing line; 1 if there is an error."""
    folder, only = (given.content, None) if given.path is None else find_folder(given.path)
    translate = Translator(given.lang)
    content = ContentReader(folder).read()
    problems = [p for p in content.problems if only is None or _is_about(p, only)]
    cards = [card for id, card in content.cards.items() if only in (None, id)]
    if only is not None and not cards and not problems:
        raise Failure(say("There is no card “{card}” in {folder}.", card=only, folder=folder))
    if only is None:
        problems.extend(NotesReader(folder).read(content).problems)
    reports, compiled = _check_cards(cards, given.seeds)
    problems.extend(compiled)
    for card in cards:
        problems.extend(check_complete(card))
    for report in reports:
        print(translate(report.summary))
        problems.extend(report.problems)
    for problem in sorted(problems, key=lambda p: (p.place, p.code)):
        print(problem.describe(translate))
    errors = sum(problem.level == "error" for problem in problems)
    print(
        translate(
            say(
                "Cards: {cards}. Questions: {questions}, with {seeds} seeds each. "
                "Errors: {errors}. Warnings: {warnings}.",
                cards=len(cards),
                questions=len(reports),
                seeds=given.seeds,
                errors=errors,
                warnings=len(problems) - errors,
            )
        )
    )
    return 1 if errors else 0


def _is_about(problem: Problem, card: str) -> bool:
    return problem.place.file.startswith(f"cards/{card}/")


def _check_cards(cards: Sequence[Card], seeds: int) -> tuple[list[Told], list[Problem]]:
    problems: list[Problem] = []
    asked: list[tuple[str, Question]] = []
    for card in cards:
        templates, found = compile_card(card)
        problems.extend(found)
        asked.extend((card.id, template.question) for template in templates.values())
    total = len(asked) * seeds
    with tqdm(total=total, unit="draw", leave=False, disable=None, file=sys.stderr) as bar:

        def progress(item: str, draws: int) -> None:
            bar.set_description(item)
            bar.update(draws)

        return check_questions(asked, seeds, progress), problems
