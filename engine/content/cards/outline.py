"""The state machine that walks a file's blocks: prose, then items, then an item's sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from engine.content.files.problems import Diagnostics, clip
from engine.i18n import say

#: The blocks that say of an item what is no word of it.
FENCES = ("question", "flashcard")


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block that may mean something. Lines count from 0, `end` is exclusive."""

    kind: Literal["heading", "fence", "rule"]
    start: int
    end: int
    level: int
    text: str  # a heading's words, a fence's info string, a rule's own line
    content: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the file without blank lines around it. `line` counts from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A `###` section of an item, or a step of the prose."""

    heading: str
    line: int
    body: Passage


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A `##` item: its text up to the first section, cut at the first `---`, and its logic."""

    heading: str
    line: int
    body: Passage  # without the ```question or ```flashcard block
    front: Passage  # the body before the first `---`
    back: Passage | None  # the body after it; None without `---`
    logic: Passage | None  # the inside of that block
    logic_line: int
    fence: str  # which of the two it is; "" without one
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All of a file after its front matter. The first step may have no heading."""

    steps: tuple[Section, ...]
    items: tuple[OutlineItem, ...]


def assemble(
    lines: list[str], start: int, blocks: Iterable[Block], diagnostics: Diagnostics
) -> Outline:
    """Walks the blocks of the lines from `start` on."""
    walk = _Walk(lines, start, diagnostics)
    for block in blocks:
        walk.step(block)
    return walk.finish()


@dataclass(slots=True, eq=False)
class _Draft:
    """An item (or the prose, or a section) that is still being read."""

    heading: str
    start: int  # of its heading
    body: int  # the first line after the heading
    end: int = 0
    rule: Block | None = None
    fence: Block | None = None
    sections: list[_Draft] = field(default_factory=list)


class _Walk:
    """In prose until the first `##`; in an item until `###`; in a section until `##` or `###`.

    The prose has sections too, which are its steps.
    """

    def __init__(self, lines: list[str], start: int, diagnostics: Diagnostics) -> None:
        self._lines = lines
        self._diagnostics = diagnostics
        self._prose = _Draft("", start, start)
        self._items: list[_Draft] = []

    def step(self, block: Block) -> None:
        """Takes in the next block."""
        if block.kind == "heading":
            self._heading(block)
        elif block.kind == "fence" and block.text.split(" ", 1)[0] in FENCES:
            self._fence(block, block.text.split(" ", 1)[0])
        elif block.kind == "rule" and set(block.text) == {"-"}:
            here = self._here()
            if self._in_item(here) and here.rule is None:
                here.rule = block

    def finish(self) -> Outline:
        """What was read, once there are no more blocks."""
        self._close(len(self._lines))
        return Outline(self._steps(), tuple(self._item(draft) for draft in self._items))

    def _steps(self) -> tuple[Section, ...]:
        """The text above the first `###`, if there is any, and what stands below each."""
        first = self._passage(self._prose.body, self._prose.end)
        titled = self._sections(self._prose)
        return titled if titled and not first.text else (Section("", first.line, first), *titled)

    def _here(self) -> _Draft:
        whole = self._items[-1] if self._items else self._prose
        return whole.sections[-1] if whole.sections else whole

    def _close(self, line: int) -> None:
        self._here().end = line

    def _in_item(self, here: _Draft) -> bool:
        return bool(self._items) and here is self._items[-1]

    def _heading(self, block: Block) -> None:
        if block.level == 1:
            self._diagnostics.warning(
                block.start + 1,
                "title-heading",
                say("a heading of the first level, “# {heading}”", heading=clip(block.text)),
                say("the card's title as “title:” at the top, and nowhere else"),
                say("Delete the heading, or write “####” for a heading inside a text."),
            )
        elif block.level == 2:
            self._close(block.start)
            self._items.append(_Draft(block.text.strip(), block.start, block.end))
        elif block.level == 3:
            self._close(block.start)
            whole = self._items[-1] if self._items else self._prose
            whole.sections.append(_Draft(block.text.strip(), block.start, block.end))

    def _fence(self, block: Block, name: str) -> None:
        here = self._here()
        if not self._in_item(here):
            if name != FENCES[0]:
                return  # which was a piece of code before it had a meaning
            found = say("a ```question block outside of a question's beginning")
        elif here.fence is not None:
            found = say("a second ```{block} block", block=name)
        else:
            here.fence = block
            return
        self._diagnostics.error(
            block.start + 1,
            "misplaced-block",
            found,
            say(
                "one ```{block} block, directly below “## {kind}: …”", block=name, kind=name.title()
            ),
            say("Move the block there, or delete it."),
        )

    def _item(self, draft: _Draft) -> OutlineItem:
        fence, rule = draft.fence, draft.rule
        return OutlineItem(
            draft.heading,
            draft.start + 1,
            self._passage(draft.body, draft.end, fence),
            self._passage(draft.body, rule.start if rule else draft.end, fence),
            self._passage(rule.end, draft.end, fence) if rule else None,
            Passage(fence.content, fence.start + 2) if fence else None,
            fence.start + 1 if fence else draft.start + 1,
            fence.text.split(" ", 1)[0] if fence else "",
            self._sections(draft),
        )

    def _sections(self, draft: _Draft) -> tuple[Section, ...]:
        return tuple(
            Section(s.heading, s.start + 1, self._passage(s.body, s.end)) for s in draft.sections
        )

    def _passage(self, start: int, end: int, hole: Block | None = None) -> Passage:
        """The lines as they stand, blank where the hole is, without blank lines around them."""
        lines = self._lines[start:end]
        if hole is not None:
            for index in range(max(hole.start, start), min(hole.end, end)):
                lines[index - start] = ""
        first, last = 0, len(lines)
        while first < last and not lines[first].strip():
            first += 1
        while last > first and not lines[last - 1].strip():
            last -= 1
        if first == last:
            return Passage("", max(start, 1))
        return Passage("\n".join(lines[first:last]), start + first + 1)
