"""One file of a card as named pieces of text: what English and its translations have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from engine.content.cards.cloze import Gap, back, doubts, find_gaps, front, numbers, opened
from engine.content.cards.markdown import split
from engine.content.cards.outline import FENCES, Outline, OutlineItem, Passage, Section
from engine.content.cards.pictures import captions_only
from engine.content.files.problems import ContentError, Diagnostics, as_id, clip, is_id, nearest
from engine.content.files.yaml_reader import Node, read_mapping
from engine.i18n import Message, say

ItemKind = Literal["Flashcard", "Question"]
ITEM_KINDS: tuple[ItemKind, ...] = ("Flashcard", "Question")
SECTIONS = {
    "Hint": "hint",
    "Explanation": "explanation",
    "Chart description": "chart-description",
    "Unit": "unit",
    "Axis": "axis",
    "Claim": "claim",
}
OPTION = "Option"


class Slot(NamedTuple):
    """The name of a text: the item it belongs to ("" for the prose) and its place there.

    Places: prose (its first step), title:2, step:2 and so on; front, back; prompt, hint:1,
    explanation, chart-description, unit, axis, claim, option:<id>, feedback:<id>.
    """

    item: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemHead:
    """An item of a file: its kind, its id, where it begins, and what stands in its block."""

    kind: ItemKind
    id: str
    line: int
    logic: Mapping[str, Node] | None
    logic_line: int
    gaps: tuple[int, ...] = ()  # of a flashcard with gaps, their numbers
    part_of: str | None = None  # the heading that this gap's item stands below; None: its own


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file read on its own. `front` is None where it cannot be read, which was then said.

    `steps`: the slots of the prose, a pair a step: title (None without one) and text. `lines` gives
    a slot's line: its heading's, if it has one. `texts`: what is to be shown, as it stands in the
    file, gaps filled, captions in place of pictures.
    """

    front: Mapping[str, Node] | None
    items: Mapping[str, ItemHead]
    slots: Mapping[Slot, Passage]
    lines: Mapping[Slot, int]
    texts: tuple[Passage, ...]
    steps: tuple[tuple[Slot | None, Slot], ...]


def read_sheet(text: str, diagnostics: Diagnostics) -> Sheet:
    """The pieces of one file. What is wrong goes to `diagnostics`; nothing is raised."""
    document = split(text, diagnostics)
    front = None if document.front is None else _yaml(document.front, diagnostics)
    return _Builder(diagnostics).build(front, document.outline)


def _yaml(passage: Passage, diagnostics: Diagnostics) -> Mapping[str, Node] | None:
    try:
        return read_mapping(passage.text, diagnostics.file, passage.line)
    except ContentError as error:
        diagnostics.problems.extend(error.problems)
        return None


class _Builder:
    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._items: dict[str, ItemHead] = {}
        self._slots: dict[Slot, Passage] = {}
        self._lines: dict[Slot, int] = {}
        self._texts: list[Passage] = []

    def build(self, front: Mapping[str, Node] | None, outline: Outline) -> Sheet:
        steps = tuple(self._step(*numbered) for numbered in enumerate(outline.steps, 1))
        for item in outline.items:
            self._item(item)
        texts = tuple(self._texts)
        return Sheet(front, self._items, self._slots, self._lines, texts, steps)

    def _step(self, number: int, step: Section) -> tuple[Slot | None, Slot]:
        title = Slot("", f"title:{number}") if step.heading else None
        if title is None and number > 1:
            self._untitled(step)
        if title is not None:
            self._put(title, Passage(step.heading, step.line), step.line)
        text = Slot("", f"step:{number}" if number > 1 else "prose")
        self._slots[text], self._lines[text] = step.body, step.line
        self._texts.append(replace(step.body, text=captions_only(step.body.text)))
        return title, text

    def _put(self, slot: Slot, passage: Passage, line: int) -> None:
        self._slots[slot] = passage
        self._lines[slot] = line
        self._texts.append(passage)

    def _untitled(self, step: Section) -> None:
        self._diagnostics.warning(
            step.line,
            "empty-heading",
            say("“{signs}” without words", signs="###"),
            say("“### ” and what the step is about"),
            say("Write the heading, or delete the line."),
        )

    def _item(self, item: OutlineItem) -> None:
        kind, colon, id = item.heading.partition(":")
        kind, id = kind.strip(), id.strip()
        if not colon or kind not in ITEM_KINDS:
            self._unknown_item(item, kind, id)
            return
        if not self._good_id(id, item.line, f"## {kind}: "):
            return
        if self._taken(id, item):
            return
        logic = self._logic(item, kind) if item.logic is not None else None
        if kind == "Flashcard":
            self._items[id] = ItemHead("Flashcard", id, item.line, logic, item.logic_line)
            self._flashcard(id, item)
        else:
            self._items[id] = ItemHead("Question", id, item.line, logic, item.logic_line)
            self._question(id, item)

    def _logic(self, item: OutlineItem, kind: str) -> Mapping[str, Node] | None:
        """What the block of an item says; None after telling that it is another kind's."""
        assert item.logic is not None
        if item.fence == kind.lower():
            return _yaml(item.logic, self._diagnostics)
        expected = {
            "Flashcard": say("a front, a line “---” and a back"),
            "Question": say("a ```question block below the heading"),
        }
        other = next(name.title() for name in FENCES if name == item.fence)
        self._error(
            item.logic_line,
            "misplaced-block",
            say("a ```{block} block in a {kind}", block=item.fence, kind=kind.lower()),
            expected[kind],
            say(
                "Delete the block, or make the heading “## {kind}: {id}”.",
                kind=other,
                id=item.heading.partition(":")[2].strip(),
            ),
        )
        return None

    def _taken(self, id: str, item: OutlineItem) -> bool:
        """Whether the id belongs to an item already, which is then told."""
        if id not in self._items:
            return False
        self._error(
            item.line,
            "duplicate-id",
            say("“{id}” a second time (first on line {line})", id=id, line=self._items[id].line),
            say("an id of its own for every flashcard and question of a card"),
            say("Give one of the two another id."),
        )
        return True

    def _flashcard(self, id: str, item: OutlineItem) -> None:
        for section in item.sections:
            self._error(
                section.line,
                "unknown-heading",
                say("“### {heading}” in a flashcard", heading=clip(section.heading)),
                say("a front, a line “---” and a back"),
                say("Write “####” for a heading inside a text."),
            )
        gaps, sound = self._gaps(item)
        if gaps and sound:
            self._cloze(id, item, gaps)
            return
        self._put(Slot(id, "front"), item.front, item.line)
        self._put(Slot(id, "back"), item.back or Passage("", item.line), item.line)
        for side, passage in (("front", item.front), ("back", item.back)):
            if sound and (passage is None or not passage.text):
                self._error(
                    item.line,
                    "empty-side",
                    say("a flashcard “{id}” without a {side}", id=id, side=_SIDES[side]),
                    say("text above and below a line “---”"),
                    say("Write the front, then “---” on a line of its own, then the back."),
                )

    def _gaps(self, item: OutlineItem) -> tuple[tuple[Gap, ...], bool]:
        """The gaps of a flashcard, and whether they and all its other braces are as they should."""
        found: list[Gap] = []
        sound = True
        for passage in (item.front, item.back):
            if passage is None:
                continue
            gaps, faults = find_gaps(passage.text)
            found.extend(gaps)
            for fault in faults:
                sound = False
                line = passage.line + passage.text.count("\n", 0, fault.at)
                self._error(line, fault.code, fault.found, fault.expected, fault.mend)
            for doubt in doubts(passage.text) if sound else ():
                line = passage.line + passage.text.count("\n", 0, doubt.at)
                self._diagnostics.warning(line, *doubt[1:])
        if found and item.back is not None:
            self._error(
                item.line,
                "cloze-with-back",
                say("a flashcard with gaps and a line “---”"),
                say("one text with gaps, or a front, a line “---” and a back"),
                say("Delete the line, or the gaps."),
            )
            sound = False
        return tuple(found), sound

    def _cloze(self, id: str, item: OutlineItem, gaps: tuple[Gap, ...]) -> None:
        """An item for each number: the first has the heading's id, the others add theirs to it."""
        text, there = item.front.text, numbers(gaps)
        self._items[id] = replace(self._items[id], gaps=there)
        self._texts.append(Passage(opened(text, gaps), item.front.line))
        for number in there:
            name = id if number == 1 else f"{id}-c{number}"
            if number > 1:
                if not self._good_id(name, item.line, "## Flashcard: ") or self._taken(name, item):
                    continue
                self._items[name] = ItemHead("Flashcard", name, item.line, None, item.line, (), id)
            for side, fill in (("front", front), ("back", back)):
                slot = Slot(name, side)
                self._slots[slot] = Passage(fill(text, gaps, number), item.front.line)
                self._lines[slot] = item.line

    def _question(self, id: str, item: OutlineItem) -> None:
        self._put(Slot(id, "prompt"), item.body, item.line)
        if not item.body.text:
            self._error(
                item.line,
                "empty-prompt",
                say("a question “{id}” without a prompt", id=id),
                say("the question in words"),
                say("Write the question above its first “###” heading."),
            )
        hints = 0
        for section in item.sections:
            name = self._section_name(section)
            if name == "hint":
                hints += 1
                name = f"hint:{hints}"
            if name is not None:
                self._section(Slot(id, name), section)

    def _section(self, slot: Slot, section: Section) -> None:
        if slot in self._slots:
            self._error(
                section.line,
                "duplicate-heading",
                say(
                    "“### {heading}” a second time (first on line {line})",
                    heading=clip(section.heading),
                    line=self._lines[slot],
                ),
                say("every section once a question (only Hint may repeat)"),
                say("Delete one of the two."),
            )
            return
        if not section.body.text:
            self._diagnostics.warning(
                section.line,
                "empty-section",
                say("“### {heading}” with nothing below it", heading=clip(section.heading)),
                say("a text below every heading"),
                say("Write the text, or delete the heading."),
            )
            return
        self._put(slot, section.body, section.line)

    def _section_name(self, section: Section) -> str | None:
        """The slot a heading stands for; None after saying why there is none."""
        keyword, colon, id = section.heading.partition(":")
        keyword, id = keyword.strip(), id.strip()
        if not colon and section.heading in SECTIONS:
            return SECTIONS[section.heading]
        if colon and keyword == OPTION:
            return f"option:{id}" if self._good_id(id, section.line, "### Option: ") else None
        if not colon and is_id(section.heading) and section.heading.title() not in SECTIONS:
            return f"feedback:{section.heading}"
        near = nearest(keyword, [*SECTIONS, OPTION])
        example = f"{OPTION}: {as_id(id)}" if near == OPTION else near
        mend = (
            say("Write “### {heading}”.", heading=example)
            if example
            else say("Write “####” for a heading inside a text.")
        )
        self._unknown(
            section.line,
            section.heading,
            "###",
            say(
                "one of {names}, “Option: id”, or the id of a misconception",
                names=", ".join(SECTIONS),
            ),
            mend,
        )
        return None

    def _unknown_item(self, item: OutlineItem, kind: str, id: str) -> None:
        near = nearest(kind, ITEM_KINDS)
        first = kind.split(" ")[0]
        if near is None and (near := nearest(first, ITEM_KINDS)) is not None:
            id = id or kind.removeprefix(first)
        if near is not None:
            mend = say("Write “## {kind}: {id}”.", kind=near, id=as_id(id))
        else:
            mend = say("Write “####” for a heading inside a text.")
        expected = say("“## Flashcard: id” or “## Question: id”")
        self._unknown(item.line, item.heading, "##", expected, mend)

    def _unknown(
        self, line: int, heading: str, signs: str, expected: Message, mend: Message
    ) -> None:
        if heading:
            found = say("the heading “{signs} {heading}”", signs=signs, heading=clip(heading))
            self._error(line, "unknown-heading", found, expected, mend)
        else:
            found = say("“{signs}” without words", signs=signs)
            mend = say("Write the heading, or delete the line.")
            self._error(line, "empty-heading", found, expected, mend)

    def _good_id(self, id: str, line: int, before: str) -> bool:
        if is_id(id):
            return True
        self._error(
            line,
            "bad-id",
            say("the id “{id}”", id=clip(id)),
            say("small letters and digits, joined by hyphens, at most 64"),
            say("Write “{heading}”, for example.", heading=before + as_id(id)),
        )
        return False

    def _error(
        self, line: int, code: str, found: Message, expected: Message, mend: Message
    ) -> None:
        self._diagnostics.error(line, code, found, expected, mend)


_SIDES = {"front": say("front"), "back": say("back")}
