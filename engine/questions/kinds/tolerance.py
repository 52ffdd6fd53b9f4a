"""How a block says how near is near enough."""

from __future__ import annotations

import re

from engine.i18n import Message, say
from engine.questions.compiling.spec import Block


def percentage(value: object) -> float | None:
    """The share that “5%” is; None for what is no percentage."""
    match = re.fullmatch(r"([0-9]*\.?[0-9]+) ?%", value.strip()) if isinstance(value, str) else None
    return float(match[1]) / 100 if match else None


def bad_tolerance(block: Block, expected: Message, mend: Message) -> None:
    """The block says that its tolerance is none, or is missing."""
    node = block.spec.get("tolerance")
    found = (
        say("tolerance: {value}", value=str(node.plain())[:60]) if node else say("no “tolerance:”")
    )
    block.fail("bad-tolerance", block.line("tolerance"), found, expected, mend)
