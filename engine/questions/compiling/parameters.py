"""The `parameters:` of a block, read."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Mapping

from engine.content import Node
from engine.i18n import Message, say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import FUNCTIONS, Expression
from engine.questions.parameters import (
    LARGEST_WHOLE,
    Cases,
    Choose,
    Drawn,
    Integer,
    Parameters,
    Uniform,
    Value,
)

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
TAKEN = {"answer", "outcome", "true", "false", *FUNCTIONS, *keyword.kwlist}
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
            elif isinstance(form, str) or _is_number(form):
                if self._add(name, node.line, form):  # type: ignore[arg-type]
                    self.constants[name] = form  # type: ignore[assignment]
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
        if not NAME.fullmatch(name) or name in TAKEN:
            self.block.fail(
                "bad-name",
                line,
                say("the parameter name “{name}”", name=name[:60]),
                say("letters, digits and _, beginning with a letter, and no word that means more"),
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
        ends = _ends(node)
        if ends is None or not all(isinstance(end, int) for end in ends) or ends[0] > ends[1]:
            self._bad(name, node, say("two whole numbers, the lower one first"))
        elif self._add(name, node.line, 0):
            self.drawn.append(Integer(name, int(ends[0]), int(ends[1])))

    def _uniform(self, name: str, node: Node, decimals: Node | None) -> None:
        ends, places = _ends(node), 2 if decimals is None else decimals.value
        if ends is None or ends[0] >= ends[1]:
            self._bad(name, node, say("two numbers, the lower one first"))
        elif type(places) is not int or not 0 <= places <= 12:
            self._bad(name, node, say("“decimals:” with a whole number from 0 to 12"))
        elif any(round(end, places) != end for end in ends):
            # They would be rounded to numbers outside of the range.
            self._bad(
                name,
                node,
                say(
                    "two numbers with at most {places} decimals, or more “decimals:”", places=places
                ),
            )
        elif (ends[1] - ends[0]) * 10**places > LARGEST_WHOLE:
            self._bad(name, node, say("a smaller range, or fewer “decimals:”"))
        elif self._add(name, node.line, 0.0):
            self.drawn.append(Uniform(name, float(ends[0]), float(ends[1]), places))

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
    """A finite float, or a whole number that a float can be."""
    if type(value) is int:
        return abs(value) <= LARGEST_WHOLE
    return type(value) is float and math.isfinite(value)


def _ends(node: Node) -> tuple[float, float] | None:
    """The two numbers of a range; whole ones stay whole."""
    ends = node.plain()
    if isinstance(ends, list) and len(ends) == 2 and all(map(_is_number, ends)):
        return ends[0], ends[1]
    return None


def _same_names(cases: list[dict[str, object]]) -> bool:
    first = cases[0]
    return bool(first) and all(
        case.keys() == first.keys() and all(_alike([case[name], first[name]]) for name in first)
        for case in cases
    )
