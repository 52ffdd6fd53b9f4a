"""Several servers, each with a checkout of its own, over one database: no edit is ever undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from engine.authoring import open_workshop
from engine.authoring.gone import gone_cards, put_back
from engine.authoring.sync_status import sync_statuses
from engine.storage import open_store
from tests.authoring.conftest import BROKEN, CARD, KOREAN, MINA, TEXT, Shop
from tests.storage.conftest import KINDS, postgresql  # noqa: F401  (a fixture)

NEW = TEXT.replace("Keep the variance.", "Keep the spread.")
NEWER = NEW.replace("What is balanced?", "What does it balance?")


@pytest.fixture(params=KINDS)
def start(
    request: pytest.FixtureRequest, folder: Path, tmp_path: Path
) -> Iterator[Callable[[str], Shop]]:
    """Starts a server with the checkout of this name, a copy of the first one if it is new."""
    in_file = request.param == "sqlite"
    url = None if in_file else request.getfixturevalue("postgresql").new_database()
    with ExitStack() as opened:

        def begin(name: str) -> Shop:
            checkout = tmp_path / name
            if not checkout.exists():
                shutil.copytree(folder, checkout)
            store = opened.enter_context(closing(open_store(url, tmp_path / "data")))
            made = Shop(checkout, store, open_workshop(checkout, store), url=url)
            made.course()
            return made

        yield begin


def prose(shop: Shop) -> str:
    return shop.course().cards[CARD].prose["en"]


def state(shop: Shop) -> str:
    found = sync_statuses(shop.editor.sync, shop.store.revisions)
    return next(one.state for one in found if one.card == CARD)


def test_an_edit_outlives_the_restart_of_a_server_with_an_old_file(start):
    a, _ = start("a"), start("b")
    a.save(NEW)
    b = start("b")
    assert prose(b) == prose(a) == prose(start("a")) == "Keep the spread."
    assert b.file() == NEW  # the newest revision was written to the old checkout
    assert state(b) == "step"
    assert [r.origin for r in b.editor.history(MINA, CARD)] == ["app", "file"]


def test_an_old_checkout_that_cannot_be_written_is_behind_and_changes_nothing(start, monkeypatch):
    a, _ = start("a"), start("b")
    a.save(NEW)

    def refuse(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("engine.course.writing.tempfile.mkstemp", refuse)
    b = start("b")
    assert prose(b) == prose(start("a")) == "Keep the spread."
    assert state(b) == "newer"
    assert CARD in b.editor.sync.behind
    assert b.file() == TEXT
    assert len(b.editor.history(MINA, CARD)) == 2


def test_a_folder_that_is_laid_out_anew_undoes_no_edit(start, folder):
    a = start("a")
    a.save(NEW)
    a.save(NEWER)
    shutil.rmtree(a.folder)
    assert prose(start("a")) == "Keep the spread."
    assert len(a.editor.history(MINA, CARD)) == 3


@pytest.mark.parametrize("restarts", ["abab", "ba", "bbaa"])
def test_servers_that_restart_in_turns_make_no_revisions(start, restarts):
    a, _ = start("a"), start("b")
    for text in (NEW, NEWER):
        a.save(text)
    for name in restarts:
        assert prose(start(name)) == "Keep the spread."
    assert len(a.editor.history(MINA, CARD)) == 3


def test_a_file_edited_from_an_old_state_is_put_together_with_the_newest(start):
    a, b = start("a"), start("b")
    a.save(NEW)
    b.edit_file(TEXT.replace("That is the variance.", "From the old file."))
    start("b")  # which does not know any more what its file was
    newest = a.editor.open(MINA, CARD).texts["en"]
    assert "Keep the spread." in newest
    assert "From the old file." in newest


def test_a_running_server_knows_what_its_file_was(start):
    a, b = start("a"), start("b")
    a.save(NEW)
    b.edit_file(TEXT.replace("Keep the variance.", "Keep something else."))
    b.course()
    opened = a.editor.open(MINA, CARD)
    assert opened.texts["en"] == NEW  # both changed the line: somebody has to decide
    assert opened.pending is not None


def test_a_file_that_git_reverted_is_behind_until_it_is_taken_on_purpose(start):
    a = start("a")
    a.save(NEW)
    a.edit_file(TEXT)
    assert prose(a) == "Keep the spread."
    assert state(a) == "newer"
    taken = a.editor.sync.force(CARD, a.now)
    assert taken is not None
    assert prose(a) == "Keep the variance."
    assert state(a) == "step"


def test_a_broken_newest_revision_is_not_written_over_the_file_that_mends_it(start):
    a = start("a")
    a.edit_file(BROKEN)
    a.course()
    a.edit_file(TEXT)
    b = start("a")
    assert b.file() == TEXT
    assert prose(b) == "Keep the variance."


def test_a_save_on_the_server_that_is_behind_reaches_its_file(start):
    a, b = start("a"), start("b")
    a.save(NEW)
    assert b.save(NEWER).place == "file"
    assert (b.file(), b.file(name="card.ko.md")) == (NEWER, KOREAN)


def test_a_card_made_on_another_server_is_not_said_to_be_gone(start, monkeypatch, capsys):
    """Each server's own operator asks, over the one database."""
    from engine import configuration
    from engine.__main__ import main

    a, b = start("a"), start("b")
    a.editor.create(MINA, "brand-new", {"en": TEXT}, a.now)
    url, data = b.url, b.folder.parent / "data"
    monkeypatch.setattr(configuration, "database_url", lambda: url)
    monkeypatch.setattr(configuration, "data_folder", lambda: data)

    def status(shop: Shop, *command: str) -> tuple[int, str]:
        """(exit code, the line about the new card)"""
        code = main(["--content", str(shop.folder), "content", *(command or ("status",))])
        told = [line for line in capsys.readouterr().out.splitlines() if "brand-new" in line]
        return code, told[0] if told else ""

    code, told = status(a)
    assert (code, "in step" in told) == (0, True)
    code, told = status(b)
    assert code == 1
    assert "made in the app, and not in this folder" in told
    assert "content export" in told
    assert "gone" not in told
    assert status(b, "export", str(b.folder), "--force")[0] == 0
    assert (b.folder / "cards" / "brand-new" / "card.md").read_text() == TEXT
    code, told = status(b)
    assert (code, "in step" in told) == (0, True)
    # Where it was made its folder can be deleted, which is still asked about.
    shutil.rmtree(a.folder / "cards" / "brand-new")
    code, told = status(a)
    assert code == 1
    assert "content retire CARD" in told


def test_a_card_made_on_another_server_is_written_here_and_ends_nowhere(start):
    a, b = start("a"), start("b")
    a.editor.create(MINA, "brand-new", {"en": TEXT}, a.now)
    (one,) = gone_cards(b.editor.sync, b.store.revisions)  # as if it had been deleted here
    assert one.card == "brand-new"
    assert put_back(b.editor, MINA, "brand-new") == "file"
    assert (b.folder / "cards" / "brand-new" / "card.md").read_text() == TEXT
    for shop in (a, b, start("b")):
        shop.course()
        assert gone_cards(shop.editor.sync, shop.store.revisions) == []
    assert len(a.editor.history(MINA, "brand-new")) == 1
