"""What came of a card is remembered in one place, from the editor to the learner."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.authoring import Author, Saved, Workshop, open_workshop
from engine.content import loading
from engine.content.loading import read_notes_file
from engine.content.notes import reading as notes_reading
from engine.course import ContentReader, CourseFolder, compiling
from engine.course.compiling import AHEAD, CardCache
from engine.storage import open_store
from tests.cards.notes.conftest import FILES as NOTED
from tests.cards.written_cards import ENGLISH, KOREAN, small, write_content

NOW = datetime(2026, 3, 2, tzinfo=UTC)
MINA = Author("mina", "Mina", may_edit=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cards = {"xavier": {"card.md": ENGLISH, "card.ko.md": KOREAN}, "small": {"card.md": small()}}
    return write_content(tmp_path / "content", cards)


@pytest.fixture
def workshop(folder: Path, tmp_path: Path) -> Iterator[Workshop]:
    with open_store(None, tmp_path / "data") as store:
        yield open_workshop(folder, store)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each step was done with any card."""
    counts: Counter[str] = Counter()

    def counted(name: str) -> Callable[..., object]:
        step = getattr(compiling, name)

        def call(*given: object, **named: object) -> object:
            counts[name] += 1
            return step(*given, **named)

        return call

    for name in ("read_card", "compile_card", "undrawable", "drawing_problems"):
        monkeypatch.setattr(compiling, name, counted(name))
    return counts


def test_a_start_reads_and_compiles_every_card_once(workshop: Workshop, done: Counter[str]) -> None:
    workshop.study.course(NOW)
    assert (done["read_card"], done["compile_card"]) == (2, 2)


def test_a_start_over_kept_revisions_draws_no_question(
    workshop: Workshop, folder: Path, done: Counter[str]
) -> None:
    workshop.study.course(NOW)
    assert done["undrawable"] == 2
    done.clear()
    open_workshop(folder, workshop.study.store).study.course(NOW)
    assert done == {"read_card": 2, "compile_card": 2}


def test_what_is_typed_checked_saved_and_studied_is_read_once(
    workshop: Workshop, done: Counter[str]
) -> None:
    workshop.study.course(NOW)
    done.clear()
    opened = workshop.editor.open(MINA, "xavier")
    assert opened.base is not None
    texts = {**opened.texts, "en": opened.texts["en"].replace("Xavier normal", "Glorot normal")}
    assert texts != opened.texts
    for _ in range(3):  # every run of the page
        checked = workshop.editor.check("xavier", texts)
        assert checked.sound
    saved = workshop.editor.save(MINA, "xavier", opened.base.id, texts, NOW, renames={})
    assert isinstance(saved, Saved)
    course = workshop.study.course(NOW + timedelta(minutes=1))
    assert course.cards["xavier"].title["en"] == "Glorot normal"
    assert course.templates["xavier/sigma"] is checked.templates["xavier/sigma"]
    assert set(done.values()) == {1}


def test_what_is_wrong_between_cards_is_not_remembered(workshop: Workshop) -> None:
    workshop.study.course(NOW)
    texts = {"en": small("[new-one]")}
    codes = [p.code for p in workshop.editor.check("small", texts).problems]
    assert "unknown-card" in codes
    workshop.editor.create(MINA, "new-one", {"en": small()}, NOW)
    workshop.study.course(NOW + timedelta(minutes=1))
    codes = [p.code for p in workshop.editor.check("small", texts).problems]
    assert "unknown-card" not in codes


def test_cards_are_read_again_for_other_languages(folder: Path) -> None:
    content = ContentReader(folder)
    assert [p.code for p in content.read().problems] == ["no-translation"]
    course = folder / "course.toml"
    course.write_text(course.read_text().replace('["en", "ko"]', '["en", "fr"]'), "utf-8")
    lacking = [p for p in content.read().problems if p.code == "no-translation"]
    assert {p.place.file for p in lacking} == {"cards/small/card.md", "cards/xavier/card.md"}


def test_a_card_that_cannot_be_read_is_not_taken_for_the_one_it_was(folder: Path) -> None:
    content = ContentReader(folder)
    before = content.read()
    korean = folder / "cards" / "xavier" / "card.ko.md"
    korean.unlink()
    korean.symlink_to("card.ko.md")
    after = content.read()
    assert after.cards["xavier"].languages == ("en",)
    assert "unreadable" in {p.code for p in after.problems} - {p.code for p in before.problems}


def test_what_is_typed_and_never_saved_is_forgotten() -> None:
    cards = CardCache(remember=2)
    for number in range(AHEAD + 1):
        cards.of("a", {"en": f"{number}".encode()}, ("en",))
    parsed = cards.parsed
    cards.of("a", {"en": f"{AHEAD}".encode()}, ("en",))
    assert cards.parsed == parsed
    cards.of("a", {"en": b"0"}, ("en",))
    assert cards.parsed == parsed + 1


def test_the_cards_of_the_course_are_never_forgotten() -> None:
    cards = CardCache(remember=0)
    key, first = cards.of("a", {"en": b"first"}, ("en",))
    cards.settle([key])
    for number in range(AHEAD + 5):
        cards.of("a", {"en": f"{number}".encode()}, ("en",))
    cards.settle([key])
    assert cards.of("a", {"en": b"first"}, ("en",)) == (key, first)


def test_a_note_is_not_read_again_because_a_card_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in NOTED.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    read: list[str] = []

    def noted(content: bytes, languages: tuple[str, ...], file: str) -> object:
        read.append(file)
        return read_notes_file(content, languages, file)

    monkeypatch.setattr(loading, "read_notes_file", noted)
    course = CourseFolder(tmp_path)
    first = course.notes(NOW)
    assert len(read) == 3
    card = tmp_path / "cards" / "halves" / "card.md"
    card.write_text(card.read_text(encoding="utf-8").replace("Halves", "Both halves"), "utf-8")
    assert course.notes(NOW + timedelta(minutes=1)).statements == first.statements
    assert len(read) == 3
    note = tmp_path / "notes" / "a-note.toml"
    note.write_text(note.read_text(encoding="utf-8").replace("It is one.", "Just one."), "utf-8")
    changed = course.notes(NOW + timedelta(minutes=2))
    assert changed.statements["0-2"].why["en"] == "Just one."
    assert len(read) == 4
    assert notes_reading.FOLDER == "notes"


def test_two_servers_with_the_same_course_say_the_same_version(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "lab.toml").write_text("# none yet\n", encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    for file in other.rglob("*.*"):  # a checkout has times of its own
        os.utime(file, (1, 1))
    here, there = CourseFolder(folder), CourseFolder(other)
    assert here.version(NOW) == there.version(NOW)
    (other / "cards" / "small" / "card.md").write_text(small() + "\nMore.\n", encoding="utf-8")
    assert here.version(NOW) != there.version(NOW + timedelta(minutes=1))
