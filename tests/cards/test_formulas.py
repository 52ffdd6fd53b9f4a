"""Formulas of a card and of the course's other files that would be shown in red."""

from __future__ import annotations

import pytest

from engine.content import card_formulas, toml_formulas

HEAD = "---\ntitle: {title}\nunit: u\nstatus: ready\n---\n"


def found(text: str, *, title: str = "T", korean: str | None = None) -> list[tuple[str, int]]:
    texts = {"en": HEAD.format(title=title) + text}
    if korean is not None:
        texts["ko"] = f"---\ntitle: 제목\n---\n{korean}"
    problems = card_formulas("c", texts)
    assert all(problem.level == "error" for problem in problems)
    return [(p.place.file.rpartition("/")[2], p.place.line) for p in problems]


@pytest.mark.parametrize(
    "formula",
    [
        "$a_b_c$",
        "$\\frac{1}{2$",
        "$\\begin{align} a &= b \\end{align}$",
        "$$\\begin{aligned} a &= b \\end{align}$$",
        "$\\left(x$",
        "$a & b$",
        "$\\ce{H2O}$",
    ],
)
def test_a_broken_formula_is_found_on_its_line_wherever_it_stands(formula: str) -> None:
    assert found(f"Fine.\n\nBut {formula}.\n") == [("card.md", 8)]
    assert found(f"Text.\n\n## Flashcard: a\nfront {formula}\n\n---\nback\n") == [("card.md", 9)]
    assert found(f"Text.\n\n## Flashcard: a\nfront\n\n---\nback\nand {formula}\n") == [
        ("card.md", 13)
    ]
    assert found("Text.\n", korean=f"글 {formula}\n") == [("card.ko.md", 4)]
    assert found("Text.\n", title=f"'About {formula}'") == [("card.md", 2)]


def test_a_formula_over_several_lines_is_told_where_it_begins() -> None:
    assert found("One.\n\n$$\na_b_c\n$$\n") == [("card.md", 8)]


@pytest.mark.parametrize(
    "text",
    [
        "$$\\begin{aligned} {{c1::a &= b}} \\end{aligned}$$",
        "$\\left(x + {{c1::y\\right)}}$",
        "$x^2 = {{c1::y^2}}^2^3$",
        "$a_{{c1::b_c_d}}$",
    ],
)
def test_a_gap_that_breaks_its_formula_is_found(text: str) -> None:
    assert set(found(f"Text.\n\n## Flashcard: a\n{text}\n")) == {("card.md", 9)}


@pytest.mark.parametrize(
    "text",
    [
        "$$\\begin{aligned} a &= {{c1::b}} \\\\ c &= {{c2::d::what?}} \\end{aligned}$$",
        "$\\frac{{c1::a}}{b}$ and $x_{{c2::n}}$",
        "$a={{c1::5::n_1 & 5% {x} ^2 ~ \\ y}}$",
        "{{c1::$x^2$}} is {{c2::five::a number}}",
        "`$a_b_c$` and \\$a_b_c and $5",
    ],
)
def test_what_is_sound_is_not_told(text: str) -> None:
    assert found(f"Text.\n\n## Flashcard: a\n{text}\n") == []


def test_formulas_of_toml_files_are_looked_at() -> None:
    text = '[a]\nen = "$x$"\n[b]\nen = "so $a_b_c$"\ntext = ["$\\\\frac{1}{2$", \'$\\softmax$\']\n'
    told = toml_formulas("glossary.toml", text)
    assert [(p.place.file, p.place.line) for p in told] == [
        ("glossary.toml", 4),
        ("glossary.toml", 5),
        ("glossary.toml", 5),
    ]
    assert toml_formulas("glossary.toml", "not toml $") == []
