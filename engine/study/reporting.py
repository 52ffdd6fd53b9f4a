"""What a learner says is wrong with an item, kept with exactly what they saw."""

from __future__ import annotations

from datetime import datetime

from engine.storage import NewReport, Report, Store
from engine.study.person import Person
from engine.study.presentation import Presentation

LONGEST = 500


def report_item(
    store: Store, person: Person, shown: Presentation, text: str, now: datetime
) -> Report | None:
    """Keeps a report, durable when this returns; None for one without words."""
    words = " ".join(text.split())[:LONGEST]
    if not words:
        return None
    return store.reports.add(
        NewReport(
            learner=person.id,
            presentation=shown.id,
            item=shown.item,
            card=shown.card.id,
            seed=shown.seed,
            card_digest=shown.card.digest,
            variant=shown.variant_json,
            text=words,
            at=now,
        )
    )
