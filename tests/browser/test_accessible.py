"""Nothing that axe-core calls serious or critical, on any screen, in the light and the dark theme.

A theme is looked at in one language: dark in English, light in Korean.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.axe import Finding, findings
from tests.browser.conftest import ROOT, Server, free_port
from tests.browser.tab import ARTEFACTS, Tab

pytestmark = pytest.mark.browser

LANGUAGES = {"dark": "en", "light": "ko"}
#: Kind -> a question of that kind, and the verdict its answer gets here.
KINDS = {
    "number": ("xavier-normal/sigma", "close"),
    "choice": ("xavier-normal/relu-depth", "misconception"),
    "several": ("he-normal/which-side", "misconception"),
    "order": ("learning-rate/race", "correct"),
    "estimate": ("learning-rate/steps", "correct"),
    "claim": ("he-normal/he-instead", "misconception"),
}
PAGES = {
    "practice": "/practice",
    "practice, a question": "/practice?item=xavier-normal/sigma&seed=7&cards=xavier-normal",
    "a lesson": "/?lesson=learning-rate&step=1",
    "library, map": "/library",
    "library, list": "/library?view=list",
    "library, glossary": "/library?view=glossary",
    "a card": "/library?card=xavier-normal",
    "lab": "/lab",
    "lab, two": "/lab?activation=sigmoid&b.activation=tanh&chart=gradient_backward",
    "lab, prediction": "/lab?depth=10&b.depth=50&predict=1",
    "sources": "/sources",
    "sources, contradictions": "/sources?view=contradictions",
    "sources, open questions": "/sources?view=open",
    "settings": "/settings",
    "an unknown card": "/library?card=nobody",
    "an unknown item": "/?item=nobody/nothing&seed=1",
    "practice, an unknown item": "/practice?item=nobody/nothing&seed=1",
    "a seed out of range": "/?item=xavier-normal/sigma&seed=99999999999",
    "an unknown page": "/nowhere",
}
#: The editor's views, in their order.
VIEWS = ("write", "test", "translate", "history")
#: One heading of the first level, before all others, and none that leaves a level out; and every
#: chart has a description in words.
OUTLINE = """() => {
  const main = document.querySelector('[data-testid=stMain]')
  const heads = Array.from(main.querySelectorAll('h1, h2, h3, h4, h5, h6'), (e) => e.tagName)
  const levels = heads.map((name) => Number(name[1]))
  const found = []
  const leaves = levels.some((level, n) => n > 0 && level > levels[n - 1] + 1)
  if (heads.lastIndexOf('H1') !== 0 || leaves) found.push(`headings ${heads}`)
  for (const chart of main.querySelectorAll('[data-testid=stVegaLiteChart]')) {
    const name = chart.getAttribute('aria-label') ?? ''
    if (chart.getAttribute('role') !== 'graphics-document' || name.split(' ').length < 5)
      found.push(`a chart called “${name}”`)
  }
  if (!/^.+ · Simcards$/.test(document.title)) found.push(`the title “${document.title}”`)
  return found
}"""


class Survey:
    """What was found, screen by screen; kept in artefacts/ for people to read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: dict[str, list[Finding]] = {}
        self.amiss: list[str] = []

    def look(self, tab: Tab, screen: str) -> None:
        tab.page.wait_for_timeout(300)  # charts are drawn after the page has come to rest
        self.found[screen] = findings(tab.page)
        self.amiss += [f"{screen}: {told}" for told in tab.page.evaluate(OUTLINE)]

    def keep(self) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        told = {
            screen: [{"rule": f.rule, "impact": f.impact, "nodes": f.nodes} for f in found]
            for screen, found in self.found.items()
        }
        path = ARTEFACTS / f"axe-{self.name}.json"
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")

    @property
    def serious(self) -> str:
        serious = (
            f"{screen}: {finding}"
            for screen, found in self.found.items()
            for finding in found
            if finding.matters
        )
        return "\n".join([*serious, *self.amiss])


@pytest.fixture(params=["dark", "light"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def survey(request: pytest.FixtureRequest) -> Iterator[Survey]:
    made = Survey(request.node.name.removeprefix("test_").replace("[", "-").rstrip("]"))
    yield made
    made.keep()


def dressed(theme: str) -> dict[str, str]:
    """A browser's options for a theme and the language it is looked at in."""
    return {"color_scheme": theme, "locale": {"en": "en-US", "ko": "ko-KR"}[LANGUAGES[theme]]}


def test_a_day(open_tab: Callable[..., Tab], theme: str, survey: Survey) -> None:
    """Before the first item, every kind before and after its answer, and the day's summary."""
    tab = open_tab(**dressed(theme))
    survey.look(tab, "today, start")
    for kind, (item, verdict) in KINDS.items():
        tab.open(tab.todays(item))
        survey.look(tab, kind)
        if kind == "number":
            tab.look().press("x", "Enter", "4")
            tab.page.locator(".st-key-complaint [role=alert]").wait_for()
            survey.look(tab, f"{kind}, refused")
            tab.fill("")
        tab.answer(verdict, language=LANGUAGES[theme])
        survey.look(tab, f"{kind}, answered")
    tab.open(tab.todays("xavier-normal/formula"))
    survey.look(tab, "flashcard, front")
    tab.step("2")
    survey.look(tab, "flashcard, back")
    tab.step("3")
    tab.open("/")
    survey.look(tab, "today, going on")
    tab.choose(new_per_day=0)
    survey.look(tab, "today, done")
    assert survey.serious == ""


def test_every_page(open_tab: Callable[..., Tab], theme: str, survey: Survey) -> None:
    tab = open_tab(**dressed(theme))
    for screen, path in PAGES.items():
        tab.open(path)
        survey.look(tab, screen)
        if path == "/nowhere":
            tab.console.clear()  # Streamlit says there, too, that there is no such page
    assert survey.serious == ""


def test_the_editor(
    open_tab: Callable[..., Tab],
    own_server: Callable[..., Server],
    tmp_path: Path,
    theme: str,
    survey: Survey,
) -> None:
    content = shutil.copytree(ROOT / "content", tmp_path / "content")
    school = own_server(
        SIMCARDS_CONTENT=str(content), SIMCARDS_LEARNERS="browser", SIMCARDS_INSTRUCTORS="*"
    )
    tab = open_tab("/edit", at=school, **dressed(theme))
    survey.look(tab, "edit, list")
    tab.open("/edit?card=xavier-normal")
    tab.page.locator(".st-key-source textarea").wait_for()
    for nth, view in enumerate(VIEWS):
        tab.page.locator(".st-key-edit-view [role=radio]").nth(nth).click()
        tab.settle()
        tab.page.wait_for_timeout(1500 if view == "test" else 0)  # 200 draws
        survey.look(tab, f"edit, {view}")
    assert survey.serious == ""


def test_an_empty_course(
    open_tab: Callable[..., Tab],
    own_server: Callable[..., Server],
    tmp_path: Path,
    theme: str,
    survey: Survey,
) -> None:
    content = shutil.copytree(
        ROOT / "content", tmp_path / "content", ignore=lambda *_: ["cards", "notes", "lab.toml"]
    )
    (content / "cards").mkdir()
    empty = own_server(
        SIMCARDS_CONTENT=str(content), SIMCARDS_LEARNERS="browser", SIMCARDS_INSTRUCTORS="*"
    )
    tab = open_tab("/", at=empty, **dressed(theme))
    for path in ("/", "/practice", "/library", "/library?view=list", "/sources", "/lab", "/edit"):
        tab.open(path)
        survey.look(tab, path)
    assert survey.serious == ""


def test_pages_in_trouble(
    open_tab: Callable[..., Tab],
    own_server: Callable[..., Server],
    content: Path,
    theme: str,
    survey: Survey,
) -> None:
    """A card that is not there, a database that was removed."""
    server = own_server(
        SIMCARDS_CONTENT=str(content), SIMCARDS_LEARNERS="browser", SIMCARDS_INSTRUCTORS="*"
    )
    tab = open_tab("/edit?card=nobody", at=server, **dressed(theme))
    survey.look(tab, "edit, an unknown card")
    for file in server.data.glob("simcards.db*"):
        file.rename(file.with_name(f"gone-{file.name}"))
    for path in ("/", "/?item=xavier-normal/relu-depth&seed=7", "/library", "/lab", "/nowhere"):
        tab.open(path)
        tab.page.locator(".st-key-trouble-again").wait_for()
        survey.look(tab, f"{path}, without a database")
    tab.console.clear()  # Streamlit says of /nowhere that there is no such page
    assert survey.serious == ""


def test_a_server_that_cannot_start_its_pages(
    open_tab: Callable[..., Tab],
    own_server: Callable[..., Server],
    theme: str,
    survey: Survey,
) -> None:
    away = own_server(SIMCARDS_DATABASE_URL=f"postgresql://127.0.0.1:{free_port()}/simcards")
    tab = open_tab("/", at=away, **dressed(theme))
    for path in ("/", "/library", "/settings", "/nowhere"):
        tab.open(path)
        tab.page.locator(".st-key-trouble-again").wait_for()
        survey.look(tab, f"{path}, without a database")
    tab.console.clear()
    assert survey.serious == ""


def test_a_fault_is_found(open_tab: Callable[..., Tab]) -> None:
    """So that nothing found means that nothing is there."""
    tab = open_tab()
    assert not [found for found in findings(tab.page) if found.matters]
    tab.page.evaluate(
        """() => {
          const made = document.createElement("div")
          made.innerHTML = '<p style="color: #ccc; background: #fff">faint</p><img src="data:,">'
          document.querySelector("[data-testid=stMain]").append(made)
        }"""
    )
    rules = {found.rule for found in findings(tab.page) if found.matters}
    assert rules == {"color-contrast", "image-alt"}


def test_every_page_has_a_title_of_its_own(open_tab: Callable[..., Tab]) -> None:
    paths = [
        "/",
        "/practice",
        "/library",
        "/library?card=he-normal",
        "/sources",
        "/lab",
        "/settings",
    ]
    tab = open_tab(locale="ko-KR")
    titles = [tab.open(path).page.title() for path in paths]
    assert len(set(titles)) == len(paths), titles
    assert titles[0] == "오늘 · Simcards"
