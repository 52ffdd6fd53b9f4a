"""`learner`: what an operator does for a learner who cannot do it: codes, signing out, new ids."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime

from engine.commands.database import no_learner, open_database
from engine.commands.errors import Failure
from engine.commands.terminal import tell
from engine.i18n import say
from engine.identity import fresh_code, is_former_id
from engine.storage import StorageError


def add_arguments(command: argparse.ArgumentParser, _languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    actions = command.add_subparsers(required=True, metavar="ACTION")
    code = actions.add_parser(
        "transfer-code", help="prints a code that makes a browser this learner's (Settings)"
    )
    code.add_argument("id", help="the learner's id; “local” is the one of SIMCARDS_LEARNERS=one")
    code.set_defaults(run=_transfer_code)
    out = actions.add_parser("sign-out", help="no browser is this learner's any more")
    out.add_argument("id", help="the learner's id")
    out.set_defaults(run=_sign_out)
    named = actions.add_parser(
        "instructors", help="what SIMCARDS_INSTRUCTORS has to be, where it names ids of before"
    )
    named.set_defaults(run=_instructors, mends_configuration=True)


def _transfer_code(given: argparse.Namespace) -> int:
    code = fresh_code()
    try:
        with open_database() as store:
            until = store.credentials.keep_code(given.id, code, datetime.now(UTC))
    except KeyError:
        raise no_learner(given.id) from None
    except StorageError as error:
        raise Failure(error.detail) from error
    tell(code)
    tell(f"Type it into Settings before {until:%H:%M} UTC. It works once.")
    return 0


def _sign_out(given: argparse.Namespace) -> int:
    try:
        with open_database() as store:
            if not store.learners.exists(given.id):
                raise no_learner(given.id)
            count = store.credentials.sign_out(given.id)
    except StorageError as error:
        raise Failure(error.detail) from error
    tell(f"{count} signed out. “learner transfer-code {given.id}” lets its owner in again.")
    return 0


def _instructors(_given: argparse.Namespace) -> int:
    text = os.environ.get("SIMCARDS_INSTRUCTORS", "")
    named = [name.strip() for name in text.split(",") if name.strip()]
    try:
        with open_database() as store:
            now = [store.credentials.id_now(n) or "?" if is_former_id(n) else n for n in named]
    except StorageError as error:
        raise Failure(error.detail) from error
    if not named or "?" in now:
        raise Failure(
            say(
                "SIMCARDS_INSTRUCTORS names nobody, or an id that this database does not know. "
                "Ask the instructors for the ids that Settings shows them."
            )
        )
    tell(f"SIMCARDS_INSTRUCTORS={','.join(now)}")
    return 0
