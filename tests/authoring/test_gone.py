"""A card's folder that is renamed or deleted: noticed, said, asked about; nothing is forgotten."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import text

from engine.__main__ import main
from engine.authoring.gone import gone_cards, put_back, rename_card, retire_card
from engine.authoring.sync_status import sync_statuses
from tests.authoring.conftest import CARD, MINA, NOW, TEXT

NEW = "xavier-again"


def state(shop, card=CARD):
    found = {one.card: one for one in sync_statuses(shop.editor.sync, shop.store.revisions)}
    return found[card].state


def asked(shop):
    return gone_cards(shop.editor.sync, shop.store.revisions)


def rename(shop):
    cards = shop.folder / "cards"
    (cards / CARD).rename(cards / NEW)
    shop.course()


def remember(shop, *items):
    """What an answer leaves of each item."""
    shop.store.learners.ensure("ara", NOW)
    with shop.store.database.engine.begin() as connection:
        for item in items:
            connection.execute(
                text(
                    "INSERT INTO memory VALUES ('ara', :item, 'review', NULL, 12.5, 5, "
                    "'2026-03-01', '2026-03-01T09:00:00.000000Z', '2026-03-09', "
                    "'2026-03-09T09:00:00.000000Z', 1)"
                ),
                {"item": item},
            )


def remembered(shop):
    with shop.store.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT item, stability FROM memory ORDER BY item"))
        return {row.item: row.stability for row in rows}


def test_a_renamed_folder_is_asked_about_and_the_likely_card_is_named(shop):
    rename(shop)
    (one,) = asked(shop)
    assert (one.card, one.likely[0]) == (CARD, NEW)
    assert state(shop) == "gone"
    assert CARD in shop.course().cards  # until somebody says what became of it


def test_a_renamed_card_keeps_what_learners_know(shop):
    remember(shop, f"{CARD}/balance", f"{CARD}/sigma")
    rename(shop)
    rename_card(shop.editor, MINA, CARD, NEW, shop.now)
    assert remembered(shop)[f"{NEW}/balance"] == remembered(shop)[f"{NEW}/sigma"] == 12.5
    assert asked(shop) == []
    assert state(shop) == "database"
    cards = shop.course().cards
    assert NEW in cards
    assert CARD not in cards
    assert not (shop.folder / "cards" / CARD).exists()


def test_a_deleted_card_is_retired_when_somebody_says_so(shop):
    shutil.rmtree(shop.folder / "cards" / CARD)
    shop.course()
    assert state(shop) == "gone"
    retire_card(shop.editor, MINA, CARD, shop.now)
    assert asked(shop) == []
    assert CARD not in shop.course().cards
    assert len(shop.editor.history(MINA, CARD)) == 2


def test_a_mistake_is_put_back(shop):
    shutil.rmtree(shop.folder / "cards" / CARD)
    assert put_back(shop.editor, MINA, CARD) == "file"
    assert shop.file() == TEXT
    assert state(shop) == "step"


@pytest.mark.parametrize("left", ["nothing", "cards"])
def test_a_folder_that_is_not_mounted_is_not_a_deletion(shop, left):
    shutil.rmtree(shop.folder / "cards")
    if left == "cards":
        (shop.folder / "cards").mkdir()
    assert asked(shop) == []
    assert CARD in shop.course().cards


def test_a_card_that_never_reached_the_folder_is_not_gone(shop, monkeypatch):
    write, shop.editor.sync.write = shop.editor.sync.write, lambda *_: "unwritable"
    shop.editor.create(MINA, "only-here", {"en": TEXT}, shop.now)
    shop.editor.sync.write = write
    assert asked(shop) == []
    assert state(shop, "only-here") == "database"


def test_the_command_line_says_it_and_takes_the_answer(shop, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("SIMCARDS_DATABASE_URL", raising=False)
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path / "data"))
    rename(shop)

    def run(*arguments):
        return main(["--content", str(shop.folder), "content", *arguments])

    assert run("status") == 1
    assert "its folder is gone" in capsys.readouterr().out
    assert run("rename", CARD, "nowhere") != 0
    assert run("rename", CARD, NEW) == 0
    assert run("status") == 0
    assert run("retire", "nowhere") != 0
