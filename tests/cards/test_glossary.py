"""The glossary: read strictly, searched in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.content import load_cards, search_terms
from engine.content.glossary import read_glossary
from engine.i18n import in_language

CONTENT = Path(__file__).resolve().parents[2] / "content"
LANGUAGES = ("en", "ko")
GOOD = '[gain]\nen = "gain"\nko = "게인"\ntext.en = "A factor."\ntext.ko = "배수입니다."\n'


@pytest.fixture(scope="module")
def terms():
    return load_cards(CONTENT).glossary


def read(text):
    return read_glossary(text.encode())


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
        (GOOD.replace("ko = ", "kr = ", 1), 3, "the property “kr”"),
        (GOOD.replace('"A factor."', '" "'), 4, "no “text.en”"),
        (GOOD.replace("text.ko", "text.kr"), 5, "the language “kr”"),
        ("x = 1\n" + GOOD, 1, "outside of every"),
        ("\n" + GOOD + 'sort = "g"\n', 7, "the property “sort”"),
        ("[gain", 1, "cannot be read"),
    ],
)
def test_a_term_that_is_wrong_is_named_with_its_line_and_left_out(text, line, said):
    terms, problems = read(text)
    assert len(terms) == (1 if text.startswith("x") else 0)
    told = {problem.place.line: problem.describe(str) for problem in problems}
    assert said in told[line]


@pytest.mark.parametrize("line", ['ko = "게인"\n', 'text.ko = "배수입니다."\n'])
def test_a_term_that_is_not_translated_is_told_and_kept(line):
    terms, problems = read(GOOD.replace(line, ""))
    assert [term.id for term in terms] == ["gain"]
    assert [(p.level, p.code) for p in problems] == [("warning", "not-translated")]


def test_a_card_that_is_not_there_is_told_and_the_term_kept(tmp_path):
    (tmp_path / "glossary.toml").write_text(f'{GOOD}card = "nobody"\n', encoding="utf-8")
    content = load_cards(tmp_path)
    assert content.glossary[0].card is None
    (told,) = [p for p in content.problems if p.place.file == "glossary.toml"]
    assert "card = nobody" in told.describe(str)
    assert (told.level, told.place.line) == ("warning", 1)


@pytest.mark.parametrize("missing", ['ko = "게인"\n', 'text.ko = "배수입니다."\n'])
def test_what_is_not_translated_is_told_and_read_in_english(missing):
    (term,), (problem,) = read_glossary(GOOD.replace(missing, "", 1).encode(), ("en", "ko"))
    assert in_language(term.term, "en") == "gain"
    assert in_language(term.text, "ko") in ("A factor.", "배수입니다.")
    assert (problem.level, problem.code) == ("warning", "not-translated")


def test_a_course_without_a_glossary_has_none(tmp_path):
    content = load_cards(tmp_path)
    assert content.glossary == ()
    assert all(p.place.file != "glossary.toml" for p in content.problems)
