"""The files that pip reads, from pyproject.toml, which alone names what the project needs.

`make constraints` runs this, then has the exact versions found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FROM = "Written by `make constraints` from pyproject.toml."


def project(root: Path = ROOT) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def files(told: Mapping[str, Any]) -> dict[str, str]:
    """Every requirements file with its text."""
    app, tests = told["project"]["dependencies"], told["dependency-groups"]["dev"]
    return {
        "requirements.txt": _text("What the app needs to run. Python 3.11 to 3.13.", app),
        "requirements-dev.txt": _text(
            "What the tests and the checks need as well.", ["-r requirements.txt", *tests]
        ),
    }


def _text(what: str, lines: Sequence[str]) -> str:
    return "\n".join([f"# {what} {FROM}", *lines, ""])


if __name__ == "__main__":
    for name, text in files(project()).items():
        (ROOT / name).write_text(text, encoding="utf-8")
