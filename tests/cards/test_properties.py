"""Whatever stands in the files: a card or problems inside them, never an exception."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.content import read_card
from engine.i18n import Translator
from tests.cards.written_cards import ENGLISH, KOREAN

PIECES = st.sampled_from(
    ["---\n", "## Question: a\n", "### Hint\n", "```question\n", "```\n", "## ", "\t", "> ", "- ",
     "$", "{{ n }}", "{{", ": ", "&a ", "*a ", "!x ", "\r", "\u2028", "\x00", "|\n|-|\n", "<!--"]
)  # fmt: skip


def check(english: bytes, korean: bytes | None = None) -> None:
    files = {"en": english, **({"ko": korean} if korean is not None else {})}
    found = read_card("a", files, ("en", "ko"))
    lines = {
        "cards/a/card.md": english.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1,
        "cards/a/card.ko.md": (korean or b"").replace(b"\r", b"\n").count(b"\n") + 1,
    }
    failed = False
    for problem in found.problems:
        assert 1 <= problem.place.line <= lines[problem.place.file]
        assert problem.describe(Translator("ko"))
        failed |= problem.level == "error" and problem.place.file == "cards/a/card.md"
    assert (found.card is None) == failed


@given(st.binary(max_size=200))
def test_any_bytes_are_read(content: bytes) -> None:
    check(content, content)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    check(("---\ntitle: x\nunit: a\nstatus: ready\n---\n" + text).encode())


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_pieces_of_a_card_are_read(text: str) -> None:
    check(text.encode(), text.encode())


@given(
    st.integers(0, len(ENGLISH)), st.integers(0, 30), PIECES | st.text(max_size=5), st.booleans()
)
def test_any_mutation_of_a_card_is_read(start: int, cut: int, put: str, korean: bool) -> None:
    english, words = ENGLISH, KOREAN
    if korean:
        words = words[:start] + put + words[start + cut :]
    else:
        english = english[:start] + put + english[start + cut :]
    check(english.encode(), words.encode())


@given(st.integers(0, len(ENGLISH)))
def test_any_beginning_of_a_card_is_read(end: int) -> None:
    check(ENGLISH[:end].encode(), KOREAN.encode())


@given(st.lists(st.sampled_from(ENGLISH.split("\n")), max_size=80))
def test_any_lines_of_a_card_in_any_order_are_read(lines: list[str]) -> None:
    check("\n".join(["---", "title: x", *lines]).encode())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=60))
def test_words_that_begin_no_block_never_change_the_ids(words: str) -> None:
    text = " ".join(("Words: " + words).split("\n"))
    found = read_card("a", {"en": ENGLISH.replace("Take the root.", text).encode()})
    if found.card is not None:
        assert found.card.order == ("balance", "sigma", "pick")
