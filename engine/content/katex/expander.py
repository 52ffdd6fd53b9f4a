"""TeX's gullet as KaTeX has it: characters to tokens, and macros to what they stand for.

A token is its text; the last one is END. Macros that a formula defines itself are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from engine.content.katex.faults import (
    END,
    FormulaError,
    NotJudged,
    bad_value,
    braces,
    display_only,
    misplaced,
    missing,
    too_much,
)
from engine.content.katex.tables import FUNCTIONS, MACROS
from engine.i18n import say

#: As in KaTeX's Lexer: blanks, a backslash with blanks, and what is one token else.
_TOKEN = re.compile(
    r"([ \r\n\t]+)|(\\(?:\n|[ \r\t]+\n?)[ \r\t]*)|"
    r"([!-\[\]-\u2027\u202A-\uD7FF\uF900-\uFFFF][\u0300-\u036f]*|"
    r"[\U00010000-\U0010ffff][\u0300-\u036f]*|"
    r"\\verb\*([\s\S]).*?\4|\\verb([^*a-zA-Z]).*?\5|"
    r"(\\[a-zA-Z@]+)[ \r\n\t]*|\\[^\ud800-\udfff])"
)
#: Commands that define others.
DEFINING = frozenset(
    [
        "\\def",
        "\\gdef",
        "\\edef",
        "\\xdef",
        "\\let",
        "\\futurelet",
        "\\global",
        "\\long",
        "\\newcommand",
        "\\renewcommand",
        "\\providecommand",
        "\\noexpand",
        "\\expandafter",
    ]
)
_DOTS = frozenset(("\\dots", "\\dotso", "\\dotsc", "\\cdots"))
#: Expansions after which KaTeX gives up.
MOST = 1000
_LONGEST = 20_000


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, without comments. Raises FormulaError for what is no character."""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(
                say("a sign that cannot be shown, or a \\ at the end"),
                say("Delete it and write the formula again from there."),
            )
        at = match.end()
        token = match[6] or match[3] or ("\\ " if match[2] else " ")
        if token == "%":
            line = text.find("\n", at)
            at = len(text) if line == -1 else line + 1
        else:
            found.append(token)
    return found


@lru_cache(maxsize=512)
def _body(name: str) -> tuple[tuple[str, ...], int]:
    """A macro's tokens, and how many arguments it takes."""
    text = MACROS[name]
    stripped = text.replace("##", "")
    count = 0
    while f"#{count + 1}" in stripped:
        count += 1
    return tuple(tokens_of(text)), count


def arguments_of(name: str) -> int:
    """How many arguments a macro takes."""
    return _body(name)[1]


class Expander:
    """The tokens that are still to come; the next one is the last of `stack`."""

    def __init__(self, text: str, *, display: bool) -> None:
        self.stack = [END, *reversed(tokens_of(text))]
        self.display = display
        self.mode = "math"
        self.arrays = 0  # that are open and know \cr
        self.tagged = False
        self._expanded = 0

    def future(self) -> str:
        """The next token, which stays."""
        return self.stack[-1] if self.stack else END

    def pop(self) -> str:
        """The next token, without a look at what it stands for."""
        return self.stack.pop() if self.stack else END

    def push(self, tokens: Sequence[str]) -> None:
        """Puts tokens in front."""
        self.stack.extend(reversed(tokens))
        if len(self.stack) > _LONGEST:
            raise too_much()

    def spaces(self) -> None:
        """Drops blanks."""
        while self.stack and self.stack[-1] == " ":
            self.stack.pop()

    def next(self) -> str:
        """The next token that stands for nothing else."""
        while True:
            token = self.pop()
            if token in DEFINING:
                raise NotJudged
            tokens = self._stands_for(token)
            if tokens is None:
                return token
            self._expanded += 1
            if self._expanded > MOST:
                raise too_much()
            self.push(tokens)

    def argument(self, until: str | None = None) -> list[str]:
        """The tokens of a macro's next argument: one token, a group, or all up to `until`."""
        if until is None:
            self.spaces()
        first = self.future()
        found: list[str] = []
        depth = 0
        while True:
            token = self.pop()
            found.append(token)
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth < 0 or token == END:
                raise braces()
            if until is None and depth == 0:
                break
            if until is not None and depth == 0 and token == until:
                found.pop()
                break
        return found[1:-1] if first == "{" and len(found) > 1 and found[-1] == "}" else found

    def scan(self, *, optional: bool) -> bool:
        """Puts END behind a function's next argument; False if an optional one is not there."""
        if optional:
            self.spaces()
            if self.future() != "[":
                return False
            self.pop()
            found = self.argument("]")
        else:
            found = self.argument()
        self.push([*found, END])
        return True

    def _stands_for(self, name: str) -> Sequence[str] | None:
        if name in MACROS:
            if name in ("\\nonumber", "\\notag"):
                return ()
            return self._filled(*_body(name))
        if name == "\\cr" and self.arrays:
            return ("\\\\", "\\relax")
        if name in FUNCTIONS or name[0] != "\\":
            return None
        return self._program(name)

    def _filled(self, body: Sequence[str], count: int) -> Sequence[str]:
        if not count:
            return body
        given = [self.argument() for _ in range(count)]
        found: list[str] = []
        rest = iter(body)
        for token in rest:
            if token != "#":
                found.append(token)
            elif (which := next(rest)) == "#":
                found.append("#")
            else:
                found += given[int(which) - 1]
        return found

    def _program(self, name: str) -> Sequence[str] | None:
        """What a macro stands for that KaTeX writes as a program."""
        if name in _DOTS:
            return ("\\@cdots",) if name == "\\cdots" else ("\\ldots",)
        if name in ("\\@firstoftwo", "\\@secondoftwo"):
            return (self.argument(), self.argument())[name == "\\@secondoftwo"]
        if name == "\\TextOrMath":
            return (self.argument(), self.argument())[self.mode == "math"]
        if name == "\\@ifnextchar":
            sign, then, otherwise = self.argument(), self.argument(), self.argument()
            self.spaces()
            return then if sign == [self.future()] else otherwise
        if name == "\\tag@literal":
            return self._tag()
        if name == "\\char":
            return self._char()
        if name in ("\\bra@ket", "\\bra@set"):
            left, _, _, right, inside = (self.argument() for _ in range(5))
            return [*left, *inside, *right]
        if name in ("\\message", "\\errmessage", "\\show"):
            self.pop() if name == "\\show" else self.argument()
            return ()
        return None

    def _tag(self) -> Sequence[str]:
        if self.tagged:
            raise misplaced("\\tag")
        self.tagged = True
        if not self.display:
            raise display_only("\\tag")
        return ["\\text", "{", *self.argument(), "}"]

    def _char(self) -> Sequence[str]:
        """A character by its number: decimal, octal behind ', hexadecimal behind ", or itself."""
        token = self.pop()
        if token == "`":
            sign = self.pop()
            if sign == END:
                raise missing("\\char")
            number = ord(sign[1] if sign[0] == "\\" and len(sign) > 1 else sign[0])
            return ["\\@char", "{", *str(number), "}"]
        base = {"'": 8, '"': 16}.get(token, 10)
        digits = [token if base == 10 else self.pop()]
        allowed = "0123456789abcdef"[:base]
        if digits[0].lower() not in allowed:
            raise bad_value(f"\\char {digits[0]}")
        while len(self.future()) == 1 and self.future().lower() in allowed:
            digits.append(self.pop())
        return ["\\@char", "{", *str(int("".join(digits), base)), "}"]
