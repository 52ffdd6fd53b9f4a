"""Sentences that hold a place until somebody writes their own: never words of a card.

The palette's are of two sorts. Some only ask for what has to be written ("What is asked?"). The
others are examples, and what they say in another language is their translation; beside any other
English text they are left-overs. Examples of questions stand with their kinds, which this room does
not know: whoever reads a course hands them in as a `Palette`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.content.cards.sheet import Sheet, Slot, read_sheet
from engine.content.cards.snippets import BESIDE, IN_TEXT, NEW_BODY, WITHIN, Snippet, without_logic
from engine.content.files.problems import Diagnostics
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES

#: As earlier versions put them into new translations.
FORMER = frozenset({"본문을 여기에 씁니다."})
#: Snippets that only ask; the others are examples.
ASKING = frozenset(("flashcard", "step", *WITHIN))
#: What is the same in every language: formulas, code, values, addresses, HTML.
WORDLESS = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\{\{(?!c\d).*?\}\}|\]\([^)]*\)|<[^>]*>", re.DOTALL
)


@dataclass(frozen=True)
class Palette:
    """What the palette inserts, as the reader of cards needs to know it.

    kinds: the names of the kinds of question. in_lesson: those whose first questions are a lesson's
    where a card does not say which are. asking: sentences that only ask. english: all
    English ones. translated: what each of another language says in English; the same words may
    stand in several places.
    """

    kinds: tuple[str, ...]
    asking: frozenset[str]
    english: frozenset[str]
    translated: Mapping[str, frozenset[str]]
    in_lesson: frozenset[str] = frozenset()

    def holds(self, text: str, english: str) -> bool:
        """Whether a text of a translation is still the palette's, beside this English text."""
        if text in self.asking or text in self.english:
            return True
        says = self.translated.get(text)
        return says is not None and english not in says


def held_places(sheet: Sheet, english: Sheet | None, palette: Palette) -> frozenset[Slot]:
    """The places of a translation in which nobody has written anything yet."""
    there = english.slots if english is not None else {}

    def text_of(slot: Slot) -> str:
        return there[slot].text if slot in there else ""

    return frozenset(
        slot
        for slot, passage in sheet.slots.items()
        if passage.text in FORMER or palette.holds(passage.text, text_of(slot))
    )


def only_holds_places(sheet: Sheet, english: Sheet, palette: Palette) -> bool:
    """Whether nobody has written anything into a translation yet."""
    held = held_places(sheet, english, palette)
    return all(slot in held for slot, passage in sheet.slots.items() if passage.text)


def without(sheet: Sheet, held: frozenset[Slot]) -> Sheet:
    """The sheet as if nothing stood in those places."""
    slots = {
        slot: replace(passage, text="") if slot in held else passage
        for slot, passage in sheet.slots.items()
    }
    return replace(sheet, slots=slots)


@lru_cache(maxsize=1)
def own_palette() -> Palette:
    """Without any kind of question: for a card by itself."""
    return palette_of({})


def palette_of(kinds: Mapping[str, Snippet], in_lesson: frozenset[str] = frozenset()) -> Palette:
    """All that the palette and a new card put into a file. kinds: the snippet of each."""
    beginning = NEW_BODY.partition("## Question")[0]
    asking, english = set(_texts(beginning).values()), set(_texts(NEW_BODY).values())
    translated: dict[str, set[str]] = {}
    others = [language for language in LANGUAGES if language != DEFAULT_LANGUAGE]
    in_text = {name: snippet for name, snippet in IN_TEXT.items() if not snippet.only_english}
    for name, snippet in {**in_text, **BESIDE, **kinds, **WITHIN}.items():
        ours = _texts(snippet.text(DEFAULT_LANGUAGE), part=name in WITHIN)
        english.update(ours.values())
        asking.update(ours.values() if name in ASKING else ())
        for language in others:
            theirs = _texts(snippet.text(language), part=name in WITHIN)
            asking.update(theirs.values() if name in ASKING else ())
            for slot, said in theirs.items():
                translated.setdefault(said, set()).add(ours.get(slot, ""))
    originals = {said: frozenset(says) for said, says in translated.items()}
    return Palette(tuple(kinds), frozenset(asking), frozenset(english), originals, in_lesson)


def _texts(text: str, *, part: bool = False) -> Mapping[Slot, str]:
    """The texts of a snippet that have words in them."""
    whole = ("## Question: any\n" if part else "") + without_logic(text)
    return dict(_with_words(read_sheet(whole, Diagnostics("", whole.count("\n") + 1))))


def _with_words(sheet: Sheet) -> Iterator[tuple[Slot, str]]:
    for slot, passage in sheet.slots.items():
        if re.search(r"[^\W\d_]", WORDLESS.sub(" ", passage.text)):
            yield slot, passage.text
