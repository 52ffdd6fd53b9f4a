"""What a day of study came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from engine.scheduling import Rating
from engine.study import STATED, PresentedQuestion, Summary, summarize
from engine.study.summary import to_come
from tests.study.conftest import FLASHCARD, SIGMA, Desk


def told(desk: Desk) -> Summary:
    return summarize(desk.study, desk.person, desk.now)


def test_a_day_without_answers_is_empty(desk: Desk) -> None:
    summary = told(desk)
    assert (summary.answered, summary.right, summary.seconds) == (0, 0, 0)
    assert summary.concepts == summary.misconceptions == summary.sureness == ()


def test_each_concept_says_how_it_went(desk: Desk) -> None:
    desk.answer(desk.show(SIGMA), "wrong")
    desk.answer(desk.show(FLASHCARD))
    (concept,) = told(desk).concepts
    assert (concept.card, concept.answered, concept.right, concept.new) == (
        "xavier-normal",
        2,
        1,
        True,
    )


def test_a_concept_met_before_is_not_new(desk: Desk) -> None:
    desk.answer(desk.show(SIGMA))
    desk.now += timedelta(days=1)
    desk.answer(desk.show(SIGMA, 8))
    (concept,) = told(desk).concepts
    assert not concept.new


def test_a_new_item_of_a_concept_met_on_an_earlier_day_makes_no_new_concept(desk: Desk) -> None:
    desk.answer(desk.show(SIGMA))
    desk.now += timedelta(days=1)
    desk.answer(desk.show(FLASHCARD))
    (concept,) = told(desk).concepts
    assert not concept.new


def test_a_misconception_is_told_with_the_learners_last_numbers(desk: Desk) -> None:
    for seed in (7, 8):
        shown = desk.show(SIGMA, seed)
        assert isinstance(shown, PresentedQuestion)
        desk.say(shown, str(shown.variant.misconceptions["variance-as-std"]))
    (misconception,) = told(desk).misconceptions
    assert (misconception.name, misconception.times) == ("variance-as-std", 2)
    assert misconception.feedback is not None
    assert str(shown.variant.parameters["n_in"]) in misconception.feedback


def test_sureness_sets_what_was_stated_beside_what_was_right(desk: Desk) -> None:
    desk.answer(desk.show(SIGMA, 1), "correct", level=3)
    desk.answer(desk.show(SIGMA, 2), "wrong", level=3)
    desk.answer(desk.show(SIGMA, 3), "correct", level=0)
    assert told(desk).sureness == ((STATED[0], 1, 1), (STATED[3], 2, 1))


def test_an_undone_answer_does_not_count(desk: Desk) -> None:
    desk.answer(desk.show(SIGMA), "misconception")
    desk.undo()
    assert told(desk).answered == 0
    assert told(desk).misconceptions == ()


def test_the_coming_days_hold_what_was_scheduled(desk: Desk) -> None:
    desk.rate(desk.show(FLASHCARD), Rating.GOOD)
    desk.rate(desk.show(FLASHCARD, 8), Rating.GOOD)
    memory = desk.memory(FLASHCARD)
    coming = told(desk).coming
    tomorrow = desk.person.calendar.day(desk.now) + timedelta(days=1)
    assert list(coming) == [tomorrow + timedelta(days=n) for n in range(7)]
    assert coming[memory.due_day] == 1
    assert sum(coming.values()) == 1


def test_what_is_put_aside_comes_when_it_comes_back(desk: Desk) -> None:
    desk.rate(desk.show(FLASHCARD), Rating.AGAIN)
    tomorrow = desk.person.calendar.day(desk.now) + timedelta(days=1)
    assert told(desk).coming[tomorrow] == 1
    desk.study.asides.put(desk.person, FLASHCARD, desk.now, suspend=True)
    assert sum(told(desk).coming.values()) == 0
    desk.now += timedelta(days=1)
    desk.study.asides.put(desk.person, FLASHCARD, desk.now)
    assert told(desk).coming[tomorrow + timedelta(days=1)] == 1


def test_what_left_the_course_does_not_come(desk: Desk) -> None:
    desk.rate(desk.show(FLASHCARD), Rating.AGAIN)
    item = desk.study.course(desk.now).by_id[FLASHCARD]
    without = replace(desk.study.course(desk.now), items=())
    assert to_come(without, desk.study.store.memories.of("mina"), {}).keys() == set()
    there = replace(without, items=(item,))
    assert to_come(there, desk.study.store.memories.of("mina"), {}).keys() == {FLASHCARD}


def test_a_pause_in_the_middle_is_not_counted_as_an_hour_of_study(desk: Desk) -> None:
    desk.study.answer_question(desk.person, desk.show(SIGMA), "0.1", 3, 3_600_000, desk.now)
    assert told(desk).seconds == 300


def test_yesterday_is_another_summary(desk: Desk) -> None:
    desk.answer(desk.show(SIGMA))
    desk.now += timedelta(days=1)
    assert told(desk).answered == 0
