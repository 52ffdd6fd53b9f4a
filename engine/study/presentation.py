"""One item as it stands before a learner, and the id under which it is answered.

No table holds presentations. The id is a digest of who is asked what for which time, so a reload,
a second tab or another server comes to the same id, and one answer to it counts however often it
is sent. What was answered before its learner got another id keeps the id it was answered under.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from engine.content import Card, Flashcard
from engine.questions import Template, Variant, draw
from engine.storage import Mode

LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True, kw_only=True)
class _Presentation:
    """What every item has when it stands before a learner.

    attempt: how many answers this learner had given to this item and seed before.
    scheduled: whether the answer moves the item's next date.
    """

    id: str
    learner: str
    mode: Mode
    scheduled: bool
    item: str
    seed: int
    attempt: int
    card: Card
    language: str


@dataclass(frozen=True, kw_only=True)
class PresentedFlashcard(_Presentation):
    """A flashcard, to be turned and rated."""

    flashcard: Flashcard

    @property
    def kind(self) -> str:
        """As the log has it."""
        return "flashcard"

    @property
    def variant_json(self) -> None:
        """A flashcard has no numbers."""
        return None

    def in_language(self, language: str) -> PresentedFlashcard:
        """The same in another language."""
        return replace(self, language=language)


@dataclass(frozen=True, kw_only=True)
class PresentedQuestion(_Presentation):
    """A question with its numbers drawn."""

    template: Template
    variant: Variant

    @property
    def kind(self) -> str:
        """As the log has it."""
        return self.variant.kind

    @property
    def variant_json(self) -> str:
        """All that was drawn, as text."""
        return self.variant.to_json()

    def in_language(self, language: str) -> PresentedQuestion:
        """The same in another language."""
        try:
            variant = draw(self.template, self.seed, language)
        except Exception:  # the card was changed meanwhile; what is shown stays
            return replace(self, language=language)
        return replace(self, language=language, variant=variant)


#: An item as it stands before a learner.
Presentation = PresentedFlashcard | PresentedQuestion


def presentation_id(learner: str, mode: Mode, item: str, seed: int, attempt: int) -> str:
    """32 hexadecimal digits, the same for the same presentation wherever it is computed."""
    parts = "\x1f".join((learner, mode, item, str(seed), str(attempt)))
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def seed_for(learner: str, item: str, answers: int) -> int:
    """The numbers an item comes with after `answers` answers to it: new ones each time."""
    parts = "\x1f".join(("seed", learner, item, str(answers)))
    return int.from_bytes(hashlib.sha256(parts.encode()).digest()[:4], "big")


def in_words_of(drawn: Variant, stored: Variant) -> Variant:
    """The stored variant in the language of one just drawn with the same numbers.

    Where the card was edited in between, what is drawn has other numbers or other options; then
    the words that were shown stay as they were.
    """
    texts = {option.id: option for option in drawn.options}
    same = (drawn.parameters, drawn.answer) == (stored.parameters, stored.answer)
    if not same or texts.keys() != {option.id for option in stored.options}:
        return replace(stored, language=drawn.language)
    return replace(
        stored,
        language=drawn.language,
        prompt=drawn.prompt,
        answer_text=drawn.answer_text,
        unit=drawn.unit,
        units=drawn.units,
        options=tuple(texts[option.id] for option in stored.options),
    )
