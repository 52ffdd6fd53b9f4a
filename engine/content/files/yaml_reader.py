"""YAML read strictly, every value with its line.

libyaml finds the events; this module turns them into `Node`s by the core schema of YAML 1.2
(https://yaml.org/spec/1.2.2/#103-core-schema): `1e-3` is a number, `no` is a word. Duplicate
keys, anchors, aliases, tags, merge keys and keys that are not words are errors. Events are used
rather than composed nodes because the composer follows aliases silently and recurses in C.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from engine.content.files.problems import ContentError, Place, Problem, clip
from engine.content.files.yaml_mends import explain
from engine.i18n import Message, say

DEEPEST = 12
MOST_VALUES = 5_000
LONGEST_NUMBER = 40

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Mapping[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
#: What YAML forbids, and what it would take for the end of a line where an editor does not.
_ODD = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value that knows its line.

    `value` is a str, int, float, bool, None, tuple[Node, ...] or Mapping[str, Node].
    """

    value: object
    line: int

    def plain(self) -> object:
        """The same value as ordinary dicts, lists and scalars."""
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value


def read_mapping(text: str, file: str, first_line: int = 1) -> Mapping[str, Node]:
    """The mapping that `text` is, `{}` for an empty text; `first_line` is the line it begins on.

    Raises ContentError with one problem, placed in `file`.
    """
    return _Reader(text, file, first_line).read()


class _Reader:
    def __init__(self, text: str, file: str, first_line: int) -> None:
        self._text = text
        self._file = file
        self._first = first_line
        self._last = first_line + text.rstrip("\n").count("\n")
        self._values = 0
        self._events: Iterator[yaml.Event] = iter(())

    def read(self) -> Mapping[str, Node]:
        odd = _ODD.search(self._text)
        if odd is not None:
            raise self._odd_character(odd)
        self._events = yaml.parse(self._text, Loader=_Loader)
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._error(
                mark.line if mark else 0, "yaml-syntax", *explain(error.problem or "")
            ) from None
        except yaml.YAMLError as error:
            raise self._error(0, "yaml-syntax", *explain(str(error))) from None

    def _document(self) -> Mapping[str, Node]:
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return {}
        node = self._node(next(self._events), 1)
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._error(
                _line(after),
                "yaml-documents",
                say("a second part after “---”"),
                say("one list of “name: value” lines"),
                say("Delete the line “---” or “...”."),
            )
        if node.value is None:
            return {}
        if not isinstance(node.value, Mapping):
            raise self._error(
                node.line - self._first,
                "yaml-mapping",
                say("“{text}”", text=clip(node.plain())),
                say("lines of the form “name: value”"),
                say("Write a name, a colon and a space before the value."),
            )
        return node.value

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        self._values += 1
        if self._values > MOST_VALUES or depth > DEEPEST:
            raise self._error(
                line,
                "yaml-size",
                say("too many values, or values nested too deeply"),
                say("at most {values} values, {depth} deep", values=MOST_VALUES, depth=DEEPEST),
                say("Split it up, or look for a bracket too many."),
            )
        self._refuse_extras(event)
        at = self._first + line
        if isinstance(event, yaml.ScalarEvent):
            return Node(self._scalar(event), at)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(tuple(self._sequence(depth)), at)
        return Node(self._mapping(depth), at)

    def _sequence(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _mapping(self, depth: int) -> Mapping[str, Node]:
        found: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            key = self._key(event, depth)
            if key in found:
                raise self._error(
                    line,
                    "duplicate-key",
                    say(
                        "“{key}” a second time (first on line {line})",
                        key=clip(key),
                        line=self._first + lines[key],
                    ),
                    say("every name once"),
                    say("Delete one of the two, or give one another name."),
                )
            found[key] = self._node(next(self._events), depth + 1)
            lines[key] = line
        return found

    def _key(self, event: yaml.Event, depth: int) -> str:
        key = self._node(event, depth + 1).value
        plain = isinstance(event, yaml.ScalarEvent) and event.implicit[0]
        if isinstance(key, str) and not (plain and key == "<<"):
            return key
        raise self._error(
            _line(event),
            "yaml-key",
            say("“{key}” as a name", key=clip(getattr(event, "value", "{ } / [ ]"))),
            say("a word before the colon"),
            say('Put the name, or a value that begins with “{{” or “[”, in quotes: "…".'),
        )

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            found, name = say("the name “{name}” for a part (& or *)", name=_anchor(event)), "&, *"
        elif getattr(event, "tag", None) is not None:
            found, name = say("the tag “{tag}”", tag=clip(getattr(event, "tag", ""))), "!"
        else:
            return
        raise self._error(
            _line(event),
            "yaml-extra",
            found,
            say("a plain value, without {signs}", signs=name),
            say(
                'Write the value out; put a text that begins with one of {signs} in quotes: "…".',
                signs=name,
            ),
        )

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        text = event.value
        if not event.implicit[0]:  # quoted, or a block of text
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _NOT_FINITE.fullmatch(text):
            raise self._number(event)
        if not _is_number(text):
            return text
        if len(text) > LONGEST_NUMBER:
            raise self._number(event)
        if _OCTAL.fullmatch(text) or _HEXADECIMAL.fullmatch(text):
            return int(text, 0)
        if _INTEGER.fullmatch(text):
            return int(text)
        value = float(text)
        if not math.isfinite(value):
            raise self._number(event)
        return value

    def _number(self, event: yaml.ScalarEvent) -> ContentError:
        return self._error(
            _line(event),
            "yaml-number",
            say("the number “{number}”", number=clip(event.value)),
            say("a finite number of at most {digits} characters", digits=LONGEST_NUMBER),
            say('Write it shorter, such as 1e-3; put a text in quotes: "…".'),
        )

    def _odd_character(self, odd: re.Match[str]) -> ContentError:
        return self._error(
            self._text.count("\n", 0, odd.start()),
            "odd-character",
            say("the invisible character U+{code}", code=f"{ord(odd[0]):04X}"),
            say("letters, digits, signs and ordinary spaces"),
            say("Delete it and type the space or line break again."),
        )

    def _error(
        self, line: int, code: str, found: Message, expected: Message, mend: Message
    ) -> ContentError:
        place = Place(self._file, min(self._first + line, self._last))
        return ContentError((Problem("error", place, code, found, expected, mend),))


def _is_number(text: str) -> bool:
    patterns = (_INTEGER, _FLOAT, _OCTAL, _HEXADECIMAL)
    return any(pattern.fullmatch(text) for pattern in patterns)


def _anchor(event: yaml.Event) -> str:
    return clip(getattr(event, "anchor", ""))


def _line(event: yaml.Event) -> int:
    """The line an event begins on, counted from 0 in the text."""
    return event.start_mark.line if event.start_mark is not None else 0
