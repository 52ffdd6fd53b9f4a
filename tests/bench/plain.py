"""Benchmarks without a server: drawing, recording, the queue, signal propagation."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from engine import questions, scheduling
from engine.configuration import content_folder
from engine.content import Card, Content, Place
from engine.course import ContentReader, Course, CourseFolder, compile_card
from engine.scheduling import Calendar, Item, Memory, Rating
from engine.storage import Answer, Settings, open_store
from engine.study import Person, Study
from tests.bench.row import Row, medians

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CALENDAR = Calendar("UTC")


def draw() -> list[Row]:
    """A closed-form variant against making its generator and drawing its parameters in NumPy."""
    content = ContentReader(content_folder()).read()
    template = compile_card(content.cards["xavier-normal"])[0]["xavier-normal/sigma"]
    choices = [
        node.plain()["choose"]  # type: ignore[index,call-overload]
        for node in template.question.spec["parameters"].value.values()  # type: ignore[attr-defined]
        if isinstance(node.plain(), dict) and "choose" in node.plain()  # type: ignore[operator]
    ]
    entropy = int.from_bytes(hashlib.sha256(template.item.encode()).digest()[:16], "big")
    seeds = iter(range(10**9))

    def ours() -> None:
        questions.draw(template, next(seeds), "en")

    def theirs() -> None:
        rng = np.random.default_rng(np.random.SeedSequence(entropy, spawn_key=(next(seeds), 0)))
        for values in choices:
            values[rng.integers(len(values))]

    mine, plain = medians(ours, theirs, rounds=40, inner=200)
    against = "its generator and parameters in plain NumPy"
    return [Row("drawing a variant", against, mine * 1e6, plain * 1e6, "µs", 3)]


def record() -> list[Row]:
    """One answer through the store against one row committed with sqlite3, on one disk."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        store = open_store(None, Path(folder))
        store.learners.ensure("bench", NOW)
        raw = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, presentation TEXT, body TEXT)")
        numbers = iter(range(10**9))
        body = "x" * 800

        def ours() -> None:
            number = next(numbers)
            answer = _answer(number, variant=body)
            store.log.record(answer, lambda memory: _review(memory, number))

        def theirs() -> None:
            raw.execute("BEGIN IMMEDIATE")
            values = (str(next(numbers)), body)
            raw.execute("INSERT INTO answer (presentation, body) VALUES (?, ?)", values)
            raw.execute("COMMIT")

        with closing(raw), closing(store):
            mine, plain = medians(ours, theirs, rounds=300)
    against = "a raw sqlite3 commit, WAL and FULL"
    return [Row("recording an answer", against, mine * 1e3, plain * 1e3, "ms", 3)]


def next_item() -> list[Row]:
    """The next item of 100,000 against that of 1,000, an answer recorded between two looks."""
    many, few = _next_of(100_000), _next_of(1_000)
    return [Row("next item among 100,000", "among 1,000", many * 1e3, few * 1e3, "ms", 2)]


def _next_of(count: int) -> float:
    with (
        tempfile.TemporaryDirectory(dir=Path.cwd()) as folder,
        closing(open_store(None, Path(folder))) as store,
    ):
        store.learners.ensure("bench", NOW)
        items = tuple(Item(f"card-{n // 4}/item-{n}", f"card-{n // 4}", n) for n in range(count))
        memories = {item.id: _some_memory(n) for n, item in enumerate(items)}
        _fill(store, memories)
        study = Study(_Fixed(items), store)
        person = Person("bench", Settings(minutes_a_day=240), "en", CALENDAR)
        study.today(person, NOW)  # the day's order is settled once
        numbers = iter(range(10**9))

        def answered() -> None:
            entry = study.today(person, NOW).next
            assert entry is not None
            number = next(numbers)
            answer = replace(_answer(number), item=entry.item, card=entry.item.split("/")[0])
            recorded = store.log.record(answer, lambda memory: _review(memory, number))
            study.advance(person, recorded.logged)

        def look() -> None:
            study.today(person, NOW)

        took = []
        for _ in range(60):
            answered()
            took.append(medians(look, lambda: None, rounds=3)[0])
        return float(np.median(took))


def _fill(store: Any, memories: Mapping[str, Memory]) -> None:
    """Memories straight into their table: 100,000 answers would take minutes to no purpose."""
    from sqlalchemy import insert

    from engine.storage.mapping import memory_values
    from engine.storage.schema import memories as table

    with store.database.writing() as connection:
        rows = [
            {"learner": "bench", "item": item, "log_id": 0, **memory_values(memory)}
            for item, memory in memories.items()
        ]
        connection.execute(insert(table), rows)


class _Fixed(CourseFolder):
    """A course of items without content."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        super().__init__(content_folder())
        content: Content = self.current(NOW).content
        card: Card = next(iter(content.cards.values()))
        assert isinstance(card.place, Place)
        cards = {item.card: replace(card, id=item.card, requires=()) for item in items}
        flashcards = dict.fromkeys((item.id for item in items), card.flashcards[0])
        self._fixed = Course(content, cards, {}, flashcards, items, ())

    def current(self, now: datetime) -> Course:
        return getattr(self, "_fixed", None) or super().current(now)


def _some_memory(number: int) -> Memory:
    return scheduling.review(
        None, Rating.EASY, NOW - timedelta(days=10 + number % 90), CALENDAR, fuzz_seed=number
    )


def _review(memory: Memory | None, number: int) -> Memory:
    return scheduling.review(memory, Rating.GOOD, NOW, CALENDAR, fuzz_seed=number)


def _answer(number: int, variant: str = "{}") -> Answer:
    return Answer(
        learner="bench",
        presentation=f"presentation-{number}",
        item=f"card/item-{number % 50}",
        card="card",
        kind="number",
        mode="today",
        seed=number,
        attempt=0,
        at=NOW,
        study_day=NOW.date(),
        timezone="UTC",
        rollover=4,
        card_digest="0" * 64,
        engine_version="bench",
        desired_retention=0.9,
        variant=variant,
        answer_text="0.5",
        response=0.5,
        verdict="correct",
        confidence=0.75,
        confidence_level=2,
        rating=3,
        milliseconds=5000,
        fuzz_seed=number,
    )


def propagation() -> list[Row]:
    """Forward and backward through 50 layers of 256, batch 128, against PyTorch on the CPU."""
    try:
        import torch
    except ImportError:
        print("propagation: PyTorch is not installed (pip install torch==2.13.0); left out")
        return []
    from engine.simulations.kit.network import propagate

    rng = np.random.default_rng(0)
    depth, width, batch = 50, 256, 128
    weights = [rng.normal(0, (2 / width) ** 0.5, (width, width)) for _ in range(depth)]
    x = rng.normal(size=(batch, width))
    upstream = rng.normal(size=(batch, width)) / batch
    their_weights = [torch.tensor(w, requires_grad=True) for w in weights]
    their_x, their_upstream = torch.tensor(x), torch.tensor(upstream)

    def theirs() -> None:
        a = their_x
        for w in their_weights:
            a = torch.relu(a @ w)
        a.backward(their_upstream)
        for w in their_weights:
            w.grad = None

    mine, plain = medians(
        lambda: propagate(weights, x, upstream, "relu"), theirs, rounds=15, inner=1
    )
    against = f"PyTorch, {torch.get_num_threads()} threads, float64"
    return [Row("signal propagation 50 × 256", against, mine * 1e3, plain * 1e3, "ms", 1)]
