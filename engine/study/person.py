"""Who studies, and what a learner can be told about their day and their address."""

from __future__ import annotations

from dataclasses import dataclass

from engine.i18n import Message
from engine.scheduling import Calendar, Counts, Entry
from engine.storage import Settings

#: What each confidence button states: the chance of being right, in the order of the buttons.
STATED = (0.25, 0.50, 0.75, 0.95)


@dataclass(frozen=True)
class Person:
    """Who studies, and the days they study by."""

    id: str
    settings: Settings
    language: str
    calendar: Calendar


@dataclass(frozen=True)
class Today:
    """How the day stands.

    counts: what is left. next: the item that comes now; lesson: the card whose lesson does, in its
    place. concepts: the cards whose lessons are still to come, in order. passed_over: how many
    items could not be shown.
    """

    counts: Counts
    answered: int
    next: Entry | None = None
    lesson: str | None = None
    concepts: tuple[str, ...] = ()
    passed_over: int = 0

    @property
    def minutes(self) -> int:
        """What is left takes about so many, with what will come back in it."""
        return self.counts.minutes

    @property
    def waiting(self) -> int:
        """How much is due that can wait."""
        return self.counts.waiting

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.next is None and self.lesson is None


class NotThere(Exception):
    """The address names something that cannot be shown; `message` says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
