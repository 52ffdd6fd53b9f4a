"""What can go wrong with a database, said so that an operator can mend it."""

from __future__ import annotations

from engine.storage.address import VARIABLE, Address
from engine.words import Message, say

#: How long to wait for others who write.
BUSY_SECONDS = 30


class StorageError(Exception):
    """Storage cannot do its work; `message` says what was tried, where, and how to mend it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Unreachable(StorageError):
    """The database does not answer, or its address cannot be used."""


class NewerDatabase(StorageError):
    """The database has a schema that this version does not know."""


class ReadOnly(StorageError):
    """The database can be read only."""


class DiskFull(StorageError):
    """There is no room to write."""


class Busy(StorageError):
    """Somebody else held the database for too long."""


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


def damaged(address: Address, reason: str) -> StorageError:
    return StorageError(
        say(
            "The file {where} is not a Simcards database, or it is damaged ({reason}). Put a "
            "backup in its place, or move it away and start again with an empty one.",
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
