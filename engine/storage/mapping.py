"""Between the tables' rows and what storage gives out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import RowMapping

from engine.scheduling import Memory
from engine.storage.driver_errors import legible
from engine.storage.edit_records import Texts
from engine.storage.records import (
    Answer,
    Learner,
    LoggedAnswer,
    LoggedUndo,
    LogRow,
    Settings,
)
from engine.storage.schema import log, memories, utc, utc_text

ANSWER_FIELDS = tuple(field.name for field in fields(Answer))
SETTINGS_FIELDS = tuple(field.name for field in fields(Settings))
#: In the order of the fields of `Memory`, which `memory_of` relies on.
MEMORY_FIELDS = tuple(field.name for field in fields(Memory))
MEMORY_COLUMNS = tuple(memories.c[name] for name in MEMORY_FIELDS)
LOG_FIELDS = tuple(column.name for column in log.c if column.name != "id")

_INTEGERS = (
    "seed",
    "attempt",
    "rollover",
    "confidence_level",
    "rating",
    "milliseconds",
    "fuzz_seed",
)
_EMPTY_LOG_ROW: dict[str, Any] = dict.fromkeys(LOG_FIELDS)


def answer_values(answer: Answer, *, scheduled: bool, memory: Memory | None) -> dict[str, Any]:
    """A row of the log, ready to be inserted."""
    values = _EMPTY_LOG_ROW | {name: getattr(answer, name) for name in ANSWER_FIELDS}
    for name in _INTEGERS:  # NumPy's and enumerations are not every driver's
        if values[name] is not None:
            values[name] = int(values[name])
    values |= {
        "type": "answer",
        "scheduled": scheduled,
        "at": utc(answer.at),
        "answer_text": storable(answer.answer_text),
        "response": None if answer.response is None else json.dumps(answer.response),
        "memory_after": memory_text(memory),
    }
    return values


def undo_values(logged: LoggedAnswer, memory: Memory | None, now: datetime) -> dict[str, Any]:
    """The compensating row of an answer, ready to be inserted."""
    return _EMPTY_LOG_ROW | {
        "learner": logged.answer.learner,
        "type": "undo",
        "undoes": logged.id,
        "item": logged.answer.item,
        "scheduled": logged.scheduled,
        "at": now,
        "memory_after": memory_text(memory),
    }


def storable(text: str) -> str:
    """PostgreSQL keeps no NUL, and neither database half a surrogate pair."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def memory_values(memory: Memory) -> dict[str, Any]:
    """The columns of `memory` but its key."""
    return {name: getattr(memory, name) for name in MEMORY_FIELDS}


def settings_values(settings: Settings) -> dict[str, Any]:
    """The columns of `learner` that hold settings."""
    values = {name: getattr(settings, name) for name in SETTINGS_FIELDS}
    units = [storable(unit) for unit in settings.exam_units]
    return values | {"exam_units": json.dumps(units, ensure_ascii=False) if units else None}


def memory_text(memory: Memory | None) -> str | None:
    """A memory as JSON; `memory_from_text` gives back exactly the same, to the last bit."""
    if memory is None:
        return None
    values = memory_values(memory)
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = utc_text(value)
        elif isinstance(value, date):
            values[name] = value.isoformat()
    return json.dumps(values)


@legible
def memory_from_text(text: str | None) -> Memory | None:
    if text is None:
        return None
    values = json.loads(text)
    for name in ("day", "due_day"):
        values[name] = date.fromisoformat(values[name])
    for name in ("reviewed_at", "due_at"):
        values[name] = datetime.fromisoformat(values[name]).astimezone(UTC)
    return Memory(**values)


@legible
def memory_of(row: Mapping[str, Any] | RowMapping) -> Memory:
    return Memory(**{name: row[name] for name in MEMORY_FIELDS})


@legible
def learner_of(row: Mapping[str, Any] | RowMapping) -> Learner:
    values = {name: row[name] for name in SETTINGS_FIELDS}
    values["exam_units"] = tuple(str(unit) for unit in json.loads(row["exam_units"] or "[]"))
    return Learner(row["id"], row["created_at"], Settings(**values))


@legible
def weights_of(kept: str | None) -> tuple[float, ...] | None:
    """A learner's weights, as JSON or none, read."""
    return None if kept is None else tuple(float(weight) for weight in json.loads(kept))


@legible
def log_row_of(row: RowMapping) -> LogRow:
    """A row of `log` with `undone` beside it."""
    return answer_of(row) if row["type"] == "answer" else _undo_of(row)


@legible
def answer_of(row: RowMapping) -> LoggedAnswer:
    values = {name: row[name] for name in ANSWER_FIELDS}
    if values["response"] is not None:
        values["response"] = json.loads(values["response"])
    return LoggedAnswer(
        id=row["id"],
        answer=Answer(**values),
        scheduled=row["scheduled"],
        memory=memory_from_text(row["memory_after"]),
        undone=bool(row["undone"]),
    )


def _undo_of(row: RowMapping) -> LoggedUndo:
    return LoggedUndo(
        id=row["id"],
        learner=row["learner"],
        undoes=row["undoes"],
        item=row["item"],
        scheduled=row["scheduled"],
        memory=memory_from_text(row["memory_after"]),
        at=row["at"],
    )


def json_of_texts(texts: Texts) -> str:
    """A card's texts as they are kept."""
    return json.dumps(
        {language: storable(text) for language, text in texts.items()}, ensure_ascii=False
    )


@legible
def texts_of_json(kept: str) -> Texts:
    return {str(language): str(text) for language, text in json.loads(kept).items()}
