"""Every formula of a question, filled with the numbers of its draws, parsed as KaTeX parses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine import simulations
from engine.content import Broken, Place, Problem, broken_formulas, formula_problem
from engine.questions.model import Variant
from engine.questions.placeholders import Text
from engine.questions.template import Template, WordsOf
from engine.questions.texts import known_to


class PlacedText(NamedTuple):
    """A text that a learner may meet, and where it stands in its file."""

    slot: tuple[str, str]  # language and section
    text: Text


class FormulaCheck:
    """Looks at a question's texts draw by draw; each form that they take is parsed once.

    Two draws whose numbers have the same signs, powers and lengths make formulas that read alike.
    """

    def __init__(self, template: Template) -> None:
        self._template = template
        self._varied: list[PlacedText] = []
        self._seen: set[tuple[tuple[str, str], tuple[str, ...]]] = set()
        self._found: dict[tuple[tuple[str, str], str], Problem] = {}
        for placed in texts_of(template):
            if placed.text.names and _may_vary(placed.text, template):
                self._varied.append(placed)
            elif "$" in (text := placed.text.literal()):
                self._parse(placed, text, None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found so far, once for each text and fault."""
        return tuple(self._found.values())

    def look(self, variant: Variant, outcome: simulations.Outcome | None = None) -> None:
        """Parses what was not yet seen. outcome: without it, texts that tell of it are left out."""
        known: Mapping[str, object] = known_to(variant, outcome)
        for placed in self._varied:
            if not placed.text.names <= known.keys():
                continue
            form = (placed.slot, placed.text.form(known))
            if form not in self._seen:
                self._seen.add(form)
                self._parse(placed, placed.text.fill(known), variant.seed)

    def _parse(self, placed: PlacedText, text: str, seed: int | None) -> None:
        for broken in broken_formulas(text):
            problem = formula_problem(broken, self._place(placed.slot, broken), seed)
            self._found.setdefault((placed.slot, str(broken.fault.found)), problem)

    def _place(self, slot: tuple[str, str], broken: Broken) -> Place:
        question = self._template.question
        heading = question.places.get(slot, question.place)
        first = question.lines.get(slot, heading.line)
        return Place(heading.file, first + broken.line)


def _may_vary(text: Text, template: Template) -> bool:
    """Whether values stand in formulas, or may bring some with them."""
    words = template.parameters.words | {"answer"}
    return text.in_maths or not words.isdisjoint(text.names)


def texts_of(template: Template) -> Iterator[PlacedText]:
    """The texts of every language, without those that are only English for want of another."""
    places = template.question.places
    for language, words in template.words.items():
        for slot, text in _of(words):
            if not places or (language, slot) in places:
                yield PlacedText((language, slot), text)


def _of(words: WordsOf) -> Iterator[tuple[str, Text]]:
    single = {
        "prompt": words.prompt,
        "explanation": words.explanation,
        "chart-description": words.chart_description,
        "claim": words.claim,
    }
    yield from ((slot, text) for slot, text in single.items() if text is not None)
    yield from ((f"hint:{number}", text) for number, text in enumerate(words.hints, 1))
    yield from ((f"option:{id}", text) for id, text in words.options.items())
    yield from ((f"feedback:{id}", text) for id, text in words.feedback.items())
