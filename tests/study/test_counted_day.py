"""One number of answers to come: on the page, in the minutes, and what really comes."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from engine import questions
from engine.pages.study.today import _counted
from engine.scheduling import Rating
from engine.study import Presentation, PresentedFlashcard, PresentedQuestion, Study
from tests.study.conftest import CERTAIN, GUESSING, Desk


def to_come(desk: Desk) -> int:
    """The number on the page, from which its minutes come too."""
    day = desk.study.today(desk.person, desk.now)
    seconds = desk.study.seconds_an_answer(desk.person)
    assert day.minutes == math.ceil(day.counts.answers * seconds / 60)
    return day.counts.answers


def answered(desk: Desk, step: Callable[[Desk, Presentation], None]) -> list[tuple[int, int]]:
    """(to come, said to be added) after each answer of the day, before the first one foremost."""
    told = [(to_come(desk), 0)]
    while (shown := desk.next()) is not None:
        step(desk, shown)
        told.append((to_come(desk), desk.study.added(desk.person, desk.now)))
        assert len(told) < 400
    return told


def right(desk: Desk, shown: Presentation) -> None:
    desk.answer(shown)


def test_ten_new_items_answered_right_are_twenty_answers_down_to_none(desk: Desk) -> None:
    told = answered(desk, right)
    assert told == [(left, 0) for left in range(20, -1, -1)]


def test_days_with_misses_guesses_and_easy_ones_say_each_change_that_is_not_one(
    desk_with: Callable[..., Desk],
) -> None:
    desk = desk_with(new_per_day=8)
    chance = Random(4)

    def step(desk: Desk, shown: Presentation) -> None:
        if isinstance(shown, PresentedFlashcard):
            desk.rate(shown, chance.choice(list(Rating)))
        else:
            verdict = chance.choice(["correct", "correct", "wrong"])
            level = chance.choice([GUESSING, CERTAIN, CERTAIN])
            desk.answer(shown, verdict if verdict == "correct" else wrong_of(shown), level)

    changed = set()
    for _ in range(4):
        told = answered(desk, step)
        for (before, _), (after, added) in pairwise(told):
            assert after == before - 1 + added
            changed.add(added)
        assert told[-1][0] == 0
        desk.now += timedelta(days=1)
    assert changed >= {-1, 0, 1, 2}


def question(desk: Desk) -> Presentation:
    while (shown := desk.next()) is not None and isinstance(shown, PresentedFlashcard):
        desk.answer(shown)
    assert shown is not None
    return shown


@pytest.mark.parametrize(
    ("verdict", "level", "guessed"),
    [("correct", GUESSING, True), ("correct", CERTAIN, False), ("wrong", GUESSING, False)],
)
def test_a_right_guess_is_told_from_a_miss(
    desk: Desk, verdict: str, level: int, guessed: bool
) -> None:
    shown = question(desk)
    desk.answer(shown, verdict if verdict == "correct" else wrong_of(shown), level)
    assert desk.study.guessed(desk.person) is guessed
    assert (desk.study.added(desk.person, desk.now) > 0) is (verdict != "correct" or guessed)


@pytest.mark.parametrize(
    ("added", "guessed", "reason"),
    [
        (1, True, "a guess is asked again"),
        (1, False, "the last item comes back"),
        (-1, True, "the last item was easy"),
        (0, True, "to go"),
    ],
)
def test_the_progress_says_why_the_day_has_grown(
    desk: Desk, added: int, guessed: bool, reason: str
) -> None:
    day = desk.study.today(desk.person, desk.now)
    assert reason in str(_counted(day, added, guessed=guessed))


def test_another_server_says_the_same(desk: Desk, study: Study) -> None:
    shown = desk.next()
    assert shown is not None
    desk.answer(shown, "correct" if not isinstance(shown, PresentedFlashcard) else "wrong")
    elsewhere = Desk(Study(study.folder, study.store))
    elsewhere.now = desk.now
    assert to_come(elsewhere) == to_come(desk)
    assert elsewhere.study.added(elsewhere.person, desk.now) == desk.study.added(
        desk.person, desk.now
    )


def test_an_undone_answer_is_to_come_again(desk: Desk) -> None:
    shown = desk.next()
    assert shown is not None
    desk.answer(shown)
    desk.undo()
    assert (to_come(desk), desk.study.added(desk.person, desk.now)) == (20, 0)


@pytest.mark.parametrize("days", [1, 2, 3])
def test_a_concept_is_new_until_its_first_answer_and_never_after(desk: Desk, days: int) -> None:
    met: set[str] = set()
    for _ in range(days):
        while (shown := desk.next()) is not None:
            assert desk.study.is_new_concept(desk.person, shown.card) == (shown.card.id not in met)
            met.add(shown.card.id)
            desk.answer(shown)
        desk.now += timedelta(days=1)


def wrong_of(shown: Presentation) -> str:
    """A verdict that a question can give and that is not right."""
    assert isinstance(shown, PresentedQuestion)
    given = {s.grade.verdict for s in questions.samples(shown.variant) if s.grade is not None}
    return "wrong" if "wrong" in given else "misconception"
