"""The `parameters:` of a block, read."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from engine.cards import Node
from engine.questions.block import Block
from engine.questions.expressions import CONSTANTS, FUNCTIONS, Expression
from engine.questions.parameters import (
    Cases,
    Choose,
    Drawn,
    Integer,
    Parameters,
    Uniform,
    Value,
)
from engine.words import Message, say

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
TAKEN = {"answer", "outcome", "true", "false", "and", "or", "not", "in", "is", "if", "else"}
FORMS = say(
    "a value, {{choose: […]}}, {{integer: [low, high]}}, {{uniform: [low, high], decimals: 2}}, "
    "{{cases: [{{…}}, …]}} or {{compute: expression}}"
)


def compile_parameters(block: Block) -> Parameters:
    """What a question draws; problems are noted in the block."""
    return _Reader(block).read()


class _Reader:
    def __init__(self, block: Block) -> None:
        self.block = block
        self.constants: dict[str, Value] = {}
        self.drawn: list[Drawn] = []
        self.computed: list[tuple[str, Expression]] = []
        self.words: set[str] = set()
        self.known: set[str] = set()

    def read(self) -> Parameters:
        later: list[tuple[str, Node]] = []
        for name, node in self.block.mapping("parameters").items():
            form = node.value
            if isinstance(form, Mapping) and set(form) == {"compute"}:
                later.append((name, form["compute"]))
            elif isinstance(form, Mapping):
                self._drawn(name, node.line, form)
            elif isinstance(form, (str, int, float)) and not isinstance(form, bool):
                if self._add(name, node.line, form):
                    self.constants[name] = form
            else:
                self._bad(name, node, FORMS)
        for name, node in later:
            expression = self.block.expression_at(node, self.known - self.words)
            if expression is not None and self._add(name, node.line, 0.0):
                self.computed.append((name, expression))
        return Parameters(
            self.constants, tuple(self.drawn), tuple(self.computed), frozenset(self.words)
        )

    def _add(self, name: str, line: int, value: Value) -> bool:
        """Notes a name and whether its values are words."""
        if not NAME.fullmatch(name) or name in TAKEN or name in FUNCTIONS or name in CONSTANTS:
            self.block.fail(
                "bad-name",
                line,
                say("the parameter name “{name}”", name=name[:60]),
                say("letters, digits and _, beginning with a letter, and no function's name"),
                say("Choose another name, such as n_in."),
            )
            return False
        if name in self.known:
            self.block.fail(
                "duplicate-name",
                line,
                say("the parameter “{name}” twice", name=name),
                say("every name once"),
                say("Rename one of them."),
            )
            return False
        self.known.add(name)
        if isinstance(value, str):
            self.words.add(name)
        return True

    def _drawn(self, name: str, line: int, form: Mapping[str, Node]) -> None:
        keys = set(form)
        if keys == {"choose"}:
            self._choose(name, form["choose"])
        elif keys == {"integer"}:
            self._integer(name, form["integer"])
        elif keys in ({"uniform"}, {"uniform", "decimals"}):
            self._uniform(name, form["uniform"], form.get("decimals"))
        elif keys == {"cases"}:
            self._cases(name, form["cases"])
        else:
            self._bad(name, Node(form, line), FORMS)

    def _choose(self, name: str, node: Node) -> None:
        values = node.plain()
        if not isinstance(values, list) or not values or not _alike(values):
            self._bad(name, node, say("a list of numbers or a list of words after “choose:”"))
        elif self._add(name, node.line, values[0]):
            self.drawn.append(Choose(name, tuple(values)))

    def _integer(self, name: str, node: Node) -> None:
        ends = node.plain()
        if not _two(ends, int) or ends[0] > ends[1]:  # type: ignore[index]
            self._bad(name, node, say("two whole numbers, the lower one first"))
        elif self._add(name, node.line, 0):
            self.drawn.append(Integer(name, ends[0], ends[1]))  # type: ignore[index]

    def _uniform(self, name: str, node: Node, decimals: Node | None) -> None:
        ends, places = node.plain(), 2 if decimals is None else decimals.value
        if not _two(ends, (int, float)) or ends[0] >= ends[1]:  # type: ignore[index]
            self._bad(name, node, say("two numbers, the lower one first"))
        elif not isinstance(places, int) or not 0 <= places <= 12:
            self._bad(name, node, say("“decimals:” with a whole number from 0 to 12"))
        elif self._add(name, node.line, 0.0):
            self.drawn.append(Uniform(name, float(ends[0]), float(ends[1]), places))  # type: ignore[index]

    def _cases(self, name: str, node: Node) -> None:
        cases = node.plain()
        fits = isinstance(cases, list) and bool(cases) and all(isinstance(c, dict) for c in cases)
        if not fits or not _same_names(cases):  # type: ignore[arg-type]
            self._bad(name, node, say("a list of groups that all have the same names"))
            return
        assert isinstance(cases, list)
        # The names inside become the parameters; the outer one is a label.
        added = [self._add(inner, node.line, value) for inner, value in cases[0].items()]
        if all(added):
            self.drawn.append(Cases(name, tuple(cases)))

    def _bad(self, name: str, node: Node, expected: Message) -> None:
        self.block.fail(
            "bad-parameter",
            node.line,
            say("{name}: {value}", name=name, value=str(node.plain())[:80]),
            expected,
            say("Write the parameter in one of these forms."),
        )


def _alike(values: list[object]) -> bool:
    words = all(isinstance(v, str) for v in values)
    return words or all(_is_number(v) for v in values)


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]


def _two(ends: object, types: type | tuple[type, ...]) -> bool:
    return (
        isinstance(ends, list)
        and len(ends) == 2
        and all(isinstance(e, types) and not isinstance(e, bool) for e in ends)
    )


def _same_names(cases: list[dict[str, object]]) -> bool:
    first = cases[0]
    return bool(first) and all(
        case.keys() == first.keys() and all(_alike([case[name], first[name]]) for name in first)
        for case in cases
    )
