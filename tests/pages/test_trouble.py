"""What goes wrong becomes a sentence that says what to do, and everything else keeps working."""

from __future__ import annotations

import shutil
import socket
import sqlite3
from pathlib import Path

import pytest
import streamlit as st

from engine import questions
from engine.configuration import content_folder
from engine.pages import clock
from engine.pages.resources import open_study
from engine.storage import Store
from tests.pages.conftest import LEARNER, SIGMA, Visit, answer_here, button, words

CONTENT = Path(__file__).resolve().parents[2] / "content"


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_database_that_does_not_answer_says_what_to_do(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(
        "SIMCARDS_DATABASE_URL", f"postgresql://mina:secret@127.0.0.1:{closed_port()}/simcards"
    )
    test = visit()
    assert not test.exception
    (error,) = test.error
    assert "server's log" in error.value
    for hidden in ("secret", "mina", "127.0.0.1", "SIMCARDS"):
        assert hidden not in words(test)
    assert "mina@127.0.0.1" in caplog.text
    assert "secret" not in caplog.text


def test_a_database_that_answers_again_needs_no_restart(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMCARDS_DATABASE_URL", f"postgresql://127.0.0.1:{closed_port()}/simcards")
    test = visit()
    assert test.error
    monkeypatch.delenv("SIMCARDS_DATABASE_URL")
    button(test, "trouble-again").click().run()
    assert not test.error
    assert button(test, "start-today")


def test_a_database_of_a_newer_version_says_what_to_do(visit: Visit, data: Path) -> None:
    open_study()
    st.cache_resource.clear()
    with sqlite3.connect(data / "simcards.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    test = visit()
    assert not test.exception
    (error,) = test.error
    assert "newer version" in error.value


def test_a_database_that_fails_in_the_middle_keeps_what_was_typed(visit: Visit, data: Path) -> None:
    test = visit(query=SIGMA)
    test.text_input[0].set_value("0.0625")
    blocker = sqlite3.connect(data / "simcards.db")
    blocker.execute("DROP TABLE log")
    blocker.commit()
    blocker.close()
    button(test, "sure-3").click().run()
    assert not test.exception
    assert test.error
    assert "Traceback" not in words(test)


def test_a_broken_card_is_told_in_the_library_and_the_rest_is_studied(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    (content / "cards" / "he-normal" / "card.md").write_text("---\ntitle: [\n---\n", "utf-8")
    monkeypatch.setenv("SIMCARDS_CONTENT", str(content))
    test = visit("library")
    assert not test.exception
    assert "cards/he-normal/card.md" in "\n".join(t.value for t in test.text)
    assert not visit("", query=SIGMA).error


def test_an_empty_content_folder_says_how_to_begin(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "course.toml").write_bytes((content_folder() / "course.toml").read_bytes())
    monkeypatch.setenv("SIMCARDS_CONTENT", str(tmp_path))
    for page in ("", "practice", "library"):
        test = visit(page)
        assert not test.exception
        assert not test.error
    assert "python -m engine check" in words(visit(""))


def test_a_simulation_that_raises_costs_its_chart_and_nothing_else(
    visit: Visit, app_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(questions, "simulate", explode)
    test = answer_here(visit(query={**SIGMA, "seed": "4242"}), "misconception")
    assert not test.exception
    assert app_store.log.newest_answer(LEARNER) is not None
    assert any("xavier-normal/sigma" in told.value for told in test.warning)
    assert button(test, "next-")
    assert not visit("library", query={"card": "xavier-normal"}).exception


def test_a_page_that_fails_says_so_and_logs_it(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clock, "fresh_seed", lambda: 1 / 0)
    test = visit("practice")
    button(test, "start-practice").click().run()
    assert not test.exception
    assert any("nothing you answered is lost" in told.value for told in test.error)
    assert "ZeroDivisionError" in caplog.text
