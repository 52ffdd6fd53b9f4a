"""Who may edit. The check stands here, at the use cases, so that no page can forget it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.i18n import Message, say


@dataclass(frozen=True)
class Author:
    """Somebody at the editor. may_edit: whether they are an instructor."""

    id: str
    name: str
    may_edit: bool


class NotAllowed(Exception):
    """Somebody who is no instructor tried to edit; `message` says how to become one."""

    def __init__(self) -> None:
        self.message: Message = say(
            "Only instructors may edit the course. Ask whoever runs this app to name you in "
            "SIMCARDS_INSTRUCTORS."
        )
        super().__init__(str(self.message))


def require(who: Author) -> None:
    """Raises NotAllowed for somebody who is no instructor."""
    if not who.may_edit:
        raise NotAllowed
