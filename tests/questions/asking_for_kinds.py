"""Where the program lists the kinds of question, or asks for one by its name or its logic.

Found in the syntax, so that a new branch cannot be overlooked. `python -m
tests.questions.asking_for_kinds` lists and counts them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.questions import KINDS, Logic

ROOT = Path(__file__).resolve().parents[2]
NAMES = frozenset(KINDS)
LOGICS = frozenset(logic.__name__ for logic in Logic.__subclasses__())
#: So many names in one display or one sentence make it a table of the kinds.
TABLE = len(NAMES) - 1


class Asked(NamedTuple):
    """sort: table, branch or isinstance."""

    sort: str
    file: str
    line: int
    text: str


def asked() -> Iterator[Asked]:
    """Every place in `engine` that knows the kinds by their names or their logic's classes."""
    for path in sorted((ROOT / "engine").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        yield from _asked(ast.parse(path.read_text(encoding="utf-8")), file)


def _asked(node: ast.AST, file: str) -> Iterator[Asked]:
    """The outermost such places below a node."""
    sort = _sort(node)
    if sort:
        yield Asked(sort, file, getattr(node, "lineno", 0), ast.unparse(node)[:90])
        return
    for below in ast.iter_child_nodes(node):
        yield from _asked(below, file)


def _sort(node: ast.AST) -> str:
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        about = any(_is_kind(side) for side in sides)
        return "branch" if about and any(_named(side) for side in sides) else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "isinstance" and LOGICS & _classes(node.args[1]):
            return "isinstance"
        return ""
    if isinstance(node, (ast.Dict, ast.List, ast.Set, ast.Tuple)):
        named = _named(node)
        return "table" if len(named) >= TABLE else "branch" if len(named) > 1 else ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        words = {word.strip(",.") for word in node.value.split()}
        return "table" if len(NAMES & words) >= TABLE else ""
    return ""


def _is_kind(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "kind") or (
        isinstance(node, ast.Name) and node.id == "kind"
    )


def _named(node: ast.AST) -> set[str]:
    """The names of kinds that a constant or a display holds."""
    if isinstance(node, ast.Constant):
        return NAMES & {node.value} if isinstance(node.value, str) else set()
    held: list[ast.expr | None] = []
    if isinstance(node, ast.Dict):
        held = list(node.keys)
    elif isinstance(node, (ast.List, ast.Set, ast.Tuple)):
        held = list(node.elts)
    return {name for one in held if isinstance(one, ast.Constant) for name in _named(one)}


def _classes(node: ast.AST) -> set[str]:
    return {
        getattr(one, "id", getattr(one, "attr", ""))
        for one in ast.walk(node)
        if isinstance(one, (ast.Name, ast.Attribute))
    }


if __name__ == "__main__":
    found = list(asked())
    for one in found:
        print(f"{one.sort:10} {one.file}:{one.line}: {one.text}")
    for sort in ("table", "branch", "isinstance"):
        print(sort, sum(one.sort == sort for one in found))
