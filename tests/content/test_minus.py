"""One minus sign: a learner never reads a hyphen for it, in prose or in a drawn number."""

from __future__ import annotations

import re
from pathlib import Path

from engine import questions
from engine.content.lints.maths import find_maths
from tests.charts.gallery import course

CARDS = Path(__file__).resolve().parents[2] / "content" / "cards"
HYPHEN = re.compile(r"(?<![\w\-)\]./}|])-(?=\.?\d)")
BLOCKS = re.compile(r"^(```|---\n).*?^(```|---)$", re.DOTALL | re.MULTILINE)


def hyphens(text: str) -> list[str]:
    """The lines with a hyphen before a number, outside formulas and code."""
    return [line for line in find_maths(text).plain.split("\n") if HYPHEN.search(line)]


def test_no_card_has_a_hyphen_for_a_minus() -> None:
    files = sorted(CARDS.rglob("*.md"))
    assert len(files) > 60
    wrong = [(file.parent.name, line) for file in files for line in hyphens(without_blocks(file))]
    assert wrong == []


def without_blocks(file: Path) -> str:
    return BLOCKS.sub("", file.read_text(encoding="utf-8"))


def test_no_drawn_number_has_one() -> None:
    negative = 0
    for template in course().templates.values():
        for language in ("en", "ko"):
            for seed in range(3):
                variant = questions.draw(template, seed, language)
                told = [variant.prompt, variant.answer_text, *(o.text for o in variant.options)]
                if variant.accepted is not None:
                    told += questions.accepted_ends(variant)
                assert [hyphens(text) for text in told if hyphens(text)] == [], variant.item
                negative += any("−" in text for text in told)
    assert negative > 20
