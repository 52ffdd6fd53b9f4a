"""Wrong methods that students really use: whether one of them passes.

A misconception is a wrong method that is worth feedback of its own; these only have to come out
wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from engine.content import Problem
from engine.i18n import Message, say
from engine.questions.checking.placing import place_of
from engine.questions.drawing import run, with_outcome
from engine.questions.kinds import KINDS
from engine.questions.kinds.common import Rejected
from engine.questions.model import Malformed, Variant
from engine.questions.placeholders import shown
from engine.questions.template import Template

Known = Mapping[str, object]


class Passing:
    """The draws in which a question's wrong methods come out right, as they are heard of."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._drawn = 0
        self._answered: Counter[str] = Counter()
        self._right: Counter[str] = Counter()
        self._first: dict[str, tuple[Variant, str]] = {}

    def add(self, variant: Variant) -> None:
        """Answers a variant by every method and has it graded as a learner's answer is."""
        self._drawn += 1
        if not self._template.wrong_methods:
            return
        known = _known(self._template, variant)
        for name, method in self._template.wrong_methods:
            try:
                given = method.answers(self._template.logic, variant, known)
            except Rejected:  # here the method has no value
                continue
            self._answered[name] += bool(given)
            right = next((text for text in given if _is_right(variant, text)), None)
            if right is not None:
                self._right[name] += 1
                self._first.setdefault(name, (variant, right))

    def problems(self) -> Iterator[Problem]:
        """An error for each method that passes; a warning for one that never leads anywhere."""
        for name, _ in self._template.wrong_methods:
            place = place_of(self._template, ("wrong_methods", name))
            if name in self._first:
                yield Problem(
                    "error",
                    place,
                    "wrong-method-right",
                    self._found(name),
                    say("a wrong method that is graded wrong in every draw"),
                    say(
                        "Keep such draws out with “require:”, or name it under “misconceptions:”, "
                        "which keeps them out too and answers it."
                    ),
                )
            elif self._drawn and not self._answered[name]:
                yield Problem(
                    "warning",
                    place,
                    "wrong-method-idle",
                    say("the wrong method “{name}”, which leads to no answer", name=name),
                    say("a wrong method with an answer in some draws at least"),
                    say("Correct what it computes, or delete it."),
                )

    def _found(self, name: str) -> Message:
        variant, text = self._first[name]
        key = variant.answer_text or str(variant.answer)
        values = {
            "name": name,
            "times": self._right[name],
            "drawn": self._drawn,
            "seed": variant.seed,
            "text": text,
            "key": key,
        }
        if variant.accepted is None:
            return say(
                "the wrong method “{name}”, graded right in {times} of {drawn} draws; with seed "
                "{seed} it answers {text}, and the answer is {key}",
                **values,
            )
        low, high = (shown(end, ".6g") for end in variant.accepted)
        return say(
            "the wrong method “{name}”, graded right in {times} of {drawn} draws; with seed "
            "{seed} it answers {text}, and the answer is {key}, accepted from {low} to {high}",
            low=low,
            high=high,
            **values,
        )


def _known(template: Template, variant: Variant) -> Known:
    """The variant's numbers, with the outcome where a method asks for it."""
    if not needs_outcome(template):
        return variant.parameters
    return with_outcome(variant.parameters, run(template, variant.seed, variant.parameters))


def needs_outcome(template: Template) -> bool:
    """Whether a wrong method can only be tried when the simulation has run."""
    methods = (method for _, method in template.wrong_methods)
    return any(e.needs_outcome for method in methods for e in method.expressions())


def _is_right(variant: Variant, text: str) -> bool:
    kind = KINDS[variant.kind]
    response = kind.parse(variant, text)
    if isinstance(response, Malformed):
        return False
    return kind.grade(variant, response).verdict == "correct"
