"""Where in a card the cause of a draw that failed stands, and how it is mended."""

from __future__ import annotations

from collections.abc import Mapping

from engine.content import Place
from engine.i18n import Message, say
from engine.questions.kinds.common import At
from engine.questions.template import Template

CORRECT = say("Correct the question, or add a “require:” that keeps such draws out.")
#: By the key of the block that is to blame; those of one kind alone stand with it.
_MENDS: Mapping[str, Message] = {
    "require": say("Loosen the constraint, or give the parameters more values."),
    "parameters": say("Correct what is computed, or choose other values for what it is made of."),
    "options": say("Correct the conditions or texts, so that options differ and some are right."),
    "settings": say("Keep the parameters within the simulation's range."),
    "simulation": say("Choose other parameters, or have the simulation mended."),
    "misconceptions": say(
        "Correct the misconception or the answer so that they differ, or keep such draws out with "
        "“require:”."
    ),
}


def place_of(template: Template, at: At) -> Place:
    """The line of what `at` leads to, as far as the block goes along with it."""
    question = template.question
    line = question.spec_place.line
    below: object = question.spec
    for key in _as_written(template, at):
        node = below.get(key) if isinstance(below, Mapping) else None
        if node is None:
            break
        line, below = node.line, node.value
    return Place(question.spec_place.file, line)


def _as_written(template: Template, at: At) -> At:
    """A claim may have one verdict for good, and settings may be the question's parameters."""
    if not at or at[0] in template.question.spec:
        return at
    return {"verdicts": ("verdict",), "settings": ("parameters",)}.get(at[0], ())


def mend_of(template: Template, at: At) -> Message:
    """What to do about it."""
    mends = {**_MENDS, **template.kind.mends}
    return mends.get(at[0], CORRECT) if at else CORRECT
