"""Backups are made while answers come in, and put back without losing what was there."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from engine.storage import (
    Damaged,
    InUse,
    NewerDatabase,
    StorageError,
    Unreachable,
    back_up,
    checked_address,
    open_store,
    restore,
)
from engine.storage.address import Address
from tests.storage.samples import NOW, give, wrong_memories


@pytest.fixture
def address(folder: Path) -> Address:
    return checked_address(None, folder)


def answers(file: Path) -> set[str]:
    with open_store(f"sqlite:///{file}", file.parent) as store:
        return {row.answer.presentation for row in store.log.changes_since("mina", 0)}  # type: ignore[union-attr]


def test_every_answer_acknowledged_before_a_backup_began_is_in_it(
    folder: Path, address: Address, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    stop = threading.Event()
    with open_store(None, folder) as store:

        def answer() -> None:
            while not stop.is_set():
                number = len(acknowledged)
                give(store, number)
                acknowledged.append(f"presentation-{number}")

        answering = threading.Thread(target=answer)
        answering.start()
        kept = []
        try:
            for number in range(8):
                while len(acknowledged) < 20 * (number + 1):
                    stop.wait(0.001)
                before = set(acknowledged)
                back_up(address, tmp_path / f"{number}.db")
                kept.append((before, tmp_path / f"{number}.db"))
        finally:
            stop.set()
            answering.join()
        assert wrong_memories(store) == 0
    for before, file in kept:
        assert before <= answers(file)


def test_a_backup_is_one_file_and_restores_what_was_there(
    folder: Path, address: Address, tmp_path: Path
) -> None:
    copy = tmp_path / "backups" / "monday.db"
    copy.parent.mkdir()
    with open_store(None, folder) as store:
        give(store, 1)
        back_up(address, copy)
        give(store, 2)
    assert [file.name for file in copy.parent.iterdir()] == ["monday.db"]
    aside = restore(address, copy, NOW)
    assert aside is not None
    assert answers(folder / "simcards.db") == {"presentation-1"}
    assert answers(aside) == {"presentation-1", "presentation-2"}


def test_a_restore_takes_an_old_log_out_of_the_way(
    folder: Path, address: Address, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with open_store(None, folder) as store:
        give(store, 1)
        back_up(address, copy)
        give(store, 2)
        shutil.copytree(folder, tmp_path / "crashed")
    crashed = checked_address(None, tmp_path / "crashed")
    aside = restore(crashed, copy, NOW)
    assert aside is not None
    assert answers(tmp_path / "crashed" / "simcards.db") == {"presentation-1"}
    assert answers(aside) == {"presentation-1", "presentation-2"}


def test_a_database_in_use_is_not_replaced(folder: Path, address: Address, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_store(None, folder) as store:
        give(store, 1)
        back_up(address, copy)
        give(store, 2)
        with pytest.raises(InUse):
            restore(address, copy, NOW)
        assert give(store, 3).first
    assert answers(folder / "simcards.db") == {f"presentation-{n}" for n in (1, 2, 3)}


def test_a_damaged_database_is_replaced(folder: Path, address: Address, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_store(None, folder) as store:
        give(store, 1)
        back_up(address, copy)
    (folder / "simcards.db").write_bytes(b"\xa5" * 8192)
    (folder / "simcards.db-wal").write_bytes(b"\xa5" * 8192)
    aside = restore(address, copy, NOW)
    assert aside is not None
    assert aside.read_bytes() == b"\xa5" * 8192
    assert answers(folder / "simcards.db") == {"presentation-1"}


@pytest.mark.parametrize("what", ["missing", "text", "damaged", "other", "newer"])
def test_what_is_no_backup_replaces_nothing(
    folder: Path, address: Address, tmp_path: Path, what: str
) -> None:
    with open_store(None, folder) as store:
        give(store, 1)
    before = (folder / "simcards.db").read_bytes()
    copy = tmp_path / "copy.db"
    expected: type[StorageError] = Damaged
    if what == "missing":
        expected = Unreachable
    elif what == "text":
        copy.write_text("my shopping list\n" * 1000)
    elif what == "damaged":
        copy.write_bytes(before[:8192] + b"\xa5" * (len(before) - 8192))
    else:
        connection = sqlite3.connect(copy)
        if what == "other":
            connection.execute("CREATE TABLE shopping (item)")
        else:
            expected = NewerDatabase
            connection.deserialize(before)
            connection.execute("UPDATE alembic_version SET version_num = '0999'")
            target = sqlite3.connect(copy)
            connection.commit()
            connection.backup(target)
            target.close()
        connection.commit()
        connection.close()
    with pytest.raises(expected):
        restore(address, copy, NOW)
    assert (folder / "simcards.db").read_bytes() == before
    assert [file.name for file in folder.iterdir()] == ["simcards.db"]


def test_a_database_that_is_not_there_is_not_backed_up(address: Address, tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        back_up(address, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
