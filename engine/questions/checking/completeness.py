"""What a card that is ready should have, and has not yet."""

from __future__ import annotations

from engine.content import Card, Problem
from engine.i18n import Message, say
from engine.questions.kinds import KINDS

FLASHCARDS, QUESTIONS, DIFFERENT = 3, 4, 2


def check_complete(card: Card) -> tuple[Problem, ...]:
    """Warnings about a card as a whole. A draft may lack anything."""
    if card.status != "ready":
        return ()
    kinds = sorted({question.kind for question in card.questions})
    flashcards, questions = len(card.flashcards), len(card.questions)
    problems: list[Problem] = []

    def lacks(code: str, found: Message, expected: Message, mend: Message) -> None:
        problems.append(Problem("warning", card.place, code, found, expected, mend))

    if flashcards < FLASHCARDS:
        lacks(
            "few-flashcards",
            say("{count} flashcards", count=flashcards),
            say("at least {few}", few=FLASHCARDS),
            say("Write another “## Flashcard: id”."),
        )
    if not any(flashcard.cloze for flashcard in card.flashcards):
        lacks(
            "no-cloze",
            say("no flashcard with gaps"),
            say("at least one, such as “{{{{c1::text}}}}”"),
            say("Write the card's formula or its main sentence with a gap in it."),
        )
    if questions < QUESTIONS:
        lacks(
            "few-questions",
            say("{count} questions", count=questions),
            say("at least {few}", few=QUESTIONS),
            say("Write another “## Question: id”."),
        )
    if len(kinds) < DIFFERENT:
        lacks(
            "few-kinds",
            say("questions of one kind only: {kinds}", kinds=", ".join(kinds))
            if kinds
            else say("no questions"),
            say("at least {few} kinds", few=DIFFERENT),
            say("Ask one of them in another way."),
        )
    predicting = sorted(name for name, kind in KINDS.items() if kind.predicts)
    if not set(kinds) & set(predicting):
        lacks(
            "no-prediction",
            say("no question of the kinds {kinds}", kinds=", ".join(predicting)),
            say("something to predict before it is shown"),
            say("Write a question of one of these kinds."),
        )
    return tuple(problems)
