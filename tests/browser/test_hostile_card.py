"""What an instructor writes never runs in a learner's browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.content.cards.reading import read_card
from engine.content.lints.bounds import MOST_CELLS, MOST_EMPHASES, MOST_FORMULA_SIGNS, MOST_MARKS
from tests.browser.conftest import Server
from tests.browser.tab import Tab
from tests.cards.written_cards import COURSE, SOURCES

pytestmark = pytest.mark.browser

RUN = "window.ran = (window.ran || 0) + 1"
HOSTILE = f"""\
<script>{RUN}</script>
<img src=x onerror="{RUN}">
<svg onload="{RUN}"></svg>
<iframe srcdoc="<script>parent.ran = 1</script>"></iframe>
<a href="javascript:{RUN}">raw</a>
<details open ontoggle="{RUN}"><summary>s</summary></details>
<style>body {{ display: none }}</style>

- <script>{RUN}</script>

| a |
|---|
| <img src=x onerror={RUN.replace(" ", "")}> |

$\\href{{javascript:window.ran=1}}{{x}}$ and $\\htmlData{{onclick=1}}{{y}}$
"""
TITLE = "Bad [title](javascript:window.ran=1) <img src=x onerror=window.ran=1>"
CARD = f"""\
---
title: "{TITLE}"
unit: initialization
status: ready
---
Before.

{HOSTILE}

## Flashcard: front
Front. {HOSTILE}

---
Back. {HOSTILE}
"""
LINKED = """\
---
title: Linked
unit: initialization
status: ready
---
Before. [click](javascript:window.ran=1)
"""

#: Emphases inside one another, a matrix, formulas, a table whose rows are short, and a list: as
#: much of each as is allowed.
DEEP = MOST_EMPHASES // 2
SIDE = 30
COLUMNS = 40
ROWS = (MOST_CELLS - SIDE**2) // COLUMNS - 3
SUM = f"${'x^2 + ' * 100}y$ "
SUMS = (MOST_FORMULA_SIGNS - 3 * SIDE**2) // len(SUM)
ITEMS = MOST_MARKS // 2 - 100
ROW, ITEM = "x\n", "- item\n"
MATRIX = ("1&" * (SIDE - 1) + "1\\\\") * SIDE
FULL = f"""\
---
title: Full
unit: initialization
status: ready
---
Before.

{"*a " * DEEP}{"b*" * DEEP}

$$\\begin{{matrix}}{MATRIX}\\end{{matrix}}$$

{SUM * SUMS}

|{"a|" * COLUMNS}
|{"-|" * COLUMNS}
{ROW * ROWS}
{ITEM * ITEMS}
After.
"""


@pytest.fixture
def hostile(own_server: Callable[..., Server], tmp_path: Path) -> Server:
    """A course with a card that tries everything, and one that has a link to a script."""
    root = tmp_path / "content"
    for name, text in {
        "course.toml": COURSE,
        "sources.toml": SOURCES,
        "cards/bad/card.md": CARD,
        "cards/linked/card.md": LINKED,
        "cards/full/card.md": FULL,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return own_server(SIMCARDS_CONTENT=str(root))


def nothing_ran(tab: Tab) -> None:
    main = tab.page.locator("[data-testid=stMain]")
    written = main.locator("[data-testid=stMarkdownContainer], [data-testid=stHeading]")
    for evil in ("script", "iframe", "svg[onload]", "img[onerror]", "[onclick]", "[ontoggle]"):
        assert written.locator(evil).count() == 0, evil
    leads = "links => links.filter(a => a.hasAttribute('href')).map(a => a.protocol)"
    assert set(main.locator("a").evaluate_all(leads)) <= {"http:", "https:"}
    tab.page.wait_for_timeout(300)
    assert tab.page.evaluate("window.ran") is None


def test_a_card_full_of_html_and_scripts_does_nothing(
    open_tab: Callable[..., Tab], hostile: Server
) -> None:
    tab = open_tab("/library?card=bad", at=hostile)
    text = tab.text()
    assert "Before." in text
    assert f"<script>{RUN}</script>" in text  # shown as it is written
    nothing_ran(tab)


def test_a_flashcard_full_of_html_and_scripts_does_nothing(
    open_tab: Callable[..., Tab], hostile: Server
) -> None:
    tab = open_tab("/practice?item=bad/front&seed=1", at=hostile)
    assert "Front." in tab.text()
    nothing_ran(tab)
    tab.press("1")
    tab.page.get_by_text("Back.", exact=False).first.wait_for()
    nothing_ran(tab)


def test_a_card_with_a_link_to_a_script_is_not_shown(
    open_tab: Callable[..., Tab], hostile: Server
) -> None:
    tab = open_tab("/library?card=linked", at=hostile)
    assert "click" not in tab.text()
    nothing_ran(tab)


def test_a_card_with_as_much_as_is_allowed_is_shown(
    open_tab: Callable[..., Tab], hostile: Server
) -> None:
    assert all(p.level == "warning" for p in read_card("full", {"en": FULL.encode()}).problems)
    tab = open_tab("/library?card=full", at=hostile)
    main = tab.page.locator("[data-testid=stMain]")
    main.get_by_text("After.").wait_for()
    assert main.locator("em").count() == DEEP
    assert main.locator("td").count() == COLUMNS * ROWS
    assert main.locator("li").count() >= ITEMS
