"""`fit ID`: FSRS's parameters fitted to a learner's own answers, used from now on if better."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime

from engine.commands.database import no_learner, open_database
from engine.commands.errors import Failure
from engine.commands.terminal import tell
from engine.i18n import DEFAULT_LANGUAGE, Message, Translator, say
from engine.scheduling import Fitting, NotEnough, can_fit
from engine.storage import StorageError
from engine.study import fit_learner


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument("id", metavar="ID", help="the learner's id")
    command.add_argument("--dry-run", action="store_true", help="says what would come, no more")
    command.add_argument("--lang", choices=languages, default=DEFAULT_LANGUAGE)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Says what came of it. Exit code 1 where there are too few answers."""
    translate = Translator(given.lang)
    if not can_fit():
        raise Failure(say("Install fsrs-rs-python first: pip install fsrs-rs-python."), code=1)
    try:
        with open_database() as store:
            if not store.learners.exists(given.id):
                raise no_learner(given.id)
            found = fit_learner(store, given.id, datetime.now(UTC), dry_run=given.dry_run)
    except NotEnough as error:
        raise Failure(_too_few(error), code=1) from error
    except StorageError as error:
        raise Failure(error.detail, code=1) from error
    tell(translate(_said(found)))
    tell(", ".join(f"{weight:.4f}" for weight in found.parameters))
    tell(translate(_done(found, dry_run=given.dry_run)))
    return 0


def _too_few(error: NotEnough) -> Message:
    return say(
        "Answers that count: {found} of {needed}. One counts that came on a later day than the "
        "item's one before.",
        found=error.found,
        needed=error.needed,
    )


def _said(found: Fitting) -> Message:
    return say(
        "Answers: {answers}, {held_out} of them held out. On those, log loss {before} → {after}, "
        "RMSE {rmse_before} → {rmse_after}.",
        answers=found.answers,
        held_out=found.held_out,
        before=f"{found.log_loss_before:.4f}",
        after=f"{found.log_loss_after:.4f}",
        rmse_before=f"{found.rmse_before:.4f}",
        rmse_after=f"{found.rmse_after:.4f}",
    )


def _done(found: Fitting, *, dry_run: bool) -> Message:
    if not found.better:
        return say("Not better, so not used.")
    return say("Better; nothing was changed.") if dry_run else say("Better; used from now on.")
