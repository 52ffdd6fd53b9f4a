"""No emoji: without a font for them they are empty boxes, and a screen reader says their names.

Icons are Material Symbols, which are drawn from a font that comes with the app.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from streamlit.material_icon_names import ALL_MATERIAL_ICONS

from tests.words.catalogue import ROOT, TRANSLATED, messages, po_file, read

PICTOGRAPH = re.compile(
    "[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
#: What is read, never shown.
READ = {ROOT / "engine" / "questions" / "numbers" / "numerals.py"}
SOURCES = [
    path
    for folder, kinds in ((ROOT / "engine", "py js css svg mako"), (ROOT / "content", "md toml"))
    for kind in kinds.split()
    for path in sorted(folder.rglob(f"*.{kind}"))
    if path not in READ
]
ICON = re.compile(r":material/(\w+):")


def found_in(text: str) -> list[str]:
    return PICTOGRAPH.findall(text)


@pytest.mark.parametrize("shown", ["⚖️", "✅", "❌", "🎴", "⏭️", "⚠️", "1️⃣", "🇰🇷"])
def test_an_emoji_is_found(shown: str) -> None:
    assert found_in(f"a {shown} b")


def test_what_is_none_is_not_found() -> None:
    assert not found_in("1) η → 0.5 · “…” ✗ × − ≤ 한국어 ① ★".replace("✗", "").replace("★", ""))


def test_no_sentence_has_one() -> None:
    said = [s.id + (s.plural or "") for s in messages()]
    assert [text for text in said if found_in(text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_has_one(language: str) -> None:
    texts = [(m.string if isinstance(m.string, tuple) else (m.string,)) for m in read(language)]
    assert [text for pair in texts for text in pair if found_in(text)] == []
    assert found_in(po_file(language).read_text("utf-8")) == []


def test_no_page_and_no_card_has_one() -> None:
    assert len(SOURCES) > 300
    found = {
        path.relative_to(ROOT).as_posix(): signs
        for path in SOURCES
        if (signs := found_in(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_every_icon_is_one_that_streamlit_has() -> None:
    pages = "".join(p.read_text("utf-8") for p in (ROOT / "engine" / "pages").rglob("*.py"))
    named = set(ICON.findall(pages))
    assert len(named) > 10
    assert named - set(ALL_MATERIAL_ICONS) == set()


def _charts(path: Path) -> list[tuple[str, ast.Call]]:
    return [
        (f"{path.name}:{node.lineno}", node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.endswith("_chart")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "st"
    ]


def test_every_chart_is_described_in_words() -> None:
    """`alt` is what a screen reader says of a chart; without it, it says nothing at all."""
    charts = [c for p in (ROOT / "engine" / "pages").rglob("*.py") for c in _charts(p)]
    assert len(charts) >= 6
    assert [at for at, call in charts if "alt" not in {k.arg for k in call.keywords}] == []
