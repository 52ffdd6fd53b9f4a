"""The content folder: nothing is written outside of it, and one that cannot be written is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.authoring import EditError, Saved
from engine.course import write_card
from engine.course.writing import write_file
from tests.authoring.conftest import CARD, KOREAN, MINA, TEXT

NEW = TEXT.replace("Keep the variance.", "Keep the spread.")


def create(shop, card: str) -> Saved:
    result = shop.editor.create(MINA, card, {"en": TEXT, "ko": KOREAN}, shop.now)
    assert isinstance(result, Saved)
    return result


@pytest.mark.parametrize(
    "language", ["", "../x", "ko/../../../x", "/etc", "ko\0", "KO", ".", "k" * 99]
)
def test_a_language_cannot_leave_the_folder(shop, tmp_path, language):
    before = sorted(tmp_path.rglob("*"))
    texts = {"en": TEXT, language: KOREAN}
    for act in (
        lambda: shop.editor.save(MINA, "new-card", None, texts, shop.now),
        lambda: shop.editor.keep_draft(MINA, "new-card", None, texts, shop.now),
        lambda: shop.editor.create(MINA, "new-card", texts, shop.now),
    ):
        with pytest.raises(EditError):
            act()
    assert sorted(p for p in tmp_path.rglob("*") if "data" not in p.parts) == [
        p for p in before if "data" not in p.parts
    ]


def test_a_card_whose_folder_is_a_link_out_is_saved_and_not_written(shop, tmp_path: Path):
    (tmp_path / "outside").mkdir()
    (shop.folder / "cards" / "linked").symlink_to(tmp_path / "outside")
    assert create(shop, "linked").place == "unwritable"
    assert list((tmp_path / "outside").iterdir()) == []
    assert "linked" in shop.course().cards


def test_a_link_in_place_of_a_file_is_neither_read_nor_written(shop, tmp_path: Path):
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    file = shop.folder / "cards" / CARD / "card.md"
    file.unlink()
    file.symlink_to(secret)
    assert "secret" not in shop.course().cards[CARD].prose["en"]
    result = shop.save(NEW)
    assert result.place == "changed"
    assert secret.read_text(encoding="utf-8") == "secret"


def test_a_link_to_nowhere_is_not_written_through(shop, tmp_path: Path):
    folder = shop.folder / "cards" / "new-card"
    folder.mkdir()
    (folder / "card.md").symlink_to(tmp_path / "made-by-us.md")
    assert create(shop, "new-card").place != "file"
    assert not (tmp_path / "made-by-us.md").exists()


def test_cards_that_are_a_link_out_are_not_written(tmp_path: Path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "cards").symlink_to(tmp_path / "outside")
    with pytest.raises(OSError, match="not inside"):
        write_card(tmp_path / "content", "a", {"en": "x"})
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_link_to_another_place_in_the_folder_is_followed(tmp_path: Path):
    (tmp_path / "cards" / "real").mkdir(parents=True)
    (tmp_path / "cards" / "a").symlink_to(tmp_path / "cards" / "real")
    write_card(tmp_path, "a", {"en": "x"})
    assert (tmp_path / "cards" / "real" / "card.md").read_text(encoding="utf-8") == "x"


def test_a_folder_that_cannot_be_written_keeps_the_save_in_the_database(shop, monkeypatch):
    """As on a read-only disk; root may write anywhere, so permissions would prove nothing."""

    def refuse(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("engine.course.writing.tempfile.mkstemp", refuse)
    result = shop.save(NEW)
    assert result.place == "unwritable"
    assert shop.file() == TEXT
    assert shop.course().cards[CARD].prose["en"] == "Keep the spread."
    # The file is old, not edited: nothing is taken in from it, and the next save writes it again.
    shop.course()
    assert [r.origin for r in shop.editor.history(MINA, CARD)] == ["app", "file"]
    monkeypatch.undo()
    assert shop.save(NEW.replace("spread", "size")).place == "file"
    assert "Keep the size." in shop.file()


def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch):
    write_file(tmp_path / "card.md", "old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.course.writing.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_file(tmp_path / "card.md", "new")
    assert [p.name for p in tmp_path.iterdir()] == ["card.md"]
    assert (tmp_path / "card.md").read_text(encoding="utf-8") == "old"


def test_a_translation_that_is_taken_out_does_not_come_back_from_its_file(shop):
    base = shop.editor.open(MINA, CARD).base.id
    result = shop.editor.save(MINA, CARD, base, {"en": TEXT}, shop.now)
    assert isinstance(result, Saved)
    assert not (shop.folder / "cards" / CARD / "card.ko.md").exists()
    shop.course()
    assert set(shop.editor.open(MINA, CARD).texts) == {"en"}


def test_a_file_that_git_puts_back_to_the_newest_revision_settles_what_waited(shop):
    base = shop.editor.open(MINA, CARD).base.id
    shop.editor.sync.root = shop.folder / "course.toml" / "nowhere"
    shop.editor.save(MINA, CARD, base, {"en": NEW, "ko": KOREAN}, shop.now)
    shop.editor.sync.root = shop.folder
    shop.edit_file(TEXT.replace("Keep the variance.", "From the file."))
    shop.course()
    assert shop.editor.open(MINA, CARD).pending is not None
    shop.edit_file(NEW)
    shop.course()
    assert shop.editor.open(MINA, CARD).pending is None
    assert shop.editor.open(MINA, CARD).texts["en"] == NEW


def test_a_save_that_was_overtaken_does_not_put_the_older_text_into_the_file(shop):
    base = shop.editor.open(MINA, CARD).base.id
    write, shop.editor.sync.write = shop.editor.sync.write, lambda *_: "file"
    first = shop.editor.save(MINA, CARD, base, {"en": NEW, "ko": KOREAN}, shop.now)
    shop.editor.sync.write = write
    assert isinstance(first, Saved)
    shop.save(NEW.replace("spread", "size"))
    write(CARD, {"en": NEW, "ko": KOREAN}, first.revision.id)  # the first one's, late
    assert "Keep the size." in shop.file()


def test_a_file_of_an_earlier_save_that_arrives_late_contradicts_nothing(shop):
    base = shop.editor.open(MINA, CARD).base.id
    shop.editor.sync.root = shop.folder / "course.toml" / "nowhere"
    shop.editor.save(MINA, CARD, base, {"en": NEW, "ko": KOREAN}, shop.now)
    shop.save(NEW.replace("spread", "size"))
    shop.editor.sync.root = shop.folder
    shop.edit_file(NEW)
    assert shop.course().cards[CARD].prose["en"] == "Keep the size."
    assert shop.editor.open(MINA, CARD).pending is None
    assert [r.origin for r in shop.editor.history(MINA, CARD)] == ["app", "app", "file"]


def test_a_text_editor_that_saves_while_the_app_writes_is_not_written_over(shop, monkeypatch):
    theirs = TEXT.replace("That is the variance.", "From the file.")
    sync = os.fsync

    def slow(handle: int) -> None:
        sync(handle)
        shop.edit_file(theirs)

    monkeypatch.setattr("engine.course.writing.os.fsync", slow)
    assert shop.save(NEW).place == "changed"
    monkeypatch.undo()
    assert shop.file() == theirs
    shop.course()
    text = shop.editor.open(MINA, CARD).texts["en"]
    assert "Keep the spread." in text
    assert "From the file." in text
    assert [p.name for p in (shop.folder / "cards" / CARD).iterdir() if p.suffix == ".tmp"] == []
