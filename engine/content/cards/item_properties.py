"""When an item is asked, which step explains it, and what it must not be asked beside.

A question says so in its ```question block, a flashcard in a ```flashcard block below its heading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from engine.content.cards.model import ItemLevel
from engine.content.cards.sheet import ItemHead, Sheet
from engine.content.files.problems import Diagnostics, clip, did_you_mean
from engine.content.files.yaml_reader import Node
from engine.i18n import Message, say

LEVELS: tuple[ItemLevel, ...] = get_args(ItemLevel)
KEYS = ("level", "step", "apart")
#: So many items of a card are core where nothing else is written.
MOST_CORE = 4


@dataclass(frozen=True, slots=True)
class ItemProperties:
    """What is written of an item, or follows where nothing is."""

    level: ItemLevel = "more"
    step: int = 1
    apart: frozenset[str] = frozenset()


def read_item_properties(
    sheet: Sheet, in_lesson: Collection[str], diagnostics: Diagnostics
) -> Mapping[str, ItemProperties]:
    """The properties of each item of card.md. `apart` goes both ways.

    in_lesson: the kinds of question whose first ones are core; flashcards are too.
    """
    wholes = {id: head for id, head in sheet.items.items() if head.part_of is None}
    usual = _usually_core(wholes.values(), in_lesson)
    found: dict[str, ItemProperties] = {}
    for id, head in wholes.items():
        logic = head.logic or {}
        if head.kind == "Flashcard":
            _only_known(logic, diagnostics)
        found[id] = ItemProperties(
            _level(logic, "core" if id in usual else "more", diagnostics),
            _step(logic, len(sheet.steps), diagnostics),
            _apart(id, logic, sheet, diagnostics),
        )
    found = {id: found[head.part_of or id] for id, head in sheet.items.items()}
    return {id: replace(mine, apart=_both_ways(id, found)) for id, mine in found.items()}


def _usually_core(heads: Iterable[ItemHead], in_lesson: Collection[str]) -> set[str]:
    first = [head.id for head in heads if head.kind == "Flashcard" or _kind(head) in in_lesson]
    return set(first[:MOST_CORE])


def _kind(head: ItemHead) -> object:
    node = (head.logic or {}).get("kind")
    return None if node is None else node.value


def _only_known(logic: Mapping[str, Node], diagnostics: Diagnostics) -> None:
    for key, node in logic.items():
        if key not in KEYS:
            diagnostics.error(
                node.line,
                "unknown-property",
                say("the property “{key}” of a flashcard", key=clip(key)),
                say("only {names}", names=", ".join(KEYS)),
                did_you_mean(key, KEYS, say("Delete the line.")),
            )


def _level(logic: Mapping[str, Node], usual: ItemLevel, diagnostics: Diagnostics) -> ItemLevel:
    node = logic.get("level")
    if node is None:
        return usual
    for level in LEVELS:
        if node.value == level:
            return level
    expected = say("one of {names}", names=", ".join(LEVELS))
    mend = say("Write “level: core” for an item of the lesson, or delete the line.")
    _wrong(diagnostics, "bad-level", "level", node, expected, mend)
    return usual


def _step(logic: Mapping[str, Node], steps: int, diagnostics: Diagnostics) -> int:
    node = logic.get("step")
    if node is None:
        return 1
    if type(node.value) is int and 1 <= node.value <= steps:
        return node.value
    expected = (
        say("a number from 1 to {steps}, as the text has so many steps", steps=steps)
        if steps > 1
        else say("step 1, as the text has one step only")
    )
    mend = say("Write the number of the step that explains the item, or delete the line.")
    _wrong(diagnostics, "unknown-step", "step", node, expected, mend)
    return 1


def _apart(
    id: str, logic: Mapping[str, Node], sheet: Sheet, diagnostics: Diagnostics
) -> frozenset[str]:
    node = logic.get("apart")
    if node is None:
        return frozenset()
    others = [name for name, head in sheet.items.items() if id not in (name, head.part_of)]
    if not isinstance(node.value, tuple):
        expected = say("a list of ids of this card, such as [first, second]")
        mend = say("Write “{key}: [first, second]” with square brackets and commas.", key="apart")
        _wrong(diagnostics, "unknown-apart", "apart", node, expected, mend)
        return frozenset()
    for entry in node.value:
        if entry.value not in others:
            expected = say("the id of another item of this card")
            mend = did_you_mean(
                str(entry.value), others, say("Write one of the ids, or delete it.")
            )
            _wrong(diagnostics, "unknown-apart", "apart", entry, expected, mend)
    named = {str(entry.value) for entry in node.value} & set(others)
    return frozenset(other for other in others if {other, sheet.items[other].part_of} & named)


def _both_ways(id: str, found: Mapping[str, ItemProperties]) -> frozenset[str]:
    return found[id].apart | {other for other, theirs in found.items() if id in theirs.apart}


def _wrong(
    diagnostics: Diagnostics, code: str, key: str, node: Node, expected: Message, mend: Message
) -> None:
    found = say("“{key}: {value}”", key=key, value=clip(node.plain()))
    diagnostics.error(node.line, code, found, expected, mend)
