"""One card from the bytes of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.content.cards.front_matter import NOTHING, FrontMatter, read_front_matter
from engine.content.cards.item_properties import ItemProperties, read_item_properties
from engine.content.cards.lesson_checks import check_pictures, check_placed, check_same_steps
from engine.content.cards.model import Card, Flashcard, Question, Step, joined
from engine.content.cards.place_holding import Palette, held_places, own_palette, without
from engine.content.cards.question_checks import check_question
from engine.content.cards.sheet import ItemHead, Sheet, Slot, read_sheet
from engine.content.cards.translation import heading, read_translation, translates
from engine.content.files.problems import Diagnostics, Place, Problem, clip, did_you_mean, in_order
from engine.content.files.texts import decode
from engine.content.lints.traps import lint
from engine.i18n import DEFAULT_LANGUAGE, Words, say


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one card's files: the card, or None if card.md has an error.

    A translation with an error is left out of the card (its problems say so), because one broken
    file must not take another down. `lines`: see `FrontMatter`.
    """

    card: Card | None
    problems: tuple[Problem, ...]
    lines: Mapping[str, int]


def file_name(card: str, language: str) -> str:
    """The place of a card's file in the content folder, with forward slashes."""
    infix = "" if language == DEFAULT_LANGUAGE else f".{language}"
    return f"cards/{card}/card{infix}.md"


def read_card(
    card: str,
    files: Mapping[str, bytes | Problem],
    languages: Sequence[str] = (DEFAULT_LANGUAGE,),
    palette: Palette | None = None,
) -> Reading:
    """Reads a card. Never raises for what is in the files.

    files: language -> the file's bytes, or why they could not be had. `languages` are those in
    which the course should be; a missing one is a warning. palette: what the editor inserts, and
    so is no word of a card; without it no kind of question is known.
    """
    palette = own_palette() if palette is None else palette
    texts, problems = _texts(card, files)
    read: dict[str, Sheet] = {}
    english = texts.get(DEFAULT_LANGUAGE)
    if english is None:
        if DEFAULT_LANGUAGE not in files:
            problems.append(_no_card(card))
        return Reading(None, in_order(problems), {})
    diagnostics = _diagnostics(card, DEFAULT_LANGUAGE, english)
    sheet = read_sheet(english, diagnostics)
    front = NOTHING if sheet.front is None else read_front_matter(sheet.front, diagnostics)
    _check(sheet, front, diagnostics, palette)
    check_pictures(sheet, front.placeable, diagnostics)
    check_placed(sheet, front.pictures, diagnostics)
    properties = read_item_properties(sheet, palette.in_lesson, diagnostics)
    failed = diagnostics.failed
    read[DEFAULT_LANGUAGE] = sheet
    titles = {DEFAULT_LANGUAGE: front.title}
    for language, text in texts.items():
        if language != DEFAULT_LANGUAGE:
            theirs = _diagnostics(card, language, text)
            typed, original = read_sheet(text, theirs), None if failed else sheet
            held = held_places(typed, original, palette)
            translated = without(typed, held)
            title = read_translation(translated, original, theirs, held)
            if original is not None:
                check_pictures(translated, front.placeable, theirs)
                check_same_steps(translated, original, theirs)
            lint(translated.texts, theirs)
            problems.extend(theirs.problems)
            if not failed and not translates(translated, sheet):
                _nothing_translated(card, language, diagnostics)
            elif not theirs.failed:
                read[language], titles[language] = translated, title
    for language in languages:
        if language not in files:
            _missing_translation(card, language, diagnostics)
    problems.extend(diagnostics.problems)
    built = (
        None
        if failed
        else _card(card, front, read, titles, properties, digest(card, files), diagnostics)
    )
    return Reading(built, in_order(problems), front.lines)


def _texts(card: str, files: Mapping[str, bytes | Problem]) -> tuple[dict[str, str], list[Problem]]:
    """The files that are texts, with `\\n` at the end of lines; and what the others are."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for language, content in files.items():
        if isinstance(content, Problem):
            problems.append(content)
            continue
        name = file_name(card, language)
        decoded = decode(content, name)
        if isinstance(decoded, Problem):
            problems.append(decoded)
        else:
            texts[language] = decoded
    return texts, problems


def _diagnostics(card: str, language: str, text: str) -> Diagnostics:
    return Diagnostics(file_name(card, language), len(text.split("\n")))


def _check(sheet: Sheet, front: FrontMatter, diagnostics: Diagnostics, palette: Palette) -> None:
    for head in sheet.items.values():
        if head.kind == "Question":
            check_question(head, sheet, diagnostics, palette.kinds)
    if not sheet.slots[Slot("", "prose")].text:
        diagnostics.warning(
            sheet.lines[Slot("", "prose")],
            "no-prose",
            say("no text above the first “##”"),
            say("the concept explained in one screen"),
            say("Write what the concept is, why it matters, and a worked number."),
        )
    _check_places(sheet, diagnostics, palette)
    questions = [id for id, head in sheet.items.items() if head.kind == "Question"]
    if front.lead is not None and front.lead not in questions:
        diagnostics.error(
            front.lines["chart"],
            "unknown-chart-question",
            say("“chart: {id}”", id=front.lead),
            say("the id of one of the card's questions"),
            did_you_mean(front.lead, questions, say("Write one of the ids, or delete the line.")),
        )
    lint(sheet.texts, diagnostics)


def _check_places(sheet: Sheet, diagnostics: Diagnostics, palette: Palette) -> None:
    for slot, passage in sheet.slots.items():
        if passage.text in palette.asking:
            diagnostics.warning(
                sheet.lines[slot],
                "place-holding",
                say("“{section}” as it was inserted", section=heading(slot)),
                say("words of your own"),
                say("Write what learners are to read."),
            )


def _no_card(card: str) -> Problem:
    name = file_name(card, DEFAULT_LANGUAGE)
    return Problem(
        "error",
        Place(name, 1),
        "no-card",
        say("a folder “{card}” without card.md", card=clip(card)),
        say("card.md in every folder of cards"),
        say("Write card.md, or delete the folder."),
    )


def _missing_translation(card: str, language: str, diagnostics: Diagnostics) -> None:
    diagnostics.warning(
        1,
        "no-translation",
        say("no “{file}”", file=file_name(card, language).rpartition("/")[2]),
        say("the card in every language of the course"),
        say("Copy card.md, delete its ```question blocks and translate the texts."),
    )


def _nothing_translated(card: str, language: str, diagnostics: Diagnostics) -> None:
    diagnostics.warning(
        1,
        "no-translation",
        say("nothing translated in “{file}”", file=file_name(card, language).rpartition("/")[2]),
        say("the card in every language of the course"),
        say("Translate it; until then it is shown in English."),
    )


def digest(card: str, files: Mapping[str, bytes | Problem]) -> str:
    """SHA-256 over the names and bytes of a card's files that can be read, hexadecimal."""
    sha = hashlib.sha256()
    for language, content in sorted(files.items(), key=lambda entry: entry[0]):
        if isinstance(content, bytes):
            sha.update(f"{file_name(card, language)}\0{len(content)}\0".encode())
            sha.update(content)
    return sha.hexdigest()


def _card(
    card: str,
    front: FrontMatter,
    sheets: Mapping[str, Sheet],
    titles: Words,
    properties: Mapping[str, ItemProperties],
    version: str,
    diagnostics: Diagnostics,
) -> Card:
    english = sheets[DEFAULT_LANGUAGE]
    words: dict[Slot, dict[str, str]] = {
        slot: {
            language: sheet.slots[slot].text
            for language, sheet in sheets.items()
            if slot in sheet.slots and sheet.slots[slot].text
        }
        for slot in english.slots
    }
    heads = english.items.values()
    return Card(
        id=card,
        title=titles,
        unit=front.unit,
        requires=front.requires,
        sources=front.sources,
        status=front.status,
        steps=_steps(sheets, words),
        flashcards=tuple(
            _flashcard(head, words, properties[head.id], diagnostics)
            for head in heads
            if head.kind == "Flashcard"
        ),
        questions=tuple(
            _question(
                head,
                words,
                properties[head.id],
                diagnostics,
                _places(card, head, sheets),
                _first_lines(head, sheets),
            )
            for head in heads
            if head.kind == "Question"
        ),
        order=tuple(english.items),
        trial=front.trial,
        pictures=front.pictures,
        lead=front.lead,
        languages=tuple(sheets),
        digest=version,
        place=diagnostics.place(1),
        position=front.position,
    )


def _steps(sheets: Mapping[str, Sheet], words: Mapping[Slot, Words]) -> tuple[Step, ...]:
    """The steps of card.md. Those that a translation has beyond are part of its last one."""
    english = sheets[DEFAULT_LANGUAGE].steps
    steps = [
        Step(None if title is None else words[title], {DEFAULT_LANGUAGE: "", **words[text]})
        for title, text in english
    ]
    last = len(steps) - 1
    longer = {code: _from(sheet, last) for code, sheet in sheets.items() if len(sheet.steps) > last}
    steps[-1] = replace(
        steps[-1], text={**steps[-1].text, **{c: t for c, t in longer.items() if t}}
    )
    return tuple(steps)


def _from(sheet: Sheet, first: int) -> str:
    """A step and all that follow, as one text; the first's title stands apart."""
    texts = [
        (
            "" if title is None or number == first else sheet.slots[title].text,
            sheet.slots[text].text,
        )
        for number, (title, text) in enumerate(sheet.steps)
    ]
    return joined(texts[first:])


def _flashcard(
    head: ItemHead,
    words: Mapping[Slot, Words],
    properties: ItemProperties,
    diagnostics: Diagnostics,
) -> Flashcard:
    front, back = words[Slot(head.id, "front")], words[Slot(head.id, "back")]
    cloze = bool(head.gaps) or head.part_of is not None
    place = diagnostics.place(head.line)
    return Flashcard(
        head.id, front, back, place, cloze, properties.level, properties.step, properties.apart
    )


def _places(card: str, head: ItemHead, sheets: Mapping[str, Sheet]) -> dict[tuple[str, str], Place]:
    return {
        (language, slot.name): Place(file_name(card, language), line)
        for language, sheet in sheets.items()
        for slot, line in sheet.lines.items()
        if slot.item == head.id
    }


def _first_lines(head: ItemHead, sheets: Mapping[str, Sheet]) -> dict[tuple[str, str], int]:
    return {
        (language, slot.name): passage.line
        for language, sheet in sheets.items()
        for slot, passage in sheet.slots.items()
        if slot.item == head.id
    }


def _question(
    head: ItemHead,
    words: Mapping[Slot, Words],
    properties: ItemProperties,
    diagnostics: Diagnostics,
    places: Mapping[tuple[str, str], Place],
    lines: Mapping[tuple[str, str], int],
) -> Question:
    assert head.logic is not None
    own = {slot.name: said for slot, said in words.items() if slot.item == head.id}

    def by_id(kind: str) -> dict[str, Words]:
        return {
            name.removeprefix(kind): said for name, said in own.items() if name.startswith(kind)
        }

    return Question(
        id=head.id,
        kind=str(head.logic["kind"].value),
        spec=head.logic,
        prompt=own["prompt"],
        place=diagnostics.place(head.line),
        spec_place=diagnostics.place(head.logic_line),
        hints=tuple(by_id("hint:").values()),
        explanation=own.get("explanation"),
        chart_description=own.get("chart-description"),
        unit=own.get("unit"),
        axis=own.get("axis"),
        claim=own.get("claim"),
        options=by_id("option:"),
        feedback=by_id("feedback:"),
        places=places,
        lines=lines,
        level=properties.level,
        step=properties.step,
        apart=properties.apart,
    )
