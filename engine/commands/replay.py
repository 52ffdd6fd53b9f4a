"""`replay REVIEWS.csv`: what FSRS makes of a list of reviews, by study days."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tqdm import tqdm

from engine import scheduling
from engine.commands.errors import Failure
from engine.content import ContentError
from engine.i18n import DEFAULT_LANGUAGE, Message, Translator, say, say_count


def add_arguments(command: argparse.ArgumentParser, _languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument(
        "reviews", type=Path, help="CSV with the columns card_id,review_time,review_rating"
    )
    command.add_argument("--timezone", default="UTC", help="the learner's (default: UTC)")
    command.add_argument("--rollover", type=int, default=4, help="hour a study day begins at")
    command.add_argument("--out", type=Path, help="file to write (default: standard output)")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Writes a row for every review, in time order; nothing is written if a row cannot be read."""
    with ExitStack() as opened:
        try:
            source = opened.enter_context(given.reviews.open(encoding="utf-8-sig", newline=""))
        except OSError as error:
            raise Failure(
                say("Cannot read {file}: {why}.", file=given.reviews, why=error.strerror)
            ) from error
        bar = opened.enter_context(tqdm(unit="review", leave=False, disable=None, file=sys.stderr))

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        passed_over: list[int] = []
        # Collected first, so that a bad row leaves an older output file as it was.
        target = io.StringIO(newline="")
        try:
            scheduling.replay_file(
                source,
                target,
                given.timezone,
                given.rollover,
                progress,
                passed=passed_over.append,
            )
        except ContentError as error:
            raise Failure(*error.problems, code=1) from error
        except scheduling.SettingError as error:
            raise Failure(error.message) from error
    _write(given.out, target.getvalue())
    for count in passed_over:
        print(Translator(DEFAULT_LANGUAGE)(_passed(count)), file=sys.stderr)
    return 0


def _passed(count: int) -> Message:
    return say_count(
        "Passed over {count} row with rating 0: Anki writes it for a card rescheduled by hand.",
        "Passed over {count} rows with rating 0: Anki writes them for cards rescheduled by hand.",
        count,
    )


def _write(out: Path | None, text: str) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Failure(say("Cannot write {file}: {why}.", file=out, why=error.strerror)) from error
