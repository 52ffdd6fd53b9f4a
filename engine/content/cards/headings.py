"""Headings that nobody reads as such: without a blank behind the signs, or underlined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from engine.content.files.problems import clip
from engine.i18n import Message, say

_NO_BLANK = re.compile(r"^ {0,3}(#{2,4})(?=[^\W\d_])([^\n]{0,200})", re.MULTILINE)
_UNDERLINE = re.compile(r"^ {0,3}(?:={2,}|-{2,})[ \t]*$", re.MULTILINE)
_MARKDOWN = MarkdownIt("commonmark").disable("reference")


def stray_headings(text: str, shown: str) -> Iterator[tuple[int, str, Message, Message, Message]]:
    """What is wrong with headings inside a text. shown: the text with its code blanked."""
    for found in _NO_BLANK.finditer(shown):
        signs, words = found[1], found[2].strip()
        yield (
            found.start(),
            "heading-blank",
            say("“{text}”, which is no heading", text=clip(text[found.start() : found.end()])),
            say("a blank behind the signs of a heading"),
            say("Write “{heading}”.", heading=clip(f"{signs} {words}")),
        )
    if _UNDERLINE.search(shown) is not None:
        yield from _underlined(text)


def _underlined(text: str) -> Iterator[tuple[int, str, Message, Message, Message]]:
    lines = text.split("\n")
    tokens = _MARKDOWN.parse(text)
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.markup in "=-" and token.map is not None:
            words = tokens[number + 1].content
            yield (
                sum(len(line) + 1 for line in lines[: token.map[0]]),
                "underlined-heading",
                say("“{text}”, underlined", text=clip(words)),
                say("“##” or “###” before an item's or a section's heading"),
                say(
                    "Write “## {text}”, or “####” inside a text; leave a blank line above a line.",
                    text=clip(words, 40),
                ),
            )
