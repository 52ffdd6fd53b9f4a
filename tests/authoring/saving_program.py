"""A program whose children save one card together without end, and are killed at random moments.

    saving_program.py CONTENT DATA URL SAVES SEED

Prints what was acknowledged to them, a line each (`REVISION WHO NUMBER`), until that many saves
were, and at the end how many children were killed. SEED "" kills nobody.
"""

from __future__ import annotations

import os
import random
import re
import select
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from engine.authoring import Author, Conflict, Editor, Saved, open_workshop
from engine.storage import migrating, open_store  # noqa: F401  (imported here for the children)

CARD = "xavier-normal"
WRITERS = ("mina", "jun", "ara")
BEGUN = datetime(2026, 3, 2, tzinfo=UTC)


def with_number(text: str, who: str, number: int) -> str:
    """The text with a writer's own line changed."""
    return re.sub(rf"^{who}: \d+$", f"{who}: {number}", text, flags=re.MULTILINE)


def number_in(text: str, who: str) -> int:
    found = re.search(rf"^{who}: (\d+)$", text, re.MULTILINE)
    return int(found[1]) if found else -1


def save_once(editor: Editor, who: Author, now: datetime) -> tuple[int, int]:
    """Counts a writer's line up, whatever others save meanwhile. -> (revision, number)"""
    opened = editor.open(who, CARD)
    assert opened.base is not None
    base, number = opened.base.id, number_in(opened.texts["en"], who.id) + 1
    texts = {**opened.texts, "en": with_number(opened.texts["en"], who.id, number)}
    while True:
        result = editor.save(who, CARD, base, texts, now, renames={})
        if isinstance(result, Saved):
            return result.revision.id, number
        assert isinstance(result, Conflict), result
        assert result.texts is not None, "their lines are apart"
        base, texts = result.newest.id, result.texts


def save_for_ever(content: str, data: str, url: str, who: str, acknowledge: int) -> None:
    """Saves, and looks at the folder meanwhile as the sessions of a server do."""
    workshop = open_workshop(Path(content), open_store(url or None, data))
    author, now = Author(who, who, may_edit=True), BEGUN
    workshop.study.course(now)

    def look() -> None:
        seen = BEGUN
        while True:
            seen += timedelta(seconds=5)
            workshop.study.course(seen)
            time.sleep(0.01)

    Thread(target=look, daemon=True).start()
    while True:
        revision, number = save_once(workshop.editor, author, now)
        os.write(acknowledge, f"{revision} {who} {number}\n".encode())


def start(content: str, data: str, url: str, who: str, acknowledge: int) -> int:
    child = os.fork()
    if child == 0:
        try:
            save_for_ever(content, data, url, who, acknowledge)
        except BaseException as error:
            os.write(acknowledge, f"failed {error!r}\n".encode())
        os._exit(1)
    return child


def kill(child: int) -> bool:
    """-> whether it was alive until then"""
    os.kill(child, signal.SIGKILL)
    return os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def main(content: str, data: str, url: str, saves: str, seed: str) -> None:
    heard, acknowledge = os.pipe()
    os.set_blocking(heard, False)
    chance, killed, said = random.Random(seed), 0, ""
    children = {who: start(content, data, url, who, acknowledge) for who in WRITERS}
    wanted, due = int(saves), 1
    while said.count("\n") < wanted and "failed" not in said:
        assert select.select([heard], [], [], 60)[0], "nobody has saved for a minute"
        said += os.read(heard, 65536).decode()
        if seed and said.count("\n") >= due:
            due = said.count("\n") + chance.randint(1, 4)
            time.sleep(chance.uniform(0, 0.03))
            who = chance.choice(WRITERS)
            killed += kill(children[who])
            children[who] = start(content, data, url, who, acknowledge)
    for child in children.values():
        kill(child)
    while select.select([heard], [], [], 0)[0]:
        said += os.read(heard, 65536).decode()
    print(said + f"killed {killed}")


main(*sys.argv[1:])
