"""Today: what comes next, what waits, and which addresses are today's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.scheduling import Calendar, Rating, SettingError
from engine.storage import Settings
from engine.study import PresentedQuestion, Study
from tests.study.conftest import MORNING, SIGMA, Desk, question_of, wrong_of


def test_the_first_day_starts_with_a_lesson_on_the_first_card_of_the_course(desk: Desk) -> None:
    day = desk.today()
    first = desk.study.course(desk.now).concepts[0]
    assert (day.next, day.lesson, day.concepts[0]) == (None, first.id, first.id)
    desk.read(first.id)
    shown = desk.next()
    assert shown is not None
    assert shown.card.id == first.id


def test_a_first_day_teaches_some_concepts_and_asks_of_their_core(desk: Desk) -> None:
    course, day = desk.study.course(desk.now), desk.today()
    concepts = day.concepts
    assert 1 <= len(concepts) <= 4
    met = []
    while (shown := desk.next()) is not None:
        met.append(shown.item)
        desk.answer(shown)
    core = {item.id for c in course.concepts if c.id in concepts for item in c.core}
    assert set(met) <= core
    assert {course.by_id[item].card for item in met} == set(concepts)
    assert len(met) == len(set(met)) == day.counts.answers
    assert desk.today().is_over


def test_minutes_a_day_are_what_a_day_brings(study: Study) -> None:
    short, long = Desk(study, "a", minutes_a_day=10), Desk(study, "b", minutes_a_day=60)
    assert short.today().counts.answers < long.today().counts.answers
    assert 0 < short.today().minutes <= 10 * 1.2


def test_a_wrong_answer_comes_back_in_the_session_with_other_numbers(desk: Desk) -> None:
    first = question_of(desk)
    desk.answer(first, wrong_of(first))
    assert desk.today().counts.again == 1
    between = 0
    while (again := desk.next()) is not None and again.item != first.item:
        desk.answer(again)
        between += 1
    assert isinstance(again, PresentedQuestion)
    assert between >= 1
    assert again.seed != first.seed
    assert again.variant != first.variant
    assert desk.study.comes_again(desk.person, again, desk.now)
    desk.answer(again)
    desk.finish()
    assert desk.today().counts.again == 0


def test_what_failed_comes_until_it_was_right_once_and_then_no_more(desk: Desk) -> None:
    first = question_of(desk)
    for _ in range(3):
        shown = desk.show(first.item, desk.study.next_seed(desk.person, first.item))
        desk.answer(shown, wrong_of(shown))
    desk.finish()
    answers = [row.answer for row in desk.study.store.log.answers_on("mina", MORNING.date())]
    own = [answer.verdict == "correct" for answer in answers if answer.item == first.item]
    assert own == [False, False, False, True]


def test_what_is_asked_is_the_same_for_whoever_looks(desk: Desk, study: Study) -> None:
    """A reload, a second tab or another server come to the same presentation."""
    elsewhere = Desk(Study(study.folder, study.store))
    assert desk.next() == elsewhere.next()
    shown = desk.next()
    assert shown is not None
    desk.answer(shown)
    assert desk.next() == elsewhere.next() == Desk(Study(study.folder, study.store)).next()


def test_more_can_be_asked_for_when_the_day_is_done(desk: Desk) -> None:
    desk.finish()
    assert desk.next() is None
    portions = desk.study.more_for(desk.person, desk.now, 1)
    assert portions is not None
    assert desk.next(more=portions) is not None


def test_where_nothing_more_can_come_that_is_told(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(new_per_day=0)
    assert desk.study.more_for(desk.person, desk.now, 1) is None


def test_the_bound_of_new_items_holds(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(new_per_day=6, minutes_a_day=60)
    desk.finish()
    assert 0 < len(desk.study.store.memories.of("mina")) <= 6


def test_no_new_items_means_only_what_was_met_before(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(new_per_day=0)
    assert desk.today().is_over
    assert desk.today().concepts == ()


def test_what_is_due_and_does_not_fit_is_told_and_comes_when_more_is_asked_for(desk: Desk) -> None:
    for _ in range(5):
        desk.finish()
        desk.now += timedelta(days=1)
    desk.now += timedelta(days=40)
    desk.person = replace(desk.person, settings=replace(desk.person.settings, minutes_a_day=5))
    day = desk.today()
    assert day.waiting > 0
    assert day.minutes <= 5 * 1.3
    desk.finish()
    assert desk.today().waiting == day.waiting
    shown = desk.next(more=1)
    assert shown is not None
    desk.answer(shown)
    assert desk.today().waiting == day.waiting - 1


def test_a_time_zone_in_which_it_is_yesterday_asks_nothing_anew(desk: Desk) -> None:
    """A learner flies west after their first day, and it is the day before it."""
    desk.finish()
    desk.person = replace(desk.person, calendar=Calendar("Pacific/Honolulu"))
    assert desk.today().is_over
    assert desk.today().counts.answers == 0
    desk.now += timedelta(days=1)  # the day that was studied before
    assert desk.today().counts.again == 0
    assert not desk.study.store.lessons.of("mina").keys() & set(desk.today().concepts)


def test_what_failed_on_that_later_day_still_comes_until_it_is_right(desk: Desk) -> None:
    shown = question_of(desk)
    desk.answer(shown, wrong_of(shown))
    before = desk.today().counts
    desk.person = replace(desk.person, calendar=Calendar("Pacific/Honolulu"))
    assert desk.today().counts == before
    desk.finish()
    assert desk.today().is_over


def test_tomorrow_brings_back_what_is_due(desk: Desk) -> None:
    desk.finish()
    desk.now += timedelta(days=1)
    day = desk.today()
    assert day.answered == 0
    assert not day.is_over


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
        Settings(minutes_a_day=4),
        Settings(minutes_a_day=241),
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
    chosen = Settings("ko", "Europe/Berlin", 3, 0, 0.85, 30)
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
