"""Small changes to a card's front matter that leave every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from engine.content import ContentError, Node, Status, read_mapping, write_mapping, write_value

_FRONT = re.compile(r"\A(---[ \t]*\n)(.*?\n)(---[ \t]*(?:\n|\Z))", re.DOTALL)


def with_status(text: str, status: Status) -> str:
    """The card's text with this status; a text without front matter stays as it is."""
    return with_property(text, "status", status)


def with_property(text: str, key: str, value: str | int) -> str:
    """The card's text with this property; comments, order and all other values stay.

    A text without front matter, or with one that is no YAML, stays as it is.
    """
    found = _FRONT.match(text)
    if found is None:
        return text
    head, front, end = found.groups()
    before = _read(front)
    if before is None:
        return text
    changed = _replaced(front, key, value)
    after = _read(changed)
    wanted = {name: node.plain() for name, node in before.items()} | {key: value}
    if after is None or {name: node.plain() for name, node in after.items()} != wanted:
        changed = write_mapping(wanted)  # as where all of it stands in braces
    return head + changed + end + text[found.end() :]


def title_of(text: str) -> str | None:
    """The title in a card's front matter; None where it cannot be read."""
    found = _FRONT.match(text)
    front = _read(found[2]) if found is not None else None
    title = front.get("title") if front is not None else None
    return title.value if title is not None and isinstance(title.value, str) else None


def _read(front: str) -> Mapping[str, Node] | None:
    try:
        return read_mapping(front, "")
    except ContentError:
        return None


def _replaced(front: str, key: str, value: str | int) -> str:
    """The lines with the value in place of the old one, or at the end."""
    line = write_value(key, value)
    root = yaml.compose(front, Loader=yaml.SafeLoader)
    for name, old in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == key:
            start, end = old.start_mark.index, old.end_mark.index
            new = line.partition(":")[2].strip()
            before = front[:start].rstrip(" ") + " "
            ended = "\n" if front[start:end].endswith("\n") else ""
            return before + new + ended + front[end:]
    return front + line
