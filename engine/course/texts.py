"""A card's texts, by language: as files hold them, and what two versions of them share."""

from __future__ import annotations

from collections import Counter

from engine.content import Problem, decode, digest, file_name
from engine.course.merging import merge
from engine.storage import Texts


def texts_digest(card: str, texts: Texts) -> str:
    """The digest of a card's texts, as of files that hold them in UTF-8."""
    return digest(card, as_bytes(texts))


def as_bytes(texts: Texts) -> dict[str, bytes]:
    """Texts as files hold them. Half a surrogate pair is kept, and no file can be made of it."""
    return {language: text.encode("utf-8", "surrogatepass") for language, text in texts.items()}


def as_read(card: str, texts: Texts) -> tuple[Texts, tuple[Problem, ...]]:
    """Texts as they would be after being written to files and read, and why some cannot be."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for language, content in as_bytes(texts).items():
        text = decode(content, file_name(card, language))
        if isinstance(text, Problem):
            problems.append(text)
        else:
            found[language] = text
    return found, tuple(problems)


def difference(one: Texts, other: Texts) -> int:
    """How many lines and words two states of a card do not share."""
    ours, theirs = _pieces(one), _pieces(other)
    return sum((ours - theirs).values()) + sum((theirs - ours).values())


def _pieces(texts: Texts) -> Counter[tuple[str, str]]:
    return Counter(
        (code, piece)
        for code, text in texts.items()
        for piece in (*text.splitlines(keepends=True), *text.split())
    )


def merge_texts(base: Texts, mine: Texts, theirs: Texts) -> dict[str, str] | None:
    """Two versions of a card with a common ancestor, together; None where they contradict."""
    found: dict[str, str] = {}
    for language in {**mine, **theirs}:
        merged = merge(base.get(language, ""), mine.get(language, ""), theirs.get(language, ""))
        if merged.text is None:
            return None
        if merged.text:
            found[language] = merged.text
    return found
