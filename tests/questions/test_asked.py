"""What a list calls a question: what it asks, not an aside behind it."""

from __future__ import annotations

import pytest

from engine.questions import asked


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Which slope does it get?", "Which slope does it get?"),
        ("A scene.\n\nWhich slope?\n\n(The best line has the *mean slope*.)", "Which slope?"),
        (
            "장면입니다.\n\n기울기는 얼마입니까?\n\n(직선은 *평균 기울기*를 가집니다.)",
            "기울기는 얼마입니까?",
        ),
        ("Which outputs differ? (Leave $\\epsilon$ out.)", "Which outputs differ?"),
        ("Which? (For $z\\sim N(0,s^2)$ it is $0.4\\,s$.)", "Which?"),
        ("How many (of 10) are\nsaturated?", "How many (of 10) are saturated?"),
        ("A note.\n\n> The signal\n> keeps its size.", "The signal keeps its size."),
        ("Which is largest?\n\n| a | b |\n|---|---|\n| 1 | 2 |", "Which is largest?"),
        ("Which $x$?\n\n$$y=x^2$$", "Which $x$?"),
        ("(Only an aside.)", "(Only an aside.)"),
    ],
)
def test_the_title_is_what_is_asked(prompt: str, expected: str):
    assert asked(prompt) == expected
