"""What of a translation is out of date, told from the card's revisions."""

from __future__ import annotations

from engine.authoring.translating import MOST_REVISIONS, PROSE, outdated, skeleton
from engine.content import read_card
from tests.authoring.conftest import KOREAN, TEXT


def state(english=TEXT, korean=KOREAN):
    return {"en": english, "ko": korean}


NEW_FRONT = TEXT.replace("What is balanced?", "What does it balance?")
NEW_PROSE = TEXT.replace("Keep the variance.", "Keep the variance as it is.")


def items(*states):
    return [old.item for old in outdated(states, "ko")]


def test_what_was_never_changed_is_up_to_date():
    assert items(state()) == []
    assert items(state(), state(), state()) == []


def test_english_words_that_changed_later_make_an_item_outdated():
    (old,) = outdated([state(), state(NEW_FRONT)], "ko")
    assert old.item == "balance"
    assert "What is balanced?" in old.before
    assert "What does it balance?" in old.now
    assert KOREAN.split("\n")[old.line - 1] == "## Flashcard: balance"


def test_the_text_above_the_items_counts_as_one():
    assert items(state(), state(NEW_PROSE)) == [PROSE]
    assert items(state(), state(TEXT.replace("title: Xavier normal", "title: X"))) == [PROSE]


def test_a_translation_that_was_changed_with_it_or_later_is_up_to_date():
    newer = KOREAN.replace("무엇의 균형을 맞춥니까?", "무엇을 맞춥니까?")
    assert items(state(), state(NEW_FRONT, newer)) == []
    assert items(state(), state(NEW_FRONT), state(NEW_FRONT, newer)) == []
    # Another item's translation does not count for it.
    other = KOREAN.replace("그것은 분산입니다.", "분산입니다.")
    assert items(state(), state(NEW_FRONT), state(NEW_FRONT, other)) == ["balance"]


def test_english_that_went_back_is_up_to_date():
    assert items(state(), state(NEW_FRONT), state()) == []


def test_logic_alone_changes_no_words():
    assert items(state(), state(TEXT.replace("[64, 128]", "[64, 256]"))) == []


def test_what_is_missing_is_not_outdated():
    assert outdated([{"en": TEXT}, {"en": NEW_FRONT}], "ko") == ()
    part = KOREAN[: KOREAN.index("## Question")]
    sigma = TEXT.replace("Which standard deviation?", "Which one?")
    assert items(state(korean=part), state(sigma, part)) == []


def test_what_is_typed_counts_as_the_last_state():
    assert outdated([], "ko") == ()
    broken = "---\ntitle"
    assert items(state(), state(broken)) == []


def test_only_so_many_revisions_are_looked_at():
    states = [state(), state(NEW_FRONT), *[state(NEW_FRONT)] * MOST_REVISIONS]
    assert items(*states) == []


def test_a_skeleton_has_every_heading_and_no_logic():
    made = skeleton(TEXT)
    assert "```" not in made
    reading = read_card("card", {"en": TEXT.encode(), "ko": made.encode()})
    found = [p for p in reading.problems if p.place.file.endswith("card.ko.md")]
    assert {p.code for p in found} == {"untranslated"}
    assert skeleton("no front matter") == "no front matter"
