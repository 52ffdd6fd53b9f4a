"""A source as a line of Markdown."""

from __future__ import annotations

from engine.content import Source
from engine.i18n import in_language


def cite(source: Source, language: str) -> str:
    """Authors, the title with its link, where and when."""
    title = in_language(source.title, language)
    linked = f"[{title}]({source.url})" if source.url else f"*{title}*"
    where = in_language(source.where, language) if source.where else ""
    return ", ".join(str(x) for x in (source.authors, linked, where, source.year) if x)
