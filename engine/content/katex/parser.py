"""KaTeX's parser, without what it draws: whether a formula can be read, and if not, why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from engine.content.katex.expander import Expander
from engine.content.katex.faults import (
    END,
    bad_value,
    double,
    misplaced,
    missing,
    too_much,
    unexpected,
    unknown,
)
from engine.content.katex.tables import (
    ACCENTED,
    ACCENTS,
    FUNCTIONS,
    IMPLICIT,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
    UNITS,
    Takes,
)

_ENDS = frozenset(("}", "\\endgroup", "\\end", "\\right", "&"))
_COMBINING = re.compile("[\u0300-\u036f]+$")
_COLOUR = re.compile(r"#[a-f0-9]{3,4}|#[a-f0-9]{6}|#[a-f0-9]{8}|[a-f0-9]{6}|[a-z]+", re.IGNORECASE)
_SIZE = re.compile(r"[-+]? *(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+) *([a-z]{2})")
_PART_OF_SIZE = re.compile(r"[-+]? *(?:$|[0-9]+|[0-9]+\.[0-9]*|\.[0-9]*) *[a-z]{0,2} *$")
#: Groups inside one another, of which a browser follows more than this does.
DEEPEST = 60


class Node(NamedTuple):
    """As much of KaTeX's parse node as decides whether what follows can be read."""

    type: str
    text: str = ""
    body: Sequence[Node] = ()


def is_symbol(node: Node) -> bool:
    """Whether KaTeX's checkSymbolNodeType would find a symbol."""
    return node.type in _SYMBOL_TYPES


_SYMBOL_TYPES = frozenset(("atom", "mathord", "textord", "spacing", "accent-token", "op-token"))
_ATOMS = frozenset(("bin", "close", "inner", "open", "punct", "rel"))


class Parser:
    """Reads one formula. Every method raises FormulaError where KaTeX would raise ParseError."""

    def __init__(self, text: str, *, display: bool) -> None:
        self.gullet = Expander(text, display=display)
        self.display = display
        self.lefts = 0  # that are open
        self._deep = 0
        self._next: str | None = None

    @property
    def mode(self) -> str:
        """ "math" or "text"."""
        return self.gullet.mode

    def parse(self) -> None:
        """Reads all of the formula."""
        self.expression()
        self.expect(END)

    def fetch(self) -> str:
        """The next token, which stays."""
        if self._next is None:
            self._next = self.gullet.next()
        return self._next

    def consume(self) -> None:
        """Drops the token that was fetched."""
        self._next = None

    def expect(self, token: str, *, consume: bool = True) -> None:
        """The next token has to be this one."""
        if self.fetch() != token:
            raise unexpected(self.fetch(), token)
        if consume:
            self.consume()

    def spaces(self) -> None:
        """Drops blanks."""
        while self.fetch() == " ":
            self.consume()

    def switch(self, mode: str) -> None:
        """Goes on in words or in maths."""
        self.gullet.mode = mode

    def expression(self, until: str | None = None, *, infix_ends: bool = False) -> list[Node]:
        """Atoms, up to what ends them."""
        self._deep += 1
        if self._deep > DEEPEST:
            raise too_much()
        body: list[Node] = []
        while True:
            if self.mode == "math":
                self.spaces()
            token = self.fetch()
            takes = FUNCTIONS.get(token)
            if token in _ENDS or token == until or (infix_ends and takes and takes.infix):
                break
            atom = self.atom(until)
            if atom is None:
                break
            if atom.type != "internal":
                body.append(atom)
        self._deep -= 1
        if sum(node.type == "infix" for node in body) > 1:
            raise misplaced(next(node.text for node in body if node.type == "infix"))
        return body

    def atom(self, until: str | None) -> Node | None:
        """A group with what stands above and below it."""
        base = self.group("atom", until)
        if self.mode == "text" or (base is not None and base.type == "internal"):
            return base
        above = below = False
        while True:
            self.spaces()
            token = self.fetch()
            if token in ("\\limits", "\\nolimits"):
                if base is None or base.type not in ("op", "operatorname"):
                    raise misplaced(token)
                self.consume()
            elif token in ("^", "_"):
                self._script(token, taken=above if token == "^" else below)
                above, below = above or token == "^", below or token == "_"
            elif token == "'":
                self._primes(taken=above)
                above = True
            elif token in SUPERSCRIPTS or token in SUBSCRIPTS:
                self._unicode_script(token)
                above, below = above or token in SUPERSCRIPTS, below or token in SUBSCRIPTS
            else:
                break
        if base is not None and base.type == "infix" and (above or below):
            raise misplaced(base.text)
        return Node("supsub") if above or below else base

    def _script(self, sign: str, *, taken: bool) -> None:
        if taken:
            raise double(sign)
        self.consume()
        self.spaces()
        name = "superscript" if sign == "^" else "subscript"
        while (group := self.group(name)) is not None and group.type == "internal":
            pass
        if group is None:
            raise missing(sign)

    def _primes(self, *, taken: bool) -> None:
        if taken:
            raise double("^")
        while self.fetch() == "'":
            self.consume()
        if self.fetch() == "^":
            self._script("^", taken=False)

    def _unicode_script(self, first: str) -> None:
        """A run of raised or lowered signs, which are read as the signs they stand for."""
        table = SUBSCRIPTS if first in SUBSCRIPTS else SUPERSCRIPTS
        while self.fetch() in table:
            self.consume()

    def group(self, name: str, until: str | None = None) -> Node | None:
        """A group in braces, a function with its arguments, or a symbol; None for neither."""
        token = self.fetch()
        if token in ("{", "\\begingroup"):
            end = "}" if token == "{" else "\\endgroup"
            self.consume()
            body = self.expression(end)
            self.expect(end)
            return Node("ordgroup", body=body)
        found = self.function(until, name) or self._symbol()
        if found is None and token[0] == "\\" and token not in IMPLICIT:
            raise unknown(token)
        return found

    def function(self, until: str | None = None, name: str | None = None) -> Node | None:
        """A function with its arguments, if the next token is one."""
        from engine.content.katex.functions import call  # which parses in its turn

        token = self.fetch()
        takes = FUNCTIONS.get(token)
        if takes is None:
            return None
        self.consume()
        if name not in (None, "atom") and not takes.in_argument:
            raise misplaced(token)
        if not (takes.in_text if self.mode == "text" else takes.in_math):
            raise misplaced(token)
        return call(self, token, takes, self.arguments(token, takes), until)

    def arguments(self, name: str, takes: Takes) -> list[Node | None]:
        """All arguments, the optional ones first; None for one of these that is not there."""
        found: list[Node | None] = []
        for place in range(takes.optional + takes.required):
            kind = takes.kinds[place] if place < len(takes.kinds) else ""
            alone = takes.type == "sqrt" and place == 1 and found[0] is None
            if (takes.primitive and not kind) or alone:
                kind = "primitive"
            found.append(self._argument(name, kind, optional=place < takes.optional))
        return found

    def _argument(self, name: str, kind: str, *, optional: bool) -> Node | None:
        if kind == "color":
            return self._colour(optional=optional)
        if kind == "size":
            return self.size(optional=optional)
        if kind in ("raw", "url"):
            text = self._string(optional=optional)
            return None if text is None else Node("raw", text)
        if kind == "primitive":
            group = self.group(f"argument to {name}")
            if group is None or group.type == "internal":
                raise missing(name)
            return group
        mode = {"math": "math", "text": "text", "hbox": "text"}.get(kind)
        return self._group_argument(optional=optional, mode=mode, wrapped=kind == "hbox")

    def _group_argument(self, *, optional: bool, mode: str | None, wrapped: bool) -> Node | None:
        if not self.gullet.scan(optional=optional):
            return None
        outer = self.mode
        self.switch(mode or outer)
        body = self.expression(END)
        self.expect(END)
        self.switch(outer)
        return Node("styling" if wrapped else "ordgroup", body=body)

    def _string(self, *, optional: bool) -> str | None:
        """What stands in an argument, as it is."""
        if not self.gullet.scan(optional=optional):
            return None
        found = ""
        while (token := self.fetch()) != END:
            found += token
            self.consume()
        self.consume()
        return found

    def _colour(self, *, optional: bool) -> Node | None:
        colour = self._string(optional=optional)
        if colour is None:
            return None
        if _COLOUR.fullmatch(colour) is None:
            raise bad_value(colour)
        return Node("color-token", colour)

    def size(self, *, optional: bool) -> Node | None:
        """A length such as 1.5em."""
        self.gullet.spaces()
        if not optional and self.gullet.future() != "{":
            size: str | None = self._plain_size()
        else:
            size = self._string(optional=optional)
        if size is None:
            return None
        match = _SIZE.search(size or "0pt")
        if match is None or match[1] not in UNITS:
            raise bad_value(size)
        return Node("size", size)

    def _plain_size(self) -> str:
        """A length without braces around it."""
        found = ""
        while (token := self.fetch()) != END and _PART_OF_SIZE.match(found + token):
            found += token
            self.consume()
        if not found:
            raise bad_value(self.fetch())
        return found

    def _symbol(self) -> Node | None:
        token = self.fetch()
        if re.match(r"\\verb[^a-zA-Z]", token):
            self.consume()
            return Node("verb")
        text = token
        if text[0] in ACCENTED and text[0] not in SYMBOLS[self.mode]:
            text = ACCENTED[text[0]] + text[1:]
        marks = _COMBINING.search(text)
        if marks is not None:
            text = text[: marks.start()]
        group = SYMBOLS[self.mode].get(text)
        if group is None and (not text or ord(text[0]) < 0x80):
            return None
        if token == END:
            return None
        self.consume()
        if marks is not None:
            if any(mark not in ACCENTS for mark in marks[0]):
                raise bad_value(token)
            return Node("accent")
        return Node("atom" if group in _ATOMS else group or "textord", text)
