"""Questions made from plain dictionaries, one or more of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.content import Node, Place, Question
from engine.questions import Template, compile_question

FILE = "cards/demo/card.md"


def node(value: object, line: int = 1) -> Node:
    """A YAML value; each entry of a group stands a line below the last."""
    if isinstance(value, Mapping):
        inner = {key: node(v, line + n) for n, (key, v) in enumerate(value.items(), 1)}
        return Node(inner, line)
    if isinstance(value, (list, tuple)):
        return Node(tuple(node(v, line) for v in value), line)
    return Node(value, line)


def question(spec: Mapping[str, Any], **words: Any) -> Question:
    """A question "sigma" of card "demo", its block beginning on line 10.

    Options and misconceptions get words of their own where none are given.
    """
    block = {key: node(value, 11 + n) for n, (key, value) in enumerate(spec.items())}
    ids = [*spec.get("options", ()), *spec.get("items", ())]
    given: dict[str, Any] = {
        "prompt": {"en": "What is it?"},
        "options": {id: {"en": f"The option {id}"} for id in ids},
        "feedback": {id: {"en": f"You believe in {id}."} for id in spec.get("misconceptions", ())},
        **SECTIONS.get(str(spec.get("kind", "")), {}),
        **words,
    }
    return Question(
        id="sigma",
        kind=str(spec.get("kind", "")),
        spec=block,
        place=Place(FILE, 8),
        spec_place=Place(FILE, 10),
        **given,
    )


def template(spec: Mapping[str, Any], **words: Any) -> Template:
    return compile_question("demo", question(spec, **words))


SIGMA: Mapping[str, Any] = {
    "kind": "number",
    "parameters": {
        "n_in": {"choose": [64, 128, 256, 512, 1024]},
        "n_out": {"choose": [10, 32, 64, 128, 256]},
    },
    "require": "n_in != n_out and 8 * n_out >= n_in",
    "answer": "sqrt(2 / (n_in + n_out))",
    "tolerance": "1%",
    "misconceptions": {
        "variance-as-std": "2 / (n_in + n_out)",
        "he-sigma": "sqrt(2 / n_in)",
        "lecun": "sqrt(1 / n_in)",
    },
}
DEPTH: Mapping[str, Any] = {
    "kind": "choice",
    "parameters": {"depth": {"integer": [10, 50]}},
    "answer": "2 ** (-depth / 2)",
    "format": ".2g",
    "misconceptions": {"stays": 1, "halves": "2 ** -depth", "adds": "1 / depth"},
}
WRITTEN: Mapping[str, Any] = {
    "kind": "choice",
    "parameters": {"rate": {"choose": [0.2, 0.5, 1.5, 1.8, 2.5, 3]}, "n": {"integer": [2, 20]}},
    "options": {
        "steady": "rate < 1",
        "swinging": "1 < rate < 2",
        "diverging": "rate > 2",
    },
    "misconceptions": {
        "small-is-safe": "steady",
        "always-swings": "swinging",
        "overshoot-diverges": "diverging",
    },
}
SEVERAL: Mapping[str, Any] = {
    "kind": "several",
    "parameters": {"a": {"integer": [1, 9]}, "b": {"integer": [1, 9]}},
    "require": "a != b",
    "options": {"more": "a > b", "less": "a < b", "whole": True},
    "misconceptions": {"reads-backwards": "more", "reads-sideways": "less", "fears-whole": "whole"},
}
ORDER: Mapping[str, Any] = {
    "kind": "order",
    "parameters": {"n_in": {"choose": [300, 400, 512]}, "n_out": {"integer": [10, 180]}},
    "items": {
        "xavier": "sqrt(2 / (n_in + n_out))",
        "he": "sqrt(2 / n_in)",
        "default": "sqrt(1 / (3 * n_in))",
    },
    "order": "descending",
    "misconceptions": {"default-is-he": {"xavier": 2, "he": 3, "default": 4}},
}
ESTIMATE: Mapping[str, Any] = {
    "kind": "estimate",
    "parameters": {"depth": {"integer": [12, 60]}},
    "axis": {"low": 1e-20, "high": 1e3, "scale": "log"},
    "answer": "2 ** (-depth / 2)",
    "tolerance": "4%",
    "format": ".3g",
    "misconceptions": {"stays": "1", "halves": "2 ** (-depth)"},
}
SHARE: Mapping[str, Any] = {
    "kind": "estimate",
    "parameters": {"n": {"integer": [4, 40]}},
    "axis": {"low": 0, "high": "2 * n", "scale": "linear"},
    "answer": "n / 2",
    "tolerance": "5%",
    "misconceptions": {"all-of-it": "n"},
}
CLAIM: Mapping[str, Any] = {
    "kind": "claim",
    "statement": "1-16",
    "parameters": {"n": {"integer": [1, 60]}},
    "verdicts": {"true": "n < 20", "misleading": "20 <= n and n < 40", "false": "n >= 40"},
    "misconceptions": {"believes-all": "true", "doubts-all": "misleading", "denies-all": "false"},
}
#: The sections without which a question of these kinds is none.
SECTIONS = {
    "estimate": {"axis": {"en": "size, s"}},
    "claim": {"claim": {"en": "All of them are odd."}},
}
KINDS = {
    "number": SIGMA,
    "values": DEPTH,
    "written": WRITTEN,
    "several": SEVERAL,
    "order": ORDER,
    "log estimate": ESTIMATE,
    "linear estimate": SHARE,
    "claim": CLAIM,
}
