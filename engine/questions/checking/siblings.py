"""Questions of a course that ask for the same computation, and what one of them names as wrong.

Two questions compute the same when their answers are the same expression up to the names of the
parameters, and belong to the same simulation (or name their parameters alike). What one of them
names as a misconception, another must not accept as right.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from engine.content import Problem
from engine.i18n import say
from engine.questions.checking.placing import place_of
from engine.questions.drawing import DrawError, draw
from engine.questions.expressions import Expression, ExpressionError, compile_expression
from engine.questions.kinds.kind import Measured
from engine.questions.model import Variant
from engine.questions.template import Template

_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class _Asked:
    """A question whose answer is computed from its parameters alone."""

    template: Template
    logic: Measured

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The parameters in the answer, in the order of their first use."""
        written = _NAME.findall(self.logic.answer.text)
        return tuple(dict.fromkeys(n for n in written if n in self.logic.answer.names))

    @cached_property
    def shape(self) -> str:
        """The answer with its parameters numbered; empty for a parameter by itself."""
        places = {name: f"v{n}" for n, name in enumerate(self.names)}
        tree = ast.parse(_renamed(self.logic.answer.text, places), mode="eval")
        return "" if isinstance(tree.body, (ast.Name, ast.Constant)) else ast.dump(tree)

    def is_like(self, other: _Asked) -> bool:
        """Whether the other asks for the same computation."""
        akin = self.names == other.names or (
            self.template.simulation is not None
            and self.template.simulation == other.template.simulation
        )
        return bool(self.shape) and self.shape == other.shape and akin


def accepted_elsewhere(templates: Sequence[Template], seeds: Sequence[int]) -> Iterator[Problem]:
    """A warning for each misconception whose answer another question accepts in some draws."""
    asked = [one for template in templates if (one := _asked(template)) is not None]
    for accepting in asked:
        if not accepting.template.kind.form.is_number:
            continue  # its options are apart
        wrong = [
            (naming, name, translated)
            for naming in asked
            if naming is not accepting and naming.is_like(accepting)
            for name, expression in naming.logic.misconceptions
            if (translated := _translated(expression, naming, accepting)) is not None
        ]
        variants = _drawn(accepting.template, seeds) if wrong else []
        for naming, name, translated in wrong:
            times = sum(_accepts(variant, translated) for variant in variants)
            if times:
                yield _warning(accepting, naming, name, times, len(variants))


def _asked(template: Template) -> _Asked | None:
    measured = template.logic.measured
    if measured is None or template.needs_outcome:
        return None
    return _Asked(template, measured)


def _renamed(text: str, names: dict[str, str]) -> str:
    return _NAME.sub(lambda name: names.get(name[0], name[0]), " ".join(text.split()))


def _translated(expression: Expression, source: _Asked, target: _Asked) -> Expression | None:
    """One question's expression in the names of another; None where it needs more than those."""
    if not expression.names <= set(source.names):
        return None
    names = dict(zip(source.names, target.names, strict=True))
    return compile_expression(_renamed(expression.text, names), target.names)


def _drawn(template: Template, seeds: Sequence[int]) -> list[Variant]:
    """The variants of the seeds, up to one that cannot be drawn, which the check tells."""
    variants: list[Variant] = []
    with suppress(DrawError):
        variants.extend(draw(template, seed) for seed in seeds)
    return variants


def _accepts(variant: Variant, translated: Expression) -> bool:
    assert variant.accepted is not None
    try:
        value = float(translated.value(variant.parameters))
    except ExpressionError:
        return False
    return variant.accepted[0] <= value <= variant.accepted[1]


def _warning(accepting: _Asked, naming: _Asked, name: str, times: int, drawn: int) -> Problem:
    return Problem(
        "warning",
        place_of(accepting.template, ("answer",)),
        "accepted-elsewhere",
        say(
            "“{name}”, a misconception in {item}, right here in {times} of {drawn} draws",
            name=name,
            item=naming.template.item,
            times=times,
            drawn=drawn,
        ),
        say("an answer that is wrong in one question to be wrong in its like"),
        say("Name it here too, narrow the tolerance, or keep such draws out with “require:”."),
    )
