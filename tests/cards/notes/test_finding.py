"""Which statements are found by note, verdict, concept and words."""

from __future__ import annotations

import unicodedata

import pytest

from engine.content import Place
from engine.content.notes import Statement, Wanted, counts, matching


def statement(id: str, note: str, verdict: str, text: str, ko: str, card: str) -> Statement:
    words = {"en": text, "ko": ko}
    why = {"en": "Because.", "ko": "그래서."}
    return Statement(id, note, words, verdict, why, (card,), (), Place("x", 1))  # type: ignore[arg-type]


EVERY = (
    statement("0-1", "a", "true", "ReLU is fine", "ReLU는 괜찮습니다", "relu"),
    statement("0-2", "a", "false", "Sigmoid is fine", "시그모이드는 괜찮습니다", "sigmoid"),
    statement("1-1", "b", "false", "Overfitting, 0-1 loss", "과적합", "relu"),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["0-1", "0-2", "1-1"]),
        (Wanted(note="a"), ["0-1", "0-2"]),
        (Wanted(verdicts=frozenset({"false"})), ["0-2", "1-1"]),
        (Wanted(verdicts=frozenset({"false", "true"}), note="b"), ["1-1"]),
        (Wanted(card="relu"), ["0-1", "1-1"]),
        (Wanted(words="relu"), ["0-1", "1-1"]),
        (Wanted(words="FINE sigmoid"), ["0-2"]),
        (Wanted(words="과적합"), ["1-1"]),
        (Wanted(words="그래서"), ["0-1", "0-2", "1-1"]),
        (Wanted(words="0-1"), ["0-1"]),
        (Wanted(words="0-1 loss"), ["1-1"]),
        (Wanted(words="0-1", note="b"), []),
        (Wanted(words="nothing"), []),
        (Wanted(words="   "), ["0-1", "0-2", "1-1"]),
        (Wanted(words="x" * 100_000), []),
    ],
)
def test_what_is_wanted_is_found_in_order(wanted: Wanted, found: list[str]) -> None:
    assert [s.id for s in matching(EVERY, wanted)] == found


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("words", ["과적합", "ＲｅＬＵ", "시그모이드", "그래서 FINE", "０-１"])
def test_a_search_means_the_same_in_every_normalization(words: str, form: str) -> None:
    plain = matching(EVERY, Wanted(words=words))
    typed = unicodedata.normalize(form, words)  # type: ignore[arg-type]
    assert plain
    assert matching(EVERY, Wanted(words=typed)) == plain


def test_statements_written_decomposed_are_found_too() -> None:
    apart = statement("2-1", "c", "true", "x", unicodedata.normalize("NFD", "정규화"), "norm")
    assert matching((apart,), Wanted(words="정규화")) == (apart,)


def test_verdicts_are_counted_as_if_none_were_chosen() -> None:
    chosen = counts(EVERY, Wanted(note="a", verdicts=frozenset({"false"})))
    assert (chosen["true"], chosen["false"], chosen["open"]) == (1, 1, 0)
    assert sum(chosen.values()) == 2
