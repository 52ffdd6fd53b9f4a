"""One number of answers to come: on the page, in the minutes, and what really comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from engine.pages.study.today import _counted
from engine.scheduling import Rating
from engine.study import Presentation, PresentedFlashcard, Study
from tests.study.conftest import CERTAIN, GUESSING, Desk, question_of, wrong_of


def to_come(desk: Desk) -> int:
    """The number on the page."""
    return desk.today().counts.answers


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


def test_answers_that_are_right_take_the_day_down_to_none_one_by_one(desk: Desk) -> None:
    told = answered(desk, right)
    assert len(told) > 3
    assert told == [(left, 0) for left in range(len(told) - 1, -1, -1)]


def test_days_with_misses_guesses_and_easy_ones_say_each_change_that_is_not_one(
    desk: Desk,
) -> None:
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
    assert changed == {0, 1}


def test_a_right_guess_is_right_and_does_not_come_again(desk: Desk) -> None:
    shown = question_of(desk)
    before = to_come(desk)
    desk.answer(shown, level=GUESSING)
    assert to_come(desk) == before - 1
    assert desk.study.added(desk.person, desk.now) == 0


def test_the_minutes_have_what_will_come_back_in_them(desk: Desk) -> None:
    """They are more than the answers would take if each was right at once."""
    desk.finish()
    desk.now += timedelta(days=1)
    day = desk.today()
    assert day.minutes > 0
    shown = question_of(desk)
    left = desk.today()
    desk.answer(shown, wrong_of(shown))
    failed = desk.today()
    assert failed.counts.answers == left.counts.answers
    desk.answer(desk.show(shown.item, desk.study.next_seed(desk.person, shown.item)))
    assert desk.today().minutes <= failed.minutes
    assert desk.today().counts.answers == left.counts.answers - 1


@pytest.mark.parametrize(
    ("added", "reason"), [(1, "(+1: the last item comes back)"), (0, "0 answered, {left} to go")]
)
def test_the_progress_says_why_the_day_has_grown(desk: Desk, added: int, reason: str) -> None:
    day = desk.today()
    assert str(_counted(day, added)).endswith(reason.format(left=day.counts.answers))


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
    before = to_come(desk)
    desk.answer(shown)
    desk.undo()
    assert (to_come(desk), desk.study.added(desk.person, desk.now)) == (before, 0)
