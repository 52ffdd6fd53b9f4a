"""How near the wrong methods of a question come to its right answer, and what keeps them away."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.questions import Template, Variant, tolerance
from engine.questions.draw import PARAMETERS, generator
from engine.questions.expressions import MOST_CHARACTERS, Expression, ExpressionError
from engine.questions.kinds.choice import ValueChoice
from engine.questions.kinds.common import Rejected, condition
from engine.questions.kinds.estimate import CLOSE as CLOSE_ESTIMATE
from engine.questions.kinds.estimate import Estimate
from engine.questions.kinds.number import CLOSE, Number

#: A wrong value this near (as a share of the right one) is near, whatever the tolerance.
NEAR = 0.05
#: Seeds that are named.
MOST_SEEDS = 8

_ATOM = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*|[0-9.]+")
Measured = Number | Estimate | ValueChoice


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
    logic = template.logic
    found: list[Danger] = []
    if isinstance(logic, (Number, Estimate, ValueChoice)):
        refused = _refused(template, logic, seeds)
        shares = {seed: _shares(template, variant) for seed, variant in variants.items()}
        for name, wrong in logic.misconceptions:
            near = [
                seed
                for seed, told in shares.items()
                if name in told and told[name] <= _reach(logic, variants[seed])
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
    key, value = _bracketed(logic.answer.text), _bracketed(wrong.text)
    if isinstance(logic, Estimate):
        low, high = _bracketed(logic.low.text), _bracketed(logic.high.text)
        share = f"{CLOSE_ESTIMATE * logic.tolerance:.3g}"
        if logic.scale == "log":
            text = f"abs(log10({value} / {key})) > {share} * log10({high} / {low})"
        else:
            text = f"abs({value} - {key}) > {share} * ({high} - {low})"
    elif isinstance(logic, Number) and not logic.relative:
        text = f"abs({value} - {key}) > {CLOSE * logic.tolerance:.3g}"
    else:
        text = f"abs({value} - {key}) > {_share(logic):.3g} * abs({logic.answer.text})"
    return text if len(text) <= MOST_CHARACTERS else None


def _bracketed(text: str) -> str:
    """The expression as a part of another."""
    return text if _ATOM.fullmatch(text) else f"({text})"


def _share(logic: Number | ValueChoice) -> float:
    """How near, as a share of the key, is near."""
    return max(NEAR, CLOSE * logic.tolerance) if isinstance(logic, Number) else 2 * NEAR


def _reach(logic: Measured, variant: Variant) -> float:
    """How near, as `_shares` measures it, is near."""
    if isinstance(logic, Estimate):
        return CLOSE_ESTIMATE * tolerance(variant)
    if isinstance(logic, Number) and not logic.relative:
        key = abs(float(variant.answer))  # type: ignore[arg-type]
        return CLOSE * logic.tolerance / key if key else math.inf
    return _share(logic)


def _shares(template: Template, variant: Variant) -> dict[str, float]:
    """How far each misconception's value is from the key; empty where they are no values."""
    logic = template.logic
    if isinstance(logic, ValueChoice):
        if template.needs_outcome or variant.key is None:
            return {}
        key = variant.key
        wrong = {
            name: value
            for name, expression in logic.misconceptions
            if (value := _value(expression, variant.parameters)) is not None
        }
    elif isinstance(logic, (Number, Estimate)):
        key = float(variant.answer)  # type: ignore[arg-type]
        wrong = {name: float(value) for name, value in variant.misconceptions.items()}  # type: ignore[arg-type]
    else:
        return {}
    if variant.axis is not None:
        axis = variant.axis
        return {name: abs(axis.place(value) - axis.place(key)) for name, value in wrong.items()}
    return {name: abs(value - key) / abs(key) if key else math.inf for name, value in wrong.items()}


def _value(expression: Expression, values: Mapping[str, object]) -> float | None:
    try:
        return float(expression.value(values))
    except ExpressionError:
        return None


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
        key = _value(logic.answer, values)
        if key is None:
            continue
        for name, expression in logic.misconceptions:
            wrong = _value(expression, values)
            if wrong is not None and _passes(logic, values, key, wrong):
                found.setdefault(name, []).append(seed)
    return found


def _passes(logic: Measured, values: Mapping[str, object], key: float, wrong: float) -> bool:
    """Whether a wrong value would be accepted, or could not be told from the right one."""
    if isinstance(logic, Number):
        half = logic.tolerance * abs(key) if logic.relative else logic.tolerance
        return abs(wrong - key) <= half
    if isinstance(logic, ValueChoice):
        return abs(wrong - key) <= NEAR * max(abs(wrong), abs(key))
    low, high = _value(logic.low, values), _value(logic.high, values)
    if low is None or high is None or not low < high:
        return False
    if logic.scale == "log":
        if min(low, key, wrong) <= 0:
            return False
        return abs(math.log10(wrong / key)) <= logic.tolerance * math.log10(high / low)
    return abs(wrong - key) <= logic.tolerance * (high - low)


def _names(template: Template) -> tuple[str, ...]:
    """The misconceptions of a question, as its block has them."""
    node = template.question.spec.get("misconceptions")
    if node is None or not isinstance(node.value, Mapping):
        return ()
    return tuple(node.value)
