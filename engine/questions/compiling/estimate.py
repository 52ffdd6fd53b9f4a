"""The block of an estimate, read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import cast

from engine.i18n import say
from engine.questions.compiling.spec import Block
from engine.questions.kinds.estimate import Estimate
from engine.questions.model import Scale

#: Beyond it, pointing anywhere near the middle would be right.
WIDEST = 0.25
_ENDS = ("low", "high")


def compile_estimate(block: Block, names: Collection[str]) -> Estimate | None:
    """None where something is wrong, which the block then says."""
    answer = block.expression("answer", names)
    tolerance = _tolerance(block)
    scale = _axis(block)
    wrong = block.numbers("misconceptions", names)
    if answer is None or tolerance is None or scale is None:
        return None
    axis = block.mapping("axis")
    low, high = (block.number_at(axis[end], names) for end in _ENDS)
    if low is None or high is None:
        return None
    return Estimate(answer, low, high, scale, tolerance, wrong, block.format)


def _tolerance(block: Block) -> float | None:
    """The share of the axis' length."""
    node = block.spec.get("tolerance")
    value = None if node is None else node.value
    match = re.fullmatch(r"([0-9]*\.?[0-9]+) ?%", value.strip()) if isinstance(value, str) else None
    if match and 0 < float(match[1]) <= 100 * WIDEST:
        return float(match[1]) / 100
    block.fail(
        "bad-tolerance",
        block.line("tolerance"),
        say("tolerance: {value}", value=str(node.plain())[:60]) if node else say("no “tolerance:”"),
        say("a share of the axis' length, above 0% and at most 25%"),
        say("Write, for example, “tolerance: 5%”."),
    )
    return None


def _axis(block: Block) -> Scale | None:
    """The axis' scale, once all three of its entries are there."""
    node = block.spec.get("axis")
    axis = node.value if node is not None else None
    if isinstance(axis, Mapping) and axis.keys() == {*_ENDS, "scale"}:
        scale = axis["scale"].value
        if scale in ("linear", "log"):
            return cast(Scale, scale)
    block.fail(
        "bad-axis",
        block.line("axis"),
        say("axis: {value}", value=str(node.plain())[:80]) if node else say("no “axis:”"),
        say("low, high, and a scale that is linear or log"),
        say("Write, for example, “axis: {{low: 1e-6, high: 1, scale: log}}”."),
    )
    return None
