"""Reading a ```question block value by value, gathering what is wrong with its place."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from engine.content import Node, Place, Problem
from engine.i18n import Message, say
from engine.questions.expressions import Expression, ExpressionError, compile_expression
from engine.questions.placeholders import TemplateError, try_format

#: How numbers are shown where a question does not say.
FORMAT = ".3g"


class Block:
    """A question's block. What cannot be used is noted in `problems`, and reading goes on."""

    def __init__(self, spec: Mapping[str, Node], place: Place) -> None:
        self.spec = spec
        self.place = place
        self.problems: list[Problem] = []

    def line(self, key: str) -> int:
        """The line of a key, or of the block."""
        return self.spec[key].line if key in self.spec else self.place.line

    def fail(self, code: str, line: int, found: Message, expected: Message, mend: Message) -> None:
        """Notes an error, once."""
        place = Place(self.place.file, line)
        problem = Problem("error", place, code, found, expected, mend)
        if problem not in self.problems:
            self.problems.append(problem)

    def only(self, *keys: str) -> None:
        """Notes every key that is not one of these."""
        for key, node in self.spec.items():
            if key not in keys:
                self.fail(
                    "unknown-key",
                    node.line,
                    say("the key “{key}”", key=key[:60]),
                    say("one of {keys}", keys=", ".join(keys)),
                    self.nearest(key, keys),
                )

    def nearest(self, name: str, names: Iterable[str]) -> Message:
        """A suggestion for a name that is not known."""
        close = difflib.get_close_matches(name, list(names), n=1)
        if close:
            return say("Did you mean “{name}”?", name=close[0])
        return say("Correct or delete it.")

    def word(self, key: str) -> str | None:
        """A value that is a word; None if it is not there."""
        node = self.spec.get(key)
        if node is None:
            return None
        if isinstance(node.value, str):
            return node.value
        self.fail(
            "not-a-word",
            node.line,
            say("{key}: {value}", key=key, value=str(node.plain())[:60]),
            say("a word"),
            say("Write a word after “{key}:”.", key=key),
        )
        return None

    @cached_property
    def format(self) -> str:
        """How the answer and options that are numbers are shown."""
        written = self.word("format") or FORMAT
        try:
            try_format(written)
        except TemplateError as error:
            self.fail(
                "bad-format",
                self.line("format"),
                error.message,
                say("a format such as .3g, .2f or .1e"),
                say("Write, for example, “format: .3g”."),
            )
            return FORMAT
        return written

    def mapping(self, key: str) -> Mapping[str, Node]:
        """A value that is a group of names; empty if it is not there."""
        node = self.spec.get(key)
        if node is None:
            return {}
        if isinstance(node.value, Mapping):
            return node.value
        self.fail(
            "not-a-group",
            node.line,
            say("{key}: {value}", key=key, value=str(node.plain())[:60]),
            say("lines of the form “name: value” below “{key}:”", key=key),
            say("Put each name on a line of its own, indented."),
        )
        return {}

    def expressions(self, key: str, names: Collection[str]) -> list[Expression]:
        """One expression or a list of them."""
        node = self.spec.get(key)
        if node is None:
            return []
        nodes = node.value if isinstance(node.value, tuple) else (node,)
        return [e for n in nodes if (e := self.expression_at(n, names)) is not None]

    def numbers(self, key: str, names: Collection[str]) -> tuple[tuple[str, Expression], ...]:
        """A group of names with an expression each, which has to be a number."""
        numbers = ((id, self.number_at(node, names)) for id, node in self.mapping(key).items())
        return tuple((id, expression) for id, expression in numbers if expression is not None)

    def conditions(self, key: str, names: Collection[str]) -> tuple[tuple[str, Expression], ...]:
        """A group of names with an expression each, which may be a condition."""
        conditions = (
            (id, self.expression_at(node, names)) for id, node in self.mapping(key).items()
        )
        return tuple((id, expression) for id, expression in conditions if expression is not None)

    def expression(self, key: str, names: Collection[str]) -> Expression | None:
        """The expression of a key that has to be there, and has to be a number."""
        node = self.spec.get(key)
        if node is None:
            self.fail(
                "missing-key",
                self.place.line,
                say("no “{key}:”", key=key),
                say("“{key}:” with an expression", key=key),
                say("Write, for example, “{key}: sqrt(2 / n_in)”.", key=key),
            )
            return None
        return self.number_at(node, names)

    def number_at(self, node: Node, names: Collection[str]) -> Expression | None:
        """The expression that a value holds, which has to be a number."""
        expression = self.expression_at(node, names)
        if expression is None or not expression.is_condition:
            return expression
        self.fail(
            "condition-for-number",
            node.line,
            say("“{text}”, which is true or false", text=expression.text[:60]),
            say("a number"),
            say("Write what the number is, such as 2 / n_in."),
        )
        return None

    def expression_at(self, node: Node, names: Collection[str]) -> Expression | None:
        """The expression that a value holds."""
        value = node.value
        if isinstance(value, bool):
            return self.expression_of("true" if value else "false", node.line, names)
        if isinstance(value, (str, int, float)):
            try:
                return compile_expression(str(value), names)
            except ExpressionError as error:
                self._bad_expression(node.line, error.message)
                return None
        self._bad_expression(node.line, say("{value}", value=str(node.plain())[:60]))
        return None

    def expression_of(self, text: str, line: int, names: Collection[str]) -> Expression:
        """A text of our own as an expression."""
        try:
            return compile_expression(text, names)
        except ExpressionError as error:  # pragma: no cover - our own texts compile
            self._bad_expression(line, error.message)
            return compile_expression("0", ())

    def _bad_expression(self, line: int, found: Message) -> None:
        self.fail(
            "bad-expression",
            line,
            found,
            say("numbers, parameters and + - * / **, comparisons, and, or, not, functions"),
            say("Correct the expression."),
        )
