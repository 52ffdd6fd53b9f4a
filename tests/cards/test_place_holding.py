"""What the palette inserts and nobody has changed is never shown as a translation, nor counts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import configuration
from engine.__main__ import main
from engine.authoring.translating import nothing_translated, skeleton
from engine.content import IN_TEXT, WITHIN, load_cards, read_card
from engine.content.cards.place_holding import ASKING
from engine.content.cards.snippets import new_card, without_logic
from engine.course import CourseFolder, compile_card
from engine.questions import KINDS, SNIPPETS, palette
from tests.cards.written_cards import write_content

ENGLISH_FRONT = "---\ntitle: New\nunit: u\nstatus: draft\n---\nA text.\n\n"
KOREAN_FRONT = "---\ntitle: 제목\n---\n"
EXAMPLES = [name for name in SNIPPETS if name not in ASKING]
WAYS = [(name, code) for name in SNIPPETS for code in ("en", "ko")]


def english_of(name: str, text: str | None = None) -> str:
    """A card with the snippet in it, its words written anew by somebody."""
    part = SNIPPETS["number"].text("en") if name in WITHIN else ""
    if name == "misconception":
        part = part.replace("  no-root: n\n", "  no-root: n\n  new-misconception: 3 * n\n")
    whole = ENGLISH_FRONT + part
    return mine(whole + "\n" + (text or SNIPPETS[name].text("en")))


def mine(text: str) -> str:
    """The text with other words in every place, and the same headings, values, gaps and logic."""
    lines, inside = [], False
    for line in text.split("\n"):
        inside ^= line.startswith("```")
        front = line.startswith(("---", "```", "#", "title:", "unit:", "status:", "requires:"))
        kept = inside or front or not line.strip() or ": " in line[:12]
        lines.append(line if kept else f"Mine. {line}")
    return "\n".join(lines)


def read(english: str, korean: str):
    files = {"en": english.encode(), "ko": korean.encode()}
    return read_card("card", files, ("en", "ko"), palette())


def korean_words(card) -> list[str]:
    texts = [card.prose, *(side for f in card.flashcards for side in (f.front, f.back))]
    for question in card.questions:
        texts += [question.prompt, question.explanation, question.claim, question.axis]
        texts += [*question.hints, *question.options.values(), *question.feedback.values()]
    return [text["ko"] for text in texts if text and "ko" in text]


@pytest.mark.parametrize(("name", "code"), WAYS)
def test_a_snippet_left_as_it_is_beside_other_english_is_no_translation(name, code):
    left = without_logic(SNIPPETS[name].text(code))
    if name in WITHIN:
        left = "## Question: new-number\n" + left
    korean = KOREAN_FRONT + left
    english = english_of(name)
    reading = read(english, korean)
    assert reading.card is not None, [str(p.found) for p in reading.problems]
    assert korean_words(reading.card) == []
    codes = [p.code for p in reading.problems if p.level == "warning"]
    assert "no-translation" in codes
    assert "place-holding" in codes
    assert nothing_translated(korean, english)
    # One sentence of one's own counts, and the rest still does not.
    own = {"본문입니다."}
    if name in WITHIN:  # which cannot be without the rest of their question
        left, own = left.replace("new-number\n", "new-number\n물음입니다.\n"), {*own, "물음입니다."}
    reading = read(english, KOREAN_FRONT + "본문입니다.\n\n" + left)
    assert set(korean_words(reading.card)) == own
    assert "no-translation" not in [p.code for p in reading.problems]


@pytest.mark.parametrize("name", KINDS)
def test_learners_and_the_check_are_spared_what_was_left_of_a_question(
    name, tmp_path: Path, capsys
):
    """Whoever reads a folder knows what the palette inserts into a question of any kind."""
    english = english_of(name).replace("unit: u", "unit: initialization")
    left = KOREAN_FRONT + "본문입니다.\n\n" + SNIPPETS[name].text("ko")
    folder = write_content(tmp_path, {"left": {"card.md": english, "card.ko.md": left}})
    course = CourseFolder(folder).current(datetime(2026, 1, 1, tzinfo=UTC))
    (card,) = course.content.cards.values()
    assert korean_words(card) == ["본문입니다."]
    main(["check", str(folder), "--seeds", "1"])
    assert "as it was inserted" in capsys.readouterr().out


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_that_was_inserted_in_both_files_is_translated(name):
    english = ENGLISH_FRONT + SNIPPETS[name].text("en")
    reading = read(english, KOREAN_FRONT + "본문입니다.\n\n" + SNIPPETS[name].text("ko"))
    assert [p.code for p in reading.problems if p.place.file.endswith("ko.md")] == []
    assert len(korean_words(reading.card)) > 1


def test_what_only_asks_for_words_is_told_of_in_english_too():
    reading = read_card("card", {"en": new_card("New", "u", 0).encode()})
    told = [p for p in reading.problems if p.code == "place-holding"]
    assert [p.level for p in told] == ["warning"] * 5  # the steps, a title, a front, a back
    assert {p.place.file for p in told} == {"cards/card/card.md"}


def test_a_new_card_copied_into_korean_is_no_translation_but_is_begun():
    english = new_card("New", "u", 0)
    copied = skeleton(english)
    reading = read(english, copied)
    assert "ko" not in reading.card.languages
    assert not nothing_translated(copied, english)
    assert nothing_translated("", english)


def test_no_sentence_of_the_palette_is_only_signs_and_values():
    known = {*palette().asking, *palette().english, *palette().translated}
    assert len(known) > 60
    assert all(any(letter.isalpha() for letter in text) for text in known)
    assert "" not in known


def test_the_course_holds_no_place():
    content = load_cards(configuration.ROOT / "content", palette())
    assert len(content.cards) > 30
    assert [p.place for p in content.problems if p.code == "place-holding"] == []


def test_a_step_left_as_it_was_inserted_is_told_of_in_both_languages():
    english = ENGLISH_FRONT + IN_TEXT["step"].text("en")
    reading = read(english, KOREAN_FRONT + "본문입니다.\n\n" + IN_TEXT["step"].text("ko"))
    told = [(p.place.file[-5:], p.code) for p in reading.problems]
    assert told == [("ko.md", "place-holding")] * 2 + [("rd.md", "place-holding")] * 2
    assert reading.card.steps[1].text.keys() == {"en"}


@pytest.mark.parametrize("name", ["pictures", "level"])
def test_what_is_no_words_is_not_inserted_into_a_translation(name):
    assert IN_TEXT[name].text("en")
    assert IN_TEXT[name].text("ko") == ""


def test_properties_that_are_inserted_can_be_read():
    english = ENGLISH_FRONT.replace("---\nA text.", IN_TEXT["pictures"].text("en") + "---\nA text.")
    english += "![Look.](picture:new-picture)\n\n## Flashcard: a\n"
    english += IN_TEXT["level"].text("en") + "Front.\n\n---\nBack.\n"
    card = read_card("card", {"en": english.encode()}).card
    assert card is not None
    assert compile_card(card)[1] == ()
