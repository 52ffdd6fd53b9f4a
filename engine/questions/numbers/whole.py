"""Whether an answer can be nothing but a whole number, told from the expressions alone."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable

from engine.questions.expressions import Expression
from engine.questions.parameters import Cases, Choose, Drawn, Integer, Parameters

_ROUNDS = ("round", "floor", "ceil")
_KEEPS = ("abs", "min", "max")


def whole_names(parameters: Parameters) -> frozenset[str]:
    """The parameters that are whole in every draw."""
    names = {name for name, value in parameters.constants.items() if _whole(value)}
    for drawn in parameters.drawn:
        names |= _drawn_whole(drawn)
    for name, expression in parameters.computed:
        if is_whole(expression, names):
            names.add(name)
    return frozenset(names)


def _drawn_whole(drawn: Drawn) -> set[str]:
    if isinstance(drawn, Cases):
        return {n for n in drawn.cases[0] if all(_whole(case[n]) for case in drawn.cases)}
    if isinstance(drawn, Choose):
        return {drawn.name} if all(map(_whole, drawn.values)) else set()
    return {drawn.name} if isinstance(drawn, Integer) or not drawn.decimals else set()


def is_whole(expression: Expression, names: Collection[str]) -> bool:
    """Whether an expression is whole wherever `names` are: sums and products of whole numbers."""
    tree = ast.parse(" ".join(expression.text.split()), mode="eval")
    return _is_whole(tree.body, names)


def _is_whole(node: ast.AST, names: Collection[str]) -> bool:
    if isinstance(node, ast.Constant):
        return _whole(node.value)
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.UnaryOp):
        return _is_whole(node.operand, names)
    if isinstance(node, ast.BinOp):
        return _both_whole(node, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        kept = node.func.id in _KEEPS and _all_whole(node.args, names)
        return node.func.id in _ROUNDS or kept
    return False


def _both_whole(node: ast.BinOp, names: Collection[str]) -> bool:
    if isinstance(node.op, ast.Pow):  # 2 ** n is a fraction where n is below 0
        power = node.right
        return isinstance(power, ast.Constant) and _all_whole((node.left, power), names)
    times = isinstance(node.op, (ast.Add, ast.Sub, ast.Mult))
    return times and _all_whole((node.left, node.right), names)


def _all_whole(nodes: Iterable[ast.AST], names: Collection[str]) -> bool:
    return all(_is_whole(node, names) for node in nodes)


def _whole(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == int(value)
