"""Steps and pictures of a card's text: on its page, in the editor, in both languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import APP, Visit, words

ENGLISH = """\
---
title: A card of steps
unit: gradients
status: ready
try: {simulation: leaky_relu, controls: [slope]}
pictures:
  still: {simulation: leaky_relu, settings: {slope: 0.3}}
---
The problem.

![Look at the **bend**.](picture:still)

After the picture.

### The $x$ step
An idea.

## Flashcard: one
```flashcard
level: hard
step: 2
apart: [two]
```
Front.

---
Back.

## Flashcard: two
Another.

---
Answer.
"""
KOREAN = """\
---
title: 단계가 있는 카드
---
문제입니다.

![꺾이는 곳을 보세요.](picture:still)

그림 다음입니다.

### 둘째 단계
생각입니다.

## Flashcard: one
앞.

---
뒤.

## Flashcard: two
다른 것.

---
답.
"""


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course with one card more."""
    folder = Path(shutil.copytree(APP.parent / "content", tmp_path / "content"))
    (folder / "cards" / "stepwise").mkdir()
    write(folder, ENGLISH)
    monkeypatch.setenv("SIMCARDS_CONTENT", str(folder))
    return folder


def write(folder: Path, english: str) -> None:
    place = folder / "cards" / "stepwise"
    (place / "card.md").write_text(english, encoding="utf-8")
    (place / "card.ko.md").write_text(KOREAN, encoding="utf-8")


def charts(test: AppTest) -> list[str]:
    """What each chart says to who cannot see it."""
    return [chart.proto.alt for chart in test.get("vega_lite_chart")]


@pytest.mark.parametrize(
    ("language", "said", "title"),
    [
        ("en", ["The problem.", "After the picture.", "An idea."], "The $x$ step"),
        ("ko", ["문제입니다.", "그림 다음입니다.", "생각입니다."], "둘째 단계"),
    ],
)
def test_a_cards_page_shows_its_steps_with_the_pictures_between(
    visit: Visit, language: str, said: list[str], title: str
) -> None:
    test = visit("library", query={"card": "stepwise"}, language=language)
    assert not test.exception
    assert not test.warning
    markdown = [part.value for part in test.markdown]
    assert [text for text in markdown if text in said] == said
    headers = [part.value for part in test.header]
    assert headers[0] == title
    assert headers[1] in ("Try it", "직접 해 보기", headers[1])
    assert len(charts(test)) == 2  # that of the text stands still; the other below can be moved
    assert all(charts(test))
    assert len(test.slider) == 1
    caption = "Look at the **bend**." if language == "en" else "꺾이는 곳을 보세요."
    assert caption in [part.value for part in test.caption]
    assert "picture:" not in words(test)


def test_a_text_that_places_the_chart_to_play_with_has_none_below(
    visit: Visit, content: Path
) -> None:
    placed = ENGLISH.replace("An idea.", "An idea.\n\n![Play.](picture:try)")
    write(content, placed)
    test = visit("library", query={"card": "stepwise"}, language="en")
    assert "Try it" not in [part.value for part in test.header]
    assert len(charts(test)) == 2
    before = test.get("vega_lite_chart")[1].proto.spec
    test.slider[0].set_value(0.5).run()
    assert test.get("vega_lite_chart")[1].proto.spec != before
    assert test.get("vega_lite_chart")[0].proto.spec != before


def test_the_editor_shows_steps_pictures_and_when_an_item_is_asked(visit: Visit) -> None:
    test = visit("edit", query={"card": "stepwise"}, language="en")
    assert not test.exception
    assert "The $x$ step" in [part.value for part in test.subheader]
    assert len(charts(test)) == 2
    (part,) = [box for box in test.selectbox if "one" in box.options]
    part.set_value("one").run()
    assert "hard: asked once the core items are known" in words(test)
    assert "explained in step 2 (The $x$ step)" in words(test)
    assert "never on the same day as two" in words(test)


def test_the_editor_inserts_steps_and_pictures(visit: Visit) -> None:
    test = visit("edit", query={"card": "stepwise"}, language="en")
    labels = [
        button.label for button in test.button if (button.key or "").startswith("edit-insert")
    ]
    assert labels[:2] == ["Step of the text", "Picture in the text"]
    test.button(key="edit-insert-picture").click().run()
    state = test.session_state["edit-state"]
    assert "(picture:try)" in state.orders.text
    state.file = "ko"
    test.run()
    keys = {button.key for button in test.button}
    assert "edit-insert-step" in keys
    assert "edit-insert-pictures" not in keys


def test_translating_asks_for_each_step(visit: Visit, content: Path) -> None:
    write(content, ENGLISH.replace("An idea.", "An idea.\n\n### Third\nMore of it."))
    test = visit("edit", query={"card": "stepwise"}, language="en")
    test.session_state["edit-view"] = "translate"
    test.run()
    said = "\n".join(str(part.value) for part in test.text)
    assert "no “the title of step 3”" in said
    assert "no “the text of step 3”" in said
    assert "2 steps" in said
