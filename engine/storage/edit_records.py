"""What editing takes and gives: revisions, drafts, renamed items, reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Origin = Literal["app", "file", "restore", "merge", "import"]
#: Language -> the text of the card's file in it.
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevision:
    """A state of a card, to be kept for ever.

    digest: of the texts (`engine.content.digest`). sound: whether learners may see it, that is, it
    has no error. withdrawn: it has errors but is no longer meant for learners (a draft), who lose
    the card. at: any time zone, kept as UTC.
    """

    card: str
    texts: Texts
    digest: str
    sound: bool
    author: str
    origin: Origin
    at: datetime
    note: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A state of a card as it is kept. parent: the revision that it was made from."""

    id: int
    card: str
    parent: int | None
    origin: Origin
    author: str
    note: str
    at: datetime
    digest: str
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What counts of a card's revisions.

    newest: what an instructor edits. sound: the newest that has no error, which is what learners
    see. pending: a revision by file that could not be merged with the newest; somebody has to.
    seen_digest: of the files when they were last read or written; seen: the revision they were.
    version: grows with every change of any head, so that a reader can ask what is new.
    """

    card: str
    newest: int | None
    sound: int | None
    pending: int | None
    seen_digest: str | None
    seen: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Stale:
    """A save that was refused, because the card's newest revision is another than it began from."""

    newest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an author has typed and not saved. base: the newest revision when they began."""

    card: str
    author: str
    base: int | None
    at: datetime
    texts: Texts


#: How the presentation of a report begins that the app itself made, of an item it cannot show.
BY_APP = "app-"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """What a learner says is wrong with an item; variant: what they saw, as JSON text."""

    learner: str
    presentation: str
    item: str
    card: str
    seed: int
    card_digest: str
    variant: str | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it is kept; open until `closed_at`."""

    id: int
    learner: str
    presentation: str
    item: str
    card: str
    seed: int
    card_digest: str
    variant: str | None
    text: str
    at: datetime
    closed_at: datetime | None
    closed_by: str | None
    reply: str | None

    @property
    def by_app(self) -> bool:
        """Whether no learner wrote it: the item could not be shown."""
        return self.presentation.startswith(BY_APP)
