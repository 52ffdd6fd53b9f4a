"""A workshop over a content folder and a database of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.authoring import Author, Editor, Saved, Workshop, open_workshop
from engine.course import Course
from engine.storage import Store, open_store
from tests.cards.written_cards import COURSE, SOURCES, small

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINA = Author("mina", "Mina", may_edit=True)
JUN = Author("jun", "Jun", may_edit=True)
LEARNER = Author("ara", "Ara", may_edit=False)
CARD = "xavier-normal"

TEXT = """\
---
title: Xavier normal
unit: initialization
sources: [glorot-2010]
status: ready
---
Keep the variance.

## Flashcard: balance
What is balanced?

---
Forward and backward.

## Question: sigma
```question
kind: number
parameters:
  n_in: {choose: [64, 128]}
answer: sqrt(2 / n_in)
tolerance: 1%
misconceptions: {variance-as-std: 2 / n_in}
```
A layer has {{ n_in }} inputs. Which standard deviation?

### variance-as-std
That is the variance.

### Explanation
It is {{ answer }}.
"""
KOREAN = """\
---
title: 세이비어 정규 초기화
---
분산을 유지합니다.

## Flashcard: balance
무엇의 균형을 맞춥니까?

---
순전파와 역전파입니다.

## Question: sigma
입력이 {{ n_in }}개인 층이 있습니다. 표준편차는 얼마입니까?

### variance-as-std
그것은 분산입니다.

### Explanation
{{ answer }}입니다.
"""
BROKEN = TEXT.replace("sqrt(2 / n_in)", "sqrt(2 / m_in)")


@dataclass
class Shop:
    """A workshop with a clock that its test moves."""

    folder: Path
    store: Store
    workshop: Workshop
    now: datetime = NOW
    url: str | None = None

    @property
    def editor(self) -> Editor:
        return self.workshop.editor

    def course(self) -> Course:
        """What learners see, a while later."""
        self.now += timedelta(seconds=5)
        return self.workshop.study.course(self.now)

    def save(self, text: str, who: Author = MINA, card: str = CARD, **more: object) -> Saved:
        """Saves the English text over the newest revision, keeping the translation."""
        opened = self.editor.open(who, card)
        texts = {**opened.texts, "en": text}
        base = opened.base.id if opened.base else None
        result = self.editor.save(who, card, base, texts, self.now, **more)  # type: ignore[arg-type]
        assert isinstance(result, Saved), result
        return result

    def edit_file(self, text: str, card: str = CARD, name: str = "card.md") -> None:
        """What somebody does with a text editor."""
        path = self.folder / "cards" / card / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def file(self, card: str = CARD, name: str = "card.md") -> str:
        return (self.folder / "cards" / card / name).read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    for name, text in (("course.toml", COURSE), ("sources.toml", SOURCES)):
        root.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for id, files in {
        CARD: {"card.md": TEXT, "card.ko.md": KOREAN},
        "small-card": {"card.md": small(), "card.ko.md": "---\ntitle: 작은 카드\n---\n본문.\n"},
    }.items():
        (root / "cards" / id).mkdir(parents=True)
        for name, text in files.items():
            (root / "cards" / id / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def open_shop(folder: Path, tmp_path: Path) -> Iterator[Callable[[], Shop]]:
    """Opens workshops over the same folder and database, as several servers do."""
    stores: list[Store] = []

    def make() -> Shop:
        stores.append(open_store(None, tmp_path / "data"))
        made = Shop(folder, stores[-1], open_workshop(folder, stores[-1]))
        made.course()
        return made

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def shop(open_shop: Callable[[], Shop]) -> Shop:
    return open_shop()
