"""Why a formula cannot be shown, in words that say how to mend it."""

from __future__ import annotations

from typing import NamedTuple

from engine.content.files.problems import clip, nearest
from engine.content.katex.tables import COMMANDS, ENVIRONMENTS
from engine.i18n import Message, say

END = "EOF"


class Fault(NamedTuple):
    """What was found in a formula, and how to mend it."""

    found: Message
    mend: Message


class FormulaError(ValueError):
    """Where KaTeX gives a formula up."""

    def __init__(self, found: Message, mend: Message) -> None:
        super().__init__(str(found))
        self.fault = Fault(found, mend)


class NotJudged(Exception):
    """The formula defines commands of its own, which only KaTeX itself can follow."""


_BRACES = say("Count the braces: every {{ needs its }}, and a sign itself is \\{{ or \\}}.")


def unknown(name: str) -> FormulaError:
    """A command that KaTeX does not know."""
    near = nearest(name, COMMANDS) if name[1:].isalpha() else None
    mend = (
        say("Did you mean “{near}”?", near=near)
        if near is not None
        else say("Write the formula without it, or words as \\text{{…}}.")
    )
    return FormulaError(say("the unknown command “{name}”", name=clip(name)), mend)


def blocked(name: str) -> FormulaError:
    """A command that Streamlit does not let KaTeX carry out."""
    return FormulaError(
        say("the command “{name}”, which is not carried out", name=name),
        say("Write it without the command; use a Markdown link for an address."),
    )


def unexpected(found: str, expected: str) -> FormulaError:
    """Another token than the one that had to come."""
    if found == "&":
        return FormulaError(
            say("a “&” outside of aligned, cases or a matrix"),
            say(
                "Write \\& for the sign, or \\begin{{aligned}} … \\end{{aligned}} around the rows."
            ),
        )
    if "$" in (found, expected):
        return dollar()
    if "\\right" in (found, expected):
        return FormulaError(
            say("\\left and \\right that do not pair"),
            say("Give every \\left its \\right in the same braces; “\\right.” shows nothing."),
        )
    if "\\end" in (found, expected):
        return FormulaError(
            say("\\begin and \\end that do not pair"),
            say("Give every \\begin{{…}} its \\end{{…}} in the same braces."),
        )
    if found == "#":
        return FormulaError(say("the sign “#”"), say("Write \\# for the sign."))
    if "}" in (found, expected) or expected == END:
        return braces()
    return FormulaError(
        say("“{found}” in place of “{expected}”", found=clip(found), expected=clip(expected)),
        say("Write “{expected}” there.", expected=expected),
    )


def dollar() -> FormulaError:
    """A dollar sign where maths has begun already, or none where it began in words."""
    return FormulaError(
        say("a dollar sign inside a formula"),
        say("Close the formula before it, or write \\$ for the sign."),
    )


def braces() -> FormulaError:
    """Braces that do not balance."""
    return FormulaError(say("braces that do not balance"), _BRACES)


def double(sign: str) -> FormulaError:
    """Two exponents or two indices on one sign."""
    found = say("two subscripts in a row") if sign == "_" else say("two superscripts in a row")
    return FormulaError(
        found, say("Put what belongs together into braces, as in a_{{b_c}} or {{a_b}}_c.")
    )


def missing(name: str) -> FormulaError:
    """An argument that is not there."""
    return FormulaError(
        say("“{name}” without what it applies to", name=clip(name)),
        say("Write it behind, in braces: {name}{{…}}.", name=name),
    )


def misplaced(name: str) -> FormulaError:
    """A command where it cannot stand."""
    if name == "$":
        return dollar()
    return FormulaError(
        say("“{name}” where it cannot stand", name=clip(name)),
        say("Put braces around it and all that belongs to it, or take it out."),
    )


def bad_value(what: str) -> FormulaError:
    """A size, a colour or a name that is none."""
    return FormulaError(
        say("“{what}”, which is no size, colour or name that fits here", what=clip(what)),
        say("Write a size like 1em, or a colour like red or #ff0000."),
    )


def no_environment(name: str) -> FormulaError:
    """An environment that KaTeX does not know."""
    near = nearest(name, ENVIRONMENTS) or "aligned"
    return FormulaError(
        say("the unknown environment “{name}”", name=clip(name)),
        say("Did you mean “{near}”?", near=near),
    )


def display_only(name: str) -> FormulaError:
    """What is for $$…$$ alone."""
    return FormulaError(
        say("“{name}” in a formula of one line", name=name),
        say("Write $$…$$ instead of $…$, or aligned in place of align."),
    )


def too_many_columns(name: str) -> FormulaError:
    """More & in a row than the environment takes."""
    return FormulaError(
        say("more “&” in a row than “{name}” takes", name=name),
        say("Take some out, or write \\begin{{aligned}} … \\end{{aligned}}."),
    )


def too_much() -> FormulaError:
    """More than KaTeX, or this, follows."""
    return FormulaError(
        say("more commands, or more of them inside one another, than can be followed"),
        say("Split the formula into several."),
    )
