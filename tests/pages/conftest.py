"""The app without a browser: Streamlit's AppTest over a data folder of the test's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from engine import questions
from engine.configuration import ConfigurationError
from engine.course import compiling, reader
from engine.pages import clock
from engine.pages.resources import open_study
from engine.storage import Settings, StorageError, Store
from tests.past_lessons import read_lessons

APP = Path(__file__).resolve().parents[2] / "app.py"
LEARNER = "local"
SIGMA = {"item": "xavier-normal/sigma", "seed": "7"}
Visit = Callable[..., AppTest]
#: What came of the cards, for all tests: the same texts are read and compiled once.
CARDS = compiling.CardCache(reader.REMEMBER)


def by_turns(names: Iterable[str], both: int = 3) -> list[tuple[str, str]]:
    """Each name with a language, English and Korean by turns; the first few with the other, too.

    Words of both languages are read for every name elsewhere, where no page has to be drawn.
    """
    turns = list(zip(sorted(names), cycle(("en", "ko")), strict=False))
    return turns + [(name, "ko" if said == "en" else "en") for name, said in turns[:both]]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every test has its own database, and its clicks come late enough."""
    for variable in ("SIMCARDS_DATABASE_URL", "SIMCARDS_CONTENT", "SIMCARDS_LEARNERS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path))
    monkeypatch.setattr(clock, "DWELL_SECONDS", 0)
    # Streamlit puts the app in its place; processes that a later test starts would run that.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(reader, "CardCache", lambda remember: CARDS)
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


@pytest.fixture
def app_store() -> Store:
    """The app's own store."""
    return open_study().store


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page of the app ("" is today) at an address, for a learner with these settings.

    lessons_read: whether they have read all lessons, so that items come at once.
    """
    navigation = st.navigation

    def go(
        page: str = "",
        *,
        query: dict[str, str] | None = None,
        lessons_read: bool = True,
        **settings: Any,
    ) -> AppTest:
        def chosen(pages: list[Any], **options: Any) -> Any:
            """AppTest cannot follow navigation; so the page is chosen here."""
            navigation(pages, **options)
            (found,) = (p for p in pages if p.url_path == page)
            found._can_be_called = True
            return found

        monkeypatch.setattr(st, "navigation", chosen)
        if lessons_read:
            _read_lessons()
        if settings:
            store = open_study().store
            store.learners.ensure(LEARNER, clock.now())
            store.learners.save_settings(LEARNER, Settings(**settings))
        test = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in (query or {}).items():
            test.query_params[name] = value
        return test.run()

    return go


def _read_lessons() -> None:
    """All lessons, unless there is a database that cannot be used, or they were read before."""
    with suppress(StorageError, ConfigurationError):
        study = open_study()
        if not study.store.lessons.of(LEARNER):
            read_lessons(study.store, LEARNER, study.course(clock.now()).cards)


def words(test: AppTest) -> str:
    """All that the page says."""
    kinds = ("title", "header", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(part.value) for kind in kinds for part in test.get(kind))


def button(test: AppTest, beginning: str) -> Any:
    """The button whose key begins so."""
    return next(b for b in test.button if b.key is not None and b.key.startswith(beginning))


def to_question(test: AppTest) -> AppTest:
    """Rates the flashcards that come before the next question."""
    while (
        not test.radio
        and not test.checkbox
        and not any(t.key.startswith("answer-") for t in test.text_input if t.key)
    ):
        button(test, "sure-3").click().run()
        button(test, "rate-3").click().run()
    return test


def answer_here(test: AppTest, verdict: str = "correct", sure: int = 3) -> AppTest:
    """Answers the question that is shown, of any kind but an order."""
    item, seed = test.query_params["item"], test.query_params["seed"]
    item, seed = (v[0] if isinstance(v, list) else v for v in (item, seed))
    template = open_study().course(clock.now()).templates[item]
    variant = questions.draw(template, int(seed), "en")
    text = next(
        s.text for s in questions.samples(variant) if s.grade and s.grade.verdict == verdict
    )
    if variant.kind in ("choice", "claim"):
        test.radio[0].set_value(text)
    elif variant.kind == "several":
        for box in test.checkbox:
            box.set_value(any(box.key.endswith(f"-{option}") for option in text.split()))
    else:
        test.text_input[0].set_value(text)
    return button(test, f"sure-{sure}").click().run()
