"""What of a question can be played with: the numbers that reach its simulation."""

from __future__ import annotations

from collections.abc import Mapping

from engine.questions.draw import PARAMETERS, generator, settings
from engine.questions.expressions import Expression
from engine.questions.parameters import Cases, Drawn
from engine.questions.template import Template


def playable(template: Template) -> tuple[Drawn, ...]:
    """The drawn parameters that change the simulation; all of them where none does.

    Others, such as the ends of an estimate's axis, only belong to the question.
    """
    needed = set(template.copied.values())
    for setting in template.settings.values():
        if isinstance(setting, Expression):
            needed |= setting.names
    # A computed value may build on computed values before it.
    for name, expression in reversed(template.parameters.computed):
        if name in needed:
            needed |= expression.names
    reach = tuple(drawn for drawn in template.parameters.drawn if needed & set(_names(drawn)))
    return reach or template.parameters.drawn


def _names(drawn: Drawn) -> tuple[str, ...]:
    return tuple(drawn.cases[0]) if isinstance(drawn, Cases) else (drawn.name,)


def settings_with(template: Template, seed: int, values: Mapping[str, object]) -> dict[str, object]:
    """The simulation's parameters for values chosen by a person; the rest as the seed draws it.

    They need not make a fair question. Raises ExpressionError or simulations.ParameterError.
    """
    drawn = template.parameters.draw(generator(template.entropy, seed, PARAMETERS))
    return settings(template, template.parameters.complete({**drawn, **values}))  # type: ignore[dict-item]
