"""The words around a variant: hints before the answer; feedback, explanation and chart after it."""

from __future__ import annotations

import math
import re

import numpy as np

from engine import simulations
from engine.questions.drawing import SIMULATION, generator, run_with, settings, with_outcome
from engine.questions.expressions import ExpressionError
from engine.questions.kinds import KINDS
from engine.questions.model import Answer, Variant
from engine.questions.numbers.units import quantity
from engine.questions.placeholders import Text, shown
from engine.questions.template import Template

#: An aside in parentheses that ends a paragraph, with one more pair inside at most.
_ASIDE = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)\.?$")
#: What begins a paragraph that is no sentence: a table, a formula, code, a list.
_NO_SENTENCE = ("|", "$$", "```", "- ", "* ")


def asked(prompt: str) -> str:
    """What a prompt asks, in one line: its last sentence or two, without asides in parentheses.

    What stands before sets the scene; an aside after it only says how something is meant.
    """
    parts = [part.strip() for part in prompt.split("\n\n") if part.strip()]
    sentences = [part for part in parts if not part.startswith(_NO_SENTENCE)]
    cut = [_ASIDE.sub("", part) for part in sentences or parts]
    last = next((part for part in reversed(cut) if part), prompt)
    return " ".join(last.replace("\n> ", " ").lstrip("> ").split())


def settings_of(template: Template, variant: Variant) -> dict[str, object]:
    """All parameters of the variant's simulation, defaults included."""
    return settings(template, variant.parameters)


def simulation_rng(template: Template, variant: Variant) -> np.random.Generator:
    """The generator of a variant's run."""
    return generator(template.entropy, variant.seed, SIMULATION)


def simulate(template: Template, variant: Variant) -> simulations.Outcome | None:
    """The run that belongs to a variant; None if its question has no simulation."""
    if template.simulation is None:
        return None
    chosen = settings_of(template, variant)
    return run_with(template, variant.seed, chosen)


def known_to(variant: Variant, outcome: simulations.Outcome | None) -> dict[str, object]:
    """What the texts around a variant may tell: its numbers, the answer, what the run came to."""
    return {**with_outcome(variant.parameters, outcome), "answer": _answer_value(variant)}


def _answer_value(variant: Variant) -> object:
    """What `{{ answer }}` stands for: a number's value, or the right option in words."""
    if isinstance(variant.answer, float):
        return variant.answer
    if variant.key is not None:
        return variant.key
    return response_text(variant, variant.answer)


def _said(text: Text | None, variant: Variant, outcome: simulations.Outcome | None) -> str | None:
    return None if text is None else text.fill(known_to(variant, outcome))


def was_settled(
    template: Template, variant: Variant, outcome: simulations.Outcome | None
) -> bool | None:
    """Whether the run bears a claim's verdict out; None where nothing is to be settled by one."""
    if template.settled is None or outcome is None:
        return None
    try:
        return bool(template.settled.value(with_outcome(variant.parameters, outcome)))
    except ExpressionError:
        return False


def hints(template: Template, variant: Variant, language: str) -> list[str]:
    """The hints, in order. Runs the simulation if one of them tells what it found."""
    texts = template.words_in(language).hints
    outcome = simulate(template, variant) if any(text.needs_outcome for text in texts) else None
    known = known_to(variant, outcome)
    return [text.fill(known) for text in texts]


def explanation(
    template: Template, variant: Variant, language: str, outcome: simulations.Outcome | None
) -> str | None:
    """Why the answer is right."""
    return _said(template.words_in(language).explanation, variant, outcome)


def feedback(
    template: Template,
    variant: Variant,
    misconception: str,
    language: str,
    outcome: simulations.Outcome | None,
) -> str | None:
    """What the card says to one who holds this misconception."""
    return _said(template.words_in(language).feedback.get(misconception), variant, outcome)


def chart_description(
    template: Template, variant: Variant, language: str, outcome: simulations.Outcome | None
) -> str | None:
    """What the chart shows, in words."""
    return _said(template.words_in(language).chart_description, variant, outcome)


def response_text(variant: Variant, answer: Answer) -> str:
    """An answer as words: a number as people write it, options by their texts."""
    if isinstance(answer, (int, float)):
        return quantity(number_text(float(answer)), variant.unit)
    return KINDS[variant.kind].form.in_words(answer, variant.options)


def response_parts(variant: Variant, answer: Answer) -> tuple[str, ...]:
    """The same in parts, where several options are ticked, in the order in which they stand."""
    parts = KINDS[variant.kind].form.in_parts(answer, variant.options)
    return (response_text(variant, answer),) if parts is None else parts


def number_text(value: float) -> str:
    """A number with up to six significant digits."""
    return shown(value, ".6g") if math.isfinite(value) else str(value)


def answer_from_json(kind: str, value: object) -> Answer:
    """An answer to a question of this kind, as JSON kept it."""
    return KINDS[kind].form.from_json(value)
