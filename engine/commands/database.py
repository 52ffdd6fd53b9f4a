"""The configured database, for the commands that look after it."""

from __future__ import annotations

from engine import configuration
from engine.commands.errors import Failure
from engine.i18n import say
from engine.storage import Store, open_store


def open_database() -> Store:
    """The store. Raises Failure where the configuration is of no use, StorageError."""
    try:
        return open_store(configuration.database_url(), configuration.data_folder())
    except configuration.ConfigurationError as error:
        raise Failure(error.message) from error


def no_learner(id: str) -> Failure:
    """What is said of an id that nobody has."""
    return Failure(say("There is no learner “{id}” in this database.", id=id[:60]))
