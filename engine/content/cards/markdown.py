"""A card's file cut into its parts by a Markdown parser, every part as it stands in the file.

markdown-it-py (CommonMark) finds the blocks, so that `##` inside a fence, a list or a quotation is
text. Underlined headings are off: `---` below a text is the line it looks like. Only the block
rules run; nothing is rendered, and the texts are slices of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from engine.content.cards.outline import Block, Outline, Passage, assemble
from engine.content.files.problems import Diagnostics
from engine.i18n import say

_MARKDOWN = MarkdownIt("commonmark").disable(["lheading", "reference"])
_EDGE = "---"


@dataclass(frozen=True, slots=True)
class Document:
    """A file in its parts. `front` is the YAML between the first two `---`, None if not there."""

    front: Passage | None
    outline: Outline


def split(text: str, diagnostics: Diagnostics) -> Document:
    """The parts of a card's file; lines end in `\\n`. Problems go to `diagnostics`."""
    lines = text.split("\n")
    end = _front_end(lines, diagnostics)
    front = Passage("\n".join(lines[1:end]), 2) if end else None
    body_start = end + 1 if end else 0
    blocks = _blocks(lines, body_start, diagnostics)
    return Document(front, assemble(lines, body_start, blocks, diagnostics))


def _front_end(lines: list[str], diagnostics: Diagnostics) -> int:
    """The index of the line that closes the front matter; 0 if there is no front matter."""
    if lines[0].rstrip() != _EDGE:
        diagnostics.error(
            1,
            "no-front-matter",
            say("a first line other than “---”"),
            say("“---”, then lines such as “title: …”, then “---”"),
            say("Begin the file with “---”."),
        )
        return 0
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _EDGE:
            return index
    diagnostics.error(
        1,
        "open-front-matter",
        say("a first “---” without a second one"),
        say("a line “---” after “title: …” and the other properties"),
        say("Write “---” on a line of its own below the last property."),
    )
    return 0


def _blocks(lines: list[str], start: int, diagnostics: Diagnostics) -> Iterator[Block]:
    """Top-level headings, fences and rules, in the order of the file."""
    tokens: list[Token] = []
    source = "\n" * start + "\n".join(lines[start:])
    _MARKDOWN.block.parse(source, _MARKDOWN, {}, tokens)
    for index, token in enumerate(tokens):
        if token.level != 0 or token.map is None:
            continue
        first, end = token.map
        if token.type == "heading_open":
            yield Block("heading", first, end, int(token.tag[1]), tokens[index + 1].content)
        elif token.type == "hr":
            yield Block("rule", first, end, 0, lines[first].strip())
        elif token.type == "fence":
            _check_closed(lines, token, diagnostics)
            yield Block("fence", first, end, 0, token.info.strip(), token.content)


def _check_closed(lines: list[str], token: Token, diagnostics: Diagnostics) -> None:
    """An unclosed fence runs to the end of the file and swallows every heading on its way."""
    assert token.map is not None
    first, end = token.map
    last = lines[end - 1].strip() if end - 1 > first else ""
    if not last or set(last) != {token.markup[0]} or len(last) < len(token.markup):
        diagnostics.error(
            first + 1,
            "open-fence",
            say("“{fence}” that is never closed", fence=token.markup),
            say("a line “{fence}” below it", fence=token.markup),
            say("Write “{fence}” on a line of its own where the block ends.", fence=token.markup),
        )
