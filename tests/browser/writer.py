"""An instructor at the editor, and what they do there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.tab import PATIENCE, Tab

CARD = "xavier-normal"
WIDE = {"width": 1300, "height": 1000}


class Writer:
    """An instructor at the editor."""

    def __init__(self, tab: Tab, content: Path) -> None:
        self.tab, self.page, self.content = tab, tab.page, content

    @property
    def area(self) -> Locator:
        # Beside a translation the English stands, which cannot be written in.
        return self.page.locator(".st-key-source textarea").first

    @property
    def text(self) -> str:
        return self.area.input_value()

    def says(self, text: str | re.Pattern[str], timeout: float = PATIENCE) -> None:
        # A table has its words in the page, too, where nobody sees them.
        seen = self.page.get_by_text(text).filter(visible=True)
        expect(seen.first).to_be_visible(timeout=timeout)

    def write(self, old: str, new: str) -> None:
        """Replaces a piece of the source, as pasting over it would, and waits until it is kept."""
        before = self.text
        assert old in before
        self.area.fill(before.replace(old, new, 1))
        self.says("Unsaved changes")

    def save(self) -> None:
        button = self.page.locator(".st-key-save button")
        expect(button).to_be_enabled()
        button.click()

    def saved(self) -> None:
        self.says(re.compile("Saved as revision"))
        self.says("Everything is saved")

    def view(self, name: str) -> None:
        self.page.get_by_role("radio", name=name, exact=True).or_(
            self.page.get_by_role("button", name=name, exact=True)
        ).first.click()
        self.tab.settle()

    def pick(self, item: str) -> None:
        """Picks a question to test."""
        self.says("Distinct variants")
        self.page.locator(".st-key-edit-test-item input").click()
        self.page.get_by_role("option", name=item, exact=True).click()
        self.tab.settle()

    def file(self, card: str = CARD) -> str:
        return (self.content / "cards" / card / "card.md").read_text(encoding="utf-8")
