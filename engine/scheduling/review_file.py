"""Past reviews as CSV: read, replay, write. What `python -m engine replay` does.

In: a header with `card_id,review_time,review_rating` (further columns are ignored), then a review a
row. review_time is a whole number of milliseconds since 1970 (of seconds if it is below 1e11) or
an ISO 8601 time; an ISO time without an offset is taken as UTC. review_rating is 1 to 4; rows
with 0, with which Anki notes a card that was rescheduled by hand, are no reviews and passed over.
Out: COLUMNS. Numbers are written in full, so that reading them gives the same doubles.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TextIO, TypeVar

from engine.content import ContentError, Place, Problem
from engine.i18n import Message, say
from engine.scheduling.days import Calendar
from engine.scheduling.fsrs_memory import DEFAULT_RETENTION, check_retention
from engine.scheduling.history import PastReview, Replayed, replay
from engine.scheduling.memory import Rating

NEEDED: Final = ("card_id", "review_time", "review_rating")
COLUMNS: Final = (*NEEDED, "elapsed_days", "retrievability", "stability", "difficulty", "due")

#: Rows between two calls of the progress callback, and the problems after which reading stops.
PROGRESS_STEP: Final = 1000
MOST_PROBLEMS: Final = 100

#: done, total (reviews).
Progress = Callable[[int, int], None]
#: How many rows were no reviews; called when there were any.
Passed = Callable[[int], None]

Cell = TypeVar("Cell")

_SECONDS_BELOW: Final = 10**11  # as milliseconds that is March 1973, as seconds the year 5138
_YEARS: Final = range(1900, 3000)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NO_REVIEW: Final = "0"
_RATINGS: Final = {str(int(rating)): rating for rating in Rating}


def replay_file(
    source: TextIO,
    target: TextIO,
    timezone: str = "UTC",
    rollover: int = 4,
    progress: Progress | None = None,
    *,
    desired_retention: float = DEFAULT_RETENTION,
    passed: Passed | None = None,
) -> int:
    """Replays the reviews of a CSV into another; returns how many there were.

    Open both with `newline=""`. Raises ContentError with every problem of the file (up to 100),
    before anything is written; SettingError for a time zone, rollover or retention out of range.
    """
    calendar = Calendar(timezone, rollover)
    check_retention(desired_retention)
    reviews = read_reviews(source, passed)
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    replayed = replay(reviews, calendar, desired_retention=desired_retention)
    for done, result in enumerate(replayed, start=1):
        writer.writerow(_cells(result))
        if progress is not None and (done % PROGRESS_STEP == 0 or done == len(reviews)):
            progress(done, len(reviews))
    return len(reviews)


def read_reviews(source: TextIO, passed: Passed | None = None) -> list[PastReview]:
    """The reviews of a CSV, in the order of the file; `passed` hears of rows that are none.

    Raises ContentError with every problem found (up to 100), each with its line and column.
    """
    reader = _Reader(source)
    reviews = reader.read()
    if passed is not None and reader.passed:
        passed(reader.passed)
    return reviews


class _Unreadable(ValueError):
    """A cell that is not what its column holds."""

    def __init__(self, code: str, expected: Message) -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


class _Reader:
    """Reads a file to its end and gathers what is wrong with it on the way."""

    def __init__(self, source: TextIO) -> None:
        name = getattr(source, "name", None)
        self._file = name if isinstance(name, str) else "CSV"
        self._rows = csv.reader(source)
        self._problems: list[Problem] = []
        self.passed = 0

    def read(self) -> list[PastReview]:
        reviews: list[PastReview] = []
        try:
            places = self._columns(next(self._rows, []))
            for cells in self._rows:
                if not places or len(self._problems) >= MOST_PROBLEMS:
                    break
                if cells:  # an empty line is no row
                    reviews.extend(self._review(cells, places))
        except (csv.Error, UnicodeDecodeError) as error:
            self._note(
                "unreadable",
                say("a file that cannot be read ({error})", error=error),
                say("a CSV file in UTF-8"),
                say("Save it again as CSV, UTF-8."),
            )
        if self._problems:
            raise ContentError(tuple(self._problems))
        return reviews

    def _columns(self, header: Sequence[str]) -> tuple[int, ...]:
        """Where the needed columns stand; empty if one is missing or there twice."""
        names = [name.removeprefix("\ufeff").strip() for name in header]
        found = say("the columns {columns}", columns=_short(", ".join(names)))
        for column in NEEDED:
            if names.count(column) != 1:
                self._note(
                    "column",
                    found if names else say("no columns"),
                    say("one column {column}", column=column),
                    say("Write the names of the columns in the first line."),
                )
        return () if self._problems else tuple(names.index(column) for column in NEEDED)

    def _review(self, cells: Sequence[str], places: Sequence[int]) -> Iterator[PastReview]:
        """The row's review, or none and its problems noted."""
        card, when, rated = (cells[at] if at < len(cells) else "" for at in places)
        if rated.strip() == _NO_REVIEW:
            self.passed += 1
            return
        card_id = self._cell("card_id", card, _read_card_id)
        at = self._cell("review_time", when, read_time)
        rating = self._cell("review_rating", rated, _read_rating)
        if card_id is not None and at is not None and rating is not None:
            yield PastReview(card_id, when, at, rating)

    def _cell(self, column: str, text: str, read: Callable[[str], Cell]) -> Cell | None:
        try:
            return read(text)
        except _Unreadable as unreadable:
            self._note(
                unreadable.code,
                say("{column} {text}", column=column, text=repr(_short(text))),
                unreadable.expected,
                say("Correct the row or take it out."),
            )
            return None

    def _note(self, code: str, found: Message, expected: Message, mend: Message) -> None:
        place = Place(self._file, max(1, self._rows.line_num))
        self._problems.append(Problem("error", place, code, found, expected, mend))


def read_time(text: str) -> datetime:
    """The UTC time that a review_time means. Raises ValueError if it means none."""
    text = text.strip()
    try:
        at = _from_number(int(text)) if re.fullmatch(r"[+-]?\d{1,17}", text) else _from_iso(text)
    except (ValueError, OverflowError):
        at = None
    if at is None or at.year not in _YEARS:
        raise _Unreadable(
            "review-time",
            say(
                "milliseconds or seconds since 1970 as a whole number, or an ISO 8601 time such as "
                "2026-03-01T21:30:00+09:00, from {first} to {last}",
                first=_YEARS[0],
                last=_YEARS[-1],
            ),
        )
    return at


def _from_number(number: int) -> datetime:
    if abs(number) < _SECONDS_BELOW:
        return _EPOCH + timedelta(seconds=number)
    return _EPOCH + timedelta(milliseconds=number)  # exact, which a float of seconds is not


def _from_iso(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _read_rating(text: str) -> Rating:
    rating = _RATINGS.get(text.strip())
    if rating is None:
        raise _Unreadable("review-rating", say("1 (Again), 2 (Hard), 3 (Good) or 4 (Easy)"))
    return rating


def _read_card_id(text: str) -> str:
    if not text.strip():
        raise _Unreadable("card-id", say("the card's name or number"))
    return text


def _cells(result: Replayed) -> tuple[object, ...]:
    """A row of COLUMNS. csv writes floats in full and None as nothing."""
    past, memory = result.review, result.memory
    return (
        past.card_id,
        past.review_time,
        int(past.rating),
        result.elapsed_days,
        result.retrievability,
        memory.stability,
        memory.difficulty,
        memory.due_at.isoformat(),
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
