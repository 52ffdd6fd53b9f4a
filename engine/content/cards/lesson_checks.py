"""Whether a card can be taught: its pictures stand where they should, its steps and core items
are neither too few nor too many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from engine.content.cards.model import Card, Trial
from engine.content.cards.pictures import Placed, placed_in
from engine.content.cards.sheet import Sheet
from engine.content.files.problems import Diagnostics, Problem, clip, did_you_mean
from engine.i18n import DEFAULT_LANGUAGE, Message, say

#: Steps and core items of a card that learners see, at least and at most; kinds of core items.
STEPS, CORE, KINDS = (2, 5), (3, 6), 2


def check_pictures(sheet: Sheet, known: Collection[str], diagnostics: Diagnostics) -> None:
    """Adds an error for every picture of a file that is not there, or stands there twice.

    known: the pictures that the card has.
    """
    first: dict[str, int] = {}
    for line, placed in _placed(sheet):
        if placed.name not in known:
            _unknown(line, placed.name, known, diagnostics)
        elif placed.name in first:
            diagnostics.error(
                line,
                "picture-twice",
                say(
                    "the picture “{name}” a second time (first on line {line})",
                    name=placed.name,
                    line=first[placed.name],
                ),
                say("every picture once"),
                say("Take one of them out, or give it a name of its own in “pictures:”."),
            )
        first.setdefault(placed.name, line)


def check_placed(sheet: Sheet, pictures: Mapping[str, Trial], diagnostics: Diagnostics) -> None:
    """Adds an error for every picture of card.md that its text does not place."""
    placed = {picture.name for _, picture in _placed(sheet)}
    for name, trial in pictures.items():
        if name not in placed:
            diagnostics.error(
                trial.line,
                "unplaced-picture",
                say("the picture “{name}”, which the text does not place", name=clip(name)),
                say("every picture of “pictures:” in the text above the first “##”"),
                say("Write ![What to look for.](picture:{name}) where it belongs.", name=name),
            )


def check_same_steps(sheet: Sheet, english: Sheet, diagnostics: Diagnostics) -> None:
    """Adds a warning where a translation is cut otherwise than card.md, or has pictures elsewhere.

    Not where its text is not translated at all, of which another warning tells.
    """
    theirs, ours = pictures_by_step(sheet), pictures_by_step(english)
    if not any(sheet.slots[text].text for _, text in sheet.steps):
        return
    if len(theirs) != len(ours):
        _differ(
            sheet.lines[sheet.steps[-1][1]],
            say("{count} steps", count=len(theirs)),
            say("{count} steps, as in card.md", count=len(ours)),
            say("Give the text the same “###” headings, in the same order."),
            diagnostics,
        )
        return
    for number, (here, there) in enumerate(zip(theirs, ours, strict=True), 1):
        if here != there:
            _differ(
                sheet.lines[sheet.steps[number - 1][1]],
                say("in step {number}: {names}", number=number, names=_names(here)),
                say("{names}, as in card.md", names=_names(there)),
                say("Place the same pictures in the same steps."),
                diagnostics,
            )


def pictures_by_step(sheet: Sheet) -> list[list[str]]:
    """The names of the pictures in each step of a file."""
    return [[placed.name for _, placed in placed_in(sheet.slots[t].text)] for _, t in sheet.steps]


def check_lesson(card: Card) -> tuple[Problem, ...]:
    """Warnings about a card as a lesson. A draft may lack anything."""
    if card.status != "ready":
        return ()
    return (*_steps(card), *_core_items(card))


def _steps(card: Card) -> Iterator[Problem]:
    few, many = STEPS
    if not few <= len(card.steps) <= many:
        yield _warning(
            card,
            "steps",
            say("{count} steps", count=len(card.steps)),
            say("{few} to {many} steps, one idea each", few=few, many=many),
            say("Cut the text with “### Title” where a new idea begins.")
            if len(card.steps) < few
            else say("Put steps together, or make two cards of it."),
        )
    if not any(isinstance(p, Placed) for s in card.steps for p in s.parts(DEFAULT_LANGUAGE)):
        yield _warning(
            card,
            "no-picture",
            say("no picture inside the text"),
            say("at least one, drawn by a simulation"),
            say("Write ![What to look for.](picture:try) where the text speaks of it."),
        )


def _core_items(card: Card) -> Iterator[Problem]:
    flashcards = {f.place for f in card.flashcards if f.level == "core"}  # a place: all its gaps
    core = [*("flashcard" for _ in flashcards)]
    core += [question.kind for question in card.questions if question.level == "core"]
    few, many = CORE
    if not few <= len(core) <= many:
        yield _warning(
            card,
            "core-items",
            say("{count} core items", count=len(core)),
            say("{few} to {many} items of the level core", few=few, many=many),
            say("Write “level: core” or “level: more” in the block of some items."),
        )
    elif len(set(core)) < KINDS:
        yield _warning(
            card,
            "core-items",
            say("core items of one kind only: {kind}", kind=core[0]),
            say("at least {few} kinds", few=KINDS),
            say("Write “level: core” in the block of an item of another kind."),
        )


def _placed(sheet: Sheet) -> Iterator[tuple[int, Placed]]:
    for _, text in sheet.steps:
        passage = sheet.slots[text]
        for line, placed in placed_in(passage.text):
            yield passage.line + line, placed


def _unknown(line: int, name: str, known: Collection[str], diagnostics: Diagnostics) -> None:
    names = ", ".join(known)
    diagnostics.error(
        line,
        "unknown-picture",
        say("the picture “{name}”", name=clip(name)),
        say("one of {names}", names=clip(names, 200))
        if names
        else say("a picture of “pictures:”, or “try” for the one of “try:”; the card has none"),
        did_you_mean(name, known, say("Add it to “pictures:” at the top of card.md.")),
    )


def _names(names: Sequence[str]) -> str | Message:
    return ", ".join(names) or say("no picture")


def _differ(
    line: int, found: Message, expected: Message, mend: Message, diagnostics: Diagnostics
) -> None:
    diagnostics.warning(line, "steps-differ", found, expected, mend)


def _warning(card: Card, code: str, found: Message, expected: Message, mend: Message) -> Problem:
    return Problem("warning", card.place, code, found, expected, mend)
