"""How a command ends when it cannot do what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.i18n import DEFAULT_LANGUAGE, Message, Translator

if TYPE_CHECKING:  # the command line waits for nothing that it may not need
    from engine.content import Problem


class Failure(Exception):
    """What the person at the terminal is told, in no language yet, and the exit code."""

    def __init__(self, *sentences: Message | Problem, code: int = 2) -> None:
        super().__init__(*sentences)
        self.sentences = sentences
        self.code = code

    def in_words(self, translate: Translator) -> str:
        """A sentence a line."""
        return "\n".join(
            translate(one) if isinstance(one, Message) else one.describe(translate)
            for one in self.sentences
        )

    def __str__(self) -> str:
        return self.in_words(Translator(DEFAULT_LANGUAGE))
