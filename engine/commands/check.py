"""`check [PATH] [--seeds 200]`: every card, every question over many seeds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from engine import questions
from engine.cards import Card, ContentReader, Problem
from engine.commands.failing import Failure
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
    command.add_argument("--seeds", type=int, default=200, help="draws a question (default: 200)")
    command.add_argument("--lang", choices=languages, default="en", help="language of the report")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints problems, a line a question, and a closing line; 1 if there is an error."""
    folder, only = _where(given.path, given.content)
    translate = Translator(given.lang)
    content = ContentReader(folder).read()
    problems = [p for p in content.problems if only is None or _is_about(p, only)]
    cards = [card for id, card in content.cards.items() if only in (None, id)]
    if only is not None and not cards and not problems:
        raise Failure(say("There is no card “{card}” in {folder}.", card=only, folder=folder))
    reports, compiled = _check_cards(cards, given.seeds)
    problems.extend(compiled)
    for report in reports:
        print(translate(report.summary()))
        problems.extend(report.problems)
    for problem in sorted(problems, key=lambda p: (p.place, p.code)):
        print(problem.describe(translate))
    errors = sum(problem.level == "error" for problem in problems)
    print(
        translate(
            say(
                "{cards} cards, {questions} questions, {seeds} seeds each: {errors} errors, "
                "{warnings} warnings",
                cards=len(cards),
                questions=len(reports),
                seeds=given.seeds,
                errors=errors,
                warnings=len(problems) - errors,
            )
        )
    )
    return 1 if errors else 0


def _where(path: Path | None, content: Path) -> tuple[Path, str | None]:
    """The content folder to read, and the one card to check in it, if only one is meant."""
    if path is None:
        return content, None
    if not path.exists():
        raise Failure(say("There is no {path}.", path=path))
    folder = path if path.is_dir() else path.parent
    if (folder / "card.md").exists():
        folder = folder.resolve()
        return folder.parent.parent, folder.name
    return folder, None


def _is_about(problem: Problem, card: str) -> bool:
    return problem.place.file.startswith(f"cards/{card}/")


def _check_cards(
    cards: Sequence[Card], seeds: int
) -> tuple[list[questions.QuestionReport], list[Problem]]:
    reports: list[questions.QuestionReport] = []
    problems: list[Problem] = []
    total = sum(len(card.questions) for card in cards) * seeds
    with tqdm(total=total, unit="draw", leave=False, disable=None, file=sys.stderr) as bar:
        for card in cards:
            templates, found = compile_card(card)
            problems.extend(found)
            for template in templates.values():
                bar.set_description(template.item)
                reports.append(
                    questions.check_question(template, range(seeds), progress=bar.update)
                )
    return reports, problems
