"""What an answer is made of, whatever is asked: a number, an option, several, or all in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.questions.model import Answer, Option


@dataclass(frozen=True, slots=True)
class Form:
    """The form of an answer.

    is_number: it is a value, not options. many: several options may be the answer. ranked: first
    to last, so that their order counts.
    """

    is_number: bool = False
    many: bool = False
    ranked: bool = False

    def joined(self, parts: Iterable[str]) -> str:
        """Several options in one line."""
        return (" → " if self.ranked else " · ").join(parts)

    def in_parts(self, answer: Answer, options: Sequence[Option]) -> tuple[str, ...] | None:
        """Options that were ticked, by their texts, as they stand; None for any other answer."""
        if self.ranked or not isinstance(answer, tuple):
            return None
        return tuple(option.text for option in options if option.id in answer)

    def in_words(self, answer: str | tuple[str, ...], options: Sequence[Option]) -> str:
        """Options by their texts: ticked ones as they stand, ranked ones first to last."""
        texts = {option.id: option.text for option in options}
        if isinstance(answer, str):
            return texts.get(answer, answer)
        if not self.ranked:
            answer = tuple(option.id for option in options if option.id in answer)
        return self.joined(texts.get(id, id) for id in answer)

    def from_json(self, value: object) -> Answer:
        """An answer as JSON kept it."""
        if isinstance(value, (list, tuple)):
            return tuple(str(part) for part in value)
        if self.is_number:
            assert isinstance(value, (int, float))
            return float(value)
        return str(value)


NUMBER = Form(is_number=True)
OPTION = Form()
OPTIONS = Form(many=True)
RANKING = Form(many=True, ranked=True)
