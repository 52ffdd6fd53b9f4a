"""Reading which options an answer names: by id, or by the number they are shown with."""

from __future__ import annotations

import re

from engine.i18n import say
from engine.questions.model import Malformed, Variant

_SEPARATORS = re.compile(r"[\s,;>→]+")
MOST_CHARACTERS = 2000


def pick_one(variant: Variant, word: str) -> str | Malformed:
    """The option that a word names."""
    ids = [option.id for option in variant.options]
    if word in ids:
        return word
    if word.isascii() and word.isdigit() and len(word) <= 3 and 1 <= int(word) <= len(ids):
        return ids[int(word) - 1]
    return Malformed(
        say("There is no option “{word}”. Pick one of 1 to {most}.", word=word[:40], most=len(ids))
    )


def pick_several(variant: Variant, text: str) -> list[str] | Malformed:
    """The options that a text names, in its order. None of them may be named twice."""
    if len(text) > MOST_CHARACTERS:
        return Malformed(say("That is too long to be a list of options."))
    picked: list[str] = []
    for word in filter(None, _SEPARATORS.split(text)):
        option = pick_one(variant, word)
        if isinstance(option, Malformed):
            return option
        if option in picked:
            return Malformed(say("“{word}” is named twice.", word=word[:40]))
        picked.append(option)
    return picked
