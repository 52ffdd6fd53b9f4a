"""A translation held against the English card: the same headings, words only."""

from __future__ import annotations

import re
from collections import Counter

from engine.content.cards.front_matter import check_keys, read_title
from engine.content.cards.place_holding import WORDLESS
from engine.content.cards.sheet import ItemHead, Sheet, Slot
from engine.content.files.problems import Diagnostics, clip, did_you_mean
from engine.i18n import Message, say

#: `{{ name|format }}`: the name, and the format or None.
PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.]*)\s*(?:\|\s*([^{}\s]*)\s*)?\}\}")

_WORD = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
#: So many ordinary words make a text that has to be translated; fewer may be a name.
FEWEST_WORDS = 3


def untranslated(original: str, translated: str) -> bool:
    """Whether a text is the English one still, and has words that a translation would change."""
    if " ".join(original.split()) != " ".join(translated.split()):
        return False
    return len(_WORD.findall(WORDLESS.sub(" ", original))) >= FEWEST_WORDS


def translates(sheet: Sheet, english: Sheet) -> bool:
    """Whether any text of a translation is one: not missing, and not English still."""
    theirs = [
        (passage.text, sheet.slots[slot].text)
        for slot, passage in english.slots.items()
        if passage.text and slot in sheet.slots and sheet.slots[slot].text
    ]
    return any(original != translated for original, translated in theirs)


def read_translation(
    sheet: Sheet,
    english: Sheet | None,
    diagnostics: Diagnostics,
    held: frozenset[Slot] = frozenset(),
) -> str:
    """The translated title. `english` is None if the English card could not be read itself.

    held: places in which words were found that only hold them; they are empty in `sheet`.
    """
    title = ""
    if sheet.front is not None:
        check_keys(sheet.front, ("title",), diagnostics)
        title = read_title(sheet.front, diagnostics)
    for head in sheet.items.values():
        if head.logic_line != head.line:
            diagnostics.error(
                head.logic_line,
                "translated-logic",
                say("a ```{block} block in a translation", block=head.kind.lower()),
                say("words only; the logic stands in card.md"),
                say("Delete the block."),
            )
    if english is not None:
        _check_items(sheet, english, diagnostics)
        _check_slots(sheet, english, diagnostics, held)
    return title


def _check_items(sheet: Sheet, english: Sheet, diagnostics: Diagnostics) -> None:
    for id, head in sheet.items.items():
        original = english.items.get(id)
        if head.part_of is not None and head.part_of in english.items:
            continue  # its heading's gaps are compared as a whole
        if original is not None and original.part_of is None:
            _check_gaps(head, original, diagnostics)
        if original is not None and original.kind == head.kind:
            continue
        diagnostics.error(
            head.line,
            "extra-item",
            say("“## {kind}: {id}”, which card.md does not have", kind=head.kind, id=id),
            say("the headings of card.md, in English as there"),
            did_you_mean(id, english.items, say("Delete the item, or add it to card.md."))
            if original is None
            else say("Write “## {kind}: {id}”.", kind=original.kind, id=id),
        )
    for id, head in english.items.items():
        if id not in sheet.items and head.part_of is None:
            diagnostics.warning(
                1,
                "missing-item",
                say("no “## {kind}: {id}”", kind=head.kind, id=id),
                say("a translation of every item of card.md"),
                say("Translate it; until then it is shown in English."),
            )


def _check_gaps(head: ItemHead, original: ItemHead, diagnostics: Diagnostics) -> None:
    """Each gap is an item, so a translation has the same ones."""
    if head.kind == original.kind and head.gaps != original.gaps:
        diagnostics.error(
            head.line,
            "other-gaps",
            say("in “{id}”: {gaps}", id=head.id, gaps=_gaps(head)),
            say("{gaps}, as in card.md", gaps=_gaps(original)),
            say("Give the translation the same gaps."),
        )


def _gaps(head: ItemHead) -> str | Message:
    gaps = ", ".join(f"c{number}" for number in head.gaps)
    return gaps or say("no gaps")


def _check_slots(
    sheet: Sheet, english: Sheet, diagnostics: Diagnostics, held: frozenset[Slot]
) -> None:
    for slot, line in sheet.lines.items():
        if slot not in english.slots and slot.item in english.items:
            diagnostics.error(
                line,
                "extra-section",
                say("“{section}”, which card.md does not have", section=heading(slot)),
                say("the sections of card.md, in English as there"),
                say("Delete the section, or add it to card.md."),
            )
    for slot, passage in english.slots.items():
        if slot.item and slot.item not in sheet.items:
            continue
        translated = sheet.slots.get(slot)
        if slot in held:
            _still_held(slot, sheet, diagnostics)
            continue
        if translated is not None and untranslated(passage.text, translated.text):
            diagnostics.warning(
                sheet.lines[slot],
                "untranslated",
                say("“{section}” in English still", section=heading(slot)),
                say("a translation of every section of card.md"),
                say("Translate it; until then it is shown in English."),
            )
            continue
        if translated is not None and (translated.text or not passage.text):
            _check_placeholders(slot, passage.text, translated.text, sheet, diagnostics)
            continue
        line = _near(slot, sheet)
        diagnostics.warning(
            line,
            "missing-section",
            say("no “{section}”", section=heading(slot)),
            say("a translation of every section of card.md"),
            say("Translate it; until then it is shown in English."),
        )


def _near(slot: Slot, sheet: Sheet) -> int:
    """Where a text that is missing would stand."""
    if slot.item:
        return sheet.items[slot.item].line
    return 1 if slot.name == "prose" else sheet.lines[sheet.steps[-1][1]]


def _still_held(slot: Slot, sheet: Sheet, diagnostics: Diagnostics) -> None:
    diagnostics.warning(
        sheet.lines[slot],
        "place-holding",
        say("“{section}” as it was inserted", section=heading(slot)),
        say("a translation of every section of card.md"),
        say("Translate it; until then it is shown in English."),
    )


def _check_placeholders(
    slot: Slot, original: str, translated: str, sheet: Sheet, diagnostics: Diagnostics
) -> None:
    """A translation may name a value more or less often, but not other values."""
    here, there = _placeholders(translated), _placeholders(original)
    if here.keys() == there.keys():
        return
    more, less = here.keys() - there.keys(), there.keys() - here.keys()
    diagnostics.warning(
        sheet.lines[slot],
        "other-placeholders",
        say(
            "in “{section}”: {names}",
            section=heading(slot),
            names=clip(", ".join(sorted(more))) if more else say("nothing else than in card.md"),
        ),
        say("{names}, as in card.md", names=clip(", ".join(sorted(less))))
        if less
        else say("only what card.md has there"),
        say("Use the same values in both languages, written in the same way."),
    )


def _placeholders(text: str) -> Counter[str]:
    return Counter(
        f"{{{{ {found[1]}|{found[2]} }}}}" if found[2] else f"{{{{ {found[1]} }}}}"
        for found in PLACEHOLDER.finditer(text)
    )


def heading(slot: Slot) -> str | Message:
    """How a slot is called in the file."""
    kind, _, id = slot.name.partition(":")
    if kind == "title":
        return say("the title of step {number}", number=id)
    if kind == "step":
        return say("the text of step {number}", number=id)
    if kind in ("prose", "front", "back", "prompt"):
        return _PLACES[kind]
    if kind == "option":
        return f"### Option: {id}"
    if kind == "feedback":
        return f"### {id}"
    return f"### {kind.replace('-', ' ').capitalize()}"


_PLACES = {
    "prose": say("the text above the first “##”"),
    "front": say("the front"),
    "back": say("the back"),
    "prompt": say("the prompt"),
}
