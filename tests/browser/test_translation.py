"""A browser that translates pages leaves this one alone: it has its languages itself.

Translators put <font> around every text, and React then fails with a removeChild at the next
prompt.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Callable

import pytest

from engine.document import marked
from tests.browser.conftest import Server
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

NUMBER = "xavier-normal/sigma"
#: What a translator does to the texts that it may touch. -> how many there were
TRANSLATE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const kept = walker.currentNode.parentElement.closest('[translate="no"], .notranslate');
    if (!kept && walker.currentNode.data.trim()) found.push(walker.currentNode);
  }
  for (const text of found) {
    const font = document.createElement('font');
    text.replaceWith(font);
    font.append(text);
  }
  return found.length;
}"""


@pytest.mark.parametrize(("accepted", "language"), [("ko-KR,ko;q=0.9", "ko"), ("de, en", "en")])
def test_the_document_says_so_before_anything_runs(
    server: Server, accepted: str, language: str
) -> None:
    asked = urllib.request.Request(server.url, headers={"Accept-Language": accepted})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        html = answer.read().decode()
        assert int(answer.headers["content-length"]) == len(html.encode())
    assert f'<html lang="{language}" translate="no" class="notranslate">' in html
    assert '<meta name="google" content="notranslate" />' in html
    assert html.rstrip().endswith("</html>")


def test_a_translator_finds_nothing_and_the_next_prompt_comes(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=NUMBER)
    assert tab.page.evaluate(TRANSLATE) == 0
    tab.answer()
    assert tab.page.evaluate(TRANSLATE) == 0
    assert tab.step("n")[0] == "number"
    tab.answer()
    assert len(tab.answers()) == 2


def test_a_page_that_was_served_without_it_says_so_by_itself(
    open_tab: Callable[..., Tab],
) -> None:
    """As `streamlit run` serves it."""
    tab = open_tab()
    tab.page.evaluate(
        """() => {
          document.documentElement.removeAttribute('translate');
          document.querySelector('meta[name="google"]').remove();
        }"""
    )
    tab.button("language").click()
    tab.page.wait_for_function("() => document.documentElement.lang === 'ko'")
    assert tab.page.locator("html").get_attribute("translate") == "no"
    assert tab.page.locator('meta[name="google"]').get_attribute("content") == "notranslate"


def test_what_is_no_document_stays_as_it_is() -> None:
    assert marked(b"<p>html</p>", "en") == b"<p>html</p>"
