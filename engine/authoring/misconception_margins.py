"""How near the wrong methods of a question come to its right answer, and what keeps them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.questions import (
    MOST_CHARACTERS,
    PARAMETERS,
    Expression,
    ExpressionError,
    Measured,
    Rejected,
    Template,
    Variant,
    bracketed,
    condition,
    generator,
    value_of,
)

#: Seeds that are named.
MOST_SEEDS = 8


@dataclass(frozen=True)
class Distance:
    """The smallest distance of a misconception's value from the key, and where it is that small.

    share: of the key's size; of an estimate, of the axis' length.
    """

    misconception: str
    share: float
    seed: int


@dataclass(frozen=True)
class Danger:
    """A wrong method that would pass on some seeds, or come near.

    passing: seeds whose first numbers were refused because it leads to an accepted answer, or on
    which it leads to the right option; near: seeds that are drawn although it comes near.
    require: a condition that keeps them out (None where there is none to suggest); keeps: the
    share of the draws that it leaves.
    """

    misconception: str
    passing: tuple[int, ...]
    near: tuple[int, ...]
    require: str | None = None
    keeps: float = 1.0


def distances(template: Template, variants: Mapping[int, Variant]) -> tuple[Distance, ...]:
    """For each misconception that is a value: how near it comes to the key."""
    found: dict[str, Distance] = {}
    for seed, variant in variants.items():
        for name, share in _shares(template, variant).items():
            if name not in found or share < found[name].share:
                found[name] = Distance(name, share, seed)
    return tuple(sorted(found.values(), key=lambda distance: distance.share))


def dangers(
    template: Template, variants: Mapping[int, Variant], seeds: Sequence[int]
) -> tuple[Danger, ...]:
    """The wrong methods that would pass or come near, the worst first."""
    logic = template.logic.measured
    found: list[Danger] = []
    if logic is not None:
        refused = _refused(template, logic, seeds)
        shares = {seed: _shares(template, variant) for seed, variant in variants.items()}
        for name, wrong in logic.misconceptions:
            near = [
                seed
                for seed, share in shares.items()
                if name in share and share[name] <= logic.reach(variants[seed])
            ]
            passing = refused.get(name, [])
            if near or passing:
                require = suggestion(logic, wrong)
                left = 1 - len(near) / len(variants) if variants else 0.0
                found.append(
                    Danger(name, tuple(passing), tuple(near), require if left else None, left)
                )
    else:
        for name in _names(template):
            right = [seed for seed, v in variants.items() if name not in v.misconceptions]
            if right:
                found.append(Danger(name, tuple(right), ()))
    return tuple(sorted(found, key=lambda d: (-len(d.passing), -len(d.near), d.misconception)))


def suggestion(logic: Measured, wrong: Expression) -> str | None:
    """A condition, written from the question's own expressions, that keeps `wrong` away."""
    text = logic.kept_apart(bracketed(logic.answer.text), bracketed(wrong.text))
    return text if len(text) <= MOST_CHARACTERS else None


def _shares(template: Template, variant: Variant) -> Mapping[str, float]:
    """How far each misconception's value is from the key; empty where they are no values."""
    measured = template.logic.measured
    return {} if measured is None else measured.distances(variant)


def _refused(template: Template, logic: Measured, seeds: Sequence[int]) -> dict[str, list[int]]:
    """By misconception, the seeds whose first numbers meet every `require` but let it pass.

    Nothing is run for it: where the numbers need a simulation, only what is drawn is told.
    """
    found: dict[str, list[int]] = {}
    if template.needs_outcome:
        return found
    for seed in seeds:
        try:
            values = template.parameters.draw(generator(template.entropy, seed, PARAMETERS))
            if not all(condition(required, values) for required in template.requires):
                continue
        except (ExpressionError, Rejected):
            continue
        key = value_of(logic.answer, values)
        if key is None:
            continue
        for name, expression in logic.misconceptions:
            wrong = value_of(expression, values)
            if wrong is not None and logic.passes(values, key, wrong):
                found.setdefault(name, []).append(seed)
    return found


def _names(template: Template) -> tuple[str, ...]:
    """The misconceptions of a question, as its block has them."""
    node = template.question.spec.get("misconceptions")
    if node is None or not isinstance(node.value, Mapping):
        return ()
    return tuple(node.value)
