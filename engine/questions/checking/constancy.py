"""`constant:`, where an author says of something constant that it is meant, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.i18n import say
from engine.questions.checking.diagnostics import Warned
from engine.questions.compiling.spec import Block
from engine.questions.template import Template

#: The warnings that a reason can answer.
CODES = (
    "constant-key",
    "constant-option",
    "constant-order",
    "constant-place",
    "constant-rank",
    "fixed-place",
    "given-answer",
)
#: A reason has at least so many words.
FEWEST_WORDS = 4


def read_constant(block: Block) -> None:
    """Notes in the block what is wrong with its `constant:`."""
    for code, node in block.mapping("constant").items():
        if code not in CODES:
            block.fail(
                "unknown-constant",
                node.line,
                say("constant: {code}", code=code[:60]),
                say("one of {codes}", codes=", ".join(CODES)),
                block.nearest(code, CODES),
            )
        elif not isinstance(node.value, str) or len(node.value.split()) < FEWEST_WORDS:
            block.fail(
                "no-reason",
                node.line,
                say("{code}: {why}", code=code, why=str(node.plain())[:60]),
                say("why it cannot vary, in {count} words or more", count=FEWEST_WORDS),
                say("Write the reason, or let the question vary and delete the line."),
            )


def unexcused(template: Template, warned: Iterable[Warned], sure: bool) -> Iterator[Warned]:
    """The warnings that the question gives no reason for.

    sure: there were draws enough to tell of a reason that it is not needed.
    """
    node = template.question.spec.get("constant")
    excused = set(node.value) if node is not None and isinstance(node.value, Mapping) else set()
    met = set()
    for warning in warned:
        met.add(warning.code)
        if warning.code not in excused:
            yield warning
    for code in sorted(excused - met) if sure else ():
        yield Warned(
            "needless-constant",
            say("a reason for “{code}”, which does not arise", code=code),
            say("reasons only for what is constant"),
            say("Delete the line."),
            ("constant", code),
        )
