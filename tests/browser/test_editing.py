"""The editor in a browser: edit, see, break, mend, save, conflict, restore."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tab import PHONE
from tests.browser.test_looks import CUT_OFF
from tests.browser.writer import CARD, WIDE

pytestmark = pytest.mark.browser


def test_edit_see_break_mend_save(at_editor):
    writer = at_editor()
    title = "title: Xavier normal initialization"
    assert title in writer.text
    writer.write(title, "title: Xavier's normal")
    expect(writer.page.locator(".st-key-preview")).to_contain_text("Xavier's normal")
    writer.tab.picture("edit-see")
    good = writer.text
    writer.area.fill(good.replace("status: ready", "status: reddy"))
    writer.says(re.compile("1 error"))
    writer.page.keyboard.press("Control+s")
    writer.says(re.compile("Not saved: the card has errors"))
    writer.tab.picture("edit-broken")
    # A click on the problem selects its line.
    writer.page.locator(".st-key-edit-problem-0 button").first.click()
    expect(writer.area).to_be_focused()
    selected = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    writer.page.wait_for_function(
        "() => document.activeElement.tagName === 'TEXTAREA' && "
        "document.activeElement.selectionEnd > document.activeElement.selectionStart"
    )
    assert writer.area.evaluate(selected) == "status: reddy"
    # Typed over, and mended.
    writer.page.keyboard.type("status: ready", delay=15)
    writer.save()
    writer.saved()
    assert "title: Xavier's normal" in writer.file()
    writer.tab.picture("edit-saved")


def test_no_keystroke_is_lost_while_the_page_follows(at_editor):
    writer = at_editor()
    at = writer.text.index("\n---\n", 4) + 5
    writer.area.focus()
    writer.area.evaluate("(e, at) => e.setSelectionRange(at, at)", at)
    typed = "Words typed one after another, slowly enough for the page to be drawn meanwhile. "
    for part in typed.split(" "):
        writer.page.keyboard.type(part + " ", delay=40)
        writer.page.wait_for_timeout(120)
    assert typed.strip() in writer.text
    assert writer.text.index(typed.strip()) == at
    writer.page.keyboard.press("Control+s")
    writer.saved()
    assert typed.strip() in writer.file()


def test_ctrl_s_saves_what_was_just_typed_also_with_a_korean_keyboard(at_editor):
    writer = at_editor()
    writer.write("title: Xavier normal initialization", "title: One")
    # With a Korean layout the key called S gives ㄴ.
    writer.area.evaluate(
        "e => e.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'ㄴ', code: 'KeyS', ctrlKey: true, bubbles: true, cancelable: true}))"
    )
    writer.saved()
    assert "title: One" in writer.file()


def test_two_instructors_whose_changes_fit_together(at_editor):
    mina, jun = at_editor(), at_editor()
    jun.write("title: Xavier normal initialization", "title: Jun's title")
    mina.area.fill(mina.text + "\n\n## Flashcard: mina\nMina asks?\n\n---\nMina answers.\n")
    mina.save()
    mina.saved()
    jun.says(re.compile(r"saved revision \d+ meanwhile"))
    assert "title: Jun's title" in jun.text
    jun.tab.picture("edit-meanwhile")
    jun.save()
    jun.says("Your changes and theirs fit together.")
    jun.page.locator(".st-key-edit-decide button").click()
    jun.says(re.compile("Both are in the editor now"))
    jun.save()
    jun.saved()
    assert "title: Jun's title" in jun.file()
    assert "Mina answers." in jun.file()
    # Mina changed nothing since, so her page follows by itself.
    expect(mina.area).to_have_value(re.compile("Jun's title"))


def test_two_instructors_who_contradict_one_another(at_editor):
    mina, jun = at_editor(), at_editor()
    mina.write("title: Xavier normal initialization", "title: Mina's title")
    jun.write("title: Xavier normal initialization", "title: Jun's title")
    mina.save()
    mina.saved()
    jun.save()
    jun.says(re.compile("you both changed the same lines"))
    jun.tab.picture("edit-conflict")
    decision = jun.page.locator(".st-key-edit-decision-en-0 textarea")
    assert "Mina's title" in decision.input_value()
    assert "Jun's title" in decision.input_value()
    decision.fill("title: Their title\n")
    jun.page.locator(".st-key-edit-decide button").click()
    jun.says(re.compile("Both are in the editor now"))
    jun.save()
    jun.saved()
    assert "title: Their title" in jun.file()


def test_an_instructor_against_a_text_editor(at_editor, content):
    writer = at_editor()
    writer.write("title: Xavier normal initialization", "title: In the app")
    path = content / "cards" / CARD / "card.md"
    with path.open("a", encoding="utf-8") as file:
        file.write("\n\n## Flashcard: by-file\nFile asks?\n\n---\nFile answers.\n")
    writer.says(re.compile(r"saved revision \d+ meanwhile"))
    writer.save()
    writer.page.locator(".st-key-edit-decide button").click()
    writer.says(re.compile("Both are in the editor now"))
    writer.save()
    writer.saved()
    assert "title: In the app" in writer.file()
    assert "File answers." in writer.file()


def test_what_was_typed_comes_back_after_a_reload_and_a_crash(at_editor, school):
    writer = at_editor()
    writer.write("title: Xavier normal initialization", "title: Unsaved title")
    writer.tab.reload()
    expect(writer.area).to_have_value(re.compile("Unsaved title"))
    writer.says("Unsaved changes")
    # Streamlit lets nobody type while the server is gone; what was typed before is there after.
    writer.write("Unsaved title", "Title before the crash")
    writer.page.wait_for_timeout(800)
    school.kill()
    school.start()
    expect(writer.area).to_have_value(re.compile("Title before the crash"))
    writer.tab.picture("edit-after-crash")
    writer.save()
    writer.saved()
    assert "title: Title before the crash" in writer.file()
    writer.tab.console.clear()  # the browser complained of the server that was gone


def test_an_earlier_state_is_brought_back(at_editor):
    writer = at_editor()
    writer.write("title: Xavier normal initialization", "title: A mistake")
    writer.save()
    writer.saved()
    writer.view("History")
    writer.says(re.compile("Bring revision"))
    writer.tab.picture("edit-history")
    expect(writer.page.locator("pre.diff ins").last).to_contain_text("mistake")
    writer.page.locator(".st-key-edit-restore button").first.click()
    # “Saved as revision” stood there before; the heading tells when the earlier state is back.
    expect(writer.page.locator("h1")).to_have_text("Xavier normal initialization")
    assert "title: Xavier normal initialization" in writer.file()


def test_a_question_is_tested_and_tried_with_nothing_recorded(at_editor):
    writer = at_editor()
    writer.view("Test")
    writer.pick("sigma")
    writer.says("Its own samples, graded")
    writer.tab.picture("edit-test")
    writer.page.locator(".st-key-edit-test-open button").click()
    expect(writer.page.locator(".st-key-preview")).to_contain_text("How sure are you?")
    writer.tab.picture("edit-try")
    field = writer.page.locator(".st-key-answer input")
    field.fill("123456")
    writer.page.locator(".st-key-edit-sure-3 button").click()
    writer.says("Answer it again")
    expect(writer.page.locator(".st-key-preview")).to_contain_text("Right answer")
    writer.tab.picture("edit-tried")
    assert writer.tab.answers() == []


def test_a_condition_suggested_goes_into_the_source(at_editor):
    writer = at_editor("learning-rate")
    writer.view("Test")
    writer.pick("weight-after")
    writer.says("forgets-curvature")
    writer.tab.picture("edit-test-danger")
    writer.page.locator(".st-key-edit-require-0 button").click()
    writer.says(re.compile("in the question now"))
    writer.view("Write")
    assert "0.05 * abs(" in writer.text


def test_a_translation_beside_its_english(at_editor):
    writer = at_editor()
    writer.write("title: Xavier normal initialization", "title: Xavier's own")
    writer.save()
    writer.saved()
    writer.view("Translate")
    writer.says(re.compile("1 item is out of date"))
    writer.tab.picture("edit-translate")
    korean = writer.text
    assert "```question" not in korean
    writer.area.fill(re.sub("title: .*", "title: 세이비어의 초기화", korean, count=1))
    writer.says(re.compile("nothing is out of date"))
    writer.page.keyboard.press("Control+s")
    writer.saved()


def test_the_palette_inserts_at_the_cursor(at_editor):
    writer = at_editor()
    writer.area.focus()
    writer.area.press("Control+End")
    writer.page.get_by_role("button", name=re.compile("Insert")).click()
    writer.page.locator(".st-key-edit-insert-estimate button").click()
    expect(writer.area).to_have_value(re.compile("## Question: new-estimate"))
    writer.page.keyboard.press("Escape")
    writer.says("Unsaved changes")
    writer.tab.picture("edit-inserted")
    # Once: not again when one comes back from another view.
    inserted = writer.text
    writer.view("Test")
    writer.says("Distinct variants")
    writer.view("Write")
    writer.page.wait_for_timeout(1500)
    assert writer.text == inserted


def test_by_keyboard_alone(at_editor):
    writer = at_editor()
    for _ in range(60):
        writer.page.keyboard.press("Tab")
        if writer.page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    expect(writer.area).to_be_focused()
    writer.page.keyboard.press("Control+Home")
    writer.page.keyboard.press("ArrowDown")
    writer.page.keyboard.press("End")
    writer.page.keyboard.type(" by keyboard", delay=15)
    writer.page.keyboard.press("Control+s")
    writer.saved()
    assert "title: Xavier normal initialization by keyboard" in writer.file()


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ko", "light")])
def test_nothing_is_cut_off_on_a_desk_or_a_phone(at_editor, language, scheme):
    locale = {"en": "en-US", "ko": "ko-KR"}[language]
    writer = at_editor("he-normal", locale=locale, color_scheme=scheme)
    found = {}
    views = {
        "write": {"en": "Write", "ko": "쓰기"},
        "test": {"en": "Test", "ko": "시험"},
        "translate": {"en": "Translate", "ko": "번역"},
        "history": {"en": "History", "ko": "이력"},
    }
    for name, words in views.items():
        writer.view(words[language])
        for device, size in (("desk", WIDE), ("phone", PHONE)):
            writer.page.set_viewport_size(size)
            writer.tab.picture(f"edit-{name}-{language}-{scheme}-{device}")
            writer.page.wait_for_timeout(150)
            if cut := writer.page.evaluate(CUT_OFF):
                found[f"{name}, {device}"] = cut
            if (name, device) == ("write", "phone"):
                source = writer.area.bounding_box()
                seen = writer.page.locator(".st-key-preview").bounding_box()
                assert source["y"] + source["height"] <= seen["y"]
        writer.page.set_viewport_size(WIDE)
    assert found == {}
