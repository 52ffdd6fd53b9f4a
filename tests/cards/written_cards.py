"""Cards as their authors write them, for the tests to read and to spoil."""

from __future__ import annotations

from pathlib import Path

COURSE = """\
languages = ["en", "ko"]

[[units]]
id = "initialization"
title.en = "Initialization"
title.ko = "초기화"

[[units]]
id = "confidence"
title.en = "Confidence"
title.ko = "확신도"
"""

SOURCES = """\
[glorot-2010]
kind = "paper"
title = "Understanding the difficulty"
authors = "Xavier Glorot, Yoshua Bengio"
year = 2010
where = "AISTATS 2010"
url = "https://proceedings.mlr.press/v9/glorot10a.html"

[seed-002]
kind = "note"
title = "기울기 소실"
"""

ENGLISH = """\
---
title: Xavier normal
unit: initialization
sources: [seed-002, glorot-2010]
status: ready
chart: sigma
---

Keep the variance constant:

$$\\sigma = \\sqrt{\\frac{2}{n_{in}+n_{out}}}$$

## Flashcard: balance
What is balanced?

---
Forward **and** backward.

## Question: sigma
```question
kind: number
parameters:
  n_in: {choose: [64, 128]}
answer: sqrt(2 / n_in)
tolerance: 1e-2
misconceptions:
  variance-as-std: 2 / n_in
chart: weight_histogram
```
A layer has $n_{in}={{ n_in }}$. Which $\\sigma$?

### Hint
Average the fans.

### Hint
Take the root.

### variance-as-std
That is the variance.

### Explanation
It is {{ answer|.3g }}.

### Chart description
A histogram with a line at {{ answer|.3g }}.

## Question: pick
```question
kind: choice
options:
  both: true
  forward-only: false
misconceptions:
  one-way: forward-only
```
What does it balance?

### Option: both
Both.

### Option: forward-only
The forward pass alone.

### one-way
The backward pass counts too.

### Hint
Look at the formula.

### Explanation
Both fans are in it.
"""

KOREAN = """\
---
title: 세이비어 정규 분포
---

분산을 일정하게 지킵니다.

## Flashcard: balance
무엇의 균형을 맞추나요?

---
순방향**과** 역방향.

## Question: sigma
한 층의 입력이 {{ n_in }}개입니다. $\\sigma$는?

### Hint
두 값의 평균을 내세요.

### Hint
제곱근을 구하세요.

### variance-as-std
그것은 분산입니다.

### Explanation
{{ answer|.3g }}입니다.

### Chart description
{{ answer|.3g }}에 선이 있는 히스토그램.

## Question: pick
무엇의 균형을 맞추나요?

### Option: both
둘 다.

### Option: forward-only
순방향만.

### one-way
역방향도 셉니다.

### Hint
식을 보세요.

### Explanation
식에 둘 다 있습니다.
"""


def small(requires: str = "[]", unit: str = "initialization", more: str = "") -> str:
    """The smallest card that can be studied."""
    return (
        f"---\ntitle: Small\nunit: {unit}\nrequires: {requires}\nstatus: ready\n{more}---\n"
        "Text.\n\n## Flashcard: one\nFront.\n\n---\nBack.\n"
    )


def write_content(root: Path, cards: dict[str, dict[str, str]]) -> Path:
    """A content folder. cards: id -> file name -> text."""
    root.mkdir(exist_ok=True)
    (root / "cards").mkdir(exist_ok=True)
    (root / "course.toml").write_text(COURSE, encoding="utf-8")
    (root / "sources.toml").write_text(SOURCES, encoding="utf-8")
    for id, files in cards.items():
        write_card(root, id, files)
    return root


def write_card(root: Path, id: str, files: dict[str, str]) -> None:
    """One card's files."""
    folder = root / "cards" / id
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
