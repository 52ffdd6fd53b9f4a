"""A source as a line of Markdown."""

from __future__ import annotations

from engine.cards import Source


def cite(source: Source) -> str:
    """Authors, the title with its link, where and when."""
    title = f"[{source.title}]({source.url})" if source.url else f"*{source.title}*"
    return ", ".join(str(x) for x in (source.authors, title, source.where, source.year) if x)
