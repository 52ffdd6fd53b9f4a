"""What libyaml and PyYAML complain about, said to somebody who does not know YAML."""

from __future__ import annotations

from engine.content.files.problems import clip
from engine.i18n import Message, say

Explanation = tuple[Message, Message, Message]


def explain(problem: str) -> Explanation:
    """Found, expected and mend for a parser's complaint, which is in English."""
    for part, explanation in _KNOWN:
        if part in problem:
            return explanation
    return (
        say("something that cannot be read ({problem})", problem=clip(problem, 120)),
        say("lines of the form “name: value”"),
        say('Compare the line with another card; put texts with special signs in quotes: "…".'),
    )


_COLON: Explanation = (
    say("a second colon on the line, or a line above it that is no “name: value”"),
    say("one “name: value” a line, with a space after the colon, names below one another"),
    say('If the value itself has a colon, put it in quotes: title: "One: two".'),
)
_SIGN: Explanation = (
    say("a tab, or a value that begins with a sign such as @, % or `"),
    say("spaces for indentation, and words or numbers as values"),
    say('Replace tabs by spaces; put the value in quotes: "…".'),
)
_BRACKET: Explanation = (
    say("a list or group that is not closed, or lacks a comma"),
    say("“[a, b]” or “{{a: 1, b: 2}}” with a bracket at both ends"),
    say("Add the missing bracket or comma."),
)
_INDENT: Explanation = (
    say("a line that does not fit the lines above it"),
    say("names that belong together indented by the same number of spaces"),
    say("Check the spaces at the beginning of the line, and the colon after the name above."),
)
_QUOTE: Explanation = (
    say("a quotation mark that is not closed, or text after it"),
    say("a quotation mark at both ends of the value"),
    say("Add the missing quotation mark."),
)
_COLON_MISSING: Explanation = (
    say("a line without a colon"),
    say("“name: value”, with a space after the colon"),
    say("Write the colon and a space after the name."),
)
_ESCAPE: Explanation = (
    say("a backslash between double quotation marks"),
    say("single quotation marks around a text with backslashes"),
    say("Write the value between single quotation marks: '…'."),
)

#: A piece of the parser's sentence, and what it means here. The first that fits is used.
_KNOWN: tuple[tuple[str, Explanation], ...] = (
    ("mapping values are not allowed", _COLON),
    ("could not find expected ':'", _COLON_MISSING),
    ("cannot start any token", _SIGN),
    ("unknown escape", _ESCAPE),
    ("did not find expected hexdecimal", _ESCAPE),
    ("while scanning a quoted scalar", _QUOTE),
    ("found unexpected end of stream", _QUOTE),
    ("did not find expected ',' or", _BRACKET),
    ("expected ',' or", _BRACKET),
    ("did not find expected node content", _BRACKET),
    ("expected the node content", _BRACKET),
    ("did not find expected key", _INDENT),
    ("did not find expected '-'", _INDENT),
    ("expected <block end>", _INDENT),
    ("block sequence entries are not allowed", _INDENT),
)
