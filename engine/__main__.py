"""The command line: `python -m engine check | content | draw | grade | simulate | …`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from engine import configuration
from engine.commands import (
    backup,
    check,
    content,
    draw,
    learner,
    replay,
    reproduce,
    restore,
    simulate,
)
from engine.commands.failing import Failure
from engine.commands.terminal import tell
from engine.threads import one_thread_each
from engine.words import LANGUAGES, Translator


def parser() -> argparse.ArgumentParser:
    """The arguments; each command's `run` takes them and returns the exit code."""
    top = argparse.ArgumentParser(prog="python -m engine", description=__doc__)
    top.add_argument(
        "--content",
        type=Path,
        default=configuration.content_folder(),
        help="the content folder (default: %(default)s)",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for command in (
        check,
        content,
        draw,
        simulate,
        replay,
        reproduce,
        learner,
        backup,
        restore,
    ):
        command.add_arguments(commands, sorted(LANGUAGES))
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Exit code 0: fine; 1: errors were found; 2: the call itself was wrong."""
    try:
        given = parser().parse_args(arguments)
        if not getattr(given, "mends_configuration", False):
            configuration.check()
    except configuration.ConfigurationError as error:
        tell(error, to=sys.stderr)
        return 2
    one_thread_each()
    try:
        code = int(given.run(given))
        sys.stdout.flush()
        return code
    except Failure as failure:
        tell(failure.in_words(Translator(getattr(given, "lang", "en"))), to=sys.stderr)
        return failure.code
    except BrokenPipeError:
        # Whoever read our output has seen enough. What is left of it goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
