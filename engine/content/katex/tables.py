"""What KaTeX knows: its symbols, functions, macros and environments, as its own tables say.

tables.json is written by tests/cards/katex/tables.mjs from the version that Streamlit ships.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_TOLD = json.loads((Path(__file__).parent / "tables.json").read_text(encoding="utf-8"))


class Takes(NamedTuple):
    """What a function or an environment takes, and where it may stand."""

    type: str
    required: int
    optional: int
    kinds: tuple[str, ...]  # of its arguments, the optional ones first; "" is an ordinary one
    in_argument: bool  # alone, without braces, as in x^\frac12
    in_text: bool
    in_math: bool
    infix: bool
    primitive: bool


def _takes(name: str) -> Mapping[str, Takes]:
    return {
        command: Takes(
            kind,
            required,
            optional,
            tuple(kinds),
            "allowedInArgument" in flags,
            "allowedInText" in flags,
            "notInMath" not in flags,
            "infix" in flags,
            "primitive" in flags,
        )
        for command, (kind, required, optional, kinds, flags) in _TOLD[name].items()
    }


VERSION: str = _TOLD["version"]
#: By mode, "math" or "text": a symbol's name -> its group, such as bin or rel.
SYMBOLS: Mapping[str, Mapping[str, str]] = {"math": _TOLD["math"], "text": _TOLD["text"]}
FUNCTIONS = _takes("functions")
ENVIRONMENTS = _takes("environments")
MACROS: Mapping[str, str] = _TOLD["macros"]
DELIMITERS = frozenset(_TOLD["delimiters"])
IMPLICIT = frozenset(_TOLD["implicit"])
#: Raised and lowered signs of Unicode, such as ² -> 2.
SUBSCRIPTS: Mapping[str, str] = _TOLD["subscripts"]
SUPERSCRIPTS: Mapping[str, str] = _TOLD["superscripts"]
ACCENTS = frozenset(_TOLD["accents"])
#: A letter with an accent -> the letter and the accent.
ACCENTED: Mapping[str, str] = _TOLD["accented"]
UNITS = frozenset(
    ("pt", "mm", "cm", "in", "bp", "pc", "dd", "cc", "nd", "nc", "sp", "px", "ex", "em", "mu")
)

COMMANDS = tuple(
    sorted(
        name
        for name in {*FUNCTIONS, *MACROS, *SYMBOLS["math"], *SYMBOLS["text"]}
        if name[0] == "\\" and name[1:].isalpha()
    )
)
