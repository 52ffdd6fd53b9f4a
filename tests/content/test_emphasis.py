"""Bold words are bold in every draw: what is filled in may end so that its signs do not close."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt

from engine import questions
from engine.content.lints.maths import find_maths
from engine.questions import Template, Variant
from engine.questions.texts import chart_description, explanation, feedback, hints, simulate
from tests.charts.gallery import course

MARKDOWN = MarkdownIt("commonmark")
SEEDS = 6


def told(template: Template, variant: Variant, language: str) -> Iterator[str]:
    """All that a learner may read of a variant as Markdown."""
    outcome = simulate(template, variant)
    yield variant.prompt
    yield from (option.text for option in variant.options)
    yield from hints(template, variant, language)
    said = [explanation(template, variant, language, outcome)]
    said += [feedback(template, variant, n, language, outcome) for n in variant.misconceptions]
    said.append(chart_description(template, variant, language, outcome))
    yield from (text for text in said if text)


def signs_left(text: str) -> list[str]:
    """What is shown with its signs of emphasis, outside of formulas and code."""
    formulas = find_maths(text).formulas
    for formula in reversed(formulas):
        text = f"{text[: formula.start]}x{text[formula.end :]}"
    inlines = [token for token in MARKDOWN.parse(text) if token.type == "inline"]
    words = [w.content for token in inlines for w in token.children or () if w.type == "text"]
    return [w for w in words if "**" in w]


def test_a_bold_text_that_cannot_close_is_seen():
    assert signs_left("순서는 **a → $b$**입니다") == ["순서는 **a → $x$**입니다"]
    assert signs_left("순서는 다음과 같습니다: **a → $b$**.") == []
    assert signs_left("값은 **3**입니다, `a**b`") == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_draw_shows_signs_of_emphasis(language: str) -> None:
    found = {}
    for item, template in course().templates.items():
        for seed in range(SEEDS):
            variant = questions.draw(template, seed, language)
            for text in told(template, variant, language):
                if signs_left(text):
                    found.setdefault(item, (seed, signs_left(text)[0][:120]))
    assert found == {}
