"""A scripted hour of editing with real key events; counts the characters lost and doubled.

    python -m tests.browser.typing_hour [--characters N] [--seed S] [--endings kill,close]

Korean is composed syllable by syllable, English typed key by key, with no pauses; between them
come saves, view switches, reloads, closed tabs, kills and restarts of the server.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    Locator,
    Page,
    TimeoutError,
    expect,
    sync_playwright,
)

from tests.browser.conftest import ROOT, Server
from tests.browser.tab import ARTEFACTS, learner
from tests.chromium import ARGUMENTS, find_chromium

CARD = "xavier-normal"
WAIT = 60_000
KOREAN = [
    *("가중치의", "분산은", "층의", "크기에", "따라", "정해지고"),
    *("학습은", "그", "값에서", "시작합니다"),
]
ENGLISH = [
    *("weights", "spread", "with", "the", "size", "of"),
    *("a", "layer", "and", "training", "starts", "there"),
]
ENDINGS = ("click", "keys", "switch", "reload", "close", "kill", "none")


@dataclass
class Tally:
    """What was typed, and what became of it."""

    typed: int = 0
    lost: int = 0
    doubled: int = 0
    episodes: Counter[str] = field(default_factory=Counter)

    def compare(self, wanted: list[str], text: str, where: str) -> None:
        for words in wanted:
            found = text.count(words)
            if found != 1:
                print(f"  {where}: {found} times {words!r}; ends in {text[-60:]!r}", flush=True)
            self.lost += len(words) if found == 0 else 0
            self.doubled += len(words) * max(0, found - 1)


class Writer:
    """Somebody at the editor, who types, leaves and comes back."""

    def __init__(self, context: BrowserContext, server: Server, content: Path) -> None:
        self.context, self.server, self.content = context, server, content
        self.page: Page
        self.keys: CDPSession
        self.composing = ""
        self.repeated = 0
        self.name = "card.md"
        self.open()

    def open(self) -> None:
        self.page = self.context.new_page()
        self.name = "card.md"
        self.page.goto(f"{self.server.url}/edit?card={CARD}")
        self.ready()

    def ready(self) -> None:
        self.page.locator("[data-test-connection-state=CONNECTED]").wait_for(timeout=WAIT)
        self.page.locator(".st-key-source textarea").first.wait_for(timeout=WAIT)

    @property
    def area(self) -> Locator:
        # While the page turns to the other file, the one that was there is there for a moment more.
        title = self.page.get_by_text(self.name, exact=True)
        return self.page.locator(".st-key-source label").filter(has=title).locator("textarea")

    def choose(self, name: str) -> None:
        """Clicks until it is chosen: where the page moved under the mouse, a second time."""
        choice = self.page.get_by_role("radio", name=name, exact=True).first
        for again in range(10):
            choice.wait_for(timeout=WAIT)
            choice.click()
            self.repeated += again > 0
            try:
                expect(choice).to_be_checked(timeout=5_000)
                return
            except AssertionError:
                continue
        raise AssertionError(f"{name} cannot be chosen")

    def view(self, name: str, file: str | None = None) -> None:
        self.choose(name)
        if file is None:
            return
        self.name = file
        if name == "Write":  # stays with the language that was written in last
            self.choose("한국어" if ".ko." in file else "English")
        title = self.page.locator(".st-key-source").get_by_text(file, exact=True)
        title.wait_for(timeout=WAIT)

    def file(self, name: str) -> str:
        return (self.content / "cards" / CARD / name).read_text(encoding="utf-8")

    def type(self, words: str, korean: bool) -> None:
        if self.composing:  # as an input method does when the caret is moved away
            self.keys.send("Input.insertText", {"text": self.composing})
            self.composing = ""
        expect(self.area).to_be_editable(timeout=WAIT)
        self.area.focus()
        self.area.evaluate("e => e.setSelectionRange(e.value.length, e.value.length)")
        if not korean:
            self.page.keyboard.type(words)
            return
        self.keys = keys = self.page.context.new_cdp_session(self.page)
        for letter in words[:-1]:
            self._compose(keys, letter)
            keys.send("Input.insertText", {"text": letter})
        self._compose(keys, words[-1])  # the last syllable is left open
        self.composing = words[-1]

    @staticmethod
    def _compose(keys: object, text: str) -> None:
        order = {"text": text, "selectionStart": 1, "selectionEnd": 1}
        keys.send("Input.imeSetComposition", order)  # type: ignore[attr-defined]

    def save(self, how: str) -> None:
        if how == "click":
            self.page.locator(".st-key-save button").click()
        else:
            self.page.keyboard.press("Control+s")
        pending = "() => !document.documentElement.hasAttribute('data-simcards-pending')"
        self.page.wait_for_function(pending, timeout=WAIT)
        self.page.get_by_text("Everything is saved").first.wait_for(timeout=WAIT)
        self.page.get_by_text(re.compile("Saved as revision")).first.wait_for(timeout=WAIT)

    def end(self, how: str) -> None:
        """Leaves, and comes back."""
        if how == "switch":
            self.view("Test")
            self.page.locator(".st-key-edit-test-item").wait_for(timeout=WAIT)
        elif how == "reload":
            self.name = "card.md"
            self.page.reload()
            self.ready()
        elif how == "close":
            self.page.close()
            self.open()
        elif how == "kill":
            self.server.kill()
            self.page.locator("[data-test-connection-state=CONNECTED]").wait_for(state="detached")
            self.server.start()
            self.ready()


def episode(
    writer: Writer, tally: Tally, chance: random.Random, number: int, endings: list[str]
) -> None:
    """Some words in one of the two files, an ending, and a look at what became of them."""
    name, view = chance.choice((("card.md", "Write"), ("card.ko.md", "Translate")))
    writer.view(view, name)
    wanted = []
    writer.composing = ""
    for part in range(chance.randint(1, 3)):
        korean = chance.random() < 0.5
        words = chance.sample(KOREAN if korean else ENGLISH, 5)
        text = f"{' '.join(words)} {number}.{part}" + ("끝" if korean else "e")
        writer.type(text + (" " if not korean else ""), korean)
        wanted.append(text)
        tally.typed += len(text)
    how = chance.choice(endings)
    tally.episodes[how] += 1
    if how in ("click", "keys"):
        writer.save(how)
    else:
        writer.end(how)
        if how != "none":
            writer.view(view, name)
            time.sleep(0.3)
    tally.compare(wanted, writer.area.input_value(), f"{how}, field")
    if how in ("click", "keys"):
        tally.compare(wanted, writer.file(name), f"{how}, file")


def main() -> None:
    """Types until there are enough characters and prints the figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--endings", default=",".join(ENDINGS))
    chosen = parser.parse_args()
    chance, tally, began = random.Random(chosen.seed), Tally(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        content = Path(shutil.copytree(ROOT / "content", Path(folder) / "content"))
        data = Path(folder) / "data"
        data.mkdir()
        settings = {"SIMCARDS_LEARNERS": "browser", "SIMCARDS_INSTRUCTORS": "*"}
        server = Server(data, SIMCARDS_CONTENT=str(content), **settings).start()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        try:
            writer = Writer(learner(browser), server, content)
            writer.page.set_default_timeout(WAIT)
            number = 0
            while tally.typed < chosen.characters and time.monotonic() - began < chosen.seconds:
                number += 1
                episode(writer, tally, chance, number, chosen.endings.split(","))
        except (AssertionError, TimeoutError):
            ARTEFACTS.mkdir(exist_ok=True)
            writer.page.screenshot(path=ARTEFACTS / "typing-hour.png")
            print(f"{writer.page.locator('[data-testid=stMain]').inner_text()[-1500:]}\n")
            raise
        finally:
            print(
                f"{tally.typed} characters typed, {tally.lost} lost, {tally.doubled} doubled, "
                f"in {time.monotonic() - began:.0f} s; {dict(tally.episodes)}, "
                f"{writer.repeated} clicks repeated",
                flush=True,
            )
            browser.close()
            server.kill()


if __name__ == "__main__":
    main()
