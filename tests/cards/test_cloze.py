"""Flashcards with gaps: how a text is taken apart, what each side shows, what is refused."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content import Card, Problem, read_card
from engine.content.cards.cloze import MOST, back, find_gaps, front, numbers, opened

JOINER = "\u2060"
BOUND = (
    r"Xavier draws from $U(-a,a)$ with "
    r"$a=\sqrt{ \frac{ {{c1::6}} }{ {{c2::n_{in}+n_{out}::both fans}} } }$."
)


def card(text: str, more: str = "", korean: str | None = None) -> tuple[Card | None, list[Problem]]:
    """A card with the flashcard `gap`, and what was found wrong with it."""
    english = (
        f"---\ntitle: T\nunit: u\nstatus: ready\n---\nText.\n\n## Flashcard: gap\n{text}\n{more}"
    )
    files = {"en": english.encode()}
    if korean is not None:
        files["ko"] = f"---\ntitle: 제목\n---\n글.\n\n## Flashcard: gap\n{korean}\n".encode()
    reading = read_card("t", files, tuple(files))
    return reading.card, list(reading.problems)


def sides(text: str, number: int = 1) -> tuple[str, str]:
    gaps, faults = find_gaps(text)
    assert faults == ()
    return front(text, gaps, number), back(text, gaps, number)


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("{{c1::std::vector}}", True),
        ("{{c1::np::mean_of}}", True),
        ("{{c1::std\\::vector}}", False),
        ("{{c1::mean:: average}}", False),
        ("{{c1::small::small or large?}}", False),
        ("{{c1::작은::작은? 큰?}}", False),
        ("{{c1::0.25::a number}}", False),
    ],
)
def test_a_name_with_two_colons_is_not_silently_a_hint(text: str, doubted: bool) -> None:
    made, problems = card(f"So {text} it is.")
    assert made is not None
    told = [p for p in problems if p.code == "cloze-hint"]
    assert [(p.level, p.place.line) for p in told] == ([("warning", 9)] if doubted else [])
    assert all("\\::" in str(p.mend) for p in told)


def codes(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(p.code, p.place.line) for p in problems if p.level == "error"]


# -- what each side shows -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shows", "told"),
    [
        ("It is {{c1::five}}.", f"It is **{JOINER}[…]{JOINER}**.", "It is **five**."),
        ("It is {{c1::five::odd}}.", f"It is **{JOINER}[odd]{JOINER}**.", "It is **five**."),
        ("It is {{c1::std\\::vector}}.", None, "It is **std::vector**."),
        (
            "Use {{c1::a\\::b\\::c::a name}}.",
            f"Use **{JOINER}[a name]{JOINER}**.",
            "Use **a::b::c**.",
        ),
        ("Use {{c1::`std::vector`}}.", None, f"Use **{JOINER}`std::vector`{JOINER}**."),
        ("Use {{c1::`a::b`::code}}.", f"Use **{JOINER}[code]{JOINER}**.", None),
        (
            "It is {{c1::mean:: average}}.",
            f"It is **{JOINER}[average]{JOINER}**.",
            "It is **mean**.",
        ),
        ("값은 {{c1::(다섯)}}입니다", None, f"값은 **{JOINER}(다섯){JOINER}**입니다"),
        ("$a={{c1::5}}$", r"$a=\boxed{\;?\;}$", r"$a=\boxed{5}$"),
        ("$a={{c1::5::odd}}$", r"$a=\boxed{\text{odd}}$", r"$a=\boxed{5}$"),
        ("$a={{c1::5::n_1 & 5%}}$", r"$a=\boxed{\text{n\_1 \& 5\%}}$", None),
        ("$x_{{c1::n}}$", r"$x_{\boxed{\;?\;}}$", r"$x_{\boxed{n}}$"),
        (r"$\frac{{c1::a}}{b}$", None, r"$\frac{\boxed{a}}{b}$"),
        (r"$\frac{{{c1::a}}}{b}$", None, r"$\frac{\boxed{a}}{b}$"),
        ("$$\na={{c1::5}}\n$$", None, "$$\na=\\boxed{5}\n$$"),
        ("{{c1::$x^2$}} is it", f"**{JOINER}[…]{JOINER}** is it", r"$\boxed{x^2}$ is it"),
        ("{{c1::$x$ and $y$}}", None, f"**{JOINER}$x$ and $y${JOINER}**"),
        ("{{c1::**a** b}}", None, "**a** b"),
        (r"$\{ {{c1::\{a\} }} \}$", None, r"$\{ \boxed{\{a\}} \}$"),
        ("{{c1::a}} and {{c1::b}}", None, "**a** and **b**"),
    ],
)
def test_the_front_hides_and_the_back_shows(text, shows, told):
    hidden, answered = sides(text)
    assert shows is None or hidden == shows
    assert told is None or answered == told
    assert hidden != answered or "**a** b" in text


def test_other_numbers_are_plain_on_both_sides():
    hidden, told = sides(BOUND)
    assert r"\frac{ \boxed{\;?\;} }{ n_{in}+n_{out} }" in hidden
    assert r"\frac{ \boxed{6} }{ n_{in}+n_{out} }" in told
    hidden, told = sides(BOUND, 2)
    assert r"\frac{ 6 }{ \boxed{\text{both fans}} }" in hidden
    assert r"\frac{ 6 }{ \boxed{n_{in}+n_{out}} }" in told
    assert sides("{{c1::a}} {{c2::b}}", 2)[1] == "a **b**"


def test_each_number_is_an_item_and_the_first_keeps_the_heading_s_id():
    read, problems = card(f"{BOUND} And {{{{c3::more}}}}.", "\n## Flashcard: plain\nA\n\n---\nB\n")
    assert codes(problems) == []
    assert read is not None
    assert read.order == ("gap", "gap-c2", "gap-c3", "plain")
    assert [f.id for f in read.flashcards] == ["gap", "gap-c2", "gap-c3", "plain"]
    assert [f.cloze for f in read.flashcards] == [True, True, True, False]
    assert {f.place.line for f in read.flashcards[:3]} == {8}
    assert "**more**" in read.flashcards[2].back["en"]


def test_a_translation_is_shown_with_its_own_words():
    read, problems = card("It is {{c1::five}}.", korean="{{c1::다섯}}입니다.")
    assert codes(problems) == []
    assert read is not None
    assert read.flashcards[0].back == {"en": "It is **five**.", "ko": "**다섯**입니다."}


# -- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("{{c1::a", "open-cloze", 9),
        ("One.\n\nTwo {{c1::a} b", "open-cloze", 11),
        ("$a={{c1::\\frac{1}{2}$", "open-cloze", 9),
        ("{{c1::a}b}}", "open-cloze", 9),
        ("{{c0::a}}", "bad-cloze", 9),
        ("{{c01::a}}", "bad-cloze", 9),
        ("{{c1::}}", "bad-cloze", 9),
        ("{{c1:: }}", "bad-cloze", 9),
        ("{{c1::a::}}", "bad-cloze", 9),
        ("{{c1::a::b::c}}", "bad-cloze", 9),
        ("{{c1::a\n\nb}}", "bad-cloze", 9),
        ("{{c1::a {{c2::b}} c}}", "bad-cloze", 9),
        ("\n{{c1::a}}\n`{{c1::b}}`", "bad-cloze", 11),
        ("$a {{c1::b$ c}}", "bad-cloze", 9),
        ("{{c1:a}}", "bad-cloze", 9),
        ("{{C1::a}}", "bad-cloze", 9),
        ("{{c::a}}", "bad-cloze", 9),
        ("{{1::a}}", "bad-cloze", 9),
        ("{{c2::a}}", "cloze-numbers", 9),
        ("{{c1::a}}\n{{c3::b}}", "cloze-numbers", 10),
        (" ".join(f"{{{{c{n}::a}}}}" for n in range(1, MOST + 2)), "cloze-numbers", 9),
        ("{{ n }} {{c1::a}}", "flashcard-value", 9),
        ("Front\n\n---\n{{ n|.2f }}", "flashcard-value", 12),
        ("{{c1::a}}\n\n---\nBack", "cloze-with-back", 8),
    ],
)
def test_a_gap_that_is_not_right_is_told_once_with_its_line(text, code, line):
    read, problems = card(text)
    assert read is None
    assert codes(problems) == [(code, line)]
    (problem,) = [p for p in problems if p.level == "error"]
    assert str(problem.expected)
    assert str(problem.mend)


HEADER = "---\ntitle: T\nunit: u\nstatus: ready\n---\nText.\n\n"
GAPS, PLAIN = "## Flashcard: gap\n{{c1::a}} {{c2::b}}\n", "## Flashcard: gap-c2\nA\n\n---\nB\n"


@pytest.mark.parametrize("items", [(GAPS, PLAIN), (PLAIN, GAPS)])
def test_an_item_s_id_must_not_be_another_heading_s(items):
    reading = read_card("t", {"en": (HEADER + "\n".join(items)).encode()})
    assert [p.code for p in reading.problems if p.level == "error"] == ["duplicate-id"]


def test_an_id_that_grows_too_long_is_an_error():
    text = HEADER + GAPS.replace("gap", "a" * 63)
    reading = read_card("t", {"en": text.encode()})
    assert [p.code for p in reading.problems if p.level == "error"] == ["bad-id"]


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("{{c1::a}} {{c2::b}}", "{{c1::가}}"),
        ("{{c1::a}}", "{{c1::가}} {{c2::나}}"),
        ("{{c1::a}}", "가\n\n---\n나"),
        ("A\n\n---\nB", "{{c1::가}}"),
    ],
)
def test_a_translation_has_the_same_gaps(english, korean):
    read, problems = card(english, korean=korean)
    assert [(p.code, str(p.place)) for p in problems if p.level == "error"] == [
        ("other-gaps", "cards/t/card.ko.md:6")
    ]
    assert read is not None
    assert read.languages == ("en",)


def test_a_missing_translation_is_one_warning_for_all_its_gaps():
    korean = "---\ntitle: 제목\n---\n글.\n"
    files = {"en": (HEADER + GAPS).encode(), "ko": korean.encode()}
    reading = read_card("t", files, ("en", "ko"))
    assert [p.code for p in reading.problems if p.place.file.endswith("ko.md")] == ["missing-item"]


def test_traps_of_markdown_are_told_once_and_where_they_stand():
    _, problems = card("One {{c1::a\nb}}.\nTwo :wave[x] {{c2::c}} {{c3::d}}.")
    assert [(p.code, p.place.line) for p in problems if p.code == "directive"] == [
        ("directive", 11)
    ]


def test_braces_of_latex_in_a_flashcard_are_no_gaps():
    read, problems = card("$\\frac{{1}}{2}$\n\n---\n$x_{{i}}$")
    assert [code for code, _ in codes(problems)] == ["flashcard-value"]  # `{{i}}` reads as a value
    read, problems = card("$\\frac{{1}}{2}$\n\n---\n`{{ n }}`")
    assert codes(problems) == []
    assert read is not None


# -- whatever is written --------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "{{c1::",
        "{{c2::",
        "}}",
        "{",
        "}",
        "::",
        "$",
        "$$",
        "a",
        " ",
        "\n",
        "\\",
        "`",
        "가",
        "{{ n }}",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_nothing_that_is_written_breaks_it(text):
    gaps, faults = find_gaps(text)
    assert all(0 <= fault.at <= len(text) for fault in faults)
    assert all(text[gap.start : gap.end].startswith("{{c") for gap in gaps)
    ends = [0, *(edge for gap in gaps for edge in (gap.start, gap.end))]
    assert ends == sorted(ends)
    read, problems = card(text)
    assert (read is None) == any(p.level == "error" for p in problems)


SAFE = st.text(st.sampled_from("abcxyz 가나다+-="), min_size=1, max_size=8).filter(str.strip)


@st.composite
def clozes(draw):
    """(text with gaps, the numbers, what each gap says), in words or in maths."""
    most = draw(st.integers(1, 4))
    order = draw(st.permutations([*range(1, most + 1), *draw(st.lists(st.integers(1, most)))]))
    said, parts = [], []
    for number in order:
        inner = draw(SAFE)
        if draw(st.booleans()):
            inner = f"{{{inner}}}"
        hint = f"::{draw(SAFE)}" if draw(st.booleans()) else ""
        gap = f"{{{{c{number}::{inner}{hint}}}}}"
        parts += [draw(SAFE), f"$y {gap} z$" if draw(st.booleans()) else gap]
        said.append((number, inner.strip()))
    return "".join(parts), tuple(range(1, most + 1)), said


@given(clozes())
def test_gaps_are_found_as_they_were_written(written):
    text, there, said = written
    gaps, faults = find_gaps(text)
    assert faults == ()
    assert numbers(gaps) == there
    assert [(gap.number, gap.text) for gap in gaps] == said
    for number in there:
        for side in (front(text, gaps, number), back(text, gaps, number), opened(text, gaps)):
            assert re.search(r"\{\{c[0-9]", side) is None
        assert front(text, gaps, number) != back(text, gaps, number)


def test_a_hostile_file_is_read_quickly():
    for text in (
        "{{c1::" * 40_000,
        "{{c1::a}} $x$ " * 15_000,
        "{{c1::a}}{" * 20_000,
        "{{" * 100_000,
    ):
        begun = time.process_time()
        card(text)
        assert time.process_time() - begun < 5
