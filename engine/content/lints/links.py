"""Where the links of a Markdown text lead, and which of them must lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.token import Token

from engine.content.cards.outline import Passage
from engine.content.cards.pictures import SCHEME
from engine.content.files.problems import Diagnostics, clip
from engine.i18n import say

#: What every text with a link contains; most have none and are not parsed a second time.
_SIGN = re.compile(r"\]\(|\]\[|\]:|<[A-Za-z]")
_END_OF_SCHEME = re.compile(r"[/?#]")
#: Links told a text.
MOST = 20


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    # The parser itself would leave out the very links that are looked for here.
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return made


_MARKDOWN = _parser()


def check_links(passage: Passage, diagnostics: Diagnostics) -> None:
    """Adds an error for every link that is neither http(s) nor relative."""
    if _SIGN.search(passage.text) is None:
        return
    for line, url in islice(_unsafe(passage.text), MOST):
        if url.startswith(SCHEME):
            _misplaced(passage.line + line, url.removeprefix(SCHEME), diagnostics)
            continue
        diagnostics.error(
            passage.line + line,
            "unsafe-link",
            say("a link to “{url}”", url=clip(url)),
            say("a link that begins with https://, or one inside the app"),
            say("Write the address of a page, or take the link out."),
        )


def _misplaced(line: int, name: str, diagnostics: Diagnostics) -> None:
    """Those that stand well are no part of the texts that are looked at here."""
    diagnostics.error(
        line,
        "misplaced-picture",
        say("the picture “{name}” inside a text", name=clip(name)),
        say("pictures in paragraphs of their own, above the first “##”"),
        say("Write ![What to look for.](picture:{name}) between two blank lines.", name=clip(name)),
    )


def _unsafe(text: str) -> Iterator[tuple[int, str]]:
    """(line counted from 0, address)"""
    for block in _MARKDOWN.parse(text):
        first = block.map[0] if block.map else 0
        for token in block.children or ():
            url = _leads(token)
            if url is not None and not is_safe(url, image=token.type == "image"):
                yield first + _line_in(block.content, url), url


def _leads(token: Token) -> str | None:
    name = {"link_open": "href", "image": "src"}.get(token.type)
    return None if name is None else str(token.attrs.get(name, ""))


def _line_in(content: str, url: str) -> int:
    """The line of a paragraph on which an address stands as it is written; else its first."""
    at = content.find(url)
    return content.count("\n", 0, max(at, 0))


def is_safe(url: str, *, image: bool = False) -> bool:
    """Whether a browser that follows it stays with http(s) or in the app.

    image: pictures inside the text itself (data:) are no danger; they are warned of elsewhere.
    """
    scheme, colon, _ = _END_OF_SCHEME.split(url, maxsplit=1)[0].partition(":")
    if not colon:
        return True
    return scheme.lower() in (("http", "https", "data") if image else ("http", "https"))
