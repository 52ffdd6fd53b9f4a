"""What can only be seen with all cards side by side, and the order in which they are taught."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from engine.content.cards.model import Card
from engine.content.cards.reading import Reading, file_name
from engine.content.files.problems import Level, Place, Problem, clip, did_you_mean
from engine.content.model import Content
from engine.content.sources import Source
from engine.content.syllabus import Syllabus
from engine.i18n import DEFAULT_LANGUAGE, Message, say

_LONGEST_SHOWN = 8


def check_together(
    readings: Mapping[str, Reading],
    syllabus: Syllabus | None,
    sources: Mapping[str, Source] | None,
) -> list[Problem]:
    """The problems between cards. Without a readable syllabus or sources, these are not checked."""
    problems: list[Problem] = []
    mends: dict[str, Message] = {}
    for reading in readings.values():
        problems.extend(_alone(reading, readings, syllabus, sources, mends))
    return problems + _cycles(readings)


def check_among(
    card: str,
    readings: Mapping[str, Reading],
    syllabus: Syllabus | None,
    sources: Mapping[str, Source] | None,
) -> list[Problem]:
    """Those of the problems between cards that are `card`'s, without looking at all the others."""
    problems = _alone(readings[card], readings, syllabus, sources, {})
    if _leads_back(card, readings):
        file = file_name(card, DEFAULT_LANGUAGE)
        problems += [p for p in _cycles(readings) if p.place.file == file]
    return problems


def _alone(
    reading: Reading,
    readings: Mapping[str, Reading],
    syllabus: Syllabus | None,
    sources: Mapping[str, Source] | None,
    mends: dict[str, Message],
) -> list[Problem]:
    problems: list[Problem] = []
    if reading.card is not None:
        if syllabus is not None:
            problems.extend(_unit(reading.card, reading.lines, syllabus))
        if sources is not None:
            problems.extend(_sources(reading.card, reading.lines, sources))
        problems.extend(_requires(reading.card, reading.lines, readings, mends))
    return problems


def _leads_back(card: str, readings: Mapping[str, Reading]) -> bool:
    """Whether the card requires itself, over whatever others."""
    waiting, seen = [card], set[str]()
    while waiting:
        reading = readings.get(waiting.pop())
        for required in reading.card.requires if reading and reading.card else ():
            if required == card:
                return True
            if required not in seen:
                seen.add(required)
                waiting.append(required)
    return False


def course_order(content: Content) -> tuple[str, ...]:
    """The cards as they are taught: by unit, prerequisites first, by position, by id.

    A prerequisite comes before the card that requires it even if its unit comes later.
    """
    ranks = {unit.id: rank for rank, unit in enumerate(content.syllabus.units)}
    cards = content.cards
    waiting = {id: {r for r in card.requires if r in cards} for id, card in cards.items()}
    leads_to: dict[str, list[str]] = {id: [] for id in cards}
    for id, requires in waiting.items():
        for required in requires:
            leads_to[required].append(id)

    def place(id: str) -> tuple[int, int, str]:
        return ranks.get(cards[id].unit, len(ranks)), cards[id].position, id

    ready = [place(id) for id, requires in waiting.items() if not requires]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        *_, id = heapq.heappop(ready)
        order.append(id)
        for follower in leads_to[id]:
            waiting[follower].discard(id)
            if not waiting[follower]:
                heapq.heappush(ready, place(follower))
    return tuple(order)


def _problem(
    level: Level,
    card: Card,
    line: int,
    code: str,
    said: tuple[Message, Message, Message],
) -> Problem:
    return Problem(level, Place(card.place.file, line), code, *said)


def _unit(card: Card, lines: Mapping[str, int], syllabus: Syllabus) -> list[Problem]:
    if syllabus.unit(card.unit) is not None:
        return []
    ids = [unit.id for unit in syllabus.units]
    said = (
        say("the unit “{id}”", id=card.unit),
        say("one of {names}", names=clip(", ".join(ids), 200)),
        did_you_mean(card.unit, ids, say("Write one of them, or add the unit to course.toml.")),
    )
    return [_problem("error", card, lines["unit"], "unknown-unit", said)]


def _sources(card: Card, lines: Mapping[str, int], sources: Mapping[str, Source]) -> list[Problem]:
    problems = []
    for id in card.sources:
        if id not in sources:
            said = (
                say("the source “{id}”", id=id),
                say("an id of sources.toml"),
                did_you_mean(id, sources, say("Add [{id}] to sources.toml.", id=id)),
            )
            line = lines[f"sources/{id}"]
            problems.append(_problem("error", card, line, "unknown-source", said))
    return problems


def _requires(
    card: Card,
    lines: Mapping[str, int],
    readings: Mapping[str, Reading],
    mends: dict[str, Message],
) -> list[Problem]:
    """`mends` remembers suggestions: looking among thousands of cards takes its time."""
    problems = []
    for id in card.requires:
        if id not in readings:
            if id not in mends:
                otherwise = say("Write that card, or take it out of the list.")
                mends[id] = did_you_mean(id, readings, otherwise)
            said = say("the card “{id}”", id=id), say("the id of a card that is there"), mends[id]
            line = lines[f"requires/{id}"]
            problems.append(_problem("warning", card, line, "unknown-card", said))
    return problems


def _cycles(readings: Mapping[str, Reading]) -> list[Problem]:
    """An error for every card of a cycle, until what is left can be put in order."""
    graph = {
        id: sorted(r for r in reading.card.requires if r in readings)
        for id, reading in sorted(readings.items())
        if reading.card is not None
    }
    problems: list[Problem] = []
    while (cycle := _cycle(graph)) is not None:
        shown = [*cycle, cycle[0]]
        if len(shown) > _LONGEST_SHOWN:
            shown = [*shown[: _LONGEST_SHOWN - 1], "…", shown[-1]]
        for id in cycle:
            del graph[id]
        for position, id in enumerate(cycle):
            reading = readings[id]
            assert reading.card is not None
            said = (
                say("cards that require one another: {cycle}", cycle=" → ".join(shown)),
                say("a first card that requires none of the others"),
                say("Take one of them out of “requires:”."),
            )
            required = cycle[(position + 1) % len(cycle)]
            line = reading.lines[f"requires/{required}"]
            problems.append(_problem("error", reading.card, line, "cycle", said))
    return problems


def _cycle(graph: Mapping[str, list[str]]) -> list[str] | None:
    """Cards each of which requires the next, and the last the first; the smallest id first."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # graphlib gives them in the order in which they would have to be learned.
        cycle: list[str] = error.args[1][:0:-1]
        first = cycle.index(min(cycle))
        return [*cycle[first:], *cycle[:first]]
    return None
