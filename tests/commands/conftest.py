"""A content folder with one card, and the command line as a function."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.__main__ import main


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ended]

COURSE = """\
languages = ["en", "ko"]

[[units]]
id = "initialization"
title.en = "Initialization"
title.ko = "초기화"
"""

CARD = """\
---
title: Halves
unit: initialization
status: ready
---

Text.

## Flashcard: half
What is half of two?

---
One.

## Question: share
```question
kind: number
parameters:
  n: {integer: [2, 60]}
answer: 1 / n
tolerance: 1%
misconceptions:
  upside-down: n
```
What is one part of {{ n }}?

### Hint
Divide.

### upside-down
That is how many parts there are, {{ n }}.

### Explanation
It is {{ answer }}.

## Question: side
```question
kind: choice
parameters:
  n: {integer: [1, 60]}
options:
  even: sin(n) > 0
  odd: sin(n) <= 0
misconceptions:
  looks-even: even
  looks-odd: odd
```
Which side is {{ n }} on?

### Option: even
Above

### Option: odd
Below

### looks-even
No.

### looks-odd
No.

### Hint
Look.

### Explanation
So it is.
"""

KOREAN = """\
---
title: 절반
---

글.

## Flashcard: half
둘의 절반은?

---
하나.

## Question: share
{{ n }} 중 하나는 얼마입니까?

### Hint
나누세요.

### upside-down
그것은 개수 {{ n }}입니다.

### Explanation
{{ answer }}입니다.

## Question: side
{{ n }}은 어느 쪽입니까?

### Option: even
위

### Option: odd
아래

### looks-even
아닙니다.

### looks-odd
아닙니다.

### Hint
보세요.

### Explanation
그렇습니다.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with the card `halves` in both languages, without a problem."""
    card = tmp_path / "content" / "cards" / "halves"
    card.mkdir(parents=True)
    root = tmp_path / "content"
    (root / "course.toml").write_text(COURSE, encoding="utf-8")
    (root / "sources.toml").write_text("", encoding="utf-8")
    (card / "card.md").write_text(CARD, encoding="utf-8")
    (card / "card.ko.md").write_text(KOREAN, encoding="utf-8")
    return root


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str], None]:
    """Replaces a piece of the card's English file."""

    def replace(old: str, new: str) -> None:
        file = folder / "cards" / "halves" / "card.md"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    """Runs a command on the small content folder."""

    def call(*arguments: object) -> Ended:
        capsys.readouterr()
        try:
            code = main(["--content", str(folder), *map(str, arguments)])
        except SystemExit as ended:  # how argparse ends a wrong call
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return Ended(code, told.out, told.err)

    return call
