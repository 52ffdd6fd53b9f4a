"""What a study day holds: a pure function of how the learner stood when it began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from engine.scheduling.fsrs_memory import retrievability
from engine.scheduling.item_times import ItemTimes
from engine.scheduling.memory import Memory
from engine.scheduling.syllabus import Concept, Item, dependents, easiest_first
from engine.scheduling.wishes import Standing, Wishes

#: What is due may take so much more than the minutes before some of it waits.
STRETCH: Final = 1.1
#: A concept may be begun when the core of all it builds on is known so well.
STANDS: Final = 0.8
#: Share of first answers that are right, and of those to what has just failed.
FIRST_RIGHT: Final = 0.55
AGAIN_RIGHT: Final = 0.95
#: Days of stability all core items need before hard ones come.
STICKS: Final = 4.0


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A study day.

    reviews: due items, the most important first. waiting: due ones for which there is no time; they
    can wait. delayed: due ones that wait a day because an item they are to be kept apart from comes
    today. concepts: cards whose lessons come, in order. new: further new items, of concepts begun
    earlier. minutes: what all of it will take, with the repetitions that will come back.
    seconds: of each item of the day, likewise; reading: of each lesson.
    """

    day: date
    reviews: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    delayed: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    minutes: float = 0.0
    seconds: Mapping[str, float] = field(default_factory=dict)
    reading: Mapping[str, float] = field(default_factory=dict)


def is_begun(concept: Concept, standing: Standing) -> bool:
    """Whether a concept has been met: its lesson was read or checked, or its items answered."""
    lesson = standing.lessons.get(concept.id)
    if lesson is not None:
        return lesson.how != "failed"
    return any(item.id in standing.memories for item in concept.items)


def stands(concept: Concept, standing: Standing, day: date) -> bool:
    """Whether others may build on a concept: begun, and its core known at STANDS on the day."""
    if not is_begun(concept, standing):
        return False
    core = [item.id for item in concept.core if not standing.sets_aside(item.id, day)]
    memories = [standing.memories.get(id) for id in core]
    return all(m is not None and retrievability(m, day) >= STANDS for m in memories)


def plan_day(
    concepts: Sequence[Concept],
    standing: Standing,
    day: date,
    wishes: Wishes,
    times: ItemTimes,
    *,
    more: int = 0,
) -> DayPlan:
    """The plan of a study day.

    concepts: the course in its order. standing: as the learner stood when the day began, so that
    the plan stays as it is while the day lasts. more: how often the learner asked for more today;
    each time is another portion of their minutes.
    """
    budget = wishes.minutes * 60 * (1 + more)
    items = {item.id: item for concept in concepts for item in concept.items}
    seconds: dict[str, float] = {}
    due = _due(items.values(), standing, day)
    builds = dependents(concepts)
    due.sort(key=lambda item: _importance(item, standing.memories[item.id], builds, day))
    kept, delayed = _kept_apart(due, standing.memories)
    for item in kept:
        seconds[item.id] = expected_seconds(item, standing.memories.get(item.id), day, times)
    reviews, waiting, spent = _fitting(kept, seconds, budget * STRETCH)
    begun = {concept.id for concept in concepts if is_begun(concept, standing)}
    chosen: list[Concept] = []
    new: list[Item] = []
    reading: dict[str, float] = {}
    if not waiting:
        room = budget - spent
        allowed = len(items) if wishes.most_new is None else wishes.most_new
        for concept in concepts:
            if concept.id in begun or not _may_begin(concept, concepts, standing, day):
                continue
            core = [i for i in concept.core if not standing.sets_aside(i.id, day)]
            need = times.lesson(concept) + sum(expected_seconds(i, None, day, times) for i in core)
            if need > room or len(core) > allowed:
                break
            chosen.append(concept)
            room, allowed, spent = room - need, allowed - len(core), spent + need
            reading[concept.id] = times.lesson(concept)
            seconds.update({i.id: expected_seconds(i, None, day, times) for i in core})
        for concept in concepts:
            if concept.id not in begun:
                continue
            for item in easiest_first(concept.items):
                need = expected_seconds(item, None, day, times)
                if item.id in standing.memories or standing.sets_aside(item.id, day):
                    continue
                if need > room or not allowed:
                    break
                new.append(item)
                room, allowed, spent = room - need, allowed - 1, spent + need
                seconds[item.id] = need
    return DayPlan(
        day,
        reviews=_ids(reviews),
        waiting=_ids(waiting),
        delayed=_ids(delayed),
        concepts=tuple(concept.id for concept in chosen),
        new=_ids(new),
        minutes=spent / 60,
        seconds=seconds,
        reading=reading,
    )


def expected_seconds(item: Item, memory: Memory | None, day: date, times: ItemTimes) -> float:
    """Seconds an item takes on a day, with the repetitions after wrong answers."""
    right = FIRST_RIGHT if memory is None else retrievability(memory, day)
    return times.of(item) * (1 + (1 - right) / AGAIN_RIGHT)


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _due(items: Iterable[Item], standing: Standing, day: date) -> list[Item]:
    """What comes back by the day; old memories in a learning step come back at once."""
    return [
        item
        for item in items
        if (memory := standing.memories.get(item.id)) is not None
        and (memory.state != "review" or memory.due_day <= day)
        and not standing.sets_aside(item.id, day)
    ]


def _importance(
    item: Item, memory: Memory, builds: Mapping[str, int], day: date
) -> tuple[float, int]:
    forgotten = 1 - retrievability(memory, day)
    weight = 1 + (builds[item.card] if item.level == "core" else 0)
    return -forgotten * weight, item.position


def _kept_apart(
    due: Sequence[Item], memories: Mapping[str, Memory]
) -> tuple[list[Item], list[Item]]:
    """Of two due items that are kept apart, the one due later waits a day, once."""
    oldest = sorted(due, key=lambda item: (memories[item.id].due_day, item.position))
    taken: set[str] = set()
    blocked: set[str] = set()
    for item in oldest:
        if item.id not in blocked and not item.apart & taken:
            taken.add(item.id)
            blocked |= item.apart
    return [i for i in due if i.id in taken], [i for i in due if i.id not in taken]


def _fitting(
    due: Sequence[Item], seconds: Mapping[str, float], budget: float
) -> tuple[list[Item], list[Item], float]:
    """What of the due items is done within the budget, what waits, and the seconds spent."""
    spent = 0.0
    for count, item in enumerate(due):
        if count and spent + seconds[item.id] > budget:
            return list(due[:count]), list(due[count:]), spent
        spent += seconds[item.id]
    return list(due), [], spent


def _may_begin(
    concept: Concept, concepts: Sequence[Concept], standing: Standing, day: date
) -> bool:
    by_id = {other.id: other for other in concepts}
    return all(stands(by_id[name], standing, day) for name in concept.requires if name in by_id)
