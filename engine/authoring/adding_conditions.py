"""A condition put into a question's block, with everything else left as it was written."""

from __future__ import annotations

from collections.abc import Mapping

from engine.content import Node, Question

FENCE = "```"


def with_require(text: str, question: Question, condition: str) -> str | None:
    """The English text of a card with one more `require:` in the block of `question`.

    None where the block is written in a way that a line cannot be added to. `question` has to be
    the one of this very text.
    """
    lines = text.split("\n")
    begin = question.spec_place.line  # counted from 1: the line of the opening fence
    close = next((n for n in range(begin, len(lines)) if lines[n].lstrip().startswith(FENCE)), None)
    if close is None:
        return None
    node = question.spec.get("require")
    if node is None:
        if not _in_block_style(question.spec):
            return None
        return _joined(lines, close, [f"require: {condition}"])
    if isinstance(node.value, tuple):
        return _into_list(lines, node, condition)
    at = node.line - 1
    key, colon, old = lines[at].partition("require:")
    if key.strip() or not colon or not old.strip():
        return None
    lines[at : at + 1] = ["require:", f"  - {old.strip()}", f"  - {condition}"]
    return "\n".join(lines)


def _in_block_style(spec: Mapping[str, Node]) -> bool:
    """Whether the keys stand on lines of their own."""
    lines = [node.line for node in spec.values()]
    return len(set(lines)) == len(lines)


def _into_list(lines: list[str], node: Node, condition: str) -> str | None:
    """One more entry in a list, which is written in lines or in brackets."""
    entries = [entry for entry in node.value if isinstance(entry, Node)]  # type: ignore[attr-defined]
    if not entries:
        return None
    at = entries[-1].line - 1
    line = lines[at]
    if line.lstrip().startswith("- "):
        indent = line[: len(line) - len(line.lstrip())]
        return _joined(lines, at + 1, [f"{indent}- {condition}"])
    head, bracket, tail = line.rpartition("]")
    if not bracket or tail.strip():
        return None
    lines[at] = f'{head}, "{condition}"]{tail}'
    return "\n".join(lines)


def _joined(lines: list[str], at: int, more: list[str]) -> str:
    return "\n".join([*lines[:at], *more, *lines[at:]])
