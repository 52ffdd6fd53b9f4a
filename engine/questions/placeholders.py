"""Texts with values in them: `{{ name }}` and `{{ name|.3g }}`, and nothing else.

One regular expression finds the places; LaTeX's own braces pass untouched, so that
`\\frac{{{ n }}}{2}` is a fraction over the value of n. A number is shown as people write it: 256
and not 256.0, 1600 and not 1.6e+03, −3 with a minus sign, and 1.2e-05 as a power of ten, in maths
as \\times10^{-5}, with braces or parentheses where it needs them (`engine.questions.braces`); in
code it stays as Python reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.content import Formula, find_maths
from engine.i18n import Message, as_written, say
from engine.questions.braces import Around, surroundings

PLACE = re.compile(
    r"\{\{ *([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?) *(?:\|([^{}|]*))?\}\}"
)
_PLAIN = re.compile(r"[0-9.,]+")
_DIGITS = re.compile(r"[0-9]+")
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
    around: Around | None  # None outside of formulas
    in_code: bool

    def shown(self, values: Mapping[str, object]) -> str:
        value = values[self.name]
        in_maths = self.around is not None
        text = shown(value, self.format, in_maths=in_maths, in_code=self.in_code)
        if self.around is None:
            return text
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return f"{{{text}}}" if self.around.braces else text
        return _held(text, self.around, signed=not self.format.startswith(("+", " ")))


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
            piece if isinstance(piece, str) else piece.shown(values) for piece in self.pieces
        )

    def form(self, values: Mapping[str, object]) -> tuple[str, ...]:
        """What decides how formulas read with these values: the same form, the same reading."""
        return tuple(
            _DIGITS.sub(_as_long, piece.shown(values))
            for piece in self.pieces
            if isinstance(piece, _Place)
            and (piece.around is not None or isinstance(values[piece.name], str))
        )

    @property
    def in_maths(self) -> bool:
        """Whether a value stands in a formula."""
        return any(isinstance(piece, _Place) and piece.around for piece in self.pieces)

    def literal(self) -> str:
        """The text without its values."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

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
    around = _arounds(text, maths.formulas)
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
        in_code = maths.shown[match.start()].isspace()
        default = answer_format if name == "answer" else ""
        pieces.append(_Place(name, format or default, around.get(match.start()), in_code))
        end = match.end()
    pieces.append(text[end:])
    kept = tuple(piece for piece in pieces if piece != "") or ("",)
    return Text(kept, frozenset(p.name for p in kept if isinstance(p, _Place)))


def _arounds(text: str, formulas: Sequence[Formula]) -> dict[int, Around]:
    """Where values stand in formulas, and what is around each."""
    found: dict[int, Around] = {}
    for formula in formulas:
        places = list(PLACE.finditer(text, formula.start, formula.end))
        if not places:
            continue
        edges = [formula.start, *(edge for place in places for edge in place.span()), formula.end]
        literals = [text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
        starts = (place.start() for place in places)
        found.update(zip(starts, surroundings(literals), strict=True))
    return found


def _held(number: str, around: Around, *, signed: bool) -> str:
    """A number with the braces or parentheses it needs. signed: its minus sign is its own."""
    if around.braces:
        return f"{{{number}}}" if len(number) > 1 else number
    needed = (
        (around.raised and _PLAIN.fullmatch(number) is None)
        or (around.signed and signed and number.startswith("-"))
        or (around.split and "\\times" in number)
    )
    return f"({number})" if needed else number


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


def shown(value: object, format: str = "", *, in_maths: bool = False, in_code: bool = False) -> str:
    """A value as text; a string as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if format.endswith("d"):
        text = builtin_format(round(value), format)
    elif format:
        text = builtin_format(float(value), format)
    else:
        text = f"{value:d}" if isinstance(value, int) else f"{value:.6g}"
    if in_code:
        return text
    text = as_written(text, in_maths=in_maths, powers=format.endswith("e"))
    return text.replace("%", r"\%") if in_maths else text  # which else begins a comment


builtin_format: Callable[[object, str], str] = format


def _as_long(digits: re.Match[str]) -> str:
    """Digits as far as KaTeX tells numbers apart, which reads at most two of them one by one."""
    return "1" * min(len(digits[0]), 3)
