"""What would freeze a browser is an error with its line, never an exception."""

from __future__ import annotations

import pytest

from engine.cards.bounds import DEEPEST, DEEPEST_BRACKETS, MOST_CELLS, MOST_FORMULAS
from engine.cards.reading import read_card

HEAD = "---\ntitle: A\nunit: initialization\nstatus: ready\n---\nFirst.\n\n"


def problems(text: str) -> list[tuple[str, int]]:
    reading = read_card("a", {"en": (HEAD + text).encode()})
    return [(p.code, p.place.line) for p in reading.problems if p.level == "error"]


def table(rows: int, columns: int) -> str:
    row = "|" + "a|" * columns + "\n"
    return row + "|" + "-|" * columns + "\n" + row * rows


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (table(290, 300), "many-cells", 14),
        (("| $x$ |\n|---|\n" + "| a |\n" * 900 + "\n") * 3, "many-cells", None),
        ("$x$ " * 20_000, "many-formulas", 8),
        ("$x$\n\n" * 1_500, "many-formulas", None),
        (">" * 5_000 + " a", "deep-nesting", 8),
        ("> " * 5_000 + "a", "deep-nesting", 8),
        ("- " * 5_000 + "a", "deep-nesting", 8),
        ("1. " * 5_000 + "a", "deep-nesting", 8),
        ("a\n\n" + "> - " * 2_000 + "a", "deep-nesting", 10),
        ("\n".join("  " * depth + "- a" for depth in range(400)), "deep-nesting", None),
        ("[" * 5_000 + "]" * 5_000, "deep-nesting", 8),
        ("$" + "{" * 5_000 + "}" * 5_000 + "$", "deep-nesting", 8),
        ("a\n$$" + "\\frac{" * 5_000 + "}" * 5_000 + "$$", "deep-nesting", 9),
        ("![" * 3_000, "deep-nesting", 8),
    ],
)
def test_what_is_too_much_is_an_error_with_its_line(text: str, code: str, line: int | None):
    found = problems(text)
    assert code in [name for name, _ in found]
    if line is not None:
        assert (code, line) in found


@pytest.mark.parametrize(
    "text",
    [
        table(40, 12),
        "$x$ " * MOST_FORMULAS,
        "> " * DEEPEST + "a",
        "[" * DEEPEST_BRACKETS + "a" + "]" * DEEPEST_BRACKETS,
        "\n\n".join(["(a"] * 200),
        "    code " + "> " * 50,
    ],
)
def test_what_a_card_may_well_hold_is_none(text: str):
    assert problems(text) == []
    assert MOST_CELLS > 40 * 12


def test_the_bounds_are_of_the_card_not_of_each_text():
    half = "$x$ " * (MOST_FORMULAS // 2 + 1)
    assert problems(f"{half}\n\n## Flashcard: f\n{half}\n\n---\nback\n")[0][0] == "many-formulas"


@pytest.mark.parametrize("size", [2_000, 20_000])
@pytest.mark.parametrize("sign", ["**a ", "_a ", "`", "~~", "<", "&", "\\", "|", "#", "\t", ":a["])
def test_any_sign_a_thousand_times_over_is_never_an_exception(sign: str, size: int):
    read_card("a", {"en": (HEAD + sign * size).encode()})
    read_card("a", {"en": (HEAD + (sign + "\n") * size).encode()})
