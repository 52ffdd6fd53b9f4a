"""What the page of the notes shows, as its address says it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from engine.content import STATEMENT_VERDICTS, Wanted

View = Literal["statements", "contradictions", "open"]
VIEWS: tuple[View, ...] = get_args(View)


@dataclass(frozen=True)
class SourcesAddress:
    """One of the three views, the statements that are wanted, and whether all of them are shown."""

    view: View = "statements"
    wanted: Wanted = field(default_factory=Wanted)
    all: bool = False

    def query(self) -> dict[str, str]:
        """The address's parameters; what has its default is left out."""
        wanted = self.wanted
        parameters = {
            "view": "" if self.view == VIEWS[0] else self.view,
            "note": wanted.note,
            "verdict": ",".join(v for v in STATEMENT_VERDICTS if v in wanted.verdicts),
            "concept": wanted.card,
            "words": wanted.words,
            "all": "1" if self.all else "",
        }
        return {name: value for name, value in parameters.items() if value}


def read(
    query: Mapping[str, str], notes: Collection[str], cards: Collection[str]
) -> tuple[SourcesAddress, tuple[str, ...]]:
    """The place an address names, and what it names that is not there."""
    verdicts = [v for v in query.get("verdict", "").split(",") if v]
    view, note, card = query.get("view", ""), query.get("note", ""), query.get("concept", "")
    unknown = [v for v in verdicts if v not in STATEMENT_VERDICTS]
    unknown += [note] if note and note not in notes else []
    unknown += [card] if card and card not in cards else []
    unknown += [view] if view and view not in VIEWS else []
    place = SourcesAddress(
        view=next((v for v in VIEWS if v == view), VIEWS[0]),
        wanted=Wanted(
            note=note if note in notes else "",
            verdicts=frozenset(v for v in STATEMENT_VERDICTS if v in verdicts),
            card=card if card in cards else "",
            words=query.get("words", ""),
        ),
        all=query.get("all") == "1",
    )
    return place, tuple(unknown)
