"""Two people's changes to one text: together where they can be, side by side where they cannot.

The three-way merge is diff3's (Khanna, Kunal & Pierce 2007, "A formal investigation of diff3"):
lines that neither changed anchor the text, and what lies between two anchors was changed by one
of the two, by both alike, or by both in different ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Lines = tuple[str, ...]
_TOKENS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of lines as the common ancestor had them and as both made them, ends of line kept."""

    base: Lines
    mine: Lines
    theirs: Lines

    @property
    def conflict(self) -> bool:
        """Whether both changed it, in different ways."""
        return self.mine != self.theirs and self.base not in (self.mine, self.theirs)

    @property
    def merged(self) -> Lines:
        """The lines of whoever changed them. Raises ValueError for a conflict."""
        if self.conflict:
            raise ValueError("a conflict has to be decided by a person")
        return self.theirs if self.mine == self.base else self.mine


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of two texts with a common ancestor, chunk after chunk."""

    chunks: tuple[Chunk, ...]

    @property
    def conflicts(self) -> tuple[Chunk, ...]:
        """The chunks that a person has to decide, in order."""
        return tuple(chunk for chunk in self.chunks if chunk.conflict)

    @property
    def text(self) -> str | None:
        """Both changes together; None if there is a conflict."""
        if self.conflicts:
            return None
        return "".join(line for chunk in self.chunks for line in chunk.merged)

    def decided(self, texts: Sequence[str]) -> str:
        """The whole text with `texts` in place of the conflicts, in order.

        Raises ValueError unless there is one for each.
        """
        if len(texts) != len(self.conflicts):
            raise ValueError(f"{len(self.conflicts)} conflicts, {len(texts)} decisions")
        left = iter(texts)
        return "".join(
            next(left) if chunk.conflict else "".join(chunk.merged) for chunk in self.chunks
        )


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merges two texts that both began as `base`. No line of either is lost silently."""
    b, m, t = (tuple(text.splitlines(keepends=True)) for text in (base, mine, theirs))
    chunks: list[Chunk] = []
    b_at = m_at = t_at = 0
    for b_start, m_start, t_start, size in _anchors(b, m, t):
        chunk = Chunk(b[b_at:b_start], m[m_at:m_start], t[t_at:t_start])
        if chunk != Chunk((), (), ()):
            chunks.append(chunk)
        if size:
            same = b[b_start : b_start + size]
            chunks.append(Chunk(same, same, same))
        b_at, m_at, t_at = b_start + size, m_start + size, t_start + size
    return Merged(tuple(chunks))


def _anchors(b: Lines, m: Lines, t: Lines) -> Iterator[tuple[int, int, int, int]]:
    """(start in b, in m, in t, length) of runs that all three share, and the end."""
    in_m = SequenceMatcher(None, b, m, autojunk=False).get_matching_blocks()
    in_t = SequenceMatcher(None, b, t, autojunk=False).get_matching_blocks()
    i = j = 0
    while i < len(in_m) and j < len(in_t):
        mine, theirs = in_m[i], in_t[j]
        start = max(mine.a, theirs.a)
        end = min(mine.a + mine.size, theirs.a + theirs.size)
        if start < end:
            yield start, mine.b + start - mine.a, theirs.b + start - theirs.a, end - start
        if mine.a + mine.size < theirs.a + theirs.size:
            i += 1
        else:
            j += 1
    yield len(b), len(m), len(t), 0


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text that two versions share, or that only one of them has."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(before: str, after: str) -> list[Change]:
    """What became of a text, word by word. The pieces without the added ones are `before`."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Change] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(old[i:i_end])))
        else:
            found.extend(_words("".join(old[i:i_end]), "".join(new[j:j_end])))
    return _joined(found)


def _words(before: str, after: str) -> Iterator[Change]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(old[i:i_end]))
            continue
        if i < i_end:
            yield Change("removed", "".join(old[i:i_end]))
        if j < j_end:
            yield Change("added", "".join(new[j:j_end]))


def _joined(changes: Sequence[Change]) -> list[Change]:
    """Neighbours of one kind as one."""
    found: list[Change] = []
    for change in changes:
        if found and found[-1].kind == change.kind:
            found[-1] = Change(change.kind, found[-1].text + change.text)
        elif change.text:
            found.append(change)
    return found
