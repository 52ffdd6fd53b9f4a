"""`rebuild [ID …]`: the memories, made again from the log of answers, while the app runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tqdm import tqdm

from engine.commands.database import no_learner, open_database
from engine.commands.errors import Failure
from engine.commands.terminal import tell
from engine.i18n import DEFAULT_LANGUAGE, Message, Translator, say
from engine.scheduling import Memory
from engine.storage import Difference, StorageError, Store

#: Seconds after which a bar says how far it is.
PATIENCE = 1.0


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument("ids", nargs="*", metavar="ID", help="learners (default: all of them)")
    command.add_argument("--dry-run", action="store_true", help="says what differs, no more")
    command.add_argument("--lang", choices=languages, default=DEFAULT_LANGUAGE)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Says every memory that is not what the log says, and makes it so.

    One transaction a learner, so that nobody who answers meanwhile waits for all of them. Exit
    code 1 where a dry run finds something.
    """
    translate = Translator(given.lang)
    try:
        with open_database() as store:
            ids = _wanted(store, given.ids)
            changed = _all(store, ids, dry_run=given.dry_run)
    except StorageError as error:
        raise Failure(error.detail, code=1) from error
    for id, difference in changed:
        tell(translate(_line(id, difference)))
    tell(translate(_summary(len(changed), len(ids), dry_run=given.dry_run)))
    return 1 if changed and given.dry_run else 0


def _wanted(store: Store, named: Sequence[str]) -> list[str]:
    every = store.learners.ids()
    for id in named:
        if id not in every:
            raise no_learner(id)
    return list(dict.fromkeys(named)) or every


def _all(store: Store, ids: Sequence[str], *, dry_run: bool) -> list[tuple[str, Difference]]:
    look = store.memories.differences if dry_run else store.memories.rebuild
    bar = tqdm(ids, unit="learner", delay=PATIENCE, leave=False, disable=None, file=sys.stderr)
    return [(id, difference) for id in bar for difference in look(id)]


def _line(id: str, difference: Difference) -> Message:
    before = say("unreadable") if difference.unreadable else _words(difference.kept)
    return say(
        "{learner} {item}: {before} → {after}",
        learner=id,
        item=difference.item,
        before=before,
        after=_words(difference.logged),
    )


def _words(memory: Memory | None) -> Message:
    if memory is None:
        return say("no memory")
    return say(
        "due {day}, stability {stability}",
        day=f"{memory.due_day:%Y-%m-%d}",
        stability=f"{memory.stability:.6g}",
    )


def _summary(changed: int, learners: int, *, dry_run: bool) -> Message:
    if dry_run:
        return say(
            "Memories that are not what the log says: {count}. Learners: {learners}.",
            count=changed,
            learners=learners,
        )
    return say("Memories changed: {count}. Learners: {learners}.", count=changed, learners=learners)
