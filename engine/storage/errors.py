"""What can go wrong with a database, said so that an operator can mend it."""

from __future__ import annotations

from engine.i18n import Message, say
from engine.storage.address import VARIABLE, Address

#: How long to wait for others who write, before somebody is told.
BUSY_SECONDS = 5
#: The same at the start, where another process may be bringing the schema up to date.
OPENING_SECONDS = 30


class StorageError(Exception):
    """Storage cannot do its work.

    message: for whoever uses the app; it names no path, user, host or port. detail: for the
    operator, in the log and at the terminal: what was tried, where, and how to mend it.
    """

    message: Message = say(
        "The database cannot do its work just now. Everything saved so far is kept. Whoever runs "
        "Simcards finds the reason in the server's log."
    )

    def __init__(self, detail: Message) -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return str(self.detail)


class Unreachable(StorageError):
    """The database does not answer, or its address cannot be used."""

    message = say(
        "The database does not answer just now. Everything saved so far is kept, and this page "
        "goes on by itself as soon as it answers. Whoever runs Simcards finds the reason in the "
        "server's log."
    )


class NewerDatabase(StorageError):
    """The database has a schema that this version does not know."""

    message = say(
        "The database was made by a newer version of Simcards, so this one leaves it alone. "
        "Whoever runs Simcards has to update it."
    )


class ReadOnly(StorageError):
    """The database can be read only."""

    message = say(
        "The database can only be read just now, so nothing can be saved. Everything saved so far "
        "is kept. Whoever runs Simcards finds the reason in the server's log."
    )


class DiskFull(StorageError):
    """There is no room to write."""

    message = say(
        "The disk that holds the database is full, so this was not saved. Everything saved before "
        "is kept. Whoever runs Simcards has to free some space; then try again."
    )


class Busy(StorageError):
    """Somebody else held the database for too long."""

    message = say(
        "The database was busy for too long, so this was not saved. Try again; everything saved "
        "so far is kept."
    )


class Damaged(StorageError):
    """The file is no database of ours, or it is damaged."""

    message = say(
        "The database is damaged, so nothing can be read or saved. Whoever runs Simcards has to "
        "restore a backup; the server's log says more."
    )


class Removed(StorageError):
    """The database's file was taken away while it was open."""

    message = say(
        "The database was removed while the app was running, so this was not saved. Whoever runs "
        "Simcards has to put it back; then this page goes on by itself."
    )


class Replaced(StorageError):
    """Another file lies where the database was; a store opened anew uses it."""

    message = say(
        "The database was exchanged for another while the app was running, so this was not saved. "
        "The page goes on with the new one by itself."
    )


class LeftOverLog(StorageError):
    """Beside a copy that was put in place lies the write-ahead log of another database."""

    message = say(
        "A copy of the database was put in place beside what is left of another, and the two do "
        "not belong together. Whoever runs Simcards finds in the server's log what to do."
    )


def unusable(shown: str) -> Unreachable:
    return Unreachable(
        say(
            "{variable} is not an address that Simcards can use ({where}). Write it as "
            "postgresql://user:password@host:5432/database, with the characters @ : / ? # of a "
            "password written as %40 %3A %2F %3F %23, or remove it: then everything is kept in "
            "the file data/simcards.db.",
            variable=VARIABLE,
            where=shown,
        )
    )


def unreachable(address: Address, reason: str) -> Unreachable:
    return Unreachable(
        say(
            "The database {where} does not answer ({reason}). Start it, or correct {variable}; "
            "without that variable everything is kept in the file data/simcards.db.",
            where=address.shown,
            reason=reason,
            variable=VARIABLE,
        )
    )


def cannot_open(address: Address, reason: str) -> Unreachable:
    return Unreachable(
        say(
            "The database file {where} cannot be opened ({reason}). Its folder must exist and be "
            "a folder, and the user who runs Simcards must be allowed to write in it.",
            where=address.shown,
            reason=reason,
        )
    )


def read_only(address: Address, reason: str) -> ReadOnly:
    if address.is_file:
        return ReadOnly(
            say(
                "The database file {where} cannot be written ({reason}). Allow the user who runs "
                "Simcards to write to it and to its folder, or move the folder to a disk that is "
                "not read-only.",
                where=address.shown,
                reason=reason,
            )
        )
    return ReadOnly(
        say(
            "The database {where} can only be read ({reason}). Allow its user to write, and "
            "connect to the primary server, not to a copy of it.",
            where=address.shown,
            reason=reason,
        )
    )


def disk_full(address: Address) -> DiskFull:
    return DiskFull(
        say(
            "The disk that holds the database {where} is full, so nothing more can be saved. Free "
            "some space and try again; everything saved so far is kept.",
            where=address.shown,
        )
    )


def busy(address: Address) -> Busy:
    return Busy(
        say(
            "The database {where} was busy for too long. Close other programs that use it, then "
            "try again; everything saved so far is kept.",
            where=address.shown,
        )
    )


def newer_database(address: Address, found: str, known: str) -> NewerDatabase:
    return NewerDatabase(
        say(
            "The database {where} was made by a newer version of Simcards (its schema is {found}; "
            "this version knows {known}). Update Simcards, or use another database by setting "
            "{variable}.",
            where=address.shown,
            found=found,
            known=known,
            variable=VARIABLE,
        )
    )


def damaged(address: Address, reason: str) -> Damaged:
    return Damaged(
        say(
            "The file {where} is not a Simcards database, or it is damaged ({reason}). Stop "
            "Simcards and restore a backup (python -m engine restore FILE), or move it away and "
            "start again with an empty one.",
            where=address.shown,
            reason=reason,
        )
    )


def unreadable(reason: str) -> StorageError:
    return StorageError(
        say(
            "The database holds something that Simcards did not write ({reason}): it may be "
            "damaged. Put a backup in its place.",
            reason=reason,
        )
    )


def other(address: Address, reason: str) -> StorageError:
    return StorageError(
        say(
            "The database {where} failed: {reason}. Try again; if it stays so, look at the "
            "database's own messages.",
            where=address.shown,
            reason=reason,
        )
    )


def removed(address: Address) -> Removed:
    return Removed(
        say(
            "The database file {where} was removed while Simcards was running. Put it back, or "
            "restore a backup (python -m engine restore FILE). To begin with an empty one, start "
            "Simcards again.",
            where=address.shown,
        )
    )


def replaced(address: Address) -> Replaced:
    return Replaced(
        say(
            "The database file {where} is another than the one that was opened. Nothing more is "
            "written to the old one; the new one is opened at the next click.",
            where=address.shown,
        )
    )


def left_over_log(address: Address) -> LeftOverLog:
    return LeftOverLog(
        say(
            "The database file {where} is a copy in one piece, but {where}-wal beside it holds "
            "what was written to another database, and would hide the copy. Stop Simcards. To use "
            "the copy, move {where}-wal and {where}-shm away (python -m engine restore FILE does "
            "all this); to use the other database, put its own file back.",
            where=address.shown,
        )
    )
