"""Going through past answers again: the log is the truth, memories follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from engine.scheduling.days import Calendar
from engine.scheduling.fsrs_memory import DEFAULT_RETENTION, retrievability, review
from engine.scheduling.memory import Memory, Rating
from engine.scheduling.parameters import Parameters


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """An answer of the log that was not undone, with the settings it was scheduled under."""

    item: str
    rating: Rating
    at: datetime
    calendar: Calendar
    desired_retention: float = DEFAULT_RETENTION
    fuzz_seed: int | None = None


def rebuild(
    answers: Iterable[LoggedAnswer], *, parameters: Parameters | None = None
) -> dict[str, Memory]:
    """The memories, by item id, that a log leads to. parameters: as in `review`.

    answers: in the order in which they were recorded, which is not always that of their times: a
    clock may have gone back in between, and the log knows what was known then.
    """
    memories: dict[str, Memory] = {}
    for answer in answers:
        memories[answer.item] = review(
            memories.get(answer.item),
            answer.rating,
            answer.at,
            answer.calendar,
            desired_retention=answer.desired_retention,
            fuzz_seed=answer.fuzz_seed,
            parameters=parameters,
        )
    return memories


@dataclass(frozen=True, slots=True)
class PastReview:
    """A review from somewhere else. review_time: as it was written; at: what it means."""

    card_id: str
    review_time: str
    at: datetime
    rating: Rating


@dataclass(frozen=True, slots=True)
class Replayed:
    """A past review and what FSRS makes of it.

    elapsed_days: whole study days since the card's previous review, 0 on the first.
    retrievability: just before the review, 0 to 1; None on the first review and on repeats on the
    same study day. memory: after the review.
    """

    review: PastReview
    elapsed_days: int
    retrievability: float | None
    memory: Memory


def replay(
    reviews: Iterable[PastReview],
    calendar: Calendar,
    *,
    desired_retention: float = DEFAULT_RETENTION,
) -> Iterator[Replayed]:
    """FSRS's memories over past reviews, in the order of their times, without fuzz.

    They are another program's reviews, so py-fsrs's steps of minutes are taken as well: what it
    says of the same reviews is what comes out. They move when a card is due; stability and
    difficulty are the same without them. Reviews at the same time stay in the order given.
    """
    memories: dict[str, Memory] = {}
    for past in sorted(reviews, key=attrgetter("at")):
        before = memories.get(past.card_id)
        after = review(
            before,
            past.rating,
            past.at,
            calendar,
            desired_retention=desired_retention,
            fuzz_seed=None,
            minute_steps=True,
        )
        memories[past.card_id] = after
        elapsed = 0 if before is None else (after.day - before.day).days
        known = None if before is None or elapsed == 0 else retrievability(before, after.day)
        yield Replayed(past, elapsed, known, after)
