"""A sentence to judge: true, misleading or false. A simulation settles which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.i18n import Message, say
from engine.questions.expressions import Expression
from engine.questions.kinds import choice
from engine.questions.kinds.common import Rejected, Solved, condition

#: In the order in which they are always shown.
VERDICTS: Mapping[str, Message] = {
    "true": say("True"),
    "misleading": say("Misleading"),
    "false": say("False"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """The logic of a claim.

    verdicts: verdict -> when it is the right one. misconceptions: (name, the verdict it leads to).
    settled: what the simulation must have shown. statement: its id among the notes' statements.
    """

    verdicts: tuple[tuple[str, Expression], ...]
    misconceptions: tuple[tuple[str, str], ...]
    settled: Expression | None
    statement: str | None

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.verdicts)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected unless exactly one verdict is right."""
        right = [id for id, told in self.verdicts if condition(told, values, "verdicts", id)]
        if len(right) != 1:
            told = ", ".join(right) or "none"
            raise Rejected(
                say("exactly one verdict is right (here: {right})", right=told), "verdicts"
            )
        wrong = {name: id for name, id in self.misconceptions if id != right[0]}
        return Solved(right[0], "", wrong, options=tuple((id, None) for id in VERDICTS), fixed=True)


parse, grade, samples = choice.parse, choice.grade, choice.samples
