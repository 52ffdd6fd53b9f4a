"""Answers to put into a store, and a schedule that shows when it was applied too often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.scheduling.memory import Memory
from engine.storage import Answer, Recorded, Store

NOW = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
SIGMA = "xavier-normal/sigma"


def an_answer(number: int = 1, **changes: Any) -> Answer:
    """An answer to `presentation-<number>`, a minute after the one before."""
    at = changes.get("at", NOW + timedelta(minutes=number))
    values: dict[str, Any] = {
        "learner": "mina",
        "presentation": f"presentation-{number}",
        "item": SIGMA,
        "card": "xavier-normal",
        "kind": "number",
        "mode": "today",
        "seed": 7,
        "attempt": 0,
        "at": at,
        "study_day": at.date(),
        "timezone": "Asia/Seoul",
        "rollover": 4,
        "card_digest": "sha256:1234",
        "engine_version": "0.1.0",
        "desired_retention": 0.9,
        "variant": '{"prompt": "σ는?", "answer": 0.0790569415042095}',
        "answer_text": "7.9e-2",
        "response": 0.079,
        "verdict": "correct",
        "confidence": 0.9,
        "confidence_level": 3,
        "rating": 3,
        "milliseconds": 4200,
        "fuzz_seed": 2**40,
    }
    return Answer(**values | changes)


def counting(at: datetime = NOW) -> Callable[[Memory | None], Memory]:
    """A schedule whose stability is the number of reviews."""

    def schedule(before: Memory | None) -> Memory:
        return Memory(
            state="review",
            step=None,
            stability=(before.stability if before else 0.0) + 1.0,
            difficulty=10 / 3,
            day=at.date(),
            reviewed_at=at,
            due_day=at.date() + timedelta(days=2),
            due_at=at + timedelta(days=2, microseconds=1),
        )

    return schedule


def give(store: Store, number: int = 1, **changes: Any) -> Recorded:
    """Records a scheduled answer."""
    answer = an_answer(number, **changes)
    return store.log.record(answer, counting(answer.at))


def wrong_memories(store: Store) -> int:
    """How many memories, over all learners, are not what the log says."""
    return sum(len(store.memories.differences(id)) for id in store.learners.ids())
