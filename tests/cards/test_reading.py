from __future__ import annotations

import pytest

from engine.content import Card, Reading, read_card
from engine.i18n import Translator
from tests.cards.written_cards import ENGLISH, small


def reading(text: str) -> Reading:
    return read_card("a", {"en": text.encode()})


def card(text: str) -> Card:
    found = reading(text).card
    assert found is not None
    return found


def found_in(text: str) -> list[tuple[str, int, str]]:
    return [(p.code, p.place.line, p.level) for p in reading(text).problems]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_well_written_card_has_no_problems() -> None:
    assert reading(ENGLISH).problems == ()


def test_front_matter_becomes_the_card() -> None:
    found = card(ENGLISH)
    assert (found.id, found.title, found.unit) == ("a", {"en": "Xavier normal"}, "initialization")
    assert (found.requires, found.sources) == ((), ("seed-002", "glorot-2010"))
    assert (found.status, found.lead, found.order) == (
        "ready",
        "sigma",
        ("balance", "sigma", "pick"),
    )


def test_texts_are_kept_as_they_stand_in_the_file() -> None:
    found = card(ENGLISH)
    assert found.prose["en"].endswith("$$\\sigma = \\sqrt{\\frac{2}{n_{in}+n_{out}}}$$")
    assert found.flashcards[0].front == {"en": "What is balanced?"}
    assert found.flashcards[0].back == {"en": "Forward **and** backward."}
    sigma, pick = found.questions
    assert sigma.prompt == {"en": "A layer has $n_{in}={{ n_in }}$. Which $\\sigma$?"}
    assert sigma.hints == ({"en": "Average the fans."}, {"en": "Take the root."})
    assert sigma.explanation == {"en": "It is {{ answer|.3g }}."}
    assert sigma.chart_description == {"en": "A histogram with a line at {{ answer|.3g }}."}
    assert sigma.feedback == {"variance-as-std": {"en": "That is the variance."}}
    assert pick.options == {
        "both": {"en": "Both."},
        "forward-only": {"en": "The forward pass alone."},
    }


def test_a_question_keeps_its_logic_with_lines() -> None:
    question = card(ENGLISH).questions[0]
    assert question.kind == "number"
    assert question.spec["tolerance"].value == 0.01
    assert question.spec["answer"].line == line_of(ENGLISH, "answer: sqrt")
    assert question.place.line == line_of(ENGLISH, "## Question: sigma")
    assert question.spec_place.line == line_of(ENGLISH, "```question")


def test_headings_inside_code_lists_and_quotations_are_text() -> None:
    text = small().replace("Back.", "```\n## Question: no\n---\n```\n\n- x\n\n  ## no\n\n> ## no")
    (flashcard,) = card(text).flashcards
    assert flashcard.back["en"].count("## ") == 3
    assert card(text).questions == ()


def test_only_the_first_line_of_dashes_divides_a_flashcard() -> None:
    (flashcard,) = card(small().replace("Back.", "Back.\n\n---\nMore.")).flashcards
    assert flashcard.back["en"] == "Back.\n\n---\nMore."


def test_dashes_directly_below_a_text_divide_too() -> None:
    (flashcard,) = card(small().replace("Front.\n\n---", "Front.\n---")).flashcards
    assert (flashcard.front["en"], flashcard.back["en"]) == ("Front.", "Back.")


def test_a_table_does_not_divide_a_flashcard() -> None:
    (flashcard,) = card(small().replace("Front.", "a | b\n--- | ---\n1 | 2")).flashcards
    assert flashcard.front["en"] == "a | b\n--- | ---\n1 | 2"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    windows = "\ufeff" + ENGLISH.replace("\n", "\r\n")
    found, usual = card(windows), card(ENGLISH)
    assert (found.prose, found.questions, found.flashcards) == (
        usual.prose,
        usual.questions,
        usual.flashcards,
    )


def test_ids_survive_every_edit_of_the_words() -> None:
    edited = ENGLISH
    for old, new in (
        ("Xavier normal", "Another title"),
        ("Keep the variance constant", "Other prose"),
        ("What is balanced?", "Another front"),
        ("Which $\\sigma$?", "Another prompt?"),
        ("Average the fans.", "Another hint."),
        ("Both.", "Another option."),
    ):
        assert old in edited
        edited = edited.replace(old, new)
    assert card(edited).order == card(ENGLISH).order
    assert [q.id for q in card(edited).questions] == ["sigma", "pick"]
    assert card(edited).digest != card(ENGLISH).digest


def test_the_digest_tells_cards_with_the_same_text_apart() -> None:
    one, other = (read_card(id, {"en": ENGLISH.encode()}).card for id in ("a", "b"))
    assert one is not None
    assert other is not None
    assert one.digest != other.digest


SPOILED = [
    # what stands there, what is written instead, code, the line with this text, level
    ("title: Xavier normal\n", "", "missing-property", "unit:", "error"),
    ("title: Xavier normal", "title: 7", "bad-property", "title:", "error"),
    ("title: Xavier normal", "titel: Xavier", "unknown-property", "titel:", "error"),
    ("unit: initialization", "unit: [a]", "bad-property", "unit:", "error"),
    ("status: ready", "status: done", "bad-property", "status:", "error"),
    ("status: ready\n", "", "missing-property", "title:", "error"),
    ("sources: [seed-002, glorot-2010]", "sources: seed-002", "bad-property", "sources:", "error"),
    ("status: ready", "status: ready\nstatus: draft", "duplicate-key", "status: draft", "error"),
    ("chart: sigma", "chart: sigmo", "unknown-chart-question", "chart:", "error"),
    ("chart: sigma", "chart: balance", "unknown-chart-question", "chart:", "error"),
    ("---\ntitle", "title", "no-front-matter", "title", "error"),
    ("## Flashcard: balance", "## Flashcards: balance", "unknown-heading", "## Flash", "error"),
    ("## Flashcard: balance", "## balance", "unknown-heading", "## balance", "error"),
    ("## Flashcard: balance", "##", "empty-heading", "##", "error"),
    ("## Flashcard: balance", "## Flashcard: Big Idea", "bad-id", "## Flash", "error"),
    ("## Flashcard: balance", "## Flashcard:", "bad-id", "## Flash", "error"),
    ("## Flashcard: balance", "## Flashcard: " + "a" * 65, "bad-id", "## Flash", "error"),
    (
        "## Question: pick",
        "## Question: sigma",
        "duplicate-id",
        "## Question: sigma\n```question\nkind: c",
        "error",
    ),
    ("## Question: pick", "## Question: balance", "duplicate-id", "## Question: balance", "error"),
    ("What is balanced?\n", "", "empty-side", "## Flash", "error"),
    ("---\nForward **and** backward.", "Forward.", "empty-side", "## Flash", "error"),
    ("Forward **and** backward.", "Forward.\n### Hint\nx", "unknown-heading", "### Hint", "error"),
    (
        "A layer has $n_{in}={{ n_in }}$. Which $\\sigma$?\n",
        "",
        "empty-prompt",
        "## Question: sigma",
        "error",
    ),
    ("### Hint\nAverage", "### hint\nAverage", "unknown-heading", "### hint", "error"),
    ("### Explanation\nIt", "### Explanatoin\nIt", "unknown-heading", "### Explanatoin", "error"),
    (
        "### Explanation\nIt",
        "### Chart description\nIt",
        "duplicate-heading",
        "### Chart description\nA",
        "error",
    ),
    ("### variance-as-std", "### variance-as-sd", "unknown-heading", "### variance", "error"),
    (
        "### variance-as-std",
        "### variance-as-sd",
        "missing-feedback",
        "  variance-as-std",
        "warning",
    ),
    ("### Option: both", "### Option: bath", "unknown-heading", "### Option: bath", "error"),
    ("### Option: both", "### Option: bath", "missing-option", "  both:", "error"),
    ("### Option: both", "### Option both", "unknown-heading", "### Option both", "error"),
    ("  both: true", "  BOTH: true", "bad-id", "  BOTH", "error"),
    ("kind: number\n", "", "no-kind", "```question", "error"),
    ("kind: number", "kind: [number]", "no-kind", "kind:", "error"),
    ("tolerance: 1e-2", "answer: 3", "duplicate-key", "answer: 3", "error"),
    ("```question\nkind: n", "```\nkind: n", "no-logic", "## Question: sigma", "error"),
    (
        "### Hint\nAverage",
        "### Hint\n```question\n```\nAverage",
        "misplaced-block",
        "```question\n```\nAv",
        "error",
    ),
    (
        "A layer has",
        "```question\n```\nA layer has",
        "misplaced-block",
        "```question\n```\nA l",
        "error",
    ),
    (
        "What is balanced?",
        "```question\n```\nWhat?",
        "misplaced-block",
        "```question\n```\nWhat",
        "error",
    ),
    ("### Hint\nLook", "```\n### Hint\nLook", "open-fence", "```\n### Hint\nLook", "error"),
    (
        "### Hint\nAverage the fans.\n\n### Hint\nTake the root.\n",
        "",
        "missing-section",
        "## Question: sigma",
        "warning",
    ),
    (
        "### Explanation\nBoth fans are in it.\n",
        "",
        "missing-section",
        "## Question: pick",
        "warning",
    ),
    (
        "### Chart description\nA histogram with a line at {{ answer|.3g }}.\n",
        "",
        "missing-section",
        "## Question: sigma",
        "warning",
    ),
    ("Average the fans.", "", "empty-section", "### Hint", "warning"),
    ("Keep the variance", "# Xavier\nKeep the variance", "title-heading", "# Xavier", "warning"),
    ("Average the fans.", "A\u0000B", "control-character", "A\u0000B", "error"),
]


@pytest.mark.parametrize(("old", "new", "code", "where", "level"), SPOILED)
def test_a_spoiled_card_says_what_is_wrong_and_where(
    old: str, new: str, code: str, where: str, level: str
) -> None:
    assert old in ENGLISH
    text = ENGLISH.replace(old, new, 1)
    found = found_in(text)
    assert (code, line_of(text, where), level) in found
    assert (reading(text).card is None) == any(entry[2] == "error" for entry in found)


def test_an_error_gives_file_line_found_expected_and_mend() -> None:
    (problem,) = reading(small().replace("## Flashcard: one", "## Flashcrad: one")).problems
    assert problem.describe(Translator("en")) == (
        "cards/a/card.md:9: error [unknown-heading]: found the heading “## Flashcrad: one”; "
        "expected “## Flashcard: id” or “## Question: id”. Write “## Flashcard: one”."
    )


def test_every_problem_can_be_said_in_words() -> None:
    for old, new, *_ in SPOILED:
        for problem in reading(ENGLISH.replace(old, new, 1)).problems:
            said = problem.describe(Translator("en"))
            assert "{" not in said.replace("{{ n", "").replace("{n_", "").replace("{a: 1", "")


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"---\ntitle: \xff\n---\n", "encoding", 2),
        (ENGLISH.encode("utf-16"), "encoding", 1),
        (b"---\n" + b"a" * 256 * 1024, "file-size", 1),
        (b"", "no-front-matter", 1),
        (b"---", "open-front-matter", 1),
        (b"---\n---\n", "missing-property", 2),
    ],
)
def test_what_is_no_card_at_all_is_a_problem(content: bytes, code: str, line: int) -> None:
    found = read_card("a", {"en": content})
    assert found.card is None
    assert (code, line) in [(p.code, p.place.line) for p in found.problems]


def test_the_largest_file_is_still_read() -> None:
    text = small().replace("Text.", "x" * (256 * 1024 - len(small()) + 5))
    assert len(text.encode()) == 256 * 1024
    assert reading(text).card is not None


def test_a_file_full_of_errors_is_not_reported_without_end() -> None:
    assert len(reading(small() + "## no\n" * 5000).problems) == 100
