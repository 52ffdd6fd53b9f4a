"""Korean typed into a picker finds its option, composed (NFC) or decomposed (NFD).

Streamlit looks among the options in the browser. macOS pastes names of files decomposed, and some
input methods write so.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import ROOT, Server
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

#: Page, picker -> what is typed, and the option that is meant.
PICKERS = {
    ("/lab", "lab-preset"): ("세이비어", "세이비어"),
    ("/lab", "lab-simulation"): ("초기화", "가중치 초기화"),
    ("/lab", "lab-signal_propagation-0-initialization"): ("균등", "균등"),
    ("/sources", "sources-concept"): ("드롭아웃", "드롭아웃"),
    ("/settings", "setting-language"): ("한국어", "한국어"),
    ("/edit", "edit-new-unit"): ("기울기", "기울기"),
    ("/edit?card=xavier-normal", "edit-part-xavier-normal"): ("본문", "본문"),
}
PASTE = """(field, text) => {
  const data = new DataTransfer()
  data.setData("text/plain", text)
  const told = { clipboardData: data, bubbles: true, cancelable: true }
  const event = new ClipboardEvent("paste", told)
  if (field.dispatchEvent(event)) document.execCommand("insertText", false, text)
}"""


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def picker(tab: Tab, key: str) -> Locator:
    """The picker's field, with the focus and nothing in it."""
    field = tab.page.locator(f".st-key-{key} input[role=combobox]")
    field.wait_for(state="attached")
    folded = tab.page.locator("details:not([open])", has=field).locator("summary")
    if folded.count():
        folded.click()
        # The list closes when its field moves, as it does until the expander is open.
        tab.page.wait_for_timeout(500)
    expect(field).to_be_visible()
    field.click()
    field.press("Control+A")
    field.press("Backspace")
    return field


def letters(tab: Tab, text: str) -> None:
    """A key for each letter, as a keyboard that writes decomposed Hangul sends them."""
    for letter in text:
        tab.page.keyboard.insert_text(letter)


@pytest.mark.parametrize(("place", "wanted"), PICKERS.items(), ids=lambda it: it[1])
def test_decomposed_hangul_finds_its_option_in_every_picker(
    open_tab: Callable[..., Tab], school: Server, place: tuple[str, str], wanted: tuple[str, str]
) -> None:
    (path, key), (typed, meant) = place, wanted
    tab = open_tab(path, at=school, locale="ko-KR")
    field = picker(tab, key)
    tab.page.keyboard.insert_text(typed)
    expect(tab.page.get_by_role("option").first).to_be_visible()
    found = tab.page.get_by_role("option").all_inner_texts()
    assert any(meant in option for option in found), found
    for enter in (tab.page.keyboard.insert_text, lambda text: letters(tab, text)):
        field.press("Control+A")
        enter(decomposed(typed))
        expect(field).to_have_value(typed)
        assert tab.page.get_by_role("option").all_inner_texts() == found
    field.press("Control+A")
    field.evaluate(PASTE, decomposed(typed))
    expect(field).to_have_value(typed)
    assert tab.page.get_by_role("option").all_inner_texts() == found


def test_what_is_found_is_taken_with_enter(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("/lab", locale="ko-KR")
    picker(tab, "lab-simulation")
    letters(tab, decomposed("가중치 초기화"))
    tab.press("Enter")
    tab.page.wait_for_url("**/lab?simulation=weight_initialization*")
    tab.settle()
    assert tab.stage() != "trouble"


def test_the_caret_stays_where_somebody_corrects_a_word(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("/lab", locale="ko-KR")
    field = picker(tab, "lab-simulation")
    tab.page.keyboard.insert_text("가화")
    field.press("ArrowLeft")
    tab.page.keyboard.insert_text(decomposed("중치 초기"))
    expect(field).to_have_value("가중치 초기화")
    assert field.evaluate("field => field.selectionStart") == len("가중치 초기")


def test_a_syllable_in_composition_is_left_to_the_input_method(
    open_tab: Callable[..., Tab],
) -> None:
    """And composed when it is done, for one that leaves it decomposed."""
    tab = open_tab("/lab", locale="ko-KR")
    field = picker(tab, "lab-simulation")
    keys = tab.page.context.new_cdp_session(tab.page)
    for text in ("초기", "초기호", "초기화"):
        text = decomposed(text)
        told = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        keys.send("Input.imeSetComposition", told)
        assert field.input_value() == text
    keys.send("Input.insertText", {"text": decomposed("초기화")})
    expect(field).to_have_value("초기화")
    expect(tab.page.get_by_role("option", name="가중치 초기화", exact=True)).to_be_visible()


def test_a_title_that_was_written_decomposed_is_found(
    open_tab: Callable[..., Tab], own_server: Callable[..., Server], tmp_path: Path
) -> None:
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    card = content / "cards" / "he-normal" / "card.ko.md"
    card.write_text(decomposed(card.read_text("utf-8")), "utf-8")
    title = re.search(r"^title: (.+)$", card.read_text("utf-8"), re.MULTILINE)
    assert title is not None
    school = own_server(SIMCARDS_CONTENT=str(content), SIMCARDS_LEARNERS="browser")
    tab = open_tab("/sources", at=school, locale="ko-KR")
    composed = unicodedata.normalize("NFC", title[1])
    assert composed != title[1]
    for typed in (composed, title[1]):
        picker(tab, "sources-concept")
        tab.page.keyboard.insert_text(typed)
        expect(tab.page.get_by_role("option").first).to_have_text(composed)
        tab.press("Escape")
