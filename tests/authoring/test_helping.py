"""What an author looks up: snippets, simulations, values, rounding; and the answers' charts."""

from __future__ import annotations

import math
import re
import unicodedata

import pytest

from engine.authoring.helping import (
    accepted_digits,
    evaluate,
    sample_values,
    simulations,
)
from engine.charts.kit.answers import (
    answer_counts,
    answer_histogram,
    bars,
    describe,
    describe_values,
)
from engine.content import read_card
from engine.content.cards.place_holding import ASKING
from engine.content.cards.snippets import new_card, without_logic
from engine.course import compile_card
from engine.i18n import Message, Translator
from engine.questions import SNIPPETS, check_question, draw, grade, palette, parse
from engine.simulations import SIMULATIONS
from tests.authoring.test_testing import HEAD, NEAR, template_of

KOREAN_HEAD = "---\ntitle: 제목\n---\n본문입니다.\n\n"
#: What is inserted into a question rather than beside one.
PARTS = ("misconception", "hint")


def whole(name, language):
    """A card's file with a snippet where one would put it."""
    head = HEAD if language == "en" else KOREAN_HEAD
    text = SNIPPETS[name].text(language)
    if name not in PARTS:
        return head + text
    question = (
        SNIPPETS["number"]
        .text(language)
        .replace("  no-root: n\n", "  no-root: n\n  new-misconception: 3 * n\n")
    )
    if name == "hint":
        question = SNIPPETS["number"].text(language)
    return head + question + "\n" + text


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_a_sound_part_of_a_card_in_both_languages(name):
    files = {code: whole(name, code).encode() for code in ("en", "ko")}
    reading = read_card("card", files, palette=palette())
    assert reading.card is not None, reading.problems
    templates, problems = compile_card(reading.card)
    told = [*reading.problems, *problems]
    assert [str(p.found) for p in told if p.level == "error"] == []
    # The Korean words stand under the same headings, so nothing is missing. What only asks for
    # words is no translation, and no English text either.
    codes = {p.code for p in told if p.place.file.endswith(".ko.md")}
    assert codes == ({"place-holding"} if name in ASKING else set())
    for template in templates.values():
        report = check_question(template, range(40))
        assert [str(p.found) for p in report.problems if p.level == "error"] == []


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_translation_gets_words_only(name):
    english, korean, none = (SNIPPETS[name].text(code) for code in ("en", "ko", "xx"))
    assert "```" not in korean
    assert len(korean.split("\n")) == len(without_logic(english).split("\n"))
    assert re.search("[가-힣]", korean)
    # A language nobody has written snippets for gets the English words.
    assert none == without_logic(english)


def test_a_new_card_has_no_error():
    text = new_card("New", "u", 0)
    reading = read_card("card", {"en": text.encode()})
    assert reading.card is not None
    templates, problems = compile_card(reading.card)
    assert [p for p in (*reading.problems, *problems) if p.level == "error"] == []
    assert len(templates) == 1


def test_simulations_are_found_by_any_of_their_words():
    assert {entry.name for entry in simulations("en")} == set(SIMULATIONS)
    assert "signal_propagation" in {e.name for e in simulations("en", "delta ratio")}
    assert "signal_propagation" in {e.name for e in simulations("ko", "신호")}
    apart = unicodedata.normalize("NFD", "신호")
    assert simulations("ko", apart) == simulations("ko", "신호")
    assert simulations("en", "no such simulation at all") == []
    (entry,) = [e for e in simulations("en") if e.name == "signal_propagation"]
    (activation,) = [s for s in entry.settings if s.name == "activation"]
    assert "sigmoid" in activation.allowed
    assert "outcome.delta_ratio" in entry.outcomes
    assert entry.charts


def test_an_expression_has_the_value_of_the_seed():
    template = template_of(NEAR)
    for seed in (0, 7, 4711):
        n_in = sample_values(template, seed, outcome=False)["n_in"]
        assert math.isclose(evaluate(template, "3 * n_in", seed), 3 * n_in)
    assert evaluate(template, "n_in > 0", 0) is True


@pytest.mark.parametrize(
    "text", ["m_in", "1 +", "1 / (n_in - n_in)", "__import__('os')", "9" * 400]
)
def test_what_has_no_value_is_said_in_words(text):
    assert isinstance(evaluate(template_of(NEAR), text, 0), Message)


def test_the_fewest_digits_that_are_accepted():
    template = template_of(NEAR)
    digits = accepted_digits(template, range(50))
    assert digits == 3
    for seed in range(50):
        variant = draw(template, seed)
        assert grade(variant, parse(variant, f"{variant.answer:.3g}")).verdict == "correct"
    tight = template_of(NEAR.replace("1%", "0.0000001%"))
    assert accepted_digits(tight, range(50)) is None


@pytest.mark.parametrize(
    "values",
    [
        [1.0],
        [1.0, 2.0, 2.0],
        [0.001 * n for n in range(1, 200)],
        [10.0**-n for n in range(20)],
        [-1.0 * n for n in range(50)],
        [0.0] * 9,
        [1e-300, 1e300] * 20,
    ],
)
def test_every_answer_is_in_one_bar(values):
    told = bars(values)
    assert sum(count for *_, count in told) == len(values)
    labels = [label for _, _, label, _ in told]
    assert len(set(labels)) == len(labels)
    for language in ("en", "ko"):
        chart = answer_histogram(values, Translator(language)).to_dict()
        (rows,) = chart["datasets"].values()
        assert sum(row["draws"] for row in rows) == len(values)
    assert str(len(values)) in str(describe_values(values))


def test_options_are_counted():
    counts = {"first": 120, "second": 80}
    chart = answer_counts(counts, Translator("ko")).to_dict()
    (rows,) = chart["datasets"].values()
    assert rows == [{"label": "first", "draws": 120}, {"label": "second", "draws": 80}]
    assert "first" in Translator("en")(describe(counts))
