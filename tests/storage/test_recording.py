from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest

from engine.scheduling.memory import Memory
from engine.storage import Store
from tests.storage.samples import NOW, SIGMA, an_answer, counting, give, wrong_memories


def test_an_answer_comes_back_exactly_as_it_was_given(store: Store) -> None:
    answer = an_answer()
    store.log.record(answer, counting())
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.answer == answer
    assert logged.scheduled
    assert not logged.undone


def test_a_flashcard_needs_no_variant_and_no_response(store: Store) -> None:
    answer = an_answer(kind="flashcard", variant=None, response=None, answer_text="", verdict=None)
    store.log.record(answer, counting())
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.answer == answer


@pytest.mark.parametrize("response", [0.1 + 0.2, "he-sigma", ["a", "b"], [], None])
def test_a_response_of_every_kind_comes_back(store: Store, response: object) -> None:
    give(store, response=response)
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.answer.response == response


def test_the_variant_is_kept_to_the_letter(store: Store) -> None:
    variant = json.dumps({"σ": 0.1 + 0.2, "text": "x" * 100_000}, ensure_ascii=False, indent=1)
    give(store, variant=variant)
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.answer.variant == variant


@pytest.mark.parametrize("microsecond", [0, 1, 100_000, 999_999])
def test_a_time_comes_back_to_the_microsecond_and_in_utc(store: Store, microsecond: int) -> None:
    at = datetime(2026, 3, 29, 1, 59, 59, microsecond, tzinfo=timezone(timedelta(hours=9)))
    store.log.record(an_answer(at=at), counting(at))
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.answer.at == at
    assert logged.answer.at.tzinfo is UTC


def test_a_memory_comes_back_to_the_last_bit_and_in_utc(store: Store) -> None:
    memory = Memory(
        state="relearning",
        step=1,
        stability=0.1 + 0.2,
        difficulty=10 / 3,
        day=NOW.date(),
        reviewed_at=NOW,
        due_day=NOW.date() + timedelta(days=36_500),
        due_at=NOW + timedelta(days=36_500, microseconds=1),
    )
    recorded = store.log.record(an_answer(), lambda before: memory)
    assert recorded.memory == store.memories.of("mina")[SIGMA] == memory
    assert store.memories.of_item("mina", SIGMA) == memory
    assert store.memories.of("mina")[SIGMA].due_at.tzinfo is UTC
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.memory == memory


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        give(store, at=datetime(2026, 3, 1))
    assert store.log.answer("presentation-1") is None


def test_text_that_no_database_keeps_does_not_lose_the_answer(store: Store) -> None:
    give(store, answer_text="1\0 2\ud800 3")
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.answer.answer_text == "1� 2? 3"


def test_a_tab_left_open_for_a_month_can_still_answer(store: Store) -> None:
    give(store, milliseconds=31 * 24 * 3600 * 1000)
    logged = store.log.answer("presentation-1")
    assert logged is not None
    assert logged.answer.milliseconds == 2_678_400_000


def test_the_schedule_sees_the_memory_before_and_gives_the_one_after(store: Store) -> None:
    first = give(store, 1)
    second = give(store, 2)
    assert first.previous is None
    assert second.previous == first.memory
    assert second.memory is not None
    assert second.memory.stability == 2.0


def test_a_second_answer_to_a_presentation_changes_nothing(store: Store) -> None:
    first = give(store)
    again = store.log.record(
        an_answer(answer_text="0.5", response=0.5), lambda before: pytest.fail("scheduled twice")
    )
    assert first.first
    assert not again.first
    assert again.logged == first.logged
    assert again.memory == first.memory
    assert store.memories.of("mina") == {SIGMA: first.memory}
    assert len(store.log.changes_since("mina", 0)) == 1


def test_practice_leaves_the_schedule_alone(store: Store) -> None:
    scheduled = give(store, 1)
    practised = store.log.record(an_answer(2, mode="practice"), None)
    assert not practised.logged.scheduled
    assert practised.logged.memory is None
    assert practised.memory == practised.previous == scheduled.memory
    assert store.memories.of("mina") == {SIGMA: scheduled.memory}


def test_nothing_is_recorded_when_the_schedule_fails(store: Store) -> None:
    def broken(before: Memory | None) -> Memory:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.log.record(an_answer(), broken)
    assert store.log.answer("presentation-1") is None
    assert give(store).first


def test_an_answer_creates_a_learner_nobody_has_seen(store: Store) -> None:
    give(store, learner="new")
    assert store.learners.ensure("new", NOW).created_at == an_answer().at


def test_learners_do_not_see_one_another(store: Store) -> None:
    give(store, 1)
    give(store, 2, learner="jun")
    mina, jun = store.memories.of("mina"), store.memories.of("jun")
    assert mina[SIGMA].stability == jun[SIGMA].stability == 1.0
    assert [row.id for row in store.log.changes_since("mina", 0)] != [
        row.id for row in store.log.changes_since("jun", 0)
    ]


def test_eight_threads_answering_one_presentation_are_one_answer(store: Store) -> None:
    together = Barrier(8)

    def answer(thread: int) -> bool:
        together.wait()
        return give(store, 1, answer_text=str(thread)).first

    with ThreadPoolExecutor(8) as threads:
        firsts = list(threads.map(answer, range(8)))
    assert firsts.count(True) == 1
    assert store.memories.of("mina")[SIGMA].stability == 1.0


def test_eight_threads_answering_different_presentations_lose_none(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: give(store, number), range(80)))
    assert store.memories.of("mina")[SIGMA].stability == 80.0
    assert store.log.answer_count("mina", SIGMA) == 80
    assert wrong_memories(store) == 0


def test_an_answer_recorded_by_one_store_is_seen_by_another(open_it) -> None:
    here, there = open_it(), open_it()
    recorded = give(here)
    assert there.log.answer("presentation-1") == recorded.logged
    assert not give(there).first


def test_a_recorded_answer_equals_the_one_read_back(store: Store) -> None:
    recorded = give(store)
    assert recorded.logged == store.log.answer("presentation-1") == store.log.newest_answer("mina")


def test_settings_survive_and_are_the_learners_own(open_it) -> None:
    store = open_it()
    before = store.learners.ensure("mina", NOW)
    assert before.settings.rollover == 4
    assert before.settings.language is None
    changed = replace(before.settings, language="ko", timezone="Asia/Seoul", desired_retention=0.85)
    store.learners.save_settings("mina", changed)
    store.close()
    again = open_it()
    assert again.learners.ensure("mina", NOW + timedelta(days=1)) == replace(
        before, settings=changed
    )
    assert again.learners.ensure("jun", NOW).settings == before.settings


def test_settings_of_a_learner_nobody_has_seen_are_refused(store: Store) -> None:
    settings = store.learners.ensure("mina", NOW).settings
    with pytest.raises(KeyError, match="nobody"):
        store.learners.save_settings("nobody", settings)


def test_a_learner_is_created_once_by_eight_threads(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        seen = set(threads.map(lambda second: _created(store, second), range(8)))
    assert len(seen) == 1


def _created(store: Store, second: int) -> datetime:
    return store.learners.ensure("jun", NOW + timedelta(seconds=second)).created_at
