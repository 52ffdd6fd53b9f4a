"""The command line: `python -m engine COMMAND …`, or `simcards COMMAND …` where it is installed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from engine import configuration
from engine.commands.arguments import add_commands
from engine.commands.errors import Failure
from engine.commands.terminal import tell
from engine.i18n import DEFAULT_LANGUAGE, Translator
from engine.threads import one_thread_each


def simcards() -> int:
    """The command `simcards` of an installed package."""
    return main(program="simcards")


def parser(program: str) -> argparse.ArgumentParser:
    """The arguments; each command's `run` takes them and returns the exit code."""
    top = argparse.ArgumentParser(prog=program, description=__doc__)
    top.add_argument(
        "--content",
        type=Path,
        default=configuration.content_folder(),
        help="the content folder (default: %(default)s)",
    )
    add_commands(top)
    return top


def main(arguments: Sequence[str] | None = None, *, program: str = "python -m engine") -> int:
    """Runs a command. Exit code 0: fine; 1: errors were found; 2: the call itself was wrong."""
    try:
        given = parser(program).parse_args(arguments)
        if not getattr(given, "mends_configuration", False):
            configuration.check(course_needed=False)  # those that read it say what is missing
    except configuration.ConfigurationError as error:
        tell(error, to=sys.stderr)
        return 2
    one_thread_each()
    try:
        code = int(given.run(given))
        sys.stdout.flush()
        return code
    except Failure as failure:
        tell(failure.in_words(Translator(getattr(given, "lang", DEFAULT_LANGUAGE))), to=sys.stderr)
        return failure.code
    except BrokenPipeError:
        # Whoever read our output has seen enough. What is left of it goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
