"""`content status | import | export DIR | history CARD`: revisions and files of the course."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from engine import configuration
from engine.authoring import (
    WITHOUT_FOLDER,
    Author,
    EditError,
    NotEmpty,
    SyncState,
    SyncStatus,
    Taking,
    Workshop,
    export,
    force,
    open_workshop,
    rename_card,
    retire_card,
    sync_statuses,
    take_in,
)
from engine.commands.errors import Failure
from engine.commands.lookup import folder_there
from engine.commands.terminal import tell, visible
from engine.content import file_name, in_order, is_id
from engine.course import Change, word_diff
from engine.i18n import DEFAULT_LANGUAGE, Message, Translator, say
from engine.storage import Revision, Revisions, StorageError, open_store

STATES: Mapping[SyncState, Message] = {
    "step": say("in step"),
    "newer": say(
        "newer in the database; the file is behind (“content export” writes it, “content import "
        "--force CARD” takes the file)"
    ),
    "changed": say("the file was changed (“content import” takes it in)"),
    "new": say("only a file (“content import” takes it in)"),
    "waits": say("a file that contradicts the newest revision waits; put them together in the app"),
    "database": say("only in the database (“content export” writes it)"),
    "elsewhere": say(
        "made in the app, and not in this folder (“content export” writes it where it was made on "
        "another server; “content rename OLD NEW” or “content retire CARD” where its folder here "
        "was renamed or deleted)"
    ),
    "gone": say(
        "its folder is gone (“content rename OLD NEW” where it has a new name, “content retire "
        "CARD” where it is over, “content export” writes it where this folder never had it or is "
        "to have it again)"
    ),
    "unreadable": say("the file cannot be read"),
}
TAKINGS: Mapping[Taking, Message] = {
    "began": say("{card}: new, as revision {revision}"),
    "taken": say("{card}: taken in as revision {revision}"),
    "merged": say("{card}: put together with what was saved in the app, as revision {revision}"),
    "waits": say(
        "{card}: contradicts what was saved in the app; kept as revision {revision}, which waits "
        "in the app for somebody to put them together"
    ),
}
#: Inks of a terminal for what is removed and added, and the signs where there are none.
INKS: Mapping[str, tuple[str, str]] = {
    "removed": ("\033[31;9m", "\033[0m"),
    "added": ("\033[32;4m", "\033[0m"),
}
SIGNS: Mapping[str, tuple[str, str]] = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
#: Who is named as the author of what was said on the command line.
BY_COMMAND = Author("command", "command", may_edit=True)
#: Unchanged lines shown on both sides of a change.
AROUND = 2


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's parts and their arguments."""
    parts = command.add_subparsers(required=True, metavar="PART")

    def part(name: str, run: Any, help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = parts.add_parser(name, help=help)
        made.add_argument(
            "--lang", choices=languages, default=DEFAULT_LANGUAGE, help="language of the report"
        )
        made.set_defaults(run=run)
        return made

    part("status", status, "how each card's files and its newest revision stand to one another")
    reading = part("import", import_, "take changed files in as revisions now")
    reading.add_argument(
        "--force",
        nargs="+",
        metavar="CARD",
        default=(),
        help="make these cards' files the newest revisions, even where they are an earlier state",
    )
    writing = part("export", export_, "write every card's newest revision as files")
    writing.add_argument("target", type=Path, metavar="DIR", help="a new or empty folder")
    writing.add_argument(
        "--force", action="store_true", help="write over the files of a folder that is not empty"
    )
    moving = part("rename", rename, "say that a card whose folder is gone goes on under a new id")
    moving.add_argument("card", metavar="OLD")
    moving.add_argument("new", metavar="NEW")
    ending = part("retire", retire, "say that a card whose folder is gone is over")
    ending.add_argument("card", metavar="CARD")
    past = part("history", history, "a card's revisions, newest first")
    past.add_argument("card", metavar="CARD")
    past.add_argument(
        "--diff", type=_number, nargs=2, metavar=("A", "B"), help="what B changed of A, by word"
    )


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:60]!r}: expected the number of a revision")


@contextmanager
def _workshop(given: argparse.Namespace) -> Iterator[Workshop]:
    """The configured database and content folder. Raises Failure where they cannot be used."""
    folder_there(given.content)
    try:
        with open_store(configuration.database_url(), configuration.data_folder()) as store:
            yield open_workshop(given.content, store)
    except StorageError as error:
        raise Failure(error.detail) from error


def status(given: argparse.Namespace) -> int:
    """A line a card; 1 if somebody has to do something."""
    translate = Translator(given.lang)
    with _workshop(given) as workshop:
        found = sync_statuses(workshop.course.sync, workshop.editor.store.revisions)
    width = max((len(standing.card) for standing in found), default=0)
    for standing in found:
        tell(f"{standing.card:<{width}}  {translate(STATES[standing.state])}")
        for problem in standing.problems:
            tell(" " * width + "  " + problem.describe(translate))
    wanting = sum(standing.wanting for standing in found)
    in_step = sum(standing.state == "step" for standing in found)
    tell(
        translate(
            say(
                "Cards: {cards}. In step: {step}. To be looked at: {wanting}.",
                cards=len(found),
                step=in_step,
                wanting=wanting,
            )
        )
    )
    return 1 if wanting else 0


def import_(given: argparse.Namespace) -> int:
    """Takes changed files in and says what; 1 if one could not be, or not for learners."""
    translate = Translator(given.lang)
    with _workshop(given) as workshop:
        sync, checker = workshop.course.sync, workshop.course.checker
        revisions = workshop.editor.store.revisions
        with _bar(len(sync.cards_on_disk())) as bar:

            def each(card: str) -> None:
                bar.set_description(card)
                bar.update()

            now = datetime.now(UTC)
            forced, refused = force(sync, given.force, now, each)
            taken, unreadable = take_in(sync, revisions, now, each)
            taken = [*forced, *taken]
        for one in taken:
            tell(translate(TAKINGS[one.what].id, card=one.card, revision=one.revision))
        problems = [*unreadable]
        workshop.course.refresh()
        for one in taken:
            if not one.sound and one.what != "waits":
                checked = checker.check(one.card, revisions.texts(one.revision))
                problems.extend(() if checked.withdrawn else checked.errors)
    for problem in in_order(problems):
        tell(problem.describe(translate))
    for card in refused:
        tell(translate(say("“{card}” has no file here that can be taken in.", card=card[:80])))
    tell(translate(say("Taken in: {cards}.", cards=len(taken))))
    if any(p not in unreadable for p in problems):
        tell(translate(say("Learners keep seeing the last revision without an error.")))
    return 1 if problems or refused or any(one.what == "waits" for one in taken) else 0


def _bar(total: int) -> tqdm[Any]:
    return tqdm(total=total, unit="card", leave=False, disable=None, file=sys.stderr)


def rename(given: argparse.Namespace) -> int:
    """What learners remember of a card is carried over to the one it was renamed to."""
    with _workshop(given) as workshop, _edit_errors():
        rename_card(workshop.editor, BY_COMMAND, given.card, given.new, datetime.now(UTC))
    label = say(
        "“{old}” goes on as “{new}”; learners keep what they know.", old=given.card, new=given.new
    )
    tell(Translator(given.lang)(label))
    return 0


def retire(given: argparse.Namespace) -> int:
    """A card is over; its history and its learners' records stay."""
    with _workshop(given) as workshop, _edit_errors():
        retire_card(workshop.editor, BY_COMMAND, given.card, datetime.now(UTC))
    label = say("“{card}” is retired; its history and records stay.", card=given.card)
    tell(Translator(given.lang)(label))
    return 0


@contextmanager
def _edit_errors() -> Iterator[None]:
    try:
        yield
    except EditError as error:
        raise Failure(error.message) from None


def export_(given: argparse.Namespace) -> int:
    """Writes all cards below the folder, and says how many."""
    translate = Translator(given.lang)
    target: Path = given.target
    if target.exists() and not target.is_dir():
        raise Failure(say("{path} is a file; name a folder.", path=target))
    with _workshop(given) as workshop:
        revisions = workshop.editor.store.revisions
        heads = revisions.heads()
        if not heads:
            raise Failure(
                say("There is no card in the database yet; “content import” takes the files in."),
                code=1,
            )
        if target.resolve() == given.content.resolve():
            _nothing_lost(sync_statuses(workshop.course.sync, revisions))
        with _bar(len(heads)) as bar:

            def each(card: str) -> None:
                bar.set_description(card)
                bar.update()

            written = _exported(revisions, target, given.force, each)
    tell(
        translate(
            say(
                "Wrote {files} files of {cards} cards to {folder}.",
                files=written,
                cards=len(heads),
                folder=target,
            )
        )
    )
    return 0


def _exported(revisions: Revisions, target: Path, force: bool, each: Any) -> int:
    try:
        return export(revisions, target, force=force, each=each)
    except NotEmpty:
        raise Failure(
            say(
                "{folder} is not empty. Name a new folder, or say --force: cards are written over "
                "the files there, and other files are left alone.",
                folder=target,
            )
        ) from None
    except OSError as error:
        raise Failure(
            say(
                "Cannot write {file}: {why}.",
                file=error.filename or target,
                why=error.strerror or str(error),
            )
        ) from error


def _nothing_lost(found: Sequence[SyncStatus]) -> None:
    """Raises Failure where the content folder holds something that is in no revision yet."""
    wanting = [one.card for one in found if one.wanting and one.state not in WITHOUT_FOLDER]
    if wanting:
        raise Failure(
            say(
                "These cards' files hold something that the database's newest revisions do not: "
                "{cards}. Say “content status”, take them in or put them together, then export.",
                cards=", ".join(wanting[:10]),
            ),
            code=1,
        )


def history(given: argparse.Namespace) -> int:
    """A line a revision, or with --diff what changed between two, by word."""
    translate = Translator(given.lang)
    with _workshop(given) as workshop:
        revisions = workshop.editor.store.revisions
        history = revisions.history(given.card) if is_id(given.card) else []
        if not history:
            raise Failure(say("The database has no card “{card}”.", card=given.card[:80]))
        if given.diff is not None:
            _print_diff(revisions, given.card, history, given.diff, translate)
            return 0
        head = revisions.head(given.card)
    marks = {}
    if head is not None:
        marks = {head.pending: say("waits"), head.sound: say("learners see it")}
    for revision in history:
        mark = marks.get(revision.id)
        parts = [revision.note, f"({translate(mark)})" if mark is not None else ""]
        tell(
            f"#{revision.id:<6} {revision.at:%Y-%m-%d %H:%M} UTC  {revision.origin:<7}  "
            f"{revision.author:<12}  {' '.join(' '.join(parts).split())}".rstrip()
        )
    return 0


def _print_diff(
    revisions: Revisions,
    card: str,
    history: Sequence[Revision],
    wanted: Sequence[int],
    translate: Translator,
) -> None:
    known = {revision.id for revision in history}
    for number in wanted:
        if number not in known:
            raise Failure(
                say("The card “{card}” has no revision {number}.", card=card, number=number)
            )
    before, after = (revisions.texts(number) for number in wanted)
    ink = INKS if sys.stdout.isatty() else SIGNS
    changed = False
    for language in {**before, **after}:
        old, new = before.get(language, ""), after.get(language, "")
        if old != new:
            changed = True
            tell(f"--- {file_name(card, language)} #{wanted[0]} → #{wanted[1]}")
            print("\n".join(diff_lines(word_diff(old, new), ink)))
    if not changed:
        tell(translate(say("The two are the same.")))


def diff_lines(changes: Sequence[Change], ink: Mapping[str, tuple[str, str]]) -> list[str]:
    """The changed lines and some around them; “…” stands for lines left out.

    A change that goes over several lines is marked on each of them.
    """
    lines, touched = [""], set[int]()
    for change in changes:
        begin, end = ink.get(change.kind, ("", ""))
        for number, piece in enumerate(visible(change.text).split("\n")):
            if number:
                lines.append("")
            if change.kind != "same" and (piece or number):
                touched.add(len(lines) - 1)
            lines[-1] += f"{begin}{piece}{end}" if piece else ""
    shown = {n for at in touched for n in range(at - AROUND, at + AROUND + 1)}
    found: list[str] = []
    for number, line in enumerate(lines):
        if number in shown:
            found.append(line)
        elif not found or found[-1] != "…":
            found.append("…")
    return found
