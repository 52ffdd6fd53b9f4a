"""How long the command line's help takes: as long as reading a card's imports, not as its work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from tests.bench.row import Row, medians
from tests.bench.serving import ROOT

#: Takes turns with what it is measured against, so that a busy machine hits both alike.
ROUNDS = 9


def help_() -> list[Row]:
    """A process that prints `--help` against one that imports the reader of cards and ends."""
    listed, imported = medians(_python("-m", "engine", "--help"), _bare(), rounds=ROUNDS)
    return [
        Row(
            "python -m engine --help",
            "import engine.content",
            listed * 1e3,
            imported * 1e3,
            "ms",
            3,
        )
    ]


def _bare() -> Callable[[], object]:
    return _python("-c", "import engine.content")


def _python(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
