"""Servers that save and take in at once, and are killed meanwhile: nothing acknowledged is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from engine.authoring import Saved, open_workshop
from engine.course import texts_digest
from engine.storage import Store, open_store
from tests.authoring.conftest import CARD, JUN, KOREAN, MINA, NOW, TEXT, Shop
from tests.storage.conftest import database, postgresql  # noqa: F401
from tests.storage.programs import start

#: Three lines apart from one another, one for each writer of saving_program.py.
BEGUN = TEXT.replace(
    "Keep the variance.", "mina: 0\n\nKeep the variance.\n\njun: 0\n\nIn both.\n\nara: 0"
)


def acknowledged(folder: Path, data: Path, url: str | None, saves: int, seed: str) -> list[str]:
    arguments = (str(folder), str(data), url or "", str(saves), seed)
    program = start("../authoring/saving_program.py", *arguments)
    said = program.communicate(timeout=240)[0].splitlines()
    assert program.returncode == 0
    assert not [line for line in said if line.startswith("failed")], said
    killed = int(said.pop().removeprefix("killed "))
    assert (killed > 10) == bool(seed)
    assert len(said) >= saves
    return said


def nothing_lost(store: Store, folder: Path, said: list[str]) -> None:
    newest = store.revisions.head(CARD).newest
    texts = store.revisions.texts(newest)
    history = {revision.id: revision for revision in store.revisions.history(CARD)}
    last: dict[str, int] = {}
    for line in said:
        revision, who, number = line.split()
        assert f"{who}: {number}\n" in store.revisions.texts(int(revision))["en"]
        assert history[int(revision)].author == who
        assert int(number) > last.get(who, 0)
        last[who] = int(number)
    for who, number in last.items():
        (found,) = [row for row in texts["en"].splitlines() if row.startswith(f"{who}: ")]
        assert int(found.removeprefix(f"{who}: ")) >= number
    for revision in history.values():  # each was made from the one before it
        assert texts_digest(CARD, store.revisions.texts(revision.id)) == revision.digest
    assert (folder / "cards" / CARD / "card.md").read_text(encoding="utf-8").count("mina: ") == 1


@pytest.mark.parametrize("seed", ["20260302", ""], ids=["killed", "left alone"])
def test_every_acknowledged_save_is_there(
    folder: Path,
    tmp_path: Path,
    database: str | None,  # noqa: F811
    seed: str,
) -> None:
    (folder / "cards" / CARD / "card.md").write_text(BEGUN, encoding="utf-8")
    data = tmp_path / "data"
    with open_store(database, data) as store:
        open_workshop(folder, store).study.course(NOW)
        said = acknowledged(folder, data, database, 60, seed)
        nothing_lost(store, folder, said)
        # A server that starts now, on what the others left behind, is in step again.
        shop = Shop(folder, store, open_workshop(folder, store))
        shop.course()
        assert shop.editor.settle(MINA, CARD) is None
        before = shop.editor.open(MINA, CARD).texts["en"]
        shop.save(before.replace("Keep the variance.", "Keep it."))
        assert "Keep it." in shop.course().cards[CARD].prose["en"]


def test_threads_of_two_servers_that_save_and_take_in_lose_nothing(open_shop) -> None:
    """Two instructors each on a card of their own, a text editor on a third."""
    shops = [open_shop(), open_shop()]
    cards, saves = ("by-mina", "by-jun"), 12
    failed: list[BaseException] = []

    def save(shop: Shop, who, card: str) -> None:
        try:
            base = None
            for number in range(saves):
                text = TEXT.replace("Keep the variance.", f"Number {number}.")
                texts = {"en": text, "ko": KOREAN}
                result = shop.editor.save(who, card, base, texts, NOW, renames={})
                assert isinstance(result, Saved), result
                base = result.revision.id
        except BaseException as error:
            failed.append(error)

    def edit(shop: Shop) -> None:
        try:
            for number in range(saves):
                shop.edit_file(TEXT.replace("Keep the variance.", f"Edited {number}."))
                now = NOW + timedelta(days=1, seconds=5 * number)
                shop.workshop.study.course(now)
        except BaseException as error:
            failed.append(error)

    threads = [
        Thread(target=save, args=(shops[0], MINA, cards[0])),
        Thread(target=save, args=(shops[1], JUN, cards[1])),
        Thread(target=edit, args=(shops[0],)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    for card in cards:
        told = [r.origin for r in shops[0].editor.history(MINA, card)]
        assert told.count("app") == saves
        for shop in shops:
            shop.now += timedelta(days=2)
            assert f"Number {saves - 1}." in shop.course().cards[card].prose["en"]
    texts = [shops[0].editor.texts(MINA, r.id)["en"] for r in shops[1].editor.history(MINA, CARD)]
    assert f"Edited {saves - 1}." in texts[0]
