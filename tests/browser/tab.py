"""One tab of a learner's browser, and what a person does in it."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    FloatRect,
    Locator,
    Page,
)

from engine.identity import TOKEN_COOKIE, fresh_id, fresh_token
from engine.storage import LoggedAnswer
from tests.browser.solving import CONTENT, answers_of, keys_for, store_in, todays_seed, variant_at
from tests.past_lessons import read_lessons

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1100, "height": 900}
IDLE = (
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
)
#: How long anything may take, in milliseconds: long enough for a machine with much else to do,
#: where a page that is right comes late. These tests do not say how fast a page is.
PATIENCE = 60_000
#: Longer than the dwell guard of engine.pages.clock.
A_LOOK = 0.37

WHERE = """() => {
  const app = document.querySelector('[data-testid=stApp]')
  if (!app || app.dataset.testScriptState !== 'notRunning') return 'busy'
  if (app.dataset.testConnectionState !== 'CONNECTED') return 'busy'
  const there = (key) => {
    const found = document.querySelector('.st-key-' + key)
    return found && !found.closest('[data-stale=true]') ? found : null
  }
  const id = (element, prefix) =>
    Array.from(element.querySelectorAll(`[class*="st-key-${prefix}"]`))
      .flatMap((e) => Array.from(e.classList)).find((c) => c.startsWith('st-key-' + prefix))
      ?.slice(('st-key-' + prefix).length) ?? ''
  if (there('stage-lesson')) return 'lesson ' + id(there('stage-lesson'), 'step-')
  if (there('rate')) return 'back ' + id(there('rate'), 'rate-1-')
  if (there('next')) return 'reveal ' + id(there('next'), 'next-')
  if (there('sure')) {
    // Their scripts are fetched when they are first needed.
    const widget = there('answer') || there('options')
    if (widget && !widget.querySelector('input, button')) return 'busy'
    const kind = there('answer') ? 'number' : there('options') ? 'options' : 'front'
    return kind + ' ' + id(there('sure'), 'sure-0-')
  }
  if (there('study-more')) return 'done '
  if (there('start')) return 'start '
  if (there('trouble-again')) return 'trouble '
  return 'other '
}"""


class Tab:
    """A tab with its own history of requests and console messages."""

    def __init__(self, context: BrowserContext, server: Any) -> None:
        self.server = server
        self.context = context
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.console: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        # On a page other than the first, Streamlit looks for its server below that page's path
        # before it looks where it is.
        probe = re.search(
            r"/(practice|library|lab|edit|sources|settings|nowhere)/_stcore/", said.location["url"]
        )
        if said.type == "error" and not probe:
            self.console.append(f"{said.text} {said.location['url']}")

    def open(self, path: str = "/") -> Tab:
        self.page.goto(self.server.url + path, wait_until="commit")
        self.settle()
        return self

    def reload(self) -> Tab:
        self.page.reload(wait_until="commit")
        self.settle()
        return self

    # -- where the learner is ---------------------------------------------------------------

    def where(self) -> tuple[str, str]:
        """(start | lesson | number | options | front | back | reveal | done | trouble | other,
        the presentation's id); ("busy", "") while the page changes."""
        try:
            stage, _, id = self.page.evaluate(WHERE).partition(" ")
        except Error:  # between two documents
            return "busy", ""
        return stage, id

    def settle(self, seconds: float = PATIENCE / 1000) -> tuple[str, str]:
        """Waits until the page has been the same for a moment."""
        deadline = time.monotonic() + seconds
        seen, since = ("busy", ""), time.monotonic()
        while time.monotonic() < deadline:
            if (now := self.where()) != seen:
                seen, since = now, time.monotonic()
            elif now[0] != "busy" and time.monotonic() - since > self._rest(now[0]):
                return now
            self.page.wait_for_timeout(15)
        raise AssertionError(f"the page does not come to rest: {seen}, {self.page.url}")

    def box_at_rest(self, of: Locator) -> FloatRect:
        """Where something is once it no longer moves: pages shift while they are laid out."""
        of.wait_for()
        seen, since = of.bounding_box(), time.monotonic()
        while seen is None or time.monotonic() - since < 0.3:
            self.page.wait_for_timeout(30)
            if (now := of.bounding_box()) != seen:
                seen, since = now, time.monotonic()
        return seen

    @staticmethod
    def _rest(stage: str) -> float:
        """How long a page without anything known on it must stand still: its parts may follow."""
        return 0.4 if stage == "other" else 0.1

    def _here(self) -> tuple[str, str]:
        """Where the page is; it has come to rest before, unless it is changing just now."""
        here = self.where()
        return here if here[0] != "busy" else self.settle()

    def leaves(self, before: tuple[str, str], seconds: float = 15) -> tuple[str, str]:
        """Waits until the page shows something else than `before`, and says what."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            now = self.where()
            if now not in (before, ("busy", "")):
                return self.settle()
            self.page.wait_for_timeout(15)
        raise AssertionError(f"nothing followed {before}: {self.text()[-600:]}")

    def stage(self) -> str:
        return self.where()[0]

    def text(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    # -- what the learner does --------------------------------------------------------------

    def press(self, *keys: str) -> Tab:
        for key in keys:
            if len(key) == 1 and not key.isascii():  # no key of an American keyboard
                self.page.keyboard.insert_text(key)
            else:
                self.page.keyboard.press(key)
        return self

    def look(self) -> Tab:
        """A person looks before they press; the dwell guard expects it."""
        self.page.wait_for_timeout(A_LOOK * 1000)
        return self

    def button(self, container: str, nth: int = 0) -> Any:
        return self.page.locator(f".st-key-{container} button").nth(nth)

    def start(self) -> tuple[str, str]:
        before = self.settle()
        assert before[0] == "start", before
        self.button("start").click()
        return self.leaves(before)

    def fill(self, text: str) -> None:
        self.page.locator(".st-key-answer input").fill(text)

    def answer(
        self, verdict: str = "correct", sure: str = "4", language: str = "en"
    ) -> tuple[str, str]:
        """Answers the question by keyboard and waits for what follows."""
        before = self._here()
        keys = keys_for(variant_at(self.page.url, language), verdict)
        self.look().press(*keys, "Enter", sure)
        return self.leaves(before)

    def step(self, key: str) -> tuple[str, str]:
        """Looks, presses one key and waits for what follows."""
        before = self._here()
        self.look().press(key)
        return self.leaves(before)

    # -- what the server knows of it --------------------------------------------------------

    @property
    def learner(self) -> str:
        """The id of whom this browser's cookie proves."""
        with store_in(self.server.data) as store:
            id = store.credentials.enter(self.token, datetime.now(UTC), fresh_id)
        assert id is not None
        return id

    @property
    def token(self) -> str:
        """What is in this browser's cookie."""
        cookies = self.context.cookies()
        return next(c["value"] for c in cookies if c["name"].startswith(TOKEN_COOKIE))

    def todays(self, item: str) -> str:
        """The path under which today would show an item that was never answered."""
        return f"/?item={item}&seed={todays_seed(self.learner, item)}"

    def answers(self) -> list[LoggedAnswer]:
        """What is in the log, undone answers included."""
        return answers_of(self.server.data, self.learner)

    def choose(self, **settings: Any) -> Tab:
        """Settings, as the settings page would keep them."""
        with store_in(self.server.data) as store:
            kept = store.learners.ensure(self.learner, datetime.now(UTC)).settings
            store.learners.save_settings(self.learner, replace(kept, **settings))
        return self.open()

    def picture(self, name: str) -> None:
        """The whole page, which Streamlit scrolls inside the window."""
        ARTEFACTS.mkdir(exist_ok=True)
        size = self.page.viewport_size
        assert size is not None
        height = 0
        for _ in range(5):  # charts are drawn after the page has come to rest
            self.page.wait_for_timeout(120)
            now = self.page.evaluate(
                "document.querySelector('[data-testid=stMain]')?.scrollHeight ?? 0"
            )
            if now <= height:
                break
            height = now
            whole = {"width": size["width"], "height": max(height, size["height"])}
            self.page.set_viewport_size(whole)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")
        self.page.set_viewport_size(size)


def learner(browser: Browser, **options: Any) -> BrowserContext:
    """A browser of its own: its own cookie, so a learner of its own."""
    chosen = {"locale": "en-US", "timezone_id": "Asia/Seoul", "viewport": DESKTOP, **options}
    context = browser.new_context(**chosen)
    context.set_default_timeout(PATIENCE)
    return context


def new_learner(server: Any, *, lessons_read: bool = True) -> dict[str, str]:
    """The cookie of a learner who has just come, as the server would have made it.

    lessons_read: whether they have read all lessons, so that items come at once.
    """
    token, now = fresh_token(), datetime.now(UTC)
    with store_in(server.data) as store:
        store.credentials.issue(token, now)
        id = store.credentials.enter(token, now, fresh_id)
        assert id is not None
        if lessons_read:
            read_lessons(store, id, cards_of(server))
        return {"name": store.credentials.cookie, "value": token, "url": server.url}


def cards_of(server: Any) -> list[str]:
    """The names of the cards that a server has."""
    content = Path(server.environment.get("SIMCARDS_CONTENT", CONTENT))
    return sorted(path.name for path in (content / "cards").iterdir())


def is_local(url: str) -> bool:
    """Whether a request stays on this machine."""
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))
