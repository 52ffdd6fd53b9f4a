"""What can be asked of the log."""

from __future__ import annotations

from datetime import date, timedelta

from engine.storage import LoggedAnswer, LoggedUndo, Store
from tests.storage.samples import NOW, SIGMA, an_answer, give

LATER = NOW + timedelta(hours=1)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)


def presentations(answers: list[LoggedAnswer]) -> list[str]:
    return [logged.answer.presentation for logged in answers]


def test_an_unknown_presentation_has_no_answer(store: Store) -> None:
    assert store.log.answer("presentation-1") is None


def test_an_answer_says_when_it_was_undone(store: Store) -> None:
    give(store)
    store.log.undo("mina", LATER)
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.undone


def test_tries_count_answers_to_one_seed_undone_ones_included(store: Store) -> None:
    give(store, 1, seed=7)
    give(store, 2, seed=7)
    give(store, 3, seed=8)
    give(store, 4, seed=7, item="other/item")
    store.log.undo("mina", LATER)
    store.log.undo("mina", LATER)
    assert store.log.tries("mina", SIGMA, 7) == 2
    assert store.log.tries("mina", SIGMA, 8) == 1
    assert store.log.tries("mina", SIGMA, 9) == 0
    assert store.log.answer_count("mina", SIGMA) == 3
    assert store.log.answer_count("jun", SIGMA) == 0


def test_seeds_of_32_bits_are_told_apart(store: Store) -> None:
    give(store, 1, seed=2**32 - 1)
    assert store.log.tries("mina", SIGMA, 2**32 - 1) == 1
    assert store.log.tries("mina", SIGMA, -1) == 0


def test_the_newest_answer_is_the_one_that_undo_would_take_back(store: Store) -> None:
    give(store, 1)
    give(store, 2)
    store.log.undo("mina", LATER)
    newest = store.log.newest_answer("mina")
    assert newest is not None
    assert newest.answer.presentation == "presentation-1"


def test_answers_of_a_day_are_those_of_the_learners_study_day(store: Store) -> None:
    give(store, 1, study_day=MONDAY)
    give(store, 2, study_day=TUESDAY)
    give(store, 3, study_day=TUESDAY)
    give(store, 4, study_day=TUESDAY, learner="jun")
    store.log.undo("mina", LATER)
    assert presentations(store.log.answers_on("mina", TUESDAY)) == ["presentation-2"]
    everything = store.log.answers_on("mina", TUESDAY, include_undone=True)
    assert presentations(everything) == ["presentation-2", "presentation-3"]
    assert [logged.undone for logged in everything] == [False, True]


def test_answers_between_two_days_include_both(store: Store) -> None:
    for number, day in enumerate([MONDAY, TUESDAY, WEDNESDAY], start=1):
        give(store, number, study_day=day)
    between = store.log.answers_between("mina", MONDAY, TUESDAY)
    assert presentations(between) == ["presentation-1", "presentation-2"]


def test_items_first_answered_on_a_day_are_the_new_ones_of_that_day(store: Store) -> None:
    give(store, 1, study_day=MONDAY, item="card/old")
    give(store, 2, study_day=TUESDAY, item="card/old")
    give(store, 3, study_day=TUESDAY, item="card/new")
    give(store, 4, study_day=TUESDAY, item="card/new")
    store.log.record(an_answer(5, study_day=TUESDAY, item="card/practised"), None)
    assert store.log.first_answered_on("mina", MONDAY) == ["card/old"]
    assert store.log.first_answered_on("mina", TUESDAY) == ["card/new"]


def test_an_undone_answer_was_not_the_first(store: Store) -> None:
    give(store, 1, study_day=MONDAY)
    store.log.undo("mina", LATER)
    give(store, 2, study_day=TUESDAY)
    assert store.log.first_answered_on("mina", MONDAY) == []
    assert store.log.first_answered_on("mina", TUESDAY) == [SIGMA]


def test_practice_before_does_not_make_an_item_old(store: Store) -> None:
    store.log.record(an_answer(1, study_day=MONDAY), None)
    give(store, 2, study_day=TUESDAY)
    assert store.log.first_answered_on("mina", TUESDAY) == [SIGMA]


def test_a_day_counts_the_answers_that_stand_in_each_mode(store: Store) -> None:
    give(store, 1, study_day=MONDAY)
    give(store, 2, study_day=MONDAY)
    give(store, 3, study_day=MONDAY, mode="practice")
    give(store, 4, study_day=TUESDAY)
    store.log.undo("mina", LATER)
    assert store.log.answered_count("mina", MONDAY) == 2
    assert store.log.answered_count("mina", MONDAY, "practice") == 1
    assert store.log.answered_count("mina", TUESDAY) == 0


def test_the_newest_answer_to_a_seed_may_have_been_undone(store: Store) -> None:
    give(store, 1, seed=7)
    give(store, 2, seed=7)
    give(store, 3, seed=8)
    store.log.undo("mina", LATER)
    store.log.undo("mina", LATER)
    newest = store.log.newest_answer_to("mina", SIGMA, 7)
    assert newest is not None
    assert (newest.answer.presentation, newest.undone) == ("presentation-2", True)
    assert store.log.newest_answer_to("mina", SIGMA, 9) is None


def test_a_card_is_answered_when_an_answer_to_any_of_its_items_stands(store: Store) -> None:
    store.log.record(an_answer(1, card="practised"), None)
    give(store, 2, card="undone")
    store.log.undo("mina", LATER)
    assert store.log.has_answered_card("mina", "practised")
    assert not store.log.has_answered_card("mina", "undone")
    assert not store.log.has_answered_card("jun", "practised")


def test_changes_since_a_row_bring_a_copy_of_the_memories_up_to_date(store: Store) -> None:
    give(store, 1)
    give(store, 2, item="other/item")
    copy, seen = store.memories.of("mina"), store.log.last_id("mina")
    give(store, 3)
    store.log.undo("mina", LATER)
    store.log.undo("mina", LATER)
    store.log.record(an_answer(4), None)
    changes = store.log.changes_since("mina", seen)
    assert [type(row) for row in changes] == [LoggedAnswer, LoggedUndo, LoggedUndo, LoggedAnswer]
    for row in changes:
        item = row.answer.item if isinstance(row, LoggedAnswer) else row.item
        if row.scheduled and row.memory is None:
            copy.pop(item)
        elif row.scheduled and row.memory is not None:
            copy[item] = row.memory
    assert copy == store.memories.of("mina")
    assert store.log.changes_since("mina", changes[-1].id) == []
    assert store.log.last_id("mina") == changes[-1].id


def test_an_empty_log_ends_at_zero(store: Store) -> None:
    assert store.log.last_id("mina") == 0
    assert store.log.changes_since("mina", 0) == []
    assert store.log.changes_since("mina", 0) == []
