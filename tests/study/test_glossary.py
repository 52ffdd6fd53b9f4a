"""The glossary: read strictly, searched in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.content import load_cards
from engine.i18n import in_language
from engine.study.glossary import read_glossary, search_terms

CONTENT = Path(__file__).resolve().parents[2] / "content"
LANGUAGES = ("en", "ko")
GOOD = '[gain]\nen = "gain"\nko = "게인"\ntext.en = "A factor."\ntext.ko = "배수입니다."\n'


@pytest.fixture(scope="module")
def terms():
    return read_glossary(CONTENT, load_cards(CONTENT).cards, LANGUAGES)[0]


def read(folder, text, cards=("calibration",)):
    (folder / "glossary.toml").write_text(text, encoding="utf-8")
    return read_glossary(folder, cards, LANGUAGES)


def test_the_courses_terms_are_there_in_both_languages(terms):
    assert len(terms) >= 60
    for term in terms:
        assert set(term.term) == set(term.text) == {"en", "ko"}
        assert any("가" <= letter <= "힣" for letter in term.text["ko"]), term.id


def test_no_term_stands_twice(terms):
    for language in ("en", "ko"):
        names = [term.term[language] for term in terms]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("vanishing gradient", "vanishing-gradient"),
        ("기울기 소실", "vanishing-gradient"),
        ("VANISHING", "vanishing-gradient"),
        ("과신", "over-confidence"),
        ("ece", "ece"),
    ],
)
def test_a_term_is_found_in_either_language(terms, wanted, first):
    assert first in [term.id for term in search_terms(terms, wanted)][:3]


def test_decomposed_hangul_finds_what_composed_does(terms):
    import unicodedata

    apart = unicodedata.normalize("NFD", "기울기 소실")
    assert search_terms(terms, apart) == search_terms(terms, "기울기 소실") != []


def test_every_word_has_to_occur(terms):
    assert search_terms(terms, "vanishing zebra") == []
    assert len(search_terms(terms, "")) == len(terms)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD.replace("ko = ", "kr = ", 1), 1, "the property “kr”"),
        (GOOD.replace('text.en = "A factor."\n', ""), 1, "no “text.en”"),
        (GOOD.replace('en = "gain"\n', "", 1), 1, "no “en”"),
        (GOOD.replace('"배수입니다."', '""'), 1, "no “text.ko”"),
        (GOOD.replace('"A factor."', '" "'), 1, "no “text.en”"),
        ("x = 1\n" + GOOD, 1, "outside of every"),
        ("\n" + GOOD + 'sort = "g"\n', 2, "the property “sort”"),
        ("[gain", 1, "cannot be read"),
    ],
)
def test_a_term_that_is_wrong_is_named_with_its_line_and_left_out(tmp_path, text, line, said):
    terms, problems = read(tmp_path, text)
    assert len(terms) == (1 if text.startswith("x") else 0)
    assert problems[0].place.line == line
    assert said in problems[0].describe(str)


def test_a_card_that_is_not_there_is_told_and_the_term_kept(tmp_path):
    terms, problems = read(tmp_path, GOOD + 'card = "nobody"\n')
    assert terms[0].card is None
    assert "card = nobody" in problems[0].describe(str)
    assert not read(tmp_path, GOOD + 'card = "calibration"\n')[1]


@pytest.mark.parametrize("missing", ['ko = "게인"\n', 'text.ko = "배수입니다."\n'])
def test_what_is_not_translated_is_told_and_read_in_english(tmp_path, missing):
    (term,), (problem,) = read(tmp_path, "\n" + GOOD.replace(missing, "", 1))
    assert in_language(term.term, "en") == "gain"
    assert in_language(term.text, "ko") in ("A factor.", "배수입니다.")
    assert (problem.level, problem.code, problem.place.line) == ("warning", "not-translated", 2)
    assert "“gain” without ko" in problem.describe(str)


def test_a_course_without_a_glossary_has_none(tmp_path):
    assert read_glossary(tmp_path, (), LANGUAGES) == ((), ())
