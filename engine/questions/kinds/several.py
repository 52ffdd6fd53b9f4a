"""Several options to tick: right when exactly the right ones are ticked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.i18n import say
from engine.questions.expressions import Expression
from engine.questions.kinds.common import Rejected, Solved, condition
from engine.questions.kinds.picking import pick_several
from engine.questions.model import Grade, Malformed, Response, Sample, Variant


@dataclass(frozen=True, slots=True)
class Several:
    """The options with the conditions under which each is right."""

    options: tuple[tuple[str, Expression], ...]
    misconceptions: tuple[tuple[str, str], ...]

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.options)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected when no option or every option is right."""
        right = tuple(sorted(id for id, e in self.options if condition(e, values, "options", id)))
        if not right or len(right) == len(self.options):
            raise Rejected(say("at least one option is right and at least one is wrong"), "options")
        return Solved(
            right,
            "",
            {name: (id,) for name, id in self.misconceptions},
            options=tuple((id, None) for id, _ in self.options),
        )


def parse(variant: Variant, text: str) -> Response | Malformed:
    """Ids or numbers, separated by spaces or commas."""
    picked = pick_several(variant, text)
    if isinstance(picked, Malformed):
        return picked
    if not picked:
        return Malformed(say("Tick at least one option first."))
    return Response(tuple(sorted(picked)), text)


def grade(variant: Variant, response: Response) -> Grade:
    """Right, or the first misconception among the options ticked or left out wrongly."""
    assert isinstance(response.value, tuple)
    assert isinstance(variant.answer, tuple)
    if set(response.value) == set(variant.answer):
        return Grade("correct")
    shown = misconceptions(variant, response.value)
    return Grade("misconception", shown[0]) if shown else Grade("wrong")


def misconceptions(variant: Variant, ticked: tuple[str, ...]) -> list[str]:
    """Each misconception among the options ticked or left out wrongly, in the card's order."""
    assert isinstance(variant.answer, tuple)
    amiss = set(ticked) ^ set(variant.answer)
    return [name for name, options in variant.misconceptions.items() if amiss & set(options)]  # type: ignore[arg-type]


def samples(variant: Variant) -> Iterator[Sample]:
    """The right set, each misconception alone, and unreadable answers."""
    assert isinstance(variant.answer, tuple)
    right = set(variant.answer)
    ids = [option.id for option in variant.options]
    yield Sample(" ".join(variant.answer), Grade("correct"))
    yield Sample(", ".join(str(ids.index(id) + 1) for id in variant.answer), Grade("correct"))
    for name, options in variant.misconceptions.items():
        ticked = right ^ set(options)  # type: ignore[arg-type]
        if ticked:
            yield Sample(" ".join(sorted(ticked)), Grade("misconception", name))
    for text in ("", "0", "1 1", "no such option", "9" * 5000):
        yield Sample(text, None)
