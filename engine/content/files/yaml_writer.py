"""YAML written so that our strict reader reads the same values again."""

from __future__ import annotations

import math
from collections.abc import Mapping

import yaml

from engine.content.files.problems import ContentError
from engine.content.files.yaml_reader import read_mapping


def write_mapping(values: Mapping[str, object]) -> str:
    """A line a value, in this order: texts, numbers, and lists of them."""
    return "".join(write_value(key, value) for key, value in values.items())


def write_value(key: str, value: object) -> str:
    """The line “key: value”. YAML 1.1, which the library writes, takes `1e-3` for a word, and we
    do not; such a text gets quotes.
    """
    for style in (None, "'"):
        line = _dump(key, value, style)
        if not isinstance(value, str) or _reads(line, key, value):
            return line
    return _dump(key, value, '"')  # which can hold anything, escaped


def _dump(key: str, value: object, style: str | None) -> str:
    dumped = yaml.dump(
        value,
        Dumper=yaml.SafeDumper,
        default_style=style,
        default_flow_style=True,
        allow_unicode=True,
        width=math.inf,
    )
    return f"{key}: " + dumped.removesuffix("...\n").rstrip("\n") + "\n"


def _reads(line: str, key: str, value: str) -> bool:
    if line.count("\n") > 1:
        return False
    try:
        return read_mapping(line, "")[key].value == value
    except ContentError:
        return False
