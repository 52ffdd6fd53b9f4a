"""The list of cards as an instructor sees it: states, problems, translations, last changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.authoring.author import Author, require
from engine.authoring.editor import Editor
from engine.content import CARDS, Status
from engine.course import Course, stated_status
from engine.i18n import folded, in_language


@dataclass(frozen=True)
class CardRow:
    """One card of the list.

    missing: languages of the course that it is not in. errors keep its newest revision from
    learners; warnings do not. by, at: of the newest revision. pending: a file contradicts it.
    draft: this author has typed something that is not saved. reports: open ones.
    """

    card: str
    title: str
    unit: str
    status: Status | None
    errors: int
    warnings: int
    missing: tuple[str, ...]
    by: str
    at: datetime | None
    pending: bool
    draft: bool
    reports: int


def card_rows(editor: Editor, who: Author, course: Course, language: str) -> list[CardRow]:
    """Every card, in the order of the course, those that learners do not see last."""
    require(who)
    store = editor.store
    heads = {head.card: head for head in store.revisions.heads()}
    newest = store.revisions.get_all(head.newest for head in heads.values() if head.newest)
    drafts = {draft.card for draft in store.drafts.of(who.id)}
    reports = Counter(report.card for report in store.reports.find())
    troubles: Counter[tuple[str, str]] = Counter()
    for problem in course.problems:
        parts = problem.place.file.split("/")
        if len(parts) == 3 and parts[0] == CARDS:
            troubles[parts[1], problem.level] += 1
    known = course.content.cards
    order = [*course.cards, *(id for id in known if id not in course.cards)]
    order += [id for id in (*heads, *sorted(drafts)) if id not in known and id not in order]
    languages = course.content.syllabus.languages
    rows = []
    for id in dict.fromkeys(order):
        card, head = known.get(id), heads.get(id)
        revision = newest.get(head.newest) if head and head.newest else None
        held_back = head is not None and head.newest != head.sound
        status: Status | None = card.status if card is not None else None
        if revision is not None and (card is None or held_back):
            status = stated_status(store.revisions.texts(revision.id)) or status
        rows.append(
            CardRow(
                card=id,
                title=in_language(card.title, language) if card is not None else id,
                unit=card.unit if card is not None else "",
                status=status,
                errors=troubles[id, "error"],
                warnings=troubles[id, "warning"],
                missing=tuple(c for c in languages if card is None or c not in card.languages),
                by=revision.author if revision else "",
                at=revision.at if revision else None,
                pending=head is not None and head.pending is not None,
                draft=id in drafts,
                reports=reports[id],
            )
        )
    return rows


def search_rows(rows: Sequence[CardRow], wanted: str, status: str | None = None) -> list[CardRow]:
    """The rows in whose id or title every word occurs, and that have this status."""
    words = folded(wanted).split()
    return [
        row
        for row in rows
        if (status is None or row.status == status)
        and all(word in folded(f"{row.card} {row.title} {row.unit}") for word in words)
    ]
