"""A sentence to judge: true, misleading or false. A simulation settles which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.content import Node, Snippet
from engine.i18n import Message, say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.choice import grade, parse, samples
from engine.questions.kinds.common import At, Rejected, Solved, condition
from engine.questions.kinds.form import OPTION
from engine.questions.kinds.kind import Kind, Logic, Names, Section, WrongMethod
from engine.questions.kinds.wrong_ways import by_option

#: In the order in which they are always shown.
VERDICTS: Mapping[str, Message] = {
    "true": say("True"),
    "misleading": say("Misleading"),
    "false": say("False"),
}

_STATEMENT = re.compile(r"[0-9]{1,3}-[0-9]{1,3}[a-z]?")
_NAMES = ", ".join(VERDICTS)


@dataclass(frozen=True, slots=True)
class Claim(Logic):
    """The logic of a claim.

    verdicts: verdict -> when it is the right one. misconceptions: (name, the verdict it leads to).
    settled: what the simulation must have shown. statement: its id among the notes' statements.
    """

    verdicts: tuple[tuple[str, Expression], ...]
    misconceptions: tuple[tuple[str, str], ...]
    settled: Expression | None = None
    statement: str | None = None
    key_at: ClassVar[At] = ("verdicts",)

    def expressions(self) -> Iterator[Expression]:
        yield from (expression for _, expression in self.verdicts)

    def draw(self, values: Mapping[str, object]) -> Solved:
        """Raises Rejected unless exactly one verdict is right."""
        right = [id for id, test in self.verdicts if condition(test, values, "verdicts", id)]
        if len(right) != 1:
            holding = ", ".join(right) or "none"
            raise Rejected(
                say("exactly one verdict is right (here: {right})", right=holding), "verdicts"
            )
        wrong = {name: id for name, id in self.misconceptions if id != right[0]}
        return Solved(right[0], "", wrong, options=tuple((id, None) for id in VERDICTS), fixed=True)


def read(block: Block, names: Names) -> Claim | None:
    """The logic of a block; None where something is wrong, which the block then says."""
    before = len(block.problems)
    verdicts = _verdicts(block, names)
    wrong = _misconceptions(block)
    settled = _settled(block, names)
    statement = _statement(block)
    if len(block.problems) > before:
        return None
    return Claim(verdicts, wrong, settled, statement)


def _verdict(node: Node) -> str | None:
    """The verdict that a value names; without its quotation marks `true` is YAML's own word."""
    value = node.value
    verdict = str(value).lower() if isinstance(value, bool) else value
    return verdict if isinstance(verdict, str) and verdict in VERDICTS else None


def _verdicts(block: Block, names: Names) -> tuple[tuple[str, Expression], ...]:
    if ("verdict" in block.spec) == ("verdicts" in block.spec):
        block.fail(
            "no-verdict",
            block.line("verdicts"),
            say("“verdict:” beside “verdicts:”")
            if "verdict" in block.spec
            else say("neither “verdict:” nor “verdicts:”"),
            say("one of the two: a verdict, or verdicts with their conditions"),
            say("Write, for example, “verdict: misleading”."),
        )
        return ()
    if "verdict" in block.spec:
        node = block.spec["verdict"]
        verdict = _verdict(node)
        if verdict is None:
            _unknown_verdict(block, "verdict", node)
            return ()
        return ((verdict, block.expression_of("true", node.line, ())),)
    written = block.mapping("verdicts")
    for name, node in written.items():
        if name not in VERDICTS:
            _unknown_verdict(block, name, node)
    if len(written) < 2:
        block.fail(
            "too-few-options",
            block.line("verdicts"),
            say("{count} verdicts", count=len(written)),
            say("at least two"),
            say("Write “verdict:” where the verdict is always the same."),
        )
    return block.conditions("verdicts", names)


def _unknown_verdict(block: Block, name: str, node: Node) -> None:
    block.fail(
        "unknown-verdict",
        node.line,
        say("{name}: {value}", name=name[:60], value=str(node.plain())[:60]),
        say("one of {names}", names=_NAMES),
        say("Write “true” and “false” in quotation marks."),
    )


def _misconceptions(block: Block) -> tuple[tuple[str, str], ...]:
    """misconception -> the verdict of one who holds it; at least one, each verdict at most once."""
    verdicts: dict[str, str] = {}
    written = block.mapping("misconceptions")
    for name, node in written.items():
        verdict = _verdict(node)
        if verdict is None:
            _unknown_verdict(block, name, node)
        elif verdict in verdicts.values():
            block.fail(
                "two-misconceptions",
                node.line,
                say("a second misconception for the verdict “{verdict}”", verdict=verdict),
                say("at most one for each verdict"),
                say("Delete one of them."),
            )
        else:
            verdicts[name] = verdict
    always = block.spec.get("verdict")
    if not written or (always is not None and set(verdicts.values()) == {_verdict(always)}):
        block.fail(
            "no-options",
            block.line("misconceptions"),
            say("a claim without a misconception that leads to a wrong verdict"),
            say("“misconceptions:” with a line “name: verdict”"),
            say("Name what leads to a wrong verdict, and write its feedback."),
        )
    return tuple(verdicts.items())


def _settled(block: Block, names: Names) -> Expression | None:
    """The condition that settles it; there exactly when there is a simulation, and about it."""
    node = block.spec.get("settled")
    if node is None and "simulation" not in block.spec:
        return None
    if node is None:
        block.fail(
            "missing-key",
            block.line("simulation"),
            say("no “{key}:”", key="settled"),
            say("“settled:” beside “simulation:”"),
            say("Write what must hold when it has run, such as “settled: outcome.ratio < 1”."),
        )
        return None
    settled = block.expression_at(node, names)
    if settled is None:
        return None
    if settled.is_condition and settled.needs_outcome:
        return settled
    block.fail(
        "bad-settled",
        node.line,
        say("settled: {value}", value=settled.text[:60]),
        say("a condition about the outcome of the claim's simulation"),
        say("Write what must hold when it has run, such as “settled: outcome.ratio < 1”."),
    )
    return None


def _statement(block: Block) -> str | None:
    statement = block.word("statement")
    if statement is None or _STATEMENT.fullmatch(statement):
        return statement
    block.fail(
        "bad-statement",
        block.line("statement"),
        say("statement: {value}", value=statement[:60]),
        say("the note and the number of the statement in it, such as 1-16"),
        say("Correct the id, or delete the line."),
    )
    return None


def read_wrong_method(block: Block, node: Node, names: Names) -> WrongMethod | None:
    """The verdict that is given."""
    return by_option(block, node, names, list(VERDICTS))


KIND = Kind(
    name="claim",
    label=say("a claim to judge"),
    seconds=50,
    keys={
        "verdict": say("“true”, misleading or “false”, in quotation marks"),
        "verdicts": say("instead: each verdict with the condition under which it is right"),
        "settled": say("what must hold when the simulation has run"),
        "statement": say("the note and the statement in it, such as 1-16"),
        "misconceptions": say("id: the verdict that one with it would give"),
    },
    snippet=Snippet(
        say("Question: a claim to judge"),
        "## Question: new-claim",
        (say("A network has {depth} sigmoid layers.", depth="{{ depth }}"),),
        """\
kind: claim
simulation: signal_propagation
parameters:
  depth: {integer: [20, 60]}
settings: {activation: sigmoid, initialization: xavier_normal}
verdict: "false"
settled: outcome.log10_delta_ratio < -8
misconceptions:
  xavier-fixes-sigmoid: "true"
""",
        {
            "Claim": say("Xavier initialization keeps its gradient."),
            "xavier-fixes-sigmoid": say(
                "The slope of a sigmoid is at most a quarter, whatever the weights are."
            ),
            "Explanation": say(
                "The gradient at the first layer was {ratio} of that at the last.",
                ratio="{{ outcome.delta_ratio|.1g }}",
            ),
        },
    ),
    form=OPTION,
    read=read,
    read_wrong_method=read_wrong_method,
    parse=parse,
    grade=grade,
    samples=samples,
    section=Section("Claim", say("Write the sentence that is to be judged.")),
    own_options=VERDICTS,
    vary=say("Let the case change from draw to draw, or say under “constant:” why not."),
    mends={"verdicts": say("Correct the conditions, so that exactly one holds in every draw.")},
)
