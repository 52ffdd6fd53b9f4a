"""`backup FILE`: a copy of the database, made while the app runs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine import configuration
from engine.commands.errors import Failure
from engine.commands.terminal import tell
from engine.i18n import DEFAULT_LANGUAGE, Translator, say
from engine.storage import OntoItself, StorageError, back_up, checked_address


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument("file", type=Path, help="the file to write")
    command.add_argument("--force", action="store_true", help="even if the file is there")
    command.add_argument("--lang", choices=languages, default=DEFAULT_LANGUAGE)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Writes the copy. What the app acknowledged before is in it."""
    try:
        address = checked_address(configuration.database_url(), configuration.data_folder())
        if not address.is_file or address.file is None:
            raise Failure(
                say(
                    "The database is on a PostgreSQL server, which has its own command: pg_dump "
                    "--format=custom --file={file} ADDRESS, with the address of "
                    "SIMCARDS_DATABASE_URL. It can run while the app does.",
                    file=given.file,
                )
            )
        if given.file.exists() and not given.force:
            raise Failure(
                say(
                    "{file} is there already. Name another file, or add --force to write over it.",
                    file=given.file,
                )
            )
        back_up(address, given.file)
    except OntoItself as error:
        raise Failure(
            say(
                "{file} is the database itself, or belongs to it. Name another file, on another "
                "disk at best.",
                file=given.file,
            )
        ) from error
    except StorageError as error:
        raise Failure(error.detail, code=1) from error
    tell(Translator(given.lang)(say("Copied to {file}.", file=given.file)))
    return 0
