"""Wherever the editor says who saved, the name stands beside the id, as it was typed."""

from __future__ import annotations

import pytest

from engine.pages.formatting import author_told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (None, "k7m2q-9xw4t"),
        ("Mina", "Mina (k7m2q-9xw4t)"),
        ("김민아", "김민아 (k7m2q-9xw4t)"),
        ("![x](http://example.org/x.png)", r"\!\[x\]\(http\://example.org/x.png\) (k7m2q-9xw4t)"),
        ("local (admin)", r"local \(admin\) (k7m2q-9xw4t)"),
    ],
)
def test_a_name_never_stands_alone_and_is_no_markdown(name, told):
    assert author_told("k7m2q-9xw4t", name) == told
