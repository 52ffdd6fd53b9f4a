"""What an operator does for a learner, at the command line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.__main__ import main
from engine.identity import code_as_typed, digest, fresh_id, fresh_token
from engine.storage import open_store

FORMER = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path))
    with open_store(None, tmp_path) as opened:
        opened.learners.ensure("local", datetime.now(UTC))
        yield opened


def test_the_owner_of_local_claims_it_with_a_code(store, capsys):
    assert main(["learner", "transfer-code", "local"]) == 0
    code = code_as_typed(capsys.readouterr().out.splitlines()[0])
    token, now = fresh_token(), datetime.now(UTC)
    store.credentials.issue(token, now)
    assert store.credentials.redeem(token, code, now) == "local"
    assert main(["learner", "sign-out", "local"]) == 0
    assert store.credentials.enter(token, now, fresh_id) is None


@pytest.mark.parametrize("action", ["transfer-code", "sign-out"])
def test_a_learner_who_is_not_there_is_said(store, capsys, action):
    assert main(["learner", action, "nobody"]) == 2
    assert "There is no learner “nobody”" in capsys.readouterr().err


def test_ids_of_before_are_told_as_they_are_now(store, capsys, monkeypatch):
    monkeypatch.setenv("SIMCARDS_INSTRUCTORS", FORMER + ",local")
    assert main(["learner", "sign-out", "local"]) == 2
    assert "learner instructors" in capsys.readouterr().err
    store.learners.ensure("bcdfg-bcdfg", datetime.now(UTC))
    with store.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO credential VALUES (?, 'former', 'bcdfg-bcdfg', ?, ?)",
            (digest(FORMER), *["2037-01-01T00:00:00.000000Z"] * 2),
        )
    assert main(["learner", "instructors"]) == 0
    assert capsys.readouterr().out.strip() == "SIMCARDS_INSTRUCTORS=bcdfg-bcdfg,local"
