"""All of a SQLite file is read once: damage is found before somebody needs what is there."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from engine.storage import Damaged, StorageError, Store, open_store
from tests.storage.samples import give

#: Of every file, so many bytes are changed in places drawn by the seed.
FLIPS = 30
#: As a file that is read for ever.
ENDLESS = "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def filled(folder: Path, answers: int = 200) -> Path:
    with open_store(None, folder) as store:
        for number in range(answers):
            give(store, number)
    return folder / "simcards.db"


def first_pages(file: Path) -> dict[str, int]:
    """Where each table and index of a file begins: its root's number."""
    with closing(sqlite3.connect(file)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage"))


def is_sound(file: Path) -> bool:
    """What SQLite's own words are, from outside."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            return connection.execute("PRAGMA quick_check(1)").fetchone()[0] == b"ok"
    except (sqlite3.Error, UnicodeDecodeError):  # of a damaged file even the words may be no text
        return False


def test_a_sound_file_is_read_to_its_end(folder: Path) -> None:
    filled(folder)
    with open_store(None, folder) as store:
        assert store.inspect()


@pytest.mark.parametrize("name", ["log", "memory", "report", "log_undoes"])
def test_damage_where_nobody_looks_is_found(folder: Path, name: str) -> None:
    file = filled(folder)
    pages, content = first_pages(file), bytearray(file.read_bytes())
    at = (pages.get(name) or pages["draft"]) - 1
    content[at * 4096 : at * 4096 + 4] = b"\xff\xff\xff\xff"
    file.write_bytes(bytes(content))
    with open_store(None, folder) as store, pytest.raises(Damaged):
        store.inspect()


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_are_found_wherever_sqlite_can_know(folder: Path, seed: int) -> None:
    file = filled(folder)
    rng, content = random.Random(seed), bytearray(file.read_bytes())
    for at in rng.sample(range(100, len(content)), FLIPS):
        content[at] ^= rng.randrange(1, 256)
    file.write_bytes(bytes(content))
    sound = is_sound(file)
    try:
        with open_store(None, folder) as store:
            assert store.inspect()
    except StorageError:
        assert not sound
    else:
        assert sound


def test_a_file_that_takes_too_long_is_left(sqlite_store: Store, monkeypatch) -> None:
    give(sqlite_store)
    monkeypatch.setattr("engine.storage.inspecting.LOOKS", ENDLESS)
    assert not sqlite_store.inspect(seconds=0.05)
    assert give(sqlite_store, 2).first


def test_closing_the_store_does_not_wait_for_it(folder: Path, monkeypatch) -> None:
    filled(folder, 3)
    store, told = open_store(None, folder), []
    monkeypatch.setattr("engine.storage.inspecting.LOOKS", ENDLESS)
    thread = threading.Thread(target=lambda: told.append(store.inspect()))
    thread.start()
    while store._inspection._driver is None:
        thread.join(0.01)
    store.close()
    thread.join(60)
    assert told == [False]
    assert [file.name for file in folder.iterdir()] == ["simcards.db"]
