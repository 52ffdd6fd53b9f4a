"""The prose of a card: its steps, the pictures between, and what can be wrong with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content import Card, Placed, Reading, Step, check_lesson, read_card
from engine.content.cards.model import joined
from engine.i18n import Translator

TOP = """\
---
title: A
unit: initialization
status: ready
try: {simulation: leaky_relu}
pictures:
  hops: {simulation: gradient_descent, controls: [learning_rate]}
  still: {simulation: gradient_descent}
---
"""
PROSE = """\
The problem.

![See the **hops** of $w_{t+1}$.](picture:hops)

More of it.

### The $x$ step
An idea.

![Nothing moves.](picture:still)
"""
ITEMS = """
## Flashcard: one
Front.

---
Back.
"""
KOREAN = """\
---
title: 가
---
문제.

![보세요.](picture:hops)

### 생각
글.

![멈춤.](picture:still)

## Flashcard: one
앞.

---
뒤.
"""


def reading(prose: str = PROSE, korean: str | None = None, top: str = TOP) -> Reading:
    files = {"en": (top + prose + ITEMS).encode()}
    if korean is not None:
        files["ko"] = korean.encode()
    return read_card("a", files)


def card(prose: str = PROSE, korean: str | None = None, top: str = TOP) -> Card:
    found = reading(prose, korean, top)
    assert found.card is not None, [str(p.found) for p in found.problems]
    return found.card


def small(prose: str) -> Card:
    """Of a card without pictures."""
    return card(prose, top=TOP[: TOP.index("pictures:")] + "---\n")


def codes(found: Reading) -> list[tuple[str, str, int]]:
    return [(p.level, p.code, p.place.line) for p in found.problems]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_heading_of_the_third_level_begins_a_step() -> None:
    first, second = card().steps
    assert first.title is None
    assert second.heading("en") == second.heading("ko") == "The $x$ step"
    assert second.text["en"].startswith("An idea.")
    assert codes(reading()) == []


def test_pictures_stand_between_the_words_with_their_captions() -> None:
    first, second = card().steps
    assert first.parts("en") == (
        "The problem.",
        Placed("hops", "See the **hops** of $w_{t+1}$."),
        "More of it.",
    )
    assert second.parts("en") == ("An idea.", Placed("still", "Nothing moves."))


def test_a_picture_without_controls_stands_still() -> None:
    hops, still = card().pictures["hops"], card().pictures["still"]
    assert still.controls == ()
    assert [node.value for node in hops.controls or ()] == ["learning_rate"]


def test_a_card_of_before_has_one_step() -> None:
    assert small("Words.\n\n#### A heading\nMore.\n").steps == (
        Step(None, {"en": "Words.\n\n#### A heading\nMore."}),
    )


def test_a_text_that_begins_with_a_heading_has_no_step_before_it() -> None:
    (step,) = small("### First\nWords.\n").steps
    assert (step.heading("en"), step.text["en"]) == ("First", "Words.")


@pytest.mark.parametrize(
    "text",
    ["```\n### no\n![x](picture:try)\n```", "- a\n\n  ### no", "> ### no", "    ![x](picture:try)"],
)
def test_what_only_looks_like_a_step_or_picture_is_text(text: str) -> None:
    (step,) = small(f"Words.\n\n{text}\n").steps
    (part,) = step.parts("en")
    assert part == f"Words.\n\n{text}"


@pytest.mark.parametrize(
    "text", ["see ![x](picture:try)", "- ![x](picture:try)", "a | ![x](picture:try)"]
)
def test_a_picture_inside_a_paragraph_is_an_error(text: str) -> None:
    found = reading(f"Words.\n\n{text}\n", top=TOP[: TOP.index("pictures:")] + "---\n")
    assert [(level, code) for level, code, _ in codes(found)] == [("error", "misplaced-picture")]


SPOILED = [
    ("picture:hops", "picture:hop", "unknown-picture", "![See", "error"),
    ("picture:still", "picture:hops", "picture-twice", "![Nothing", "error"),
    ("![Nothing moves.](picture:still)", "", "unplaced-picture", "  still:", "error"),
    ("  still:", "  try:", "bad-id", "  try:", "error"),
    ("  still:", "  Still:", "bad-id", "  Still:", "error"),
    ("controls: [", "control: [", "unknown-property", "  hops:", "error"),
    ("  still: {simulation: gradient_descent}", "  still: 3", "bad-property", "  still:", "error"),
    ("### The $x$ step", "###", "empty-heading", "###\n", "warning"),
]


@pytest.mark.parametrize(("old", "new", "code", "where", "level"), SPOILED)
def test_what_is_wrong_with_steps_and_pictures_is_told(
    old: str, new: str, code: str, where: str, level: str
) -> None:
    text = TOP + PROSE + ITEMS
    assert old in text
    text = text.replace(old, new, 1)
    found = read_card("a", {"en": text.encode()})
    assert (level, code, line_of(text, where)) in codes(found)
    for problem in found.problems:
        assert problem.describe(Translator("ko"))


# -- translations --------------------------------------------------------------------------------


def test_a_translation_has_the_same_steps() -> None:
    found = card(korean=KOREAN)
    assert codes(reading(korean=KOREAN)) == []
    assert found.steps[1].heading("ko") == "생각"
    assert found.steps[1].parts("ko") == ("글.", Placed("still", "멈춤."))
    assert found.prose["ko"].startswith("문제.")


def test_a_translation_cut_otherwise_is_told_and_nothing_of_it_is_lost() -> None:
    more = KOREAN.replace("\n## Flashcard", "\n### 셋째\n더.\n\n## Flashcard")
    assert ("warning", "steps-differ", line_of(more, "### 셋째")) in codes(reading(korean=more))
    assert card(korean=more).steps[1].text["ko"].endswith("### 셋째\n\n더.")
    less = KOREAN.replace("### 생각\n", "").replace("\n![멈춤.](picture:still)\n", "")
    found = codes(reading(korean=less))
    assert [code for _, code, _ in found].count("steps-differ") == 1
    assert [code for _, code, _ in found].count("missing-section") == 2  # its title and its text
    assert card(korean=less).steps[1].text == {"en": card().steps[1].text["en"]}


def test_a_picture_in_another_step_of_a_translation_is_told() -> None:
    moved = KOREAN.replace("![보세요.](picture:hops)\n\n", "").replace(
        "글.", "글.\n\n![보세요.](picture:hops)"
    )
    found = codes(reading(korean=moved))
    assert [code for _, code, _ in found] == ["steps-differ", "steps-differ"]


def test_an_untranslated_text_is_not_told_twice() -> None:
    bare = KOREAN[: KOREAN.index("문제")] + KOREAN[KOREAN.index("## Flashcard") :]
    assert "steps-differ" not in [code for _, code, _ in codes(reading(korean=bare))]


# -- whether it can be taught --------------------------------------------------------------------


def lesson(text: str) -> list[str]:
    found = read_card("a", {"en": text.encode()}).card
    assert found is not None
    return [problem.code for problem in check_lesson(found)]


def flashcards(*levels: str) -> str:
    return "".join(
        f"\n## Flashcard: f{n}\n```flashcard\nlevel: {level}\n```\n{{{{c1::a}}}} {{{{c2::b}}}}\n"
        for n, level in enumerate(levels)
    )


QUESTION = "\n## Question: q\n```question\nkind: number\nlevel: core\nanswer: 1\n```\nWhat?\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROSE + flashcards("core", "core") + QUESTION, []),
        (PROSE + flashcards("core", "hard") + QUESTION, ["core-items"]),
        (PROSE + flashcards(*["core"] * 6) + QUESTION, ["core-items"]),
        (PROSE + flashcards("core", "core", "core"), ["core-items"]),
        (
            PROSE.replace("### The $x$ step\n", "") + flashcards("core", "core") + QUESTION,
            ["steps"],
        ),
        (PROSE + "### a\nb\n\n" * 4 + flashcards("core", "core") + QUESTION, ["steps"]),
    ],
)
def test_a_ready_card_has_steps_and_core_items(text: str, expected: list[str]) -> None:
    assert lesson(TOP + text) == expected
    assert lesson(TOP.replace("status: ready", "status: draft") + text) == []


def test_a_ready_card_has_a_picture_in_its_text() -> None:
    top = TOP[: TOP.index("pictures:")] + "---\n"
    text = "One.\n\n### Two\nThree.\n" + flashcards("core", "core") + QUESTION
    assert lesson(top + text) == ["no-picture"]
    assert lesson(top + text.replace("Three.", "![Look.](picture:try)")) == []


# -- any text ------------------------------------------------------------------------------------

BLOCKS = st.sampled_from(
    [
        "Words of *some* sort, with $x_1$.",
        "![What to look for.](picture:try)",
        "### A title with $x$",
        "```\n### no title\n\n![no](picture:try)\n```",
        "- a list\n- of two",
        "$$y=x$$",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "#### A heading inside",
        "    indented code",
    ]
)


@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_the_steps_of_a_text_make_the_text_again(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    found = read_card("a", {"en": (TOP[: TOP.index("pictures:")] + "---\n" + text).encode()})
    if found.card is None:  # the picture of `try:` stands there several times
        assert {p.code for p in found.problems if p.level == "error"} == {"picture-twice"}
        return
    steps = found.card.steps
    assert joined((s.heading("en"), s.text["en"]) for s in steps) == text.strip("\n")
    shown = [f"### {s.heading('en')}" for s in steps if s.title]
    assert len(shown) == blocks.count("### A title with $x$")
    placed = [p for s in steps for p in s.parts("en") if isinstance(p, Placed)]
    assert len(placed) == blocks.count("![What to look for.](picture:try)")
