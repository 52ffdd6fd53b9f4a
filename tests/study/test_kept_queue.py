"""The queue that is kept between two clicks says what one built anew says."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from engine.scheduling import Rating
from engine.study import PresentedFlashcard, Study
from tests.study.conftest import CERTAIN, GUESSING, Desk, question_of, wrong_of


def anew(desk: Desk) -> Desk:
    """Another server, which has kept nothing."""
    other = Desk(Study(desk.study.folder, desk.study.store), desk.person.id)
    other.person, other.now = desk.person, desk.now
    return other


def act(desk: Desk, chance: Random) -> None:
    """Something that a learner may do."""
    shown = desk.next()
    done = chance.random()
    if done < 0.1:
        desk.undo()
    elif shown is None:
        desk.now += timedelta(days=1)
    elif done < 0.2:
        desk.study.asides.put(desk.person, shown.item, desk.now, suspend=done < 0.15)
    elif done < 0.25:
        desk.study.asides.undo(desk.person)
    elif isinstance(shown, PresentedFlashcard):
        desk.rate(shown, chance.choice(list(Rating)))
    elif chance.random() < 0.3:
        desk.answer(shown, wrong_of(shown))
    else:
        desk.answer(shown, level=chance.choice([GUESSING, CERTAIN]))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_it_equals_one_built_anew(desk: Desk, seed: int) -> None:
    chance = Random(seed)
    for _ in range(45):
        act(desk, chance)
        more = chance.choice([0, 0, 0, 1])
        assert anew(desk).today(more=more) == desk.today(more=more)


def test_the_plan_stands_while_the_day_lasts(desk: Desk) -> None:
    """What is asked on a day is settled when it begins: answers do not bring others in."""
    desk.finish()
    desk.now += timedelta(days=1)
    day = desk.today()
    planned, met = day.counts.answers, set()
    while (shown := desk.next()) is not None:
        met.add(shown.item)
        desk.answer(shown)
        assert desk.today().waiting == day.waiting
    assert len(met) == planned


def test_an_answer_in_another_tab_is_taken_in(desk: Desk) -> None:
    other = anew(desk)
    for _ in range(4):
        shown = desk.next()
        assert shown is not None
        desk.answer(shown)
        other.now = desk.now
        assert other.today() == desk.today()


def test_a_clock_that_goes_back_changes_no_order(desk: Desk) -> None:
    """The log knows which of two answers came first, whatever their times say."""
    shown = question_of(desk)
    desk.answer(shown, wrong_of(shown))
    desk.now -= timedelta(minutes=5)
    desk.answer(desk.show(shown.item, desk.study.next_seed(desk.person, shown.item)))
    assert desk.today().counts.again == 0
    assert anew(desk).today() == desk.today()
