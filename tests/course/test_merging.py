"""Merging two people's changes, and showing what became of a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.course import merge, word_diff

BASE = "one\ntwo\nthree\nfour\nfive\n"
LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "가\n"]), max_size=8)
TEXTS = st.one_of(LINES.map("".join), st.text(max_size=30))


def lines(text):
    return text.splitlines(keepends=True)


def test_changes_to_different_lines_are_both_kept():
    merged = merge(BASE, BASE.replace("one", "ONE"), BASE.replace("five", "FIVE"))
    assert merged.text == "ONE\ntwo\nthree\nfour\nFIVE\n"


def test_the_same_change_by_both_is_made_once():
    changed = BASE.replace("two", "TWO")
    assert merge(BASE, changed, changed).text == changed


def test_what_one_added_and_the_other_removed_elsewhere_are_both_done():
    merged = merge(BASE, BASE + "six\n", BASE.replace("one\n", ""))
    assert merged.text == "two\nthree\nfour\nfive\nsix\n"


def test_different_changes_to_one_line_are_a_conflict_to_decide():
    merged = merge(BASE, BASE.replace("three", "mine"), BASE.replace("three", "theirs"))
    assert merged.text is None
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        ("three\n",),
        ("mine\n",),
        ("theirs\n",),
    )
    assert merged.decided(["both\n"]) == BASE.replace("three", "both")
    with pytest.raises(ValueError, match="1 conflicts"):
        merged.decided([])
    with pytest.raises(ValueError, match="person"):
        _ = conflict.merged


def test_a_line_that_one_changed_and_the_other_deleted_is_a_conflict():
    merged = merge(BASE, BASE.replace("three", "mine"), BASE.replace("three\n", ""))
    assert len(merged.conflicts) == 1


def test_additions_at_one_place_by_both_are_a_conflict():
    assert merge(BASE, BASE + "mine\n", BASE + "theirs\n").text is None


@given(TEXTS, TEXTS)
def test_a_text_that_only_one_changed_is_theirs(base, changed):
    assert merge(base, changed, base).text == changed
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, changed).text == changed


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=300)
def test_every_chunk_lies_in_all_three_texts_in_order(base, mine, theirs):
    chunks = merge(base, mine, theirs).chunks
    assert "".join(line for c in chunks for line in c.base) == base
    assert "".join(line for c in chunks for line in c.mine) == mine
    assert "".join(line for c in chunks for line in c.theirs) == theirs


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=300)
def test_no_line_is_dropped_silently(base, mine, theirs):
    """A new line of either is in the merged text, or in a conflict that somebody decides."""
    merged = merge(base, mine, theirs)
    text = merged.text
    if text is None:
        assert merged.conflicts
        return
    for changed in (mine, theirs):
        for line in lines(changed):
            if line not in lines(base):
                assert line in lines(text)


@given(TEXTS, TEXTS, TEXTS)
def test_who_is_mine_and_who_theirs_does_not_matter(base, mine, theirs):
    assert merge(base, mine, theirs).text == merge(base, theirs, mine).text


def test_a_changed_word_is_shown_as_a_word():
    found = word_diff("The quick fox.\nSame.\n", "The slow fox.\nSame.\n")
    assert [(c.kind, c.text) for c in found] == [
        ("same", "The "),
        ("removed", "quick"),
        ("added", "slow"),
        ("same", " fox.\nSame.\n"),
    ]


@given(TEXTS, TEXTS)
def test_a_diff_holds_both_texts_whole(before, after):
    found = word_diff(before, after)
    assert "".join(c.text for c in found if c.kind != "added") == before
    assert "".join(c.text for c in found if c.kind != "removed") == after
    assert all(c.text for c in found)
