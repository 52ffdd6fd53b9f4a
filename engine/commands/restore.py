"""`restore FILE`: puts a copy that `backup` made in the place of the database."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from engine import configuration
from engine.commands.errors import Failure
from engine.commands.terminal import tell
from engine.i18n import DEFAULT_LANGUAGE, Translator, say
from engine.storage import InUse, StorageError, checked_address, restore


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument("file", type=Path, help="the copy")
    command.add_argument("--lang", choices=languages, default=DEFAULT_LANGUAGE)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Checks the copy, keeps the database that is there under another name, and replaces it."""
    try:
        address = checked_address(configuration.database_url(), configuration.data_folder())
        if not address.is_file or address.file is None:
            raise Failure(
                say(
                    "The database is on a PostgreSQL server, which has its own command: stop the "
                    "app, then pg_restore --clean --if-exists --dbname=ADDRESS {file}, with the "
                    "address of SIMCARDS_DATABASE_URL.",
                    file=given.file,
                )
            )
        aside = restore(address, given.file, datetime.now(UTC))
    except InUse as error:
        raise Failure(
            say(
                "The database {where} is in use. Stop the app, and every other program that has "
                "it open, then restore again. Nothing was changed.",
                where=address.shown,
            ),
            code=1,
        ) from error
    except StorageError as error:
        raise Failure(error.detail, code=1) from error
    translate = Translator(given.lang)
    tell(translate(say("Restored {file}.", file=given.file)))
    if aside is not None:
        tell(translate(say("What was there before is kept as {aside}.", aside=aside)))
    return 0
