"""Benchmarks of editing: the list of 2,000 cards, a save among them, a start with revisions."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from engine.authoring import Author, Saved, Workshop, open_workshop
from engine.authoring.card_list import card_rows
from engine.configuration import content_folder
from engine.course import CourseFolder
from engine.storage import open_store
from tests.bench.plain import NOW
from tests.bench.row import Row, medians

CARDS = 2000
MINA = Author("mina", "Mina", may_edit=True)
CARD = "card-7"


def many_cards(root: Path, count: int) -> Path:
    """A content folder with that many cards of 14 KB and their translations."""
    (root / "cards").mkdir(parents=True)
    for name in ("course.toml", "sources.toml"):
        shutil.copy(content_folder() / name, root)
    folder = content_folder() / "cards" / "he-normal"
    english, korean = (
        (folder / name).read_text(encoding="utf-8") for name in ("card.md", "card.ko.md")
    )
    for number in range(count):
        card = root / "cards" / f"card-{number}"
        card.mkdir()
        (card / "card.md").write_text(f"{english}\n{number}\n", encoding="utf-8")
        (card / "card.ko.md").write_text(korean, encoding="utf-8")
    return root


def editing(cards: int = CARDS) -> list[Row]:
    """What issue 4 allows in server time, as ratios to it, and what another server parses."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        root = many_cards(Path(folder) / "content", cards)
        with (
            closing(open_store(None, Path(folder))) as store,
            closing(open_store(None, Path(folder))) as second,
        ):
            here, there = open_workshop(root, store), open_workshop(root, second)
            course = here.study.course(NOW)
            there.study.course(NOW)
            listed, _ = medians(
                lambda: card_rows(here.editor, MINA, course, "en"), lambda: None, rounds=9
            )
            checked, saved = _save(here)
            parsed = _parsed(there)
    return [
        Row(f"the list of {cards:,} cards", "what it may take", listed * 1e3, 300, "ms", 1),
        Row(
            f"a save among {cards:,} cards",
            "its check and 100 ms",
            saved * 1e3,
            checked * 1e3 + 100,
            "ms",
            1,
        ),
        Row("cards that another server parses", "cards saved", parsed, 1, "cards", 1),
    ]


def _save(workshop: Workshop) -> tuple[float, float]:
    """Median seconds of a check by itself, and of a save with its check and the course after it."""
    editor, numbers = workshop.editor, iter(range(10**6))
    begun = editor.open(MINA, CARD).texts

    def texts() -> dict[str, str]:
        return {**begun, "en": f"{begun['en']}\nNumber {next(numbers)}.\n"}

    def check() -> None:
        editor.checker.alone(CARD, texts())

    def save() -> None:
        base = editor.open(MINA, CARD).base
        assert base is not None
        result = editor.save(MINA, CARD, base.id, texts(), NOW, renames={})
        assert isinstance(result, Saved)

    return medians(check, save, rounds=9)


def _parsed(workshop: Workshop) -> int:
    """How many cards another server parses to see what was saved."""
    reader = workshop.study.folder.reader
    before = reader.parsed
    workshop.study.course(NOW + timedelta(minutes=1))
    return reader.parsed - before


def start(cards: int = 200) -> list[Row]:
    """A start over a database that has the cards' revisions, against the files alone."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        root = many_cards(Path(folder) / "content", cards)
        with closing(open_store(None, Path(folder))) as store:
            open_workshop(root, store).study.course(NOW)
        took: tuple[list[float], list[float]] = ([], [])
        for _ in range(5):
            begin = time.process_time()
            with closing(open_store(None, Path(folder))) as store:
                open_workshop(root, store).study.course(NOW)
            middle = time.process_time()
            CourseFolder(root).current(NOW)
            took[0].append(middle - begin)
            took[1].append(time.process_time() - middle)
    ours, theirs = (min(times) for times in took)
    return [Row(f"a start with {cards} cards kept", "files alone", ours, theirs, "s CPU", 1.2)]
