"""FSRS parameters that were fitted to learners: a revision for every fit and every way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping, Select, insert, select

from engine.scheduling import RatedOn, Rating, checked_parameters
from engine.storage import log_selects
from engine.storage.database import Database
from engine.storage.driver_errors import legible
from engine.storage.learners import lock
from engine.storage.mapping import weights_of
from engine.storage.memories import Memories
from engine.storage.records import Fit, NewFit
from engine.storage.replaying import Rows, histories, made_ready
from engine.storage.schema import parameters, utc

_FIELDS = tuple(field.name for field in fields(NewFit))


class Fits:
    """The parameters of all learners; no row is ever changed. Every method raises StorageError."""

    def __init__(self, database: Database, memories: Memories) -> None:
        self._database = database
        self._memories = memories

    def record(self, fit: NewFit) -> Fit:
        """Keeps a fit. Where it is applied, the learner's memories are made of the log again with
        its weights, in the same transaction; the work is done before it begins.

        Raises SettingError for weights that are no use.
        """
        checked_parameters(fit.weights)
        with self._database.reading() as connection:
            ready = made_ready(connection, fit.learner, fit.weights) if fit.applied else None
        with self._database.writing() as connection:
            lock(connection, fit.learner)
            log_id = connection.execute(log_selects.last_id(fit.learner)).scalar() or 0
            values = _values(fit) | {"log_id": int(log_id)}
            found = connection.execute(insert(parameters).returning(parameters.c.id), values)
            id = int(found.scalar_one())
            if fit.applied:
                self._memories.make_again(connection, fit.learner, ready)
            return Fit(**{name: getattr(fit, name) for name in _FIELDS}, id=id, log_id=log_id)

    def of(self, learner: str) -> list[Fit]:
        """All revisions of a learner, newest first."""
        wanted = select(parameters).where(parameters.c.learner == learner)
        rows = self._database.rows(wanted.order_by(parameters.c.id.desc()))
        return [_fit(row) for row in rows]

    def rated(self, learner: str) -> list[RatedOn]:
        """The scheduled answers that stand, oldest first: what a fit is made of.

        A renamed item's are told under the name that has more of them.
        """
        with self._database.reading() as connection:
            answers = histories(connection, learner)
        told = {row.id: (item, row) for item, rows in _shortest_first(answers) for row in rows}
        return [
            RatedOn(item, Rating(row.rating), row.study_day)
            for _, (item, row) in sorted(told.items())
            if row.rating is not None and row.study_day is not None
        ]

    def weights(self, learner: str) -> tuple[float, ...] | None:
        """The weights the learner's memories go by; None: FSRS's own."""
        return weights_of(self._database.value(_applied(learner)))


def _shortest_first(answers: Mapping[str, Rows]) -> list[tuple[str, Rows]]:
    return sorted(answers.items(), key=lambda one: len(one[1]))


def _applied(learner: str) -> Select[Any]:
    own = (parameters.c.learner == learner, parameters.c.applied)
    newest = select(parameters.c.weights).where(*own).order_by(parameters.c.id.desc())
    return newest.limit(1)


def _values(fit: NewFit) -> dict[str, Any]:
    values = {name: getattr(fit, name) for name in _FIELDS}
    kept = None if fit.weights is None else json.dumps([float(weight) for weight in fit.weights])
    return values | {"at": utc(fit.at), "weights": kept, "answers": int(fit.answers)}


@legible
def _fit(row: RowMapping) -> Fit:
    values = {name: row[name] for name in (*_FIELDS, "id", "log_id")}
    return Fit(**values | {"weights": weights_of(row["weights"])})
