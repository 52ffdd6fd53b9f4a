"""The arithmetic that a card may contain: a small allow-list over Python's own grammar.

An expression is checked node by node once, when its card is compiled, and then is ordinary code
that only names parameters and the functions here. So evaluating one is as quick as Python and
cannot reach anything else. Libraries that evaluate strings were tried with hostile input, and each
hung or built huge strings.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any

from engine.i18n import Message, say

MOST_CHARACTERS = 300
MOST_NODES = 120
Value = float | bool

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.UAdd, ast.USub, ast.Not)
_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_PLAIN = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.And, ast.Or, ast.Compare, ast.Load)


#: ASCII only: Python reads letters in disguise (`ｓqrt`) as plain ones. And no comments.
_STRANGE = re.compile(r"[^A-Za-z0-9_.,+\-*/()<>=! \t\r\n]")
#: `0xff`, `1_000`, `1j` and `1or n`, which Python reads as something else or warns about.
_RUN_ON = re.compile(
    r"(?<![A-Za-z0-9_.])(?>[0-9]+\.?[0-9]*|\.[0-9]+)(?>(?:[eE][-+]?[0-9]+)?)[A-Za-z_]"
)


class ExpressionError(ValueError):
    """An expression that is not allowed or has no value; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sqrt": math.sqrt,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "exp": math.exp,
    "erf": math.erf,
    "Phi": lambda x: 0.5 * math.erfc(-x / math.sqrt(2)),  # the standard normal's distribution
    "phi": lambda x: math.exp(-x * x / 2) / math.sqrt(2 * math.pi),  # and its density
    "abs": abs,
    "min": min,
    "max": max,
    "round": lambda x: float(round(x)),
    "floor": lambda x: float(math.floor(x)),
    "ceil": lambda x: float(math.ceil(x)),
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "sigmoid": _sigmoid,
}
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
_POWER = " power"  # no card can write a name with a space
_GLOBALS: dict[str, Any] = {"__builtins__": {}, _POWER: math.pow, **FUNCTIONS, **CONSTANTS}


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression.

    names: parameters and `outcome.x` that it needs; is_condition: it can only be true or false;
    needs_outcome: the simulation has to run before it has a value.
    """

    text: str
    names: frozenset[str]
    code: CodeType
    is_condition: bool
    needs_outcome: bool

    def value(self, names: Mapping[str, object]) -> Value:
        """Its value: a finite float, or a bool. Raises ExpressionError where it has none."""
        try:
            result = eval(self.code, _GLOBALS, names)
            finite = math.isfinite(result)
        except (ArithmeticError, ValueError, TypeError, NameError) as error:
            raise ExpressionError(
                say("“{text}” has no value here ({why})", text=self.text, why=str(error))
            ) from error
        if result is True or result is False:
            return result
        if not finite:
            raise ExpressionError(say("“{text}” is not finite here", text=self.text))
        return float(result)


def compile_expression(text: str, names: Collection[str]) -> Expression:
    """Checks an expression that may use `names` (parameters, and `outcome.x` written so).

    Raises ExpressionError for anything that is not on the allow-list.
    """
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(
            say(
                "{count} characters; an expression has at most {most}",
                count=len(text),
                most=MOST_CHARACTERS,
            )
        )
    for sign in (_STRANGE, _RUN_ON):
        found = sign.search(text)
        if found is not None:
            raise ExpressionError(
                say(
                    "“{part}” at character {place}, which an expression may not contain",
                    part=found[0].encode("utf-8", "replace").decode(),
                    place=found.start() + 1,
                )
            )
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionError(
            say("“{text}”, which is not arithmetic", text=_short(text))
        ) from error
    if sum(1 for _ in ast.walk(tree)) > MOST_NODES:
        raise ExpressionError(say("more than {most} parts", most=MOST_NODES))
    used: set[str] = set()
    body = _Checker(names, used).visit(tree.body)
    checked = ast.fix_missing_locations(ast.Expression(body))
    code = compile(checked, "<card>", "eval")
    needs_outcome = any(name.startswith("outcome.") for name in used)
    return Expression(text, frozenset(used), code, _is_condition(checked.body), needs_outcome)


def _is_condition(node: ast.AST) -> bool:
    if isinstance(node, ast.BoolOp):  # `a or 1` is a number
        return all(map(_is_condition, node.values))
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    return isinstance(node, ast.Compare) or (
        isinstance(node, ast.Constant) and isinstance(node.value, bool)
    )


class _Checker(ast.NodeTransformer):
    """Lets the allow-list through, with literals as float64 and powers that cannot run away."""

    def __init__(self, names: Collection[str], used: set[str]) -> None:
        self._names = names
        self._used = used

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(node, (*_PLAIN, *_OPERATORS, *_COMPARISONS)):
            part = ast.unparse(node) or type(node).__name__.lower()
            raise ExpressionError(
                say("“{part}”, which an expression may not contain", part=_short(part))
            )
        return super().generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) not in (int, float):
            raise ExpressionError(
                say("“{part}”, which is not a number", part=_short(repr(node.value)))
            )
        try:
            number = float(node.value)  # type: ignore[arg-type]
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise ExpressionError(say("a number too large to compute with"))
        return ast.copy_location(ast.Constant(number), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Pow):
            return node
        power = ast.Name(_POWER, ast.Load())
        return ast.copy_location(ast.Call(power, [node.left, node.right], []), node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in ("true", "false"):
            return ast.copy_location(ast.Constant(node.id == "true"), node)
        if node.id in self._names:
            self._used.add(node.id)
        elif node.id not in CONSTANTS:
            raise ExpressionError(_unknown(node.id, [*self._names, *CONSTANTS]))
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        name = f"outcome.{node.attr}"
        if not isinstance(node.value, ast.Name) or node.value.id != "outcome":
            raise ExpressionError(
                say("“{part}”, which an expression may not contain", part=_short(ast.unparse(node)))
            )
        if name not in self._names:
            raise ExpressionError(_unknown(name, self._names))
        self._used.add(name)
        return ast.copy_location(ast.Name(name, ast.Load()), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
            raise ExpressionError(
                say(
                    "a call of “{name}”; the functions are {names}",
                    name=_short(ast.unparse(node.func)),
                    names=", ".join(FUNCTIONS),
                )
            )
        least = 2 if node.func.id in ("min", "max") else 1
        if len(node.args) < least or (least == 1 and len(node.args) != 1):
            raise ExpressionError(
                say("“{name}” with the wrong number of values", name=node.func.id)
            )
        node.args = [self.visit(argument) for argument in node.args]
        return node


def _unknown(name: str, names: Collection[str]) -> Message:
    known = ", ".join(sorted(names)) or "none"
    return say("the name “{name}”; the names are {names}", name=_short(name), names=known)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
