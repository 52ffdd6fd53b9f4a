"""Texts with values in them: `{{ name }}` and `{{ name|.3g }}`, and nothing else.

One regular expression finds the places; LaTeX's own braces pass untouched, so that
`\\frac{{{ n }}}{2}` is a fraction over the value of n. A number is shown as people write it: 256
and not 256.0, and 1.2e-05 as a power of ten, in maths as \\times10^{-5}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from engine.cards.maths import find_maths
from engine.words import Message, say

PLACE = re.compile(
    r"\{\{ *([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?) *(?:\|([^{}|]*))?\}\}"
)
_EXPONENT = re.compile(r"^([-+ ]?[0-9.]+)e([-+])0*([0-9]+)$")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MEANT_AS_PLACE = re.compile(r"\{\{[^\n]{0,40}")


class TemplateError(ValueError):
    """A place that cannot be filled; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    format: str
    in_maths: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A compiled text: literal pieces and the places between them."""

    pieces: tuple[str | _Place, ...]
    names: frozenset[str]

    def fill(self, values: Mapping[str, object]) -> str:
        """The text with its values. Raises KeyError for a value that is not there."""
        if len(self.pieces) == 1 and isinstance(self.pieces[0], str):
            return self.pieces[0]
        return "".join(self.filled(values))

    def filled(self, values: Mapping[str, object]) -> tuple[str, ...]:
        """Its pieces one by one. Raises KeyError for a value that is not there."""
        return tuple(
            piece
            if isinstance(piece, str)
            else shown(values[piece.name], piece.format, in_maths=piece.in_maths)
            for piece in self.pieces
        )

    @property
    def needs_outcome(self) -> bool:
        """Whether the simulation has to run before this can be filled."""
        return any(name.startswith("outcome.") for name in self.names)


def compile_text(text: str, names: Collection[str], *, answer_format: str = ".3g") -> Text:
    """Finds the places of a text. Raises TemplateError for an unknown name or a bad format."""
    pieces: list[str | _Place] = []
    maths = find_maths(text)
    meant = _MEANT_AS_PLACE.search(PLACE.sub(lambda place: " " * len(place[0]), maths.plain))
    if meant is not None:
        raise TemplateError(say("“{text}”, which is not a value's name", text=meant[0]))
    end = 0
    for match in PLACE.finditer(text):
        name, format = match[1], (match[2] or "").strip()
        if name not in names:
            raise TemplateError(
                say(
                    "the value “{name}”; the values are {names}",
                    name=name,
                    names=", ".join(sorted(names)) or "none",
                )
            )
        try_format(format)
        pieces.append(text[end : match.start()])
        in_maths = any(f.start <= match.start() < f.end for f in maths.formulas)
        default = answer_format if name == "answer" else ""
        pieces.append(_Place(name, format or default, in_maths))
        end = match.end()
    pieces.append(text[end:])
    kept = tuple(piece for piece in pieces if piece != "") or ("",)
    return Text(kept, frozenset(p.name for p in kept if isinstance(p, _Place)))


def try_format(format: str) -> None:
    """Raises TemplateError for what is not a format."""
    if not re.fullmatch(r"[-+ ]?[0-9]{0,2},?(\.[0-9]{1,2})?[defg%]?", format):
        raise _bad_format(format)
    if format.endswith("d") and "." in format:  # which Python itself refuses
        raise _bad_format(format)


def _bad_format(format: str) -> TemplateError:
    return TemplateError(
        say("the format “{format}”; formats are like .3g, .2f, .1e, d or .0%", format=format)
    )


def shown(value: object, format: str = "", *, in_maths: bool = False) -> str:
    """A value as text; a string as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if format.endswith("d"):
        text = builtin_format(round(value), format)
    elif format:
        text = builtin_format(float(value), format)
    else:
        text = f"{value:d}" if isinstance(value, int) else f"{value:.6g}"
    if text.startswith("-") and not any(digit in text for digit in "123456789"):
        text = text[1:]  # people do not write -0
    if in_maths:
        text = text.replace("%", r"\%")  # which else begins a comment
    return _power_of_ten(text, in_maths)


builtin_format: Callable[[object, str], str] = format


def _power_of_ten(text: str, in_maths: bool) -> str:
    if "e" not in text:
        return text
    match = _EXPONENT.match(text)
    if match is None:
        return text
    mantissa = match[1]
    exponent = f"-{match[3]}" if match[2] == "-" else match[3]
    if in_maths:
        return f"{mantissa}\\times10^{{{exponent}}}"
    return f"{mantissa}×10{exponent.translate(_SUPERSCRIPTS)}"
