"""A content folder with one card and one note, without a problem; and what comes of spoiling it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.content import Problem, in_order, load_cards
from engine.content.notes import Notes
from engine.course import check_notes

COURSE = """\
languages = ["en", "ko"]

[[units]]
id = "unit"
title.en = "Unit"
title.ko = "단원"
"""

SOURCES = """\
[a-note]
title = "A note"
kind = "note"

[a-paper]
title = "A paper"
kind = "paper"
"""

CARD = """\
---
title: Halves
unit: unit
status: ready
---
Text.

## Flashcard: half
What is half of two?

---
One.
"""

NOTE = """\
id = "a-note"
title.en = "A note"
title.ko = "노트"
author = "Somebody"

[[statements]]
id = "0-1"
verdict = "true"
text.en = "Half of two is one."
text.ko = "둘의 절반은 하나입니다."
why.en = "1 + 1 = 2."
why.ko = "1 + 1 = 2입니다."
cards = ["halves"]
evidence = [{card = "halves"}, {question = "halves/half"}]

[[statements]]
id = "0-2"
verdict = "false"
text.en = "Half of two is two."
text.ko = "둘의 절반은 둘입니다."
why.en = "It is one."
why.ko = "하나입니다."
cards = ["halves"]
evidence = [
    {card = "halves"},
    {simulation = "moving_average", settings = {beta = 0.9}, seed = 3, chart = "ema_weights"},
]
"""

CONTRADICTIONS = """\
[[contradictions]]
id = "half"
title.en = "What is half of two?"
title.ko = "둘의 절반은?"
sides = [{statement = "0-1"}, {source = "a-paper", text = {en = "One.", ko = "하나."}}]
ruling.en = "Both."
ruling.ko = "둘 다."
evidence = [{card = "halves"}]
"""

OPEN = """\
[[questions]]
id = "third"
title.en = "What is a third of two?"
title.ko = "둘의 삼분의 일은?"
known.en = "Less than one."
known.ko = "하나보다 작습니다."
unknown.en = "How much less."
unknown.ko = "얼마나 작은지."
experiment.en = "Cut it."
experiment.ko = "잘라 보십시오."
statements = ["0-2"]
sources = ["a-paper"]
evidence = [{card = "halves"}]
"""

FILES = {
    "course.toml": COURSE,
    "sources.toml": SOURCES,
    "cards/halves/card.md": CARD,
    "notes/a-note.toml": NOTE,
    "notes/contradictions.toml": CONTRADICTIONS,
    "notes/open.toml": OPEN,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The content folder."""
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str, str], None]:
    """Replaces a piece of a file."""

    def replace(name: str, old: str, new: str) -> None:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def read(folder: Path) -> Notes:
    return load_cards(folder).notes


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the notes, and with what they point at."""
    content = load_cards(folder)
    return in_order((*content.notes.problems, *check_notes(content)))


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.place} {p.level} {p.code}" for p in problems]
