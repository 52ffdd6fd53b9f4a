"""What the editor's palette inserts: parts of a card, and a question of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.content import BESIDE, WITHIN, Palette, Snippet, palette_of
from engine.questions.kinds import KINDS

_OF_KINDS: Mapping[str, Snippet] = {name: kind.snippet for name, kind in KINDS.items()}
#: By name, in the order in which they are offered.
SNIPPETS: Mapping[str, Snippet] = {**BESIDE, **_OF_KINDS, **WITHIN}


@lru_cache(maxsize=1)
def palette() -> Palette:
    """All of it as the reader of cards needs to know it."""
    return palette_of(_OF_KINDS, frozenset(k.name for k in KINDS.values() if k.in_lesson))
