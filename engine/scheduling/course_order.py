"""In which order a learner meets concepts: the course's, or what an exam covers first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.scheduling.syllabus import Concept
from engine.scheduling.wishes import Exam


def dependents(concepts: Sequence[Concept]) -> dict[str, int]:
    """How many concepts build on each one, directly or through others."""
    by_id = {concept.id: concept for concept in concepts}
    counts = dict.fromkeys(by_id, 0)
    for concept in concepts:
        for below in _below(concept, by_id):
            counts[below] += 1
    return counts


def chains(concepts: Sequence[Concept]) -> dict[str, int]:
    """How many concepts stand one on another above each one, at most."""
    above: dict[str, list[str]] = {concept.id: [] for concept in concepts}
    for concept in concepts:
        for name in concept.requires:
            above.get(name, []).append(concept.id)
    found: dict[str, int] = {}

    def height(name: str, on: frozenset[str]) -> int:
        if name not in found:
            others = [other for other in above[name] if other not in on]
            found[name] = max((1 + height(other, on | {other}) for other in others), default=0)
        return found[name]

    return {name: height(name, frozenset({name})) for name in above}


def needed_for(exam: Exam, concepts: Sequence[Concept]) -> frozenset[str]:
    """The concepts that an exam covers, and all that they build on."""
    by_id = {concept.id: concept for concept in concepts}
    covered = [concept for concept in concepts if exam.covers(concept.unit)]
    below = [name for concept in covered for name in _below(concept, by_id)]
    return frozenset((*(concept.id for concept in covered), *below))


def _below(concept: Concept, by_id: Mapping[str, Concept]) -> set[str]:
    seen: set[str] = set()
    open = [name for name in concept.requires if name in by_id]
    while open:
        name = open.pop()
        if name not in seen and name != concept.id:
            seen.add(name)
            open.extend(other for other in by_id[name].requires if other in by_id)
    return seen
