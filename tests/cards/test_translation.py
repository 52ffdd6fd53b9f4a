from __future__ import annotations

import pytest

from engine.content import Reading, read_card
from tests.cards.written_cards import ENGLISH, KOREAN


def both(korean: str, english: str = ENGLISH) -> Reading:
    return read_card("a", {"en": english.encode(), "ko": korean.encode()}, ("en", "ko"))


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_words_stand_side_by_side() -> None:
    found = both(KOREAN)
    assert found.problems == ()
    assert found.card is not None
    assert found.card.languages == ("en", "ko")
    assert found.card.title == {"en": "Xavier normal", "ko": "세이비어 정규 분포"}
    assert found.card.flashcards[0].front["ko"] == "무엇의 균형을 맞추나요?"
    sigma, pick = found.card.questions
    assert [hint["ko"] for hint in sigma.hints] == ["두 값의 평균을 내세요.", "제곱근을 구하세요."]
    assert pick.options["both"] == {"en": "Both.", "ko": "둘 다."}
    assert sigma.feedback["variance-as-std"]["ko"] == "그것은 분산입니다."


def test_a_missing_translation_is_a_warning() -> None:
    found = read_card("a", {"en": ENGLISH.encode()}, ("en", "ko"))
    assert found.card is not None
    assert [(p.code, p.level) for p in found.problems] == [("no-translation", "warning")]


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "level"),
    [
        (
            "### Explanation\n식에 둘 다 있습니다.\n",
            "",
            "missing-section",
            "## Question: pick",
            "warning",
        ),
        ("### Hint\n제곱근을 구하세요.\n", "", "missing-section", "## Question: sigma", "warning"),
        ("분산을 일정하게 지킵니다.", "", "missing-section", "---", "warning"),
        (
            "## Flashcard: balance\n무엇의 균형을 맞추나요?\n\n---\n순방향**과** 역방향.\n",
            "",
            "missing-item",
            "---",
            "warning",
        ),
        ("{{ n_in }}개", "{{ n }}개", "other-placeholders", "## Question: sigma", "warning"),
        (
            "{{ answer|.3g }}입",
            "{{ answer|.2g }}입",
            "other-placeholders",
            "### Explanation",
            "warning",
        ),
        ("{{ n_in }}개", "몇 개", "other-placeholders", "## Question: sigma", "warning"),
        ("### one-way", "### two-way", "extra-section", "### two-way", "error"),
        (
            "### Hint\n식",
            "### Hint\n하나.\n\n### Hint\n식",
            "extra-section",
            "### Hint\n식",
            "error",
        ),
        ("## Question: pick", "## Question: pack", "extra-item", "## Question: pack", "error"),
        ("## Flashcard: balance", "## 카드: balance", "unknown-heading", "## 카드", "error"),
        (
            "한 층의",
            "```question\nkind: number\n```\n한 층의",
            "translated-logic",
            "```question",
            "error",
        ),
        (
            "title: 세이비어 정규 분포",
            "title: 세\nstatus: ready",
            "unknown-property",
            "status",
            "error",
        ),
        ("title: 세이비어 정규 분포\n", "", "missing-property", "---\n\n분", "error"),
    ],
)
def test_a_translation_is_held_against_the_english_card(
    old: str, new: str, code: str, where: str, level: str
) -> None:
    assert old in KOREAN
    text = KOREAN.replace(old, new, 1)
    found = [(p.code, p.place.line, p.level) for p in both(text).problems]
    assert (code, line_of(text, where), level) in found
    assert all(p.place.file == "cards/a/card.ko.md" for p in both(text).problems)


def test_what_is_not_translated_is_shown_in_english() -> None:
    found = both(KOREAN.replace("### Explanation\n식에 둘 다 있습니다.\n", "")).card
    assert found is not None
    assert found.languages == ("en", "ko")
    assert found.questions[1].explanation == {"en": "Both fans are in it."}


def test_a_broken_translation_leaves_the_card_in_english() -> None:
    found = both("no front matter")
    assert found.card is not None
    assert found.card.languages == ("en",)
    assert any(p.level == "error" for p in found.problems)


def test_a_broken_card_does_not_blame_its_translation() -> None:
    found = both(KOREAN, ENGLISH.replace("## Question: pick", "## Qestion: pick"))
    assert found.card is None
    assert {p.place.file for p in found.problems} == {"cards/a/card.md"}
