"""What a check came to: for people, for programs, and for GitHub beside the changed lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.commands.parallel_check import QuestionResult
from engine.commands.terminal import tell
from engine.content import Problem
from engine.i18n import Message, Translator, say

FORMATS = ("text", "json", "github")


@dataclass(frozen=True)
class FolderReport:
    """What was found in one content folder. cards: how many were checked."""

    folder: Path
    cards: int
    questions: Sequence[QuestionResult]
    problems: Sequence[Problem]

    def path(self, problem: Problem) -> str:
        """The file as seen from where one stands, with forward slashes."""
        path = (self.folder / problem.place.file).resolve()
        here = Path.cwd().resolve()
        return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


@dataclass(frozen=True)
class CheckReport:
    """What was found in every folder that was looked into, with so many seeds a question."""

    found: Sequence[FolderReport]
    seeds: int

    def count(self, level: str) -> int:
        """How many errors, or warnings."""
        return sum(p.level == level for found in self.found for p in found.problems)

    @property
    def closing(self) -> Message:
        """The last line."""
        return say(
            "Cards: {cards}. Questions: {questions}, with {seeds} seeds each. "
            "Errors: {errors}. Warnings: {warnings}.",
            cards=sum(found.cards for found in self.found),
            questions=sum(len(found.questions) for found in self.found),
            seeds=self.seeds,
            errors=self.count("error"),
            warnings=self.count("warning"),
        )


def write(report: CheckReport, format: str, translate: Translator) -> None:
    """Prints it as one of FORMATS."""
    if format == "json":
        print(json.dumps(as_data(report, translate), ensure_ascii=False, indent=2))
        return
    for found in report.found:
        if format == "text":
            for result in found.questions:
                tell(translate(result.summary))
        for problem in found.problems:
            tell(
                annotation(found.path(problem), problem, translate)
                if format == "github"
                else problem.describe(translate)
            )
    tell(translate(report.closing))


def as_data(report: CheckReport, translate: Translator) -> dict[str, object]:
    """The report as JSON has it; `file` is seen from the content folder, `path` from here."""
    return {
        "cards": sum(found.cards for found in report.found),
        "seeds": report.seeds,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "problems": [
            {
                "file": problem.place.file,
                "path": found.path(problem),
                "line": problem.place.line,
                "level": problem.level,
                "code": problem.code,
                "found": translate(problem.found),
                "expected": translate(problem.expected),
                "mend": translate(problem.mend),
            }
            for found in report.found
            for problem in found.problems
        ],
        "questions": [dict(text.summary.values) for f in report.found for text in f.questions],
    }


def annotation(path: str, problem: Problem, translate: Translator) -> str:
    """A command that GitHub's workflows turn into a remark on the line.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    label = translate(
        say(
            "Found {found}; expected {expected}. {mend}",
            found=problem.found,
            expected=problem.expected,
            mend=problem.mend,
        )
    )
    where = f"file={_property(path)},line={problem.place.line},title={_property(problem.code)}"
    return f"::{problem.level} {where}::{_data(label)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
