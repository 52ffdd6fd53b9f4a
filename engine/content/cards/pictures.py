"""The pictures that stand inside a card's prose: `![What to look for.](picture:name)`.

A picture is a paragraph of its own, which a Markdown parser finds, so that code, lists and tables
that only look like it stay text. What stands between pictures is kept as it is in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: The picture of `try:`, which needs no entry below `pictures:`.
TRY = "try"
SCHEME = "picture:"
#: What every text with a picture contains; most have none and are not parsed.
_SIGN = f"]({SCHEME}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture where it stands: its name below `pictures:`, and its caption in Markdown."""

    name: str
    caption: str


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return made


_MARKDOWN = _parser()


@lru_cache(maxsize=1024)
def parts_of(text: str) -> tuple[str | Placed, ...]:
    """The Markdown between the pictures, without blank lines around it, and the pictures."""
    lines = text.split("\n")
    parts: list[str | Placed] = []
    at = 0
    for first, end, placed in _placed(text):
        parts += [_stripped(lines[at:first]), placed]
        at = end
    return tuple(part for part in (*parts, _stripped(lines[at:])) if part)


def placed_in(text: str) -> tuple[tuple[int, Placed], ...]:
    """The pictures of a text, each with its line counted from 0."""
    return tuple((first, placed) for first, _, placed in _placed(text))


def captions_only(text: str) -> str:
    """The text with every picture's caption in its place, line for line."""
    lines = text.split("\n")
    for first, end, placed in _placed(text):
        caption = placed.caption.split("\n")
        lines[first:end] = caption + [""] * (end - first - len(caption))
    return "\n".join(lines)


def _placed(text: str) -> Iterator[tuple[int, int, Placed]]:
    """First line and the line behind the last, counted from 0, and the picture there."""
    if _SIGN not in text:
        return
    tokens = _MARKDOWN.parse(text)
    for opened, token in pairwise(tokens):
        if opened.type != "paragraph_open" or opened.level != 0 or opened.map is None:
            continue
        placed = _alone(token.children or [])
        if placed is not None:
            yield opened.map[0], opened.map[1], placed


def _alone(children: list[Token]) -> Placed | None:
    """The picture that is all there is in a paragraph."""
    images = [child for child in children if child.type != "text" or child.content.strip()]
    if len(images) != 1 or images[0].type != "image":
        return None
    address = str(images[0].attrs.get("src", ""))
    if not address.startswith(SCHEME):
        return None
    return Placed(address.removeprefix(SCHEME), images[0].content.strip())


def _stripped(lines: list[str]) -> str:
    """The lines without blank ones around them; an indented first line stays indented."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return "\n".join(lines[first:last])
