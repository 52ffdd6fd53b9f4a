"""Level, step and what an item stays apart from: written, or following from kind and order."""

from __future__ import annotations

import pytest

from engine.content import Card, Reading, read_card
from engine.i18n import Translator
from engine.questions import palette

TOP = "---\ntitle: A\nunit: initialization\nstatus: draft\n---\nOne.\n\n### Two\nThree.\n\n"


def flashcard(id: str, block: str = "", text: str = "Front.\n\n---\nBack.") -> str:
    fence = f"```flashcard\n{block}```\n" if block else ""
    return f"## Flashcard: {id}\n{fence}{text}\n\n"


def question(id: str, kind: str = "number", more: str = "") -> str:
    return f"## Question: {id}\n```question\nkind: {kind}\n{more}answer: 1\n```\nWhat?\n\n"


def reading(*items: str) -> Reading:
    return read_card("a", {"en": (TOP + "".join(items)).encode()}, palette=palette())


def card(*items: str) -> Card:
    found = reading(*items).card
    assert found is not None
    return found


def levels(*items: str) -> dict[str, str]:
    found = card(*items)
    return {item.id: item.level for item in (*found.flashcards, *found.questions)}


def test_the_first_four_plain_items_are_core_where_nothing_is_written() -> None:
    found = levels(
        question("estimate", "estimate"),
        flashcard("gaps", text="{{c1::a}} and {{c2::b}}"),
        question("number"),
        question("claim", "claim"),
        question("choice", "choice"),
        flashcard("fourth"),
        flashcard("fifth"),
    )
    core = {id for id, level in found.items() if level == "core"}
    assert core == {"gaps", "gaps-c2", "number", "choice", "fourth"}
    assert set(found.values()) == {"core", "more"}


def test_what_is_written_counts() -> None:
    found = card(
        flashcard("a", "level: hard\nstep: 2\n", "{{c1::a}} and {{c2::b}}"),
        question("b", "claim", "level: core\nstep: 2\n"),
        question("c"),
    )
    assert [(f.level, f.step) for f in found.flashcards] == [("hard", 2)] * 2
    assert [(q.level, q.step) for q in found.questions] == [("core", 2), ("core", 1)]


def test_the_block_of_a_flashcard_is_no_word_of_it() -> None:
    (shown,) = card(flashcard("a", "level: hard\n")).flashcards
    assert (shown.front, shown.back) == ({"en": "Front."}, {"en": "Back."})


def test_apart_goes_both_ways_and_holds_for_all_gaps() -> None:
    found = card(
        flashcard("a", "apart: [b, c]\n"),
        question("b"),
        flashcard("c", text="{{c1::a}} and {{c2::b}}"),
        question("d"),
    )
    apart = {item.id: set(item.apart) for item in (*found.flashcards, *found.questions)}
    assert apart == {"a": {"b", "c", "c-c2"}, "b": {"a"}, "c": {"a"}, "c-c2": {"a"}, "d": set()}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("level: easy", "bad-level"),
        ("level: [core]", "bad-level"),
        ("step: 3", "unknown-step"),
        ("step: 0", "unknown-step"),
        ("step: true", "unknown-step"),
        ("apart: other", "unknown-apart"),
        ("apart: [x]", "unknown-apart"),
        ("apart: [a]", "unknown-apart"),
        ("apart: [a-c2]", "unknown-apart"),
    ],
)
@pytest.mark.parametrize("kind", ["flashcard", "question"])
def test_what_is_wrong_is_told_on_its_line(line: str, code: str, kind: str) -> None:
    block = f"level: core\n{line}\n" if not line.startswith("level") else f"{line}\n"
    item = (
        flashcard("a", block, "{{c1::a}} and {{c2::b}}")
        if kind == "flashcard"
        else question("a", more=block)
    )
    found = reading(item)
    (problem,) = [p for p in found.problems if p.code == code]
    text = TOP + item
    assert problem.level == "error"
    assert problem.place.line == text[: text.index(line)].count("\n") + 1
    assert found.card is None
    assert problem.describe(Translator("ko")) != problem.describe(Translator("en"))


def test_a_flashcards_block_knows_three_keys() -> None:
    found = reading(flashcard("a", "levl: core\n"))
    assert [p.code for p in found.problems] == ["unknown-property"]
    assert "level" in str(found.problems[0].mend)


@pytest.mark.parametrize(
    "item",
    [
        "## Flashcard: a\n```question\nkind: number\n```\nFront.\n\n---\nBack.\n",
        "## Question: a\n```flashcard\nlevel: core\n```\nWhat?\n",
        flashcard("a", "level: core\n").replace("Front.", "```flashcard\nstep: 1\n```\nFront."),
    ],
)
def test_a_block_of_another_kind_or_a_second_one_is_an_error(item: str) -> None:
    assert "misplaced-block" in [p.code for p in reading(item).problems]


def test_a_translation_has_no_block() -> None:
    korean = "---\ntitle: 가\n---\n하나.\n\n### 둘\n셋.\n\n" + flashcard(
        "a", "level: core\n", "앞\n\n---\n뒤"
    )
    found = read_card("a", {"en": (TOP + flashcard("a")).encode(), "ko": korean.encode()})
    assert [p.code for p in found.problems] == ["translated-logic"]


def test_code_in_a_text_that_looks_like_a_block_stays_code() -> None:
    text = TOP.replace("Three.", "```flashcard\nlevel: core\n```") + flashcard("a")
    found = read_card("a", {"en": text.encode()})
    assert found.card is not None
    assert "level: core" in found.card.steps[1].text["en"]
