"""What is typed into the editor is never lost: focus, open syllables, outages, other views."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.writer import CARD, Writer
from tests.conftest import missing
from tests.storage.local_postgresql import PostgreSQL, binaries

pytestmark = pytest.mark.browser

COMPOSED = """async (e) => {
  e.focus()
  e.setSelectionRange(e.value.length, e.value.length)
}"""


def test_an_open_syllable_is_saved_at_the_first_click_and_the_caret_stays(at_editor):
    writer = at_editor()
    writer.area.evaluate(COMPOSED)
    keys = writer.page.context.new_cdp_session(writer.page)
    keys.send("Input.insertText", {"text": "가나다 "})
    for syllable in ("ㅎ", "하", "한"):
        keys.send(
            "Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1}
        )
    writer.page.locator(".st-key-save button").click()
    writer.says(re.compile("Saved as revision"))
    assert writer.file().rstrip("\n").endswith("가나다 한")
    expect(writer.area).to_be_focused()
    assert writer.area.evaluate("e => e.value.length - e.selectionEnd") == 0


def test_keys_go_on_while_messages_come_and_go(at_editor):
    writer = at_editor()
    writer.area.evaluate(COMPOSED)
    writer.page.keyboard.type("{{ kee")
    writer.page.wait_for_timeout(900)
    writer.page.keyboard.type("p }} and on")
    assert writer.text.endswith("{{ keep }} and on")


def test_words_typed_while_the_server_is_gone_are_handed_over_after_it(at_editor, school):
    writer = at_editor()
    writer.area.evaluate(COMPOSED)
    school.kill()
    writer.page.keyboard.type("typed into the gap")
    school.start()
    writer.says("Unsaved changes", timeout=60_000)
    writer.page.keyboard.press("Control+s")
    writer.saved()
    assert "typed into the gap" in writer.file()
    writer.tab.console.clear()  # the browser complained of the server that was gone


def test_discard_asks_and_is_undone_after_a_reload(at_editor):
    writer = at_editor()
    writer.write("title: Xavier normal initialization", "title: Thrown away")
    writer.page.get_by_role("button", name="Discard my changes").click()
    writer.page.locator(".st-key-edit-discard button").click()
    expect(writer.area).not_to_have_value(re.compile("Thrown away"))
    writer.tab.reload()
    writer.page.locator(".st-key-edit-undiscard button").click()
    expect(writer.area).to_have_value(re.compile("Thrown away"))


def test_nothing_is_called_saved_while_the_server_has_not_heard_it(at_editor, school):
    writer = at_editor()
    said = writer.page.get_by_text("Everything is saved")
    expect(said).to_be_visible()
    school.kill()
    writer.area.evaluate(COMPOSED)
    writer.page.keyboard.type("unheard")
    expect(said).to_be_hidden()
    writer.page.wait_for_timeout(1500)
    assert writer.page.locator("[data-simcards-pending]").count() == 1
    expect(said).to_be_hidden()
    school.start()
    writer.says("Unsaved changes", timeout=60_000)
    writer.page.keyboard.press("Control+s")
    writer.saved()
    writer.tab.console.clear()


def test_scroll_and_undo_survive_a_save(at_editor):
    writer = at_editor()
    before = writer.text
    writer.area.evaluate(COMPOSED)
    writer.page.keyboard.type("\nundo me", delay=10)
    writer.area.evaluate("e => { e.scrollTop = 40 }")
    writer.page.keyboard.press("Control+s")
    writer.saved()
    assert writer.area.evaluate("e => e.scrollTop") == 40
    expect(writer.area).to_be_focused()
    for _ in range(12):
        writer.page.keyboard.press("Control+z")
    assert writer.text == before


@pytest.mark.parametrize("leave", ["reload", "close"])
def test_an_open_syllable_comes_back_after_a_reload_and_a_closed_tab(at_editor, open_tab, leave):
    writer = at_editor()
    writer.area.evaluate(COMPOSED)
    keys = writer.page.context.new_cdp_session(writer.page)
    keys.send("Input.insertText", {"text": "가나다 "})
    for syllable in ("ㅎ", "하", "한"):
        keys.send(
            "Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1}
        )
    if leave == "reload":
        writer.tab.reload()
    else:
        writer.page.close()
        path = f"/edit?card={CARD}"
        again = open_tab(path, at=writer.tab.server, context=writer.tab.context)
        writer = Writer(again, writer.content)
    expect(writer.area).to_have_value(re.compile("가나다 한"))
    writer.save()
    writer.saved()
    assert writer.file().rstrip("\n").endswith("가나다 한")


def test_keys_go_on_in_the_translation_while_it_is_saved(at_editor):
    writer = at_editor()
    writer.view("Translate")
    writer.says("card.ko.md")
    writer.area.evaluate(COMPOSED)
    writer.page.keyboard.type("\nbefore ", delay=10)
    writer.page.keyboard.press("Control+s")
    writer.page.keyboard.type("and after it", delay=40)
    writer.says(re.compile("Saved as revision|Unsaved changes"))
    expect(writer.area).to_be_focused()
    assert writer.text.endswith("before and after it")


def test_words_older_than_the_servers_are_offered_and_never_put_in_its_place(
    at_editor, open_tab, chromium, school
):
    here = at_editor()
    there = chromium.new_context()
    there.add_cookies(here.tab.context.cookies())
    elsewhere = Writer(open_tab(f"/edit?card={CARD}", at=school, context=there), here.content)
    school.kill()
    here.area.evaluate(COMPOSED)
    here.page.keyboard.type("typed on the way")
    here.page.close()
    school.start()
    elsewhere.area.evaluate(COMPOSED)
    elsewhere.page.keyboard.type("typed at home")
    elsewhere.says("Unsaved changes", timeout=60_000)
    path = f"/edit?card={CARD}"
    again = Writer(open_tab(path, at=school, context=here.tab.context), here.content)
    again.says(re.compile("This browser still has words"))
    assert again.text.endswith("typed at home")
    again.page.get_by_role("button", name="Put them in").click()
    assert again.text.endswith("typed on the way")
    expect(again.page.get_by_text("This browser still has words")).to_be_hidden()
    again.page.keyboard.press("Control+z")
    assert again.text.endswith("typed at home")
    for tab in (here.tab, elsewhere.tab, again.tab):
        tab.console.clear()  # the browser complained of the server that was gone


def test_two_tabs_keep_a_copy_each(at_editor, open_tab, school):
    one = at_editor()
    path = f"/edit?card={CARD}"
    two = Writer(open_tab(path, at=school, context=one.tab.context), one.content)
    school.kill()
    for writer, words in ((one, "from the first tab"), (two, "from the second tab")):
        writer.area.evaluate(COMPOSED)
        writer.page.keyboard.type(words)
    one.page.close()
    two.page.close()
    school.start()
    again = Writer(open_tab(path, at=school, context=one.tab.context), one.content)
    expect(again.area).to_have_value(re.compile("from the second tab$"))
    again.page.get_by_role("button", name="Put them in").click()
    assert again.text.endswith("from the first tab")
    for tab in (one.tab, two.tab, again.tab):
        tab.console.clear()  # the browser complained of the server that was gone


def test_a_text_area_that_is_about_to_go_takes_no_more_keys(at_editor):
    writer = at_editor()
    writer.view("Translate")
    writer.says("card.ko.md")
    writer.area.evaluate(COMPOSED)
    writer.page.keyboard.type("kept")
    turned = """() => {
      const choices = [...document.querySelectorAll('.st-key-edit-view [role=radio]')]
      choices.find((choice) => choice.textContent === 'Write').click()
      return document.querySelector('.st-key-source textarea').readOnly
    }"""
    assert writer.page.evaluate(turned)
    writer.says("What learners see")
    expect(writer.area).to_be_editable()
    assert writer.text.endswith("kept")


def test_a_text_area_that_stays_after_all_can_be_written_in_again(at_editor):
    writer = at_editor()
    turn = """() => {
      const choices = [...document.querySelectorAll('.st-key-edit-view [role=radio]')]
      const test = choices.find((choice) => choice.textContent === 'Test')
      test.addEventListener('click', (event) => event.stopPropagation())
      test.dispatchEvent(new MouseEvent('click', {bubbles: true, detail: 0}))
    }"""
    writer.page.get_by_role("radio", name="Test", exact=True).wait_for()
    writer.page.evaluate(turn)
    expect(writer.area).to_be_editable()
    writer.area.evaluate(COMPOSED)
    writer.page.keyboard.type("and on")
    assert writer.text.endswith("and on")


def test_a_restarted_server_shows_the_file_that_was_written_in(at_editor, school):
    writer = at_editor()
    writer.page.get_by_role("radio", name="한국어", exact=True).first.click()
    writer.says("card.ko.md")
    writer.area.evaluate(COMPOSED)
    school.kill()
    writer.page.keyboard.type("typed into the gap")
    school.start()
    writer.says("Unsaved changes", timeout=60_000)
    writer.says("card.ko.md")
    assert writer.text.endswith("typed into the gap")
    writer.tab.console.clear()  # the browser complained of the server that was gone


def test_what_one_tab_typed_is_not_lost_when_another_saves(at_editor, open_tab, school):
    one = at_editor()
    path = f"/edit?card={CARD}"
    two = Writer(open_tab(path, at=school, context=one.tab.context), one.content)
    one.area.evaluate(COMPOSED)
    one.page.keyboard.type("of the first tab")
    one.says("Unsaved changes")
    two.area.evaluate(COMPOSED)
    two.page.keyboard.type("of the second tab")
    two.page.keyboard.press("Control+s")
    two.saved()
    one.tab.reload()
    expect(one.area).to_have_value(re.compile("of the second tab\\s*$"))
    one.page.locator(".st-key-edit-undiscard button").click()
    expect(one.area).to_have_value(re.compile("of the first tab\\s*$"))


def test_one_goes_on_typing_while_the_database_is_away(at_editor, school, own_server, open_tab):
    found = binaries()
    if found is None:
        missing("a test that stops a database needs PostgreSQL on this machine")
    database = PostgreSQL(found)
    try:
        at = own_server(
            SIMCARDS_DATABASE_URL=database.new_database(),
            SIMCARDS_LEARNERS="browser",
            SIMCARDS_INSTRUCTORS="*",
            SIMCARDS_CONTENT=school.environment["SIMCARDS_CONTENT"],
        )
        writer = Writer(open_tab(f"/edit?card={CARD}", at=at), at_editor().content)
        writer.area.evaluate(COMPOSED)
        database.halt()
        for word in ("one", "goes", "on", "without", "it"):
            writer.page.keyboard.type(f"{word} ")
            writer.page.wait_for_timeout(700)
        database.resume()
        writer.says("Unsaved changes", timeout=60_000)
        assert writer.text.endswith("one goes on without it ")
        writer.page.wait_for_function(
            "() => !document.documentElement.hasAttribute('data-simcards-pending')", timeout=60_000
        )
        writer.tab.reload()
        expect(writer.area).to_have_value(re.compile("one goes on without it"))
    finally:
        database.stop()
