"""The properties at the top of card.md, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from engine.content.cards.model import Status, Trial
from engine.content.cards.pictures import TRY
from engine.content.cards.try_property import read_pictures, read_trial
from engine.content.files.problems import Diagnostics, clip, did_you_mean, is_id
from engine.content.files.yaml_reader import Node
from engine.i18n import Message, say

KEYS = ("title", "unit", "requires", "sources", "status", "chart", "try", "pictures", "position")
STATUSES: tuple[Status, ...] = get_args(Status)
FURTHEST = 1_000_000
_TOP = 2  # the line below the first `---`


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The properties; where one is missing or wrong it is empty and a problem says so.

    `lines` gives the line of a property, and of `requires/<id>`, `sources/<id>`, `pictures/<name>`.
    """

    title: str
    unit: str
    requires: tuple[str, ...]
    sources: tuple[str, ...]
    status: Status
    lead: str | None
    trial: Trial | None
    lines: Mapping[str, int]
    position: int = 0
    pictures: Mapping[str, Trial] = field(default_factory=dict)

    @property
    def placeable(self) -> tuple[str, ...]:
        """The names of the pictures that the text may place, also of those written wrongly."""
        written = (name.partition("/") for name in self.lines)
        named = [name for key, _, name in written if key == "pictures" and name]
        return (*named, *((TRY,) if TRY in self.lines else ()))


#: Where there are no properties to be read.
NOTHING = FrontMatter("", "", (), (), "draft", None, None, {})


def read_front_matter(front: Mapping[str, Node], diagnostics: Diagnostics) -> FrontMatter:
    """The properties of card.md."""
    check_keys(front, KEYS, diagnostics)
    lines = {key: node.line for key, node in front.items()}
    pictures = front["pictures"].value if "pictures" in front else None
    if isinstance(pictures, Mapping):
        lines |= {f"pictures/{name}": node.line for name, node in pictures.items()}
    return FrontMatter(
        read_title(front, diagnostics),
        _unit(front, diagnostics),
        _ids(front, "requires", lines, diagnostics),
        _ids(front, "sources", lines, diagnostics),
        _status(front, diagnostics),
        _lead(front, diagnostics),
        read_trial(front["try"], diagnostics) if "try" in front else None,
        lines,
        _position(front, diagnostics),
        read_pictures(front["pictures"], diagnostics) if "pictures" in front else {},
    )


def check_keys(
    front: Mapping[str, Node], allowed: tuple[str, ...], diagnostics: Diagnostics
) -> None:
    """Says which properties are not known."""
    for key, node in front.items():
        if key not in allowed:
            diagnostics.error(
                node.line,
                "unknown-property",
                say("the property “{key}”", key=clip(key)),
                say("only {names}", names=", ".join(allowed)),
                did_you_mean(key, allowed, say("Delete the line.")),
            )


def read_title(front: Mapping[str, Node], diagnostics: Diagnostics) -> str:
    """The title, which translations have too."""
    node = front.get("title")
    if node is not None and isinstance(node.value, str) and node.value.strip():
        return " ".join(node.value.split())
    _wrong(
        diagnostics,
        node,
        "title",
        say("the concept's name in words"),
        say('Write “title: …”; put a title that is a number in quotes: "…".'),
    )
    return ""


def _unit(front: Mapping[str, Node], diagnostics: Diagnostics) -> str:
    node = front.get("unit")
    if node is not None and isinstance(node.value, str) and is_id(node.value):
        return node.value
    _wrong(
        diagnostics,
        node,
        "unit",
        say("the id of a unit of course.toml"),
        say("Write “unit: …” with one of the ids in course.toml."),
    )
    return ""


def _status(front: Mapping[str, Node], diagnostics: Diagnostics) -> Status:
    node = front.get("status")
    if node is not None and node.value in STATUSES:
        return node.value
    _wrong(
        diagnostics,
        node,
        "status",
        say("one of {names}", names=", ".join(STATUSES)),
        say("Write “status: ready” when learners should see the card, “status: draft” until then."),
    )
    return "draft"


def _lead(front: Mapping[str, Node], diagnostics: Diagnostics) -> str | None:
    node = front.get("chart")
    if node is None:
        return None
    if isinstance(node.value, str) and is_id(node.value):
        return node.value
    _wrong(
        diagnostics,
        node,
        "chart",
        say("the id of one of the card's questions"),
        say("Write the id from “## Question: …”, or delete the line."),
    )
    return None


def _position(front: Mapping[str, Node], diagnostics: Diagnostics) -> int:
    node = front.get("position")
    if node is None:
        return 0
    if type(node.value) is int and abs(node.value) <= FURTHEST:
        return node.value
    _wrong(
        diagnostics,
        node,
        "position",
        say("a whole number; cards with a larger one come later in their unit"),
        say("Write “position: 1”, or delete the line."),
    )
    return 0


def _ids(
    front: Mapping[str, Node], key: str, lines: dict[str, int], diagnostics: Diagnostics
) -> tuple[str, ...]:
    node = front.get(key)
    if node is None or node.value is None:
        return ()
    if isinstance(node.value, tuple) and all(is_id(entry.value) for entry in node.value):
        ids = [str(entry.value) for entry in node.value]
        for entry in node.value:
            lines.setdefault(f"{key}/{entry.value}", entry.line)
        return tuple(dict.fromkeys(ids))
    _wrong(
        diagnostics,
        node,
        key,
        say("a list of ids, such as [first, second]"),
        say("Write “{key}: [first, second]” with square brackets and commas.", key=key),
    )
    return ()


def _wrong(
    diagnostics: Diagnostics, node: Node | None, key: str, expected: Message, mend: Message
) -> None:
    if node is None:
        found = say("no “{key}”", key=key)
        diagnostics.error(_TOP, "missing-property", found, expected, mend)
    else:
        found = say("“{key}: {value}”", key=key, value=clip(node.plain()))
        diagnostics.error(node.line, "bad-property", found, expected, mend)
