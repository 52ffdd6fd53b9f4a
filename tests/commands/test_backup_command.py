"""`backup` and `restore`, as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.storage import open_store
from tests.commands.conftest import Run
from tests.storage.samples import give


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of the test's own, with an answer in it."""
    monkeypatch.delenv("SIMCARDS_DATABASE_URL", raising=False)
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path / "data"))
    with open_store(None, tmp_path / "data") as store:
        give(store, 1)
    return tmp_path / "data"


def test_a_backup_is_made_while_the_app_runs_and_put_back(
    run: Run, data: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with open_store(None, data) as store:
        assert run("backup", str(copy)).code == 0
        give(store, 2)
        refused = run("restore", str(copy))
        assert (refused.code, "Stop the app" in refused.err) == (1, True)
    ended = run("restore", str(copy))
    assert ended.code == 0
    assert "simcards.replaced-" in ended.out
    with open_store(None, data) as store:
        assert store.log.answer("presentation-1") is not None
        assert store.log.answer("presentation-2") is None


def test_a_backup_writes_over_nothing_unless_told_so(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("precious")
    assert run("backup", str(copy)).code == 2
    assert copy.read_text() == "precious"
    assert run("backup", str(copy), "--force").code == 0
    assert copy.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
@pytest.mark.parametrize("how", ["as it is", "through a link", "hard link"])
def test_a_backup_never_takes_the_place_of_the_database_itself(
    run: Run, data: Path, tmp_path: Path, ending: str, how: str
) -> None:
    with open_store(None, data) as store:
        give(store, 2)
        target = data / f"simcards.db{ending}"
        if how == "through a link":
            (tmp_path / "link").symlink_to(data)
            target = tmp_path / "link" / target.name
        elif how == "hard link":
            (tmp_path / "other.db").hardlink_to(target)
            target = tmp_path / "other.db"
        before = (data / "simcards.db").stat().st_ino
        ended = run("backup", str(target), "--force")
        assert (ended.code, "is the database itself" in ended.err) == (2, True)
        assert (data / "simcards.db").stat().st_ino == before
        give(store, 3)
        assert store.log.answer("presentation-3") is not None


def test_a_backup_into_no_folder_names_that_and_not_the_database(run: Run, tmp_path: Path) -> None:
    ended = run("backup", str(tmp_path / "nowhere" / "copy.db"))
    assert ended.code == 1
    assert "nowhere/copy.db" in ended.err
    assert "simcards.db" not in ended.err


def test_what_is_no_backup_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.db").write_text("bread\n" * 1000)
    ended = run("restore", str(tmp_path / "list.db"))
    assert ended.code == 1
    assert "is not a Simcards database" in ended.err


@pytest.mark.parametrize(("command", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_postgresql_has_tools_of_its_own(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, tool: str
) -> None:
    monkeypatch.setenv("SIMCARDS_DATABASE_URL", "postgresql://mina:sesame@localhost/simcards")
    ended = run(command, str(tmp_path / "copy.dump"))
    assert ended.code == 2
    assert tool in ended.err
    assert "sesame" not in ended.err


def test_korean(run: Run, tmp_path: Path) -> None:
    assert "복사했습니다" in run("backup", str(tmp_path / "copy.db"), "--lang", "ko").out
