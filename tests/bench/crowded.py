"""What a learner's pages take beside a million answers of others, against a thousand.

    python -m tests.bench.crowded [ROWS]

Every page is drawn by Streamlit's AppTest; each figure is the quickest of nine in milliseconds, as
the machine may be busy, then the ratio. `own` is a learner with 50,000 answers of their own.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import streamlit as st
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from engine.pages import clock
from engine.pages.resources import open_study
from engine.scheduling import Memory
from engine.storage import Answer, Settings, Store, open_store
from engine.storage.mapping import answer_values, settings_values
from engine.storage.schema import learners, log

ROOT = Path(__file__).resolve().parents[2]
ITEM = {"item": "xavier-normal/sigma", "seed": "7"}
TIMES = 9


def fill(store: Store, others: int, own: int) -> None:
    """`own` answers of the only learner, scattered among those of two hundred others."""
    chance, now = random.Random(1), clock.now()
    names = ["local", *(f"learner-{number}" for number in range(200))]
    rows = [{"id": name, "created_at": now} | settings_values(Settings()) for name in names]
    with store.database.writing() as connection:
        connection.execute(insert(learners), rows)
    whose = ["local"] * own + ["another"] * others
    chance.shuffle(whose)
    for begin in range(0, len(whose), 20_000):
        rows = [
            _row(who if who == "local" else chance.choice(names[1:]), begin + number, now)
            for number, who in enumerate(whose[begin : begin + 20_000])
        ]
        with store.database.writing() as connection:
            connection.execute(insert(log), rows)
    today = [_row("local", -number, now) for number in range(1, 21)]
    with store.database.writing() as connection:
        connection.execute(insert(log), today)
    store.memories.rebuild("local")


def _row(learner: str, number: int, now: datetime) -> dict[str, object]:
    """An answer of one of the last 300 days; of this one, with a negative number."""
    at = now - timedelta(days=1 + number % 300 if number >= 0 else 0)
    card = f"card-{number % 60}"
    memory = Memory("review", None, 5.0, 5.0, at.date(), at, at.date(), at)
    answer = Answer(
        learner=learner,
        presentation=f"{learner}-{number}",
        item=f"{card}/item-{number % 480}",
        card=card,
        kind="number",
        mode="today",
        seed=number,
        attempt=0,
        at=at,
        study_day=at.date(),
        timezone="UTC",
        rollover=4,
        card_digest="sha256:1234",
        engine_version="0.1.0",
        desired_retention=0.9,
        variant="x" * 200,
        answer_text="7.9e-2",
        response=0.079,
        verdict="correct",
        misconception="swapped" if number % 5 == 0 else None,
        confidence=0.9,
        confidence_level=3,
        rating=3,
        milliseconds=4200,
        fuzz_seed=number,
    )
    return answer_values(answer, scheduled=True, memory=memory)


def page(path: str, query: dict[str, str]) -> AppTest:
    """A page as AppTest shows it, which cannot follow navigation."""
    navigation = getattr(st, "_navigation", st.navigation)
    st._navigation = navigation  # type: ignore[attr-defined]

    def chosen(pages: list[object], **options: object) -> object:
        navigation(pages, **options)
        (found,) = (p for p in pages if p.url_path == path)  # type: ignore[attr-defined]
        found._can_be_called = True  # type: ignore[attr-defined]
        return found

    st.navigation = chosen  # type: ignore[assignment]
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    assert path or query or [said.value for said in test.header] == ["Today so far"]
    return test


def measured(act: Callable[[], object]) -> float:
    """The fewest milliseconds of an act, after it was done once."""
    act()
    taken = []
    for _ in range(TIMES):
        before = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - before))
    return min(taken)


def acts() -> dict[str, float]:
    """Milliseconds by page."""
    clock.DWELL_SECONDS = 0
    found = {
        name: measured(page(path, {}).run)
        for name, path in {
            "Today, summary": "",
            "practice": "practice",
            "map": "library",
            "settings": "settings",
        }.items()
    }
    found["answer and undo"] = measured(_answer_and_undo)
    return found


def _answer_and_undo() -> None:
    test = page("", ITEM)
    test.text_input[0].set_value("0.0625")
    test.button(key=_key(test, "sure-3")).click().run()
    assert not test.exception
    open_study().store.log.undo("local", clock.now())


def _key(test: AppTest, begin: str) -> str:
    return next(b.key for b in test.button if b.key and b.key.startswith(begin))


def of(others: int, own: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        with open_store(None, folder) as store:
            fill(store, others, own)
        os.environ["SIMCARDS_DATA"] = folder
        st.cache_resource.clear()
        found = acts()
        open_study().store.close()
        return found


def main(rows: int) -> None:
    few, many, own = of(1000, 1000), of(rows, 1000), of(1000, 50_000)
    print(f"{'ms':18}{'1,000':>9}{rows:>11,}{'ratio':>7}{'own 50,000':>12}{'ratio':>7}")
    for name, base in few.items():
        print(
            f"{name:18}{base:9.1f}{many[name]:11.1f}{many[name] / base:7.2f}"
            f"{own[name]:12.1f}{own[name] / base:7.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
