"""Front matter is written so that what was meant is read again, and the rest stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.authoring.front_matter_edits import title_of, with_property, with_status
from engine.authoring.translating import nothing_translated, skeleton
from engine.content import read_card
from engine.content.cards.snippets import new_card
from engine.content.files.yaml_reader import read_mapping
from engine.content.files.yaml_writer import write_value
from tests.authoring.conftest import KOREAN, MINA, TEXT

TITLES = (
    r"Adam \beta correction",
    r"Adam \\ \n \x41",
    'He said "no"',
    "it's",
    "a: b",
    "a #b",
    "- dash",
    "--- ",
    "...",
    "[a]",
    "{a}",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "1e-3",
    "0o7",
    "null",
    "yes",
    "~",
    "세이비어 초기화: 1부 #2",
    "🎴 cards",
    "\u2028line",
    "\ufeffmark",
    " ",
    "",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_value_is_read_as_it_was_meant(title):
    assert read_mapping(write_value("title", title), "")["title"].value == title


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
@example(r"Adam \beta correction")
def test_any_text_is_read_as_it_was_meant(title):
    line = write_value("title", title)
    assert line.count("\n") == 1
    assert read_mapping(line, "")["title"].value == title


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
@example(r"Adam \beta correction")
def test_a_new_card_and_its_translation_have_any_title(title):
    text = new_card(title, "u", 3)
    assert title_of(text) == title
    files = {"en": text.encode(), "ko": skeleton(text).encode()}
    reading = read_card("card", files)
    if title.split():
        assert [p for p in reading.problems if p.level == "error"] == []
        assert reading.card.title["en"] == " ".join(title.split())
        assert reading.card.position == 3
    assert title_of(skeleton(text)) == title


COMMENTED = """\
---
# about
title: 'X # 1'  # its name
status: ready   # since May
unit: u
# the end
---
Text.
"""


def test_one_property_is_changed_and_every_other_byte_stays():
    assert with_status(COMMENTED, "draft") == COMMENTED.replace("ready", "draft")
    longer = with_property(COMMENTED, "position", 4)
    assert longer == COMMENTED.replace("# the end\n", "# the end\nposition: 4\n")
    assert with_property(longer, "position", 5) == longer.replace("4", "5")
    assert title_of(with_property(COMMENTED, "title", r"\b: #")) == r"\b: #"


@pytest.mark.parametrize(
    "front",
    [
        "{title: X, unit: u}",
        "title: X\nstatus:",
        "title: X\nstatus: # none yet",
        "title: X\nstatus: |\n  ready\nunit: u",
        "status: >-\n  re\n  ady\ntitle: X",
        '"status": ready\ntitle: X',
        "status: [a, b]\ntitle: X",
    ],
)
def test_a_status_is_changed_however_it_was_written(front):
    before = read_mapping(front, "")
    found = with_status(f"---\n{front}\n---\nText.\n", "draft")
    after = read_mapping(found.split("---\n")[1], "")
    wanted = {name: node.plain() for name, node in before.items()} | {"status": "draft"}
    assert {name: node.plain() for name, node in after.items()} == wanted
    assert found.endswith("---\nText.\n")


@pytest.mark.parametrize("text", ["", "no front", "---\ntitle: [\n---\n", "---\na: b"])
def test_what_cannot_be_read_stays(text):
    assert with_status(text, "draft") == text


# -- translations that are none ----------------------------------------------------------------


def korean_of(english: str, korean: str):
    return read_card("card", {"en": english.encode(), "ko": korean.encode()}, ("en", "ko"))


@pytest.mark.parametrize(
    "korean", ["---\ntitle: 제목\n---\n본문을 여기에 씁니다.\n", "---\ntitle: 제목\n---\n"]
)
def test_a_sentence_that_holds_a_place_is_never_shown_and_never_counts(korean):
    reading = korean_of(TEXT, korean)
    assert "ko" not in reading.card.languages
    assert reading.card.prose == {"en": "Keep the variance."}
    assert "no-translation" in {p.code for p in reading.problems}
    assert nothing_translated(korean, TEXT)


def test_english_words_in_the_korean_file_are_no_translation():
    reading = korean_of(TEXT, skeleton(TEXT))
    assert "ko" not in reading.card.languages
    assert {p.code for p in reading.problems} >= {"no-translation", "untranslated"}
    part = skeleton(TEXT).replace("Keep the variance.", "분산을 유지합니다.")
    reading = korean_of(TEXT, part)
    assert "ko" in reading.card.languages
    assert "untranslated" in {p.code for p in reading.problems}
    assert not nothing_translated(part, TEXT)


def test_a_formula_or_a_name_is_the_same_in_both_languages():
    english = TEXT.replace("Forward and backward.", "$y=x$ (ReLU)")
    korean = KOREAN.replace("순전파와 역전파입니다.", "$y=x$ (ReLU)")
    assert {p.code for p in korean_of(english, korean).problems} == {"missing-section"}  # a hint


# -- where new cards stand ---------------------------------------------------------------------


def test_new_and_copied_cards_come_last_in_their_unit(shop):
    text = new_card(
        "First by its id", "initialization", shop.editor.checker.end_of("initialization")
    )
    ready = text.replace("status: draft", "status: ready")
    shop.editor.create(MINA, "aaa", {"en": ready}, shop.now)
    assert list(shop.course().cards)[-1] == "aaa"
    shop.editor.duplicate(MINA, "xavier-normal", "a-copy", shop.now)
    shop.course()
    shop.editor.set_status(MINA, "a-copy", "ready", shop.now)
    order = list(shop.course().cards)
    assert order[-2:] == ["aaa", "a-copy"]
