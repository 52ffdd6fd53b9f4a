"""The block of a claim, read."""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.content import Node
from engine.i18n import say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.claim import VERDICTS, Claim

_STATEMENT = re.compile(r"[0-9]{1,3}-[0-9]{1,3}[a-z]?")
_NAMES = ", ".join(VERDICTS)


def compile_claim(block: Block, names: Collection[str]) -> Claim | None:
    """None where something is wrong, which the block then says."""
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
    told = str(value).lower() if isinstance(value, bool) else value
    return told if isinstance(told, str) and told in VERDICTS else None


def _verdicts(block: Block, names: Collection[str]) -> tuple[tuple[str, Expression], ...]:
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
    told: dict[str, str] = {}
    written = block.mapping("misconceptions")
    for name, node in written.items():
        verdict = _verdict(node)
        if verdict is None:
            _unknown_verdict(block, name, node)
        elif verdict in told.values():
            block.fail(
                "two-misconceptions",
                node.line,
                say("a second misconception for the verdict “{verdict}”", verdict=verdict),
                say("at most one for each verdict"),
                say("Delete one of them."),
            )
        else:
            told[name] = verdict
    always = block.spec.get("verdict")
    if not written or (always is not None and set(told.values()) == {_verdict(always)}):
        block.fail(
            "no-options",
            block.line("misconceptions"),
            say("a claim without a misconception that leads to a wrong verdict"),
            say("“misconceptions:” with a line “name: verdict”"),
            say("Name what leads to a wrong verdict, and write its feedback."),
        )
    return tuple(told.items())


def _settled(block: Block, names: Collection[str]) -> Expression | None:
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
