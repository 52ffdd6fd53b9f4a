"""How a command ends when it cannot do what was asked."""

from __future__ import annotations

from engine.words import Message


class Failure(Exception):
    """A sentence for the person at the terminal, and the exit code."""

    def __init__(self, message: Message | str, code: int = 2) -> None:
        super().__init__(str(message))
        self.code = code
