"""One card from the bytes of its files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.content.cards.front_matter import NOTHING, FrontMatter, read_front_matter
from engine.content.cards.model import Card, Flashcard, Place, Problem, Question
from engine.content.cards.place_holding import Palette, held_places, own_palette, without
from engine.content.cards.question_checks import check_question
from engine.content.cards.sheet import Head, Sheet, Slot, read_sheet
from engine.content.cards.translation import heading, read_translation, translates
from engine.content.files.problems import Findings, clip, did_you_mean
from engine.content.lints.traps import lint
from engine.i18n import DEFAULT_LANGUAGE, Words, say

LARGEST_FILE = 256 * 1024  # bytes
#: Control characters, lone surrogates and noncharacters: invisible, and databases refuse some.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


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
        return Reading(None, _sorted(problems), {})
    findings = _findings(card, DEFAULT_LANGUAGE, english)
    sheet = read_sheet(english, findings)
    front = NOTHING if sheet.front is None else read_front_matter(sheet.front, findings)
    _check(sheet, front, findings, palette)
    failed = findings.failed
    read[DEFAULT_LANGUAGE] = sheet
    titles = {DEFAULT_LANGUAGE: front.title}
    for language, text in texts.items():
        if language != DEFAULT_LANGUAGE:
            theirs = _findings(card, language, text)
            typed, original = read_sheet(text, theirs), None if failed else sheet
            held = held_places(typed, original, palette)
            translated = without(typed, held)
            title = read_translation(translated, original, theirs, held)
            lint(translated.texts, theirs)
            problems.extend(theirs.problems)
            if not failed and not translates(translated, sheet):
                _nothing_translated(card, language, findings)
            elif not theirs.failed:
                read[language], titles[language] = translated, title
    for language in languages:
        if language not in files:
            _missing_translation(card, language, findings)
    problems.extend(findings.problems)
    built = None if failed else _card(card, front, read, titles, digest(card, files), findings)
    return Reading(built, _sorted(problems), front.lines)


def _sorted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.place, p.level, p.code)))


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


def decode(content: bytes, name: str) -> str | Problem:
    """The text of a file in UTF-8 of at most 256 KB and without control characters."""
    if len(content) > LARGEST_FILE:
        return Problem(
            "error",
            Place(name, 1),
            "file-size",
            say("{size} KB", size=len(content) // 1024),
            say("at most {size} KB", size=LARGEST_FILE // 1024),
            say("Split the card into several."),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(
            "error",
            Place(name, content[: error.start].count(b"\n") + 1),
            "encoding",
            say("a byte that is not UTF-8 ({byte})", byte=f"0x{content[error.start]:02x}"),
            say("a text file in UTF-8"),
            say("Save the file again with the encoding UTF-8."),
        )
    # Of several byte order marks too, so that what is written and read again stays as it is.
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control is None:
        return text
    return Problem(
        "error",
        Place(name, text.count("\n", 0, control.start()) + 1),
        "control-character",
        say("the invisible character U+{code}", code=f"{ord(control[0]):04X}"),
        say("letters, digits, signs and ordinary spaces"),
        say("Delete it and type the space or line break again."),
    )


def _findings(card: str, language: str, text: str) -> Findings:
    return Findings(file_name(card, language), len(text.split("\n")))


def _check(sheet: Sheet, front: FrontMatter, findings: Findings, palette: Palette) -> None:
    for head in sheet.items.values():
        if head.kind == "Question":
            check_question(head, sheet, findings, palette.kinds)
    if not sheet.slots[Slot("", "prose")].text:
        findings.warning(
            sheet.lines[Slot("", "prose")],
            "no-prose",
            say("no text above the first “##”"),
            say("the concept explained in one screen"),
            say("Write what the concept is, why it matters, and a worked number."),
        )
    _check_places(sheet, findings, palette)
    questions = [id for id, head in sheet.items.items() if head.kind == "Question"]
    if front.lead is not None and front.lead not in questions:
        findings.error(
            front.lines["chart"],
            "unknown-chart-question",
            say("“chart: {id}”", id=front.lead),
            say("the id of one of the card's questions"),
            did_you_mean(front.lead, questions, say("Write one of the ids, or delete the line.")),
        )
    lint(sheet.texts, findings)


def _check_places(sheet: Sheet, findings: Findings, palette: Palette) -> None:
    for slot, passage in sheet.slots.items():
        if passage.text in palette.asking:
            findings.warning(
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


def _missing_translation(card: str, language: str, findings: Findings) -> None:
    findings.warning(
        1,
        "no-translation",
        say("no “{file}”", file=file_name(card, language).rpartition("/")[2]),
        say("the card in every language of the course"),
        say("Copy card.md, delete its ```question blocks and translate the texts."),
    )


def _nothing_translated(card: str, language: str, findings: Findings) -> None:
    findings.warning(
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
    version: str,
    findings: Findings,
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
    prose = words[Slot("", "prose")] or {DEFAULT_LANGUAGE: ""}
    heads = english.items.values()
    return Card(
        id=card,
        title=titles,
        unit=front.unit,
        requires=front.requires,
        sources=front.sources,
        status=front.status,
        prose=prose if DEFAULT_LANGUAGE in prose else {DEFAULT_LANGUAGE: "", **prose},
        flashcards=tuple(
            _flashcard(head, words, findings) for head in heads if head.kind == "Flashcard"
        ),
        questions=tuple(
            _question(
                head, words, findings, _places(card, head, sheets), _first_lines(head, sheets)
            )
            for head in heads
            if head.kind == "Question"
        ),
        order=tuple(english.items),
        trial=front.trial,
        lead=front.lead,
        languages=tuple(sheets),
        digest=version,
        place=findings.place(1),
        position=front.position,
    )


def _flashcard(head: Head, words: Mapping[Slot, Words], findings: Findings) -> Flashcard:
    front, back = words[Slot(head.id, "front")], words[Slot(head.id, "back")]
    cloze = bool(head.gaps) or head.part_of is not None
    return Flashcard(head.id, front, back, findings.place(head.line), cloze)


def _places(card: str, head: Head, sheets: Mapping[str, Sheet]) -> dict[tuple[str, str], Place]:
    return {
        (language, slot.name): Place(file_name(card, language), line)
        for language, sheet in sheets.items()
        for slot, line in sheet.lines.items()
        if slot.item == head.id
    }


def _first_lines(head: Head, sheets: Mapping[str, Sheet]) -> dict[tuple[str, str], int]:
    return {
        (language, slot.name): passage.line
        for language, sheet in sheets.items()
        for slot, passage in sheet.slots.items()
        if slot.item == head.id
    }


def _question(
    head: Head,
    words: Mapping[Slot, Words],
    findings: Findings,
    places: Mapping[tuple[str, str], Place],
    lines: Mapping[tuple[str, str], int],
) -> Question:
    assert head.logic is not None
    mine = {slot.name: said for slot, said in words.items() if slot.item == head.id}

    def by_id(kind: str) -> dict[str, Words]:
        return {
            name.removeprefix(kind): said for name, said in mine.items() if name.startswith(kind)
        }

    return Question(
        id=head.id,
        kind=str(head.logic["kind"].value),
        spec=head.logic,
        prompt=mine["prompt"],
        place=findings.place(head.line),
        spec_place=findings.place(head.logic_line),
        hints=tuple(by_id("hint:").values()),
        explanation=mine.get("explanation"),
        chart_description=mine.get("chart-description"),
        unit=mine.get("unit"),
        axis=mine.get("axis"),
        claim=mine.get("claim"),
        options=by_id("option:"),
        feedback=by_id("feedback:"),
        places=places,
        lines=lines,
    )
