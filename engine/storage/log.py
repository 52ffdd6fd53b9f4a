"""The append-only log of answers: what is written into it, and what is read from it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select

from engine.scheduling import Memory
from engine.storage import log_selects as selects
from engine.storage.database import Database
from engine.storage.learners import Learners, lock
from engine.storage.mapping import answer_of, answer_values, log_row_of, undo_values
from engine.storage.memories import Memories, memory_before
from engine.storage.records import Answer, LoggedAnswer, LogRow, Mode, Recorded, Undone
from engine.storage.schema import log

Schedule = Callable[[Memory | None], Memory]

# Built once, so that SQLAlchemy finds their compiled form at once.
_SEEN = select(log.c.id).where(log.c.presentation == bindparam("presentation"))
_APPEND = insert(log)


class Log:
    """The log, and the memories that go with each of its rows. Every method raises StorageError."""

    def __init__(self, database: Database, learners: Learners, memories: Memories) -> None:
        self._database = database
        self._learners = learners
        self._memories = memories

    # Writing

    def record(self, answer: Answer, schedule: Schedule | None) -> Recorded:
        """Appends an answer and remembers it, in one transaction; durable when it returns.

        schedule: the item's memory before -> after. It is called at most once, while others wait
        to write: it must be quick and must not use the store. None: an answer that does not
        touch the schedule. What it raises comes out here, and nothing was recorded.

        Where the presentation was answered before, nothing is changed and that answer returned.
        """
        with self._database.writing() as connection:
            if not lock(connection, answer.learner):
                self._learners.create(connection, answer.learner, answer.at)
            if connection.execute(_SEEN, {"presentation": answer.presentation}).first():
                return self._counted(connection, answer.presentation)
            previous = self._memories.current(connection, answer.learner, answer.item)
            after = schedule(previous) if schedule else None
            values = answer_values(answer, scheduled=schedule is not None, memory=after)
            log_id = _appended(connection, values)
            if after is not None:
                self._memories.put(connection, answer.learner, answer.item, after, log_id)
            logged = LoggedAnswer(log_id, answer, schedule is not None, after, undone=False)
            return Recorded(logged, True, previous, previous if after is None else after)

    def undo(self, learner: str, now: datetime, expected: str | None = None) -> Undone | None:
        """Takes the learner's newest answer that stands back, and its item's memory with it.

        Each call goes one further back. expected: presentation of the answer to be undone; if
        it has been undone before, nothing is changed (`first` is False), so that a double click
        undoes once. None: there is nothing to undo, or another answer than the expected one is
        the newest.
        """
        with self._database.writing() as connection:
            lock(connection, learner)
            row = connection.execute(selects.newest_answer(learner)).mappings().first()
            logged = answer_of(row) if row is not None else None
            if expected is not None and (logged is None or logged.answer.presentation != expected):
                return self._undone_before(connection, learner, expected)
            if logged is None:
                return None
            memory, source = memory_before(connection, logged)
            _appended(connection, undo_values(logged, memory, now))
            self._memories.put(connection, learner, logged.answer.item, memory, source)
            return Undone(replace(logged, undone=True), memory, first=True)

    def _counted(self, connection: Connection, presentation: str) -> Recorded:
        logged = answer_of(connection.execute(selects.answer_to(presentation)).mappings().one())
        current = self._memories.current(connection, logged.answer.learner, logged.answer.item)
        return Recorded(logged, False, None, logged.memory if logged.scheduled else current)

    def _undone_before(
        self, connection: Connection, learner: str, presentation: str
    ) -> Undone | None:
        row = connection.execute(selects.answer_to(presentation)).mappings().first()
        if row is None or row["learner"] != learner or not row["undone"]:
            return None
        logged = answer_of(row)
        return Undone(
            logged, self._memories.current(connection, learner, logged.answer.item), first=False
        )

    # Reading

    def answer(self, presentation: str) -> LoggedAnswer | None:
        """The answer that was given to a presentation, undone or not."""
        return self._one(selects.answer_to(presentation))

    def answered_as(
        self, learner: str, mode: Mode, item: str, seed: int, attempt: int
    ) -> LoggedAnswer | None:
        """The learner's answer to this, undone or not; None: not answered.

        The id of its presentation may be of a time when the learner had another one.
        """
        return self._one(selects.answered_as(learner, mode, item, seed, attempt))

    def newest_answer(self, learner: str) -> LoggedAnswer | None:
        """The learner's last answer that stands: what `undo` would take back."""
        return self._one(selects.newest_answer(learner))

    def tries(self, learner: str, item: str, seed: int) -> int:
        """How many answers the log holds to this item with this seed, undone ones included."""
        return int(self._database.value(selects.answers_counted(learner, item, seed)))

    def answer_count(self, learner: str, item: str) -> int:
        """How many answers the log holds to this item, undone ones included."""
        return int(self._database.value(selects.answers_counted(learner, item)))

    def answers_on(
        self, learner: str, study_day: date, include_undone: bool = False
    ) -> list[LoggedAnswer]:
        """The answers of one study day, oldest first."""
        return self.answers_between(learner, study_day, study_day, include_undone)

    def answers_between(
        self, learner: str, first_day: date, last_day: date, include_undone: bool = False
    ) -> list[LoggedAnswer]:
        """The answers of these study days, both included, oldest first."""
        wanted = selects.answers_in(learner, first_day, last_day, include_undone=include_undone)
        return [answer_of(row) for row in self._database.rows(wanted)]

    def first_answered_on(self, learner: str, study_day: date) -> list[str]:
        """Items whose first scheduled answer that stands was given that day, in that order."""
        return [
            row["item"]
            for row in self._database.rows(selects.first_answered_on(learner, study_day))
        ]

    def newest_answer_to(self, learner: str, item: str, seed: int) -> LoggedAnswer | None:
        """The learner's last answer to this item with this seed, undone or not."""
        return self._one(selects.newest_answer_to(learner, item, seed))

    def answered_count(self, learner: str, study_day: date, mode: Mode = "today") -> int:
        """How many answers stand that were given in this mode on that study day."""
        return int(self._database.value(selects.counted_on(learner, study_day, mode)))

    def paces(
        self, before: date, limit: int, *, learner: str | None = None
    ) -> list[tuple[str, int]]:
        """(kind, milliseconds) of the newest timed answers that stand, of study days before that.

        learner: None for those of all learners.
        """
        rows = self._database.rows(selects.timed_before(before, learner=learner, limit=limit))
        return [(row["kind"], row["milliseconds"]) for row in rows]

    def first_answers(self, learner: str, before: date, limit: int) -> list[bool]:
        """Whether the first scheduled answers to items were right, of study days before that.

        The newest of them, of those that stand.
        """
        rows = self._database.rows(selects.first_answers(learner, before, limit=limit))
        return [row["verdict"] == "correct" for row in rows]

    def newest_scheduled(self, learner: str, item: str) -> LoggedAnswer | None:
        """The learner's last scheduled answer to this item that stands."""
        return self._one(selects.newest_scheduled(learner, item, before=sys.maxsize))

    def misses(self, learner: str, item: str) -> int:
        """How many scheduled answers to the item stand that were not right."""
        return int(self._database.value(selects.misses(learner, item)))

    def has_answered_card(self, learner: str, card: str, *, before: date | None = None) -> bool:
        """Whether an answer to any item of the card stands, scheduled or not.

        before: only answers of earlier study days count.
        """
        return (
            self._database.value(selects.answer_to_card(learner, card, before=before)) is not None
        )

    def last_id(self, learner: str) -> int:
        """Id of the learner's newest row of the log, 0 if there is none."""
        return int(self._database.value(selects.last_id(learner)) or 0)

    def changes_since(self, learner: str, log_id: int) -> list[LogRow]:
        """The learner's rows with an id above `log_id`, oldest first.

        A learner's rows become visible in the order of their ids, so that somebody who has all
        up to one id misses nothing. Both kinds of row hold their item's memory after them.
        """
        return [log_row_of(row) for row in self._database.rows(selects.rows_after(learner, log_id))]

    def _one(self, wanted: Select[Any]) -> LoggedAnswer | None:
        rows = self._database.rows(wanted)
        return answer_of(rows[0]) if rows else None


def _appended(connection: Connection, values: dict[str, Any]) -> int:
    """Inserts a row into the log. -> its id"""
    key = connection.execute(_APPEND, values).inserted_primary_key
    assert key is not None  # of a single row there always is one
    return int(key[0])
