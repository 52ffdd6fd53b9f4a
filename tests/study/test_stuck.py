"""An item missed six times: help instead of a seventh try."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.study import Presentation
from engine.study.stuck import HELP_AFTER
from tests.study.conftest import SIGMA, Desk, wrong_of


def miss(desk: Desk, times: int, item: str = SIGMA) -> Presentation:
    """Misses an item so often, and shows it once more."""
    for _ in range(times):
        shown = desk.show(item, desk.study.next_seed(desk.person, item))
        desk.answer(shown, wrong_of(shown))
    return desk.show(item, desk.study.next_seed(desk.person, item))


@pytest.mark.parametrize("times", range(HELP_AFTER))
def test_fewer_misses_are_tried_again(desk: Desk, times: int) -> None:
    assert desk.study.misses_to_help(desk.person, miss(desk, times), desk.now) == 0


def test_the_sixth_miss_brings_help(desk: Desk) -> None:
    shown = miss(desk, HELP_AFTER)
    assert desk.study.misses_to_help(desk.person, shown, desk.now) == HELP_AFTER


def test_misses_of_earlier_days_count_and_tomorrow_it_is_asked_again(desk: Desk) -> None:
    miss(desk, HELP_AFTER - 1)
    desk.now += timedelta(days=1)
    shown = desk.show(SIGMA, desk.study.next_seed(desk.person, SIGMA))
    assert desk.study.misses_to_help(desk.person, shown, desk.now) == 0
    shown = miss(desk, 1)
    assert desk.study.misses_to_help(desk.person, shown, desk.now) == HELP_AFTER
    desk.now += timedelta(days=1)
    assert desk.study.misses_to_help(desk.person, shown, desk.now) == 0


def test_a_right_answer_needs_no_help(desk: Desk) -> None:
    desk.answer(miss(desk, HELP_AFTER))
    shown = desk.show(SIGMA, desk.study.next_seed(desk.person, SIGMA))
    assert desk.study.misses_to_help(desk.person, shown, desk.now) == 0


def test_practice_and_undone_answers_are_no_misses(desk: Desk) -> None:
    practised = desk.practise(SIGMA)
    desk.answer(practised, wrong_of(practised))
    miss(desk, HELP_AFTER)
    desk.undo()
    shown = desk.show(SIGMA, desk.study.next_seed(desk.person, SIGMA))
    assert desk.study.misses_to_help(desk.person, shown, desk.now) == 0
    assert desk.study.misses_to_help(desk.person, desk.practise(SIGMA, 3), desk.now) == 0


def test_help_once_taken_the_item_comes_tomorrow(desk: Desk) -> None:
    shown = miss(desk, HELP_AFTER)
    desk.study.asides.put(desk.person, shown.item, desk.now)
    assert desk.today().counts.again == 0
    desk.now += timedelta(days=1)
    assert desk.today().counts.due == 1


def test_an_easier_one_is_of_the_same_concept_and_no_harder(desk: Desk) -> None:
    course = desk.study.course(desk.now)
    order = ("core", "more", "hard")
    for item in course.items:
        easier = desk.study.easier(desk.person, item.id, desk.now)
        if easier is None:
            continue
        other = course.by_id[easier]
        assert other.card == item.card
        assert other.id != item.id
        assert order.index(other.level) <= order.index(item.level)


def test_of_as_easy_ones_the_best_known_comes(desk: Desk) -> None:
    core = next(c for c in desk.study.course(desk.now).concepts if len(c.core) >= 3).core
    desk.answer(desk.show(core[2].id))
    assert desk.study.easier(desk.person, core[0].id, desk.now) == core[2].id
