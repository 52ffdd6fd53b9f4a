"""A database that goes away in the middle: nothing is acknowledged, and nothing typed is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.pages import recovery
from engine.pages.resources import open_study
from tests.pages.conftest import LEARNER, SIGMA, Visit, button, words

CHOICE = {"item": "xavier-normal/layer-variance", "seed": "7"}


def take_away(data: Path) -> Path:
    kept = data / "elsewhere"
    kept.mkdir()
    for file in data.glob("simcards.db*"):
        file.rename(kept / file.name)
    return kept


def put_back(data: Path, kept: Path) -> None:
    for file in kept.iterdir():
        file.rename(data / file.name)


def test_what_was_typed_is_there_when_the_database_is_back(visit: Visit, data: Path) -> None:
    test = visit(query=SIGMA)
    test.text_input[0].set_value("0.0625")
    kept = take_away(data)
    button(test, "sure-3").click().run()
    assert not test.exception
    assert "removed while the app was running" in words(test)
    assert str(data) not in words(test)
    put_back(data, kept)
    test.run()  # says once more that the click came to nothing
    assert test.text_input[0].value == "0.0625"
    test.run()
    assert not test.error
    assert test.text_input[0].value == "0.0625"
    assert open_study().store.log.newest_answer(LEARNER) is None
    button(test, "sure-3").click().run()
    assert open_study().store.log.newest_answer(LEARNER) is not None


def test_a_page_that_waits_for_the_database_looks_for_it_by_itself(
    visit: Visit, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = visit(query=SIGMA)
    kept = take_away(data)
    test.run()
    assert test.error
    again: list[object] = []
    monkeypatch.setattr(recovery.st, "rerun", lambda: again.append(None))
    looks: list[None] = []
    looking = recovery._look.__wrapped__
    looking(looks)  # while the trouble is being said
    looking(looks)  # still away
    assert again == []
    put_back(data, kept)
    looking(looks)
    assert again == [None]


def test_a_database_that_was_exchanged_is_opened_anew(visit: Visit, data: Path) -> None:
    test = visit(query=SIGMA)
    store = open_study().store
    take_away(data)
    shutil.copy(data / "elsewhere" / "simcards.db", data / "copy.db")
    shutil.copy(data / "elsewhere" / "simcards.db-wal", data / "copy.db-wal")
    (data / "copy.db-wal").rename(data / "simcards.db-wal")
    (data / "copy.db").rename(data / "simcards.db")
    test.text_input[0].set_value("0.0625")
    button(test, "sure-3").click().run()
    assert "exchanged for another" in words(test)
    assert store.replaced
    test.run()
    assert not test.error
    assert open_study().store is not store
    assert test.text_input[0].value == "0.0625"
