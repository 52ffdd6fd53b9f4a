"""Today: what comes next, what waits, and which addresses are today's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.scheduling import Rating, SettingError
from engine.storage import Settings
from engine.study import PresentedFlashcard, Study
from tests.study.conftest import MORNING, SIGMA, Desk


def test_the_first_day_starts_with_the_first_card_of_the_course(desk: Desk) -> None:
    shown = desk.next()
    assert shown is not None
    assert shown.item == desk.study.course(desk.now).items[0].id
    assert desk.study.is_new_concept(desk.person, shown.card)


def test_new_items_come_in_the_order_of_the_course_one_of_each_card(desk: Desk) -> None:
    course = desk.study.course(desk.now)
    met = []
    while (shown := desk.next()) is not None and shown.item not in met:
        met.append(shown.item)
        desk.answer(shown)
    cards = [course.by_id[item].card for item in met]
    assert cards == list(course.cards)[: len(cards)]


def test_a_wrong_answer_comes_back_in_the_session_with_other_numbers(desk: Desk) -> None:
    first = desk.next()
    while first is not None and isinstance(first, PresentedFlashcard):
        desk.answer(first)
        first = desk.next()
    assert first is not None
    desk.answer(
        first, "wrong" if first.variant and first.variant.kind == "number" else "misconception"
    )
    for _ in range(3):  # others come in between, although its step is over
        desk.now += timedelta(minutes=15)
        other = desk.next()
        assert other is not None
        assert other.item != first.item
        desk.answer(other)
    again = desk.next()
    assert again is not None
    assert again.item == first.item
    assert again.seed != first.seed
    assert again.variant != first.variant


def test_what_is_asked_is_the_same_for_whoever_looks(desk: Desk, study: Study) -> None:
    """A reload, a second tab or another server come to the same presentation."""
    elsewhere = Desk(Study(study.folder, study.store))
    assert desk.next() == elsewhere.next()
    shown = desk.next()
    assert shown is not None
    desk.answer(shown)
    assert desk.next() == elsewhere.next() == Desk(Study(study.folder, study.store)).next()


def test_siblings_wait_for_another_day_unless_more_is_asked_for(desk: Desk) -> None:
    shown = desk.next()
    assert shown is not None
    desk.finish()
    answered = {row.answer.card for row in desk.study.store.log.answers_on("mina", MORNING.date())}
    assert desk.next() is None
    more = desk.next(more=True)
    assert more is not None
    assert more.card.id in answered


def test_the_limit_of_new_items_holds(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(new_per_day=2)
    desk.finish()
    assert len(desk.study.store.memories.of("mina")) == 2


def test_no_new_items_means_only_what_was_met_before(desk_with: Callable[..., Desk]) -> None:
    assert desk_with(new_per_day=0).next() is None


def test_tomorrow_brings_back_what_is_due_and_the_siblings(desk: Desk) -> None:
    desk.finish()
    desk.now += timedelta(days=1)
    day = desk.study.today(desk.person, desk.now)
    assert day.answered == 0
    assert day.next is not None


def test_the_day_says_when_a_learning_item_returns(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(new_per_day=1)
    shown = desk.next()
    assert shown is not None
    desk.answer(shown)
    day = desk.study.today(desk.person, desk.now)
    if day.next is None:
        assert day.waits_until is None or day.waits_until > desk.now
    else:
        assert day.next.item == shown.item


def test_an_address_nobody_has_answered_is_todays_if_the_queue_would_show_it(desk: Desk) -> None:
    assert desk.is_todays(SIGMA, desk.study.next_seed(desk.person, SIGMA))


def test_an_address_with_foreign_numbers_is_practice(desk: Desk) -> None:
    assert not desk.is_todays(SIGMA, 12345)


def test_an_address_with_an_attempt_not_yet_made_is_practice(desk: Desk) -> None:
    assert not desk.is_todays(SIGMA, desk.study.next_seed(desk.person, SIGMA), attempt=1)


def test_an_answered_address_stays_todays_and_shows_its_feedback(desk: Desk) -> None:
    seed = desk.study.next_seed(desk.person, SIGMA)
    desk.answer(shown := desk.show(SIGMA, seed))
    assert desk.is_todays(SIGMA, seed)
    assert desk.study.result(desk.show(SIGMA, seed)) is not None
    assert desk.study.next_seed(desk.person, SIGMA) != shown.seed


def test_the_same_numbers_once_more_are_practice(desk: Desk) -> None:
    seed = desk.study.next_seed(desk.person, SIGMA)
    desk.answer(desk.show(SIGMA, seed))
    assert not desk.is_todays(SIGMA, seed, attempt=1)


def test_an_undone_address_is_todays_for_its_next_attempt(desk: Desk) -> None:
    seed = desk.study.next_seed(desk.person, SIGMA)
    desk.answer(desk.show(SIGMA, seed))
    desk.undo()
    assert desk.is_todays(SIGMA, seed, attempt=1)


def test_numbers_practised_before_are_not_todays(desk: Desk) -> None:
    desk.answer(desk.practise(SIGMA, 99))
    assert not desk.is_todays(SIGMA, 99)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(timezone="Mars/Olympus"),
        Settings(rollover=24),
        Settings(rollover=-1),
        Settings(new_per_day=-1),
        Settings(new_per_day=201),
        Settings(desired_retention=0.5),
        Settings(desired_retention=1.0),
        Settings(desired_retention=float("nan")),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_and_nothing_kept(
    desk: Desk, settings: Settings
) -> None:
    with pytest.raises(SettingError):
        desk.study.save_settings(desk.person, settings)
    assert desk.study.learner("mina", desk.now).settings == Settings()


def test_settings_are_kept(desk: Desk) -> None:
    chosen = Settings("ko", "Europe/Berlin", 3, 0, 0.85)
    desk.study.save_settings(desk.person, chosen)
    assert desk.study.learner("mina", desk.now).settings == chosen


def test_a_learner_who_asks_for_more_retention_is_asked_sooner(
    study: Study, desk_with: Callable[..., Desk]
) -> None:
    lazy, keen = Desk(study, "a", desired_retention=0.7), Desk(study, "b", desired_retention=0.97)
    for desk in (lazy, keen):
        desk.rate(desk.show("xavier-normal/formula"), Rating.EASY)
    assert (
        keen.memory("xavier-normal/formula").due_day < lazy.memory("xavier-normal/formula").due_day
    )
