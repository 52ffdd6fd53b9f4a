"""A translation held against what the English was: what is missing, what is out of date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.authoring.front_matter_edits import title_of
from engine.content import (
    Diagnostics,
    Sheet,
    only_holds_places,
    read_sheet,
    without_logic,
    write_value,
)
from engine.i18n import DEFAULT_LANGUAGE
from engine.questions import palette
from engine.storage import Texts

#: Revisions that are looked at.
MOST_REVISIONS = 100

#: The text above the first item, and the title.
PROSE = ""


@dataclass(frozen=True)
class Outdated:
    """An item whose English was changed after its translation was.

    item: its id; PROSE for the title and the text above the first item. line: where it begins in
    the translation. before: its English words when the translation was last changed; now: today's.
    """

    item: str
    line: int
    before: str
    now: str


def outdated(states: Sequence[Texts], language: str) -> tuple[Outdated, ...]:
    """What is out of date in `language`, in the order of the English file.

    states: the card's texts, oldest first, the last of them as they are now. One whose English has
    no readable front matter, as while it is typed, is passed over.
    """
    seen = [texts for texts in states[-MOST_REVISIONS:] if _readable(texts)]
    if not seen or language not in seen[-1]:
        return ()
    english = [_words(texts.get(DEFAULT_LANGUAGE, "")) for texts in seen]
    translated = [_words(texts.get(language, "")) for texts in seen]
    lines = _lines(seen[-1][language])
    found = []
    for item, now in english[-1].items():
        if item not in translated[-1]:
            continue  # it is missing, which is another thing
        last = _last_change(translated, item)
        before = english[last].get(item)
        if before != now and _last_change(english, item) > last:
            found.append(Outdated(item, lines.get(item, 1), before or "", now))
    return tuple(found)


def _readable(texts: Texts) -> bool:
    return PROSE in _words(texts.get(DEFAULT_LANGUAGE, ""))


def _last_change(states: Sequence[Mapping[str, str]], item: str) -> int:
    """The state in which an item last became what it is; 0 where it always was so."""
    for place in range(len(states) - 1, 0, -1):
        if states[place].get(item) != states[place - 1].get(item):
            return place
    return 0


@lru_cache(maxsize=512)
def _words(text: str) -> Mapping[str, str]:
    """item -> all its words; a gap's words belong to its heading's item. Empty without a title."""
    sheet = _sheet(text)
    gathered: dict[str, list[str]] = {}
    title = sheet.front.get("title") if sheet.front is not None else None
    if title is None:
        return {}
    gathered[PROSE] = [str(title.value)]
    for slot, passage in sheet.slots.items():
        head = sheet.items.get(slot.item)
        item = head.part_of if head is not None and head.part_of is not None else slot.item
        gathered.setdefault(item, []).append(passage.text)
    return {item: "\n\n".join(texts) for item, texts in gathered.items()}


def _lines(text: str) -> Mapping[str, int]:
    return {head.id: head.line for head in _sheet(text).items.values()}


def _sheet(text: str) -> Sheet:
    return read_sheet(text, Diagnostics("card.md", text.count("\n") + 1))


def nothing_translated(text: str, english: str) -> bool:
    """Whether a translation is not begun: empty, or sentences that only hold a place.

    What `skeleton` makes is begun, though nobody has translated anything in it.
    """
    if not text.strip():
        return True
    begun = text.strip() == skeleton(english).strip()
    return not begun and only_holds_places(_sheet(text), _sheet(english), palette())


def skeleton(english: str) -> str:
    """A translation to begin with: the headings of the English text and its words, no logic."""
    head, front, rest = english.partition("---\n")
    if head.strip() or not front:
        return english
    _, _, body = rest.partition("\n---")
    return f"---\n{write_value('title', title_of(english) or '')}---{without_logic(body)}"
