"""Programs that use a store in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Starts a script (seen from this folder), with pipes to its input and from its output."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH")]
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / program), *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run_together(programs: int, *arguments: str) -> list[str]:
    """What that many of `opening_program.py` say that are let go at the same moment."""
    started = [start("opening_program.py", *arguments) for _ in range(programs)]
    for program in started:
        assert program.stdin is not None
        program.stdin.write("g")
        program.stdin.flush()
    return [program.communicate(timeout=60)[0].strip() for program in started]
