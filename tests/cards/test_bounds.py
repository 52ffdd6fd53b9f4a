"""What would freeze a browser is an error with its line, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.content.cards.outline import Passage
from engine.content.cards.reading import read_card
from engine.content.files.problems import Diagnostics
from engine.content.lints.bounds import (
    DEEPEST,
    DEEPEST_BRACKETS,
    MOST_CELLS,
    MOST_EMPHASES,
    MOST_FORMULA_SIGNS,
    MOST_FORMULAS,
    MOST_MARKS,
    check_bounds,
)

ROOT = Path(__file__).resolve().parents[2]
HEAD = "---\ntitle: A\nunit: initialization\nstatus: ready\n---\nFirst.\n\n"


def problems(text: str) -> list[tuple[str, int]]:
    reading = read_card("a", {"en": (HEAD + text).encode()})
    return [(p.code, p.place.line) for p in reading.problems if p.level == "error"]


def table(rows: int, columns: int) -> str:
    row = "|" + "a|" * columns + "\n"
    return row + "|" + "-|" * columns + "\n" + row * rows


def padded(rows: int, columns: int, before: str = "") -> str:
    """A table whose rows have one cell each, and are shown with all of its columns."""
    lines = ["|" + "a|" * columns, "|" + "-|" * columns, *["x"] * rows]
    return "".join(f"{before}{line}\n" for line in lines)


def matrix(rows: int, columns: int) -> str:
    row = "1&" * (columns - 1) + "1\\\\"
    return "$$\\begin{matrix}" + row * rows + "\\end{matrix}$$"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (matrix(300, 300), "many-cells", 8),
        (matrix(1, 3_000), "many-cells", 8),
        (matrix(3_000, 1), "many-cells", 8),
        (("$" + "x+" * 2000 + "x$\n\n") * 50, "long-formulas", 12),
        (("`\n\n$" + "x+" * 230 + "x$\n\n`\n\n") * 50, "long-formulas", None),
        ("$\\def\\a{" + "x" * 200 + "}" + "\\a" * 100 + "$", "long-formulas", 8),
        ("$\\def\\a{xxxxxxxxxxxx}\\def\\b{\\a\\a\\a\\a}\\b$", "long-formulas", 8),
        ("$" + "\\def\\a{x}" * 20_000 + "$", "long-formulas", 8),
        ("$" + "\\def\\a{" * 20_000 + "$", "deep-nesting", 8),
        ("$\\newcommand{\\a}{" + "x" * 200 + "}" + "\\a" * 100 + "$", "long-formulas", 8),
        (":material/star: " * 12_000, "many-marks", 8),
        ("*a " * 20_000 + "b*" * 20_000, "many-marks", 8),
        ("**a _b " * 8_000 + "b_ c**" * 8_000, "many-marks", 8),
        ("~~a " * 3_000 + "b~~" * 3_000, "many-marks", 8),
        ("*" * 3_000 + "a" + "*" * 3_000, "many-marks", 8),
        ("- a\n" * 60_000, "many-marks", 7 + MOST_MARKS // 2),
        ("> 1. a\n" * 5_000, "many-marks", 8 + MOST_MARKS // 3),
        ("a\n\n" * 60_000, "many-marks", 6 + MOST_MARKS),
        ("[a](b) " * 12_000, "many-marks", 8),
        ("`a` " * 12_000, "many-marks", 8),
        (":red[a] " * 25_000, "many-marks", 8),
        ("www.a.bc " * 12_000, "many-marks", 8),
        (padded(300, 300), "many-cells", 14),
        (padded(60_000, 650), "many-cells", None),
        (padded(300, 300, "> "), "many-cells", None),
        (padded(300, 300, "  ").replace(" ", "-", 1), "many-cells", None),
        ("- a\n  ```\n\n" + padded(300, 300), "many-cells", None),
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
        padded(MOST_CELLS // 20 - 3, 20) + "\nNo row any more.\n" * 50,
        matrix(40, 40),
        "$" + "x" * MOST_FORMULA_SIGNS + "$",
        "$\\def\\R{\\mathbb{R}} x \\in \\R$",
        "$\\newcommand{\\R}{\\mathbb{R}} " + "x \\in \\R, " * 30 + "$",
        table(3, 10) + "```\n" + "x=1\n" * 300 + "```\n",
        table(3, 10) + "- item\n" * 300,
        table(3, 10) + "# Heading\n" + "x\n" * 300,
        "*a* " * (MOST_EMPHASES // 2),
        "- a\n" * (MOST_MARKS // 2 - 10),
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


def test_the_fullest_card_of_the_course_is_four_times_below_each_bound():
    for file in (ROOT / "content" / "cards").glob("*/card*.md"):
        four_times = f"{file.read_text(encoding='utf-8')}\n\n" * 4
        diagnostics = Diagnostics(file.name, 10_000)
        check_bounds([Passage(four_times, 1)], diagnostics)
        assert diagnostics.problems == [], file


def test_the_bounds_are_of_the_card_not_of_each_text():
    half = "$x$ " * (MOST_FORMULAS // 2 + 1)
    assert problems(f"{half}\n\n## Flashcard: f\n{half}\n\n---\nback\n")[0][0] == "many-formulas"


@pytest.mark.parametrize("size", [2_000, 20_000])
@pytest.mark.parametrize("sign", ["**a ", "_a ", "`", "~~", "<", "&", "\\", "|", "#", "\t", ":a["])
def test_any_sign_a_thousand_times_over_is_never_an_exception(sign: str, size: int):
    read_card("a", {"en": (HEAD + sign * size).encode()})
    read_card("a", {"en": (HEAD + (sign + "\n") * size).encode()})
