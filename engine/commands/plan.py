"""`plan --days 180 --minutes 15`: a simulated learner goes through the course, day by day."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import fmean
from typing import Any, Final

from tqdm import tqdm

from engine.commands.errors import Failure
from engine.commands.lookup import folder_there
from engine.commands.terminal import tell
from engine.course import Course, CourseFolder
from engine.i18n import DEFAULT_LANGUAGE, Message, Translator, say
from engine.scheduling import (
    LEARNERS,
    Exam,
    SimulatedDay,
    SimulatedLearner,
    Wishes,
    expected_recall,
)

#: Seconds after which a bar says how far it is.
PATIENCE: Final = 1.0
MOST_DAYS: Final = 3650


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument("--days", type=_days, default=180, help="how many (default: 180)")
    command.add_argument("--minutes", type=_minutes, default=15, help="a day (default: 15)")
    command.add_argument("--exam", type=_date, metavar="DATE", help="an exam, as 2026-03-31")
    command.add_argument("--units", type=_names, default=(), help="what it covers: a,b (all)")
    command.add_argument(
        "--learner", choices=LEARNERS, default="average", help="default: %(default)s"
    )
    command.add_argument("--seed", type=int, default=0, help="of its chances (default: 0)")
    command.add_argument("--first", type=_date, metavar="DATE", help="the first day (today)")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--lang", choices=languages, default=DEFAULT_LANGUAGE)
    command.set_defaults(run=run)


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:60]!r}: expected a whole number, 1 to {MOST_DAYS}")


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if 1 <= minutes <= 1440:
        return minutes
    raise argparse.ArgumentTypeError(f"{text[:60]!r}: expected minutes, 1 to 1440")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text[:60]!r}: expected a date: 2026-03-31") from error


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def run(given: argparse.Namespace) -> int:
    """Prints a line a day and what came of it."""
    folder_there(given.content)
    now = datetime.now(UTC)
    first = given.first or now.date()
    course = CourseFolder(given.content).current(now)
    wishes = Wishes(minutes=given.minutes, exam=_exam(given, course, first))
    life = _live(course, given, first, wishes)
    if given.json:
        print(json.dumps({"days": [_day(day) for day in life.days], "end": life.end()}))
        return 0
    for line in _table(life.days):
        tell(line)
    translate = Translator(given.lang)
    unplanned = None
    if wishes.exam is not None:
        unplanned = _live(course, given, first, replace(wishes, exam=None)).recall(wishes.exam)
    for message in _summary(life, unplanned):
        tell(translate(message))
    return 0


def _exam(given: argparse.Namespace, course: Course, first: date) -> Exam | None:
    """Raises Failure for a day that is over and a unit that is not there."""
    units = [unit.id for unit in course.content.syllabus.units]
    for name in given.units:
        if name not in units:
            raise Failure(
                say("There is no unit “{unit}”. Units: {units}", unit=name, units=", ".join(units))
            )
    if given.exam is None:
        if given.units:
            raise Failure(say("“--units” says what an exam covers: add --exam with its day."))
        return None
    if given.exam <= first:
        raise Failure(say("The exam is to come after the first day, {day}.", day=first.isoformat()))
    return Exam(given.exam, frozenset(given.units))


class _Life:
    """The days of a simulated learner, and what is remembered on the day of the exam."""

    def __init__(self, course: Course, learner: SimulatedLearner, wishes: Wishes) -> None:
        self.course, self._learner, self.wishes = course, learner, wishes
        self.days: list[SimulatedDay] = []
        self.first_met: dict[str, int] = {}
        self._on_the_day: dict[date, dict[str, Any]] = {}

    def live(self, day: date, exam: date | None) -> None:
        if day == exam:  # what is studied on the day itself does not count
            self._on_the_day[day] = dict(self._learner.memories)
        lived = self._learner.day(day, len(self.days) + 1, self.wishes)
        self.days.append(lived)
        self.first_met.update(dict.fromkeys(lived.concepts, lived.day))

    def recall(self, exam: Exam) -> float:
        memories = self._on_the_day.get(exam.day, self._learner.memories)
        return expected_recall(self.course.concepts, memories, exam)

    def mean(self, least: int) -> float | None:
        """The mean retrievability at reviews so many days apart, or more."""
        known = [r.retrievability for d in self.days for r in d.reviews if r.elapsed >= least]
        return fmean(known) if known else None

    def end(self) -> dict[str, Any]:
        exam = self.wishes.exam
        return {
            "concepts_met": len(self.first_met),
            "first_met": self.first_met,
            "mean_retrievability_2d": self.mean(2),
            "mean_retrievability": self.mean(1),
            "expected_recall_on_exam": None if exam is None else self.recall(exam),
        }


def _live(course: Course, given: argparse.Namespace, first: date, wishes: Wishes) -> _Life:
    learner = SimulatedLearner(course.concepts, LEARNERS[given.learner], given.seed)
    life = _Life(course, learner, wishes)
    days = tqdm(
        range(given.days),
        unit="day",
        delay=PATIENCE,
        leave=False,
        disable=None,
        file=sys.stderr,
    )
    for number in days:
        life.live(first + timedelta(days=number), given.exam)
    return life


def _day(day: SimulatedDay) -> dict[str, Any]:
    known = [review.retrievability for review in day.reviews]
    return {
        "day": day.day,
        "minutes": round(day.minutes, 2),
        "announced": day.announced,
        "answers": day.answers,
        "new_concepts": len(day.concepts),
        "due": day.due,
        "left_over": day.left_over,
        "late": sum(review.late > 0 for review in day.reviews),
        "mean_retrievability": fmean(known) if known else None,
    }


def _table(days: Sequence[SimulatedDay]) -> list[str]:
    lines = ["day  minutes  announced  answers  new  due  left over  late  known"]
    for row in map(_day, days):
        known = row["mean_retrievability"]
        lines.append(
            f"{row['day']:>3}  {row['minutes']:>7.1f}  {row['announced']:>9}  {row['answers']:>7}"
            f"  {row['new_concepts']:>3}  {row['due']:>3}  {row['left_over']:>9}  {row['late']:>4}"
            f"  {'' if known is None else f'{known:.2f}':>5}"
        )
    return lines


def _summary(life: _Life, unplanned: float | None) -> list[Message]:
    days, count = life.days, len(life.days)
    wishes = life.wishes
    told = [
        say(
            "Concepts met: {met} of {all}; the last one on day {day}.",
            met=len(life.first_met),
            all=len(life.course.concepts),
            day=max(life.first_met.values(), default=0),
        ),
        say(
            "Days with nothing left over: {left}; with nothing late: {late}; within 1.2 times the "
            "minutes: {within}.",
            left=_share(sum(not day.left_over for day in days), count),
            late=_share(sum(all(not r.late for r in day.reviews) for day in days), count),
            within=_share(sum(day.minutes <= 1.2 * wishes.minutes for day in days), count),
        ),
        say(
            "Known when reviewed: {all}; two days or more after the last answer: {apart}.",
            all=_number(life.mean(1)),
            apart=_number(life.mean(2)),
        ),
        say(
            "Concepts begun too early: {early}. Items too close to a sibling: {close}.",
            early=sum(len(day.early) for day in days),
            close=sum(len(day.close) for day in days),
        ),
    ]
    if wishes.exam is not None:
        told.append(
            say(
                "Expected recall on {day}: {planned}; without planning for it: {unplanned}.",
                day=wishes.exam.day.isoformat(),
                planned=_number(life.recall(wishes.exam)),
                unplanned=_number(unplanned),
            )
        )
    return told


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
