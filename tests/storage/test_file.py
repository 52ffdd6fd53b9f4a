"""The SQLite file: in one piece when nobody has it open, and never another one unnoticed."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from engine.storage import DiskFull, LeftOverLog, Removed, Replaced, StorageError, Store, open_store
from tests.storage.samples import NOW, give


def count(file: Path) -> int:
    """Answers in a database file by itself, seen by somebody without its log."""
    connection = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM log").fetchone()[0])
    finally:
        connection.close()


def crash(folder: Path, into: Path) -> Path:
    """What a program leaves that is killed: the files as they are in the middle."""
    shutil.copytree(folder, into)
    return into / "simcards.db"


def test_after_a_clean_stop_all_is_in_the_one_file(folder: Path) -> None:
    with open_store(None, folder) as store:
        give(store)
    assert [file.name for file in folder.iterdir()] == ["simcards.db"]
    assert count(folder / "simcards.db") == 1


def test_now_and_then_the_log_is_carried_over(folder: Path) -> None:
    with open_store(None, folder) as store:
        give(store)
        store.checkpoint()
        assert count(folder / "simcards.db") == 1
        for number in range(2, 200):
            give(store, number)
        assert count(folder / "simcards.db") > 100


def test_the_last_of_two_programs_leaves_one_file(folder: Path) -> None:
    with open_store(None, folder) as first:
        with open_store(None, folder) as second:
            give(second, 1)
            give(first, 2)
        assert give(first, 3).first
    assert count(folder / "simcards.db") == 3
    assert len(list(folder.iterdir())) == 1


def test_a_store_that_was_closed_can_be_used_again(folder: Path) -> None:
    with open_store(None, folder) as store:
        give(store, 1)
        store.close()
        give(store, 2)
    assert count(folder / "simcards.db") == 2


@pytest.mark.parametrize("what", ["answer", "read", "beat"])
def test_a_file_that_was_deleted_is_noticed_at_once(sqlite_store: Store, what: str) -> None:
    give(sqlite_store, 1)
    file = Path(sqlite_store.where)
    kept = file.rename(file.with_name("kept.db"))
    acts = {
        "answer": lambda: give(sqlite_store, 2),
        "read": lambda: sqlite_store.log.newest_answer("mina"),
        "beat": lambda: sqlite_store.beat(NOW),
    }
    for _ in range(2):
        with pytest.raises(Removed, match="was removed while Simcards was running") as error:
            acts[what]()
        assert str(file) not in str(error.value.message)
    assert not file.exists()
    kept.rename(file)
    assert give(sqlite_store, 2).first


def test_an_answer_to_a_file_that_is_deleted_before_it_is_kept_is_not_acknowledged(
    sqlite_store: Store,
) -> None:
    def answer_while_it_goes() -> None:
        with sqlite_store.database.writing() as connection:
            sqlite_store.learners.create(connection, "jun", NOW)
            Path(sqlite_store.where).unlink()

    with pytest.raises(Removed):
        answer_while_it_goes()


@pytest.mark.parametrize("way", ["moved over it", "written over it", "deleted and copied"])
def test_a_copy_put_in_its_place_is_noticed_before_the_next_answer(
    folder: Path, tmp_path: Path, way: str
) -> None:
    file, copy = folder / "simcards.db", tmp_path / "copy.db"
    with open_store(None, folder) as store:
        give(store, 1)
    shutil.copy(file, copy)
    store = open_store(None, folder)
    give(store, 2)
    if way == "moved over it":
        copy.replace(file)
    elif way == "written over it":
        shutil.copy(copy, file)
    else:
        for old in folder.iterdir():
            old.unlink()
        shutil.copy(copy, file)
    for number in (3, 4):
        with pytest.raises(Replaced):
            give(store, number)
    assert store.replaced
    store.close()


def test_a_copy_beside_an_old_log_is_refused_in_words(folder: Path, tmp_path: Path) -> None:
    with open_store(None, folder) as store:
        give(store, 1)
    copy = shutil.copy(folder / "simcards.db", tmp_path / "copy.db")
    with open_store(None, folder) as store:
        give(store, 2)
        file = crash(folder, tmp_path / "crashed")
    shutil.copy(copy, file)
    with pytest.raises(LeftOverLog, match=r"is a copy in one piece, but .*-wal") as error:
        open_store(None, file.parent)
    assert str(file) not in str(error.value.message)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    with open_store(None, file.parent) as restored:
        assert restored.log.answer("presentation-1") is not None
        assert restored.log.answer("presentation-2") is None


def test_a_log_left_by_a_crash_is_used(folder: Path, tmp_path: Path) -> None:
    with open_store(None, folder) as store:
        give(store, 1)
        file = crash(folder, tmp_path / "crashed")
    with open_store(None, file.parent) as again:
        assert again.log.answer("presentation-1") is not None


def test_a_disk_with_hardly_any_room_is_told_before_answers_fail(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_store.beat(NOW)
    monkeypatch.setattr("engine.storage.file.ROOM_BYTES", 2**62)
    with pytest.raises(DiskFull, match="is full"):
        sqlite_store.beat(NOW)


@pytest.mark.slow
def test_no_damage_ends_in_anything_but_words(folder: Path) -> None:
    with open_store(None, folder) as store:
        for number in range(30):
            give(store, number, variant="x" * 2000)
    file = folder / "simcards.db"
    whole = file.read_bytes()
    said = []
    for place in range(0, len(whole), 4096):
        file.write_bytes(whole[:place] + b"\xa5" * 4096 + whole[place + 4096 :])
        try:
            with open_store(None, folder) as store:
                give(store, 1000)
                store.log.changes_since("mina", 0)
        except StorageError as error:
            said.append(str(error.message))
    assert said
    assert not [message for message in said if str(file) in message]


def test_a_damaged_file_is_closed_without_a_word(folder: Path) -> None:
    store = open_store(None, folder)
    give(store)
    store.close()
    file = folder / "simcards.db"
    # The schema's text is no text any more, so SQLite's own message holds bytes that are none.
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE", b"CREATE \xef\xf0\xffLE"))
    store.close()
