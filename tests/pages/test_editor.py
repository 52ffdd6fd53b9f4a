"""The editor without a browser: its views, what a save of somebody else changes, the help."""

from __future__ import annotations

import shutil

import pytest

from engine.authoring import Author, Saved
from engine.pages import clock
from engine.pages.edit.state import KEY
from engine.pages.resources import open_workshop
from tests.pages.conftest import APP, button, words

CARD = "xavier-normal"
MINA = Author("mina", "Mina", may_edit=True)


@pytest.fixture(autouse=True)
def content(tmp_path, monkeypatch):
    """A course of the test's own, so that nothing is written to the real one."""
    folder = shutil.copytree(APP.parent / "content", tmp_path / "content")
    monkeypatch.setenv("SIMCARDS_CONTENT", str(folder))
    return folder


def save_as_mina(change):
    editor = open_workshop().editor
    opened = editor.open(MINA, CARD)
    texts = {**opened.texts, "en": change(opened.texts["en"])}
    result = editor.save(MINA, CARD, opened.base.id, texts, clock.now())
    assert isinstance(result, Saved)
    return result.revision.id


class Source:
    """The text area that is written in, which only a browser draws: its text as the desk has it."""

    def __init__(self, test):
        self.test, self.state = test, test.session_state[KEY]

    @property
    def value(self):
        return self.state.texts[self.state.file]

    def set_value(self, text):
        self.state.texts = {**self.state.texts, self.state.file: text}
        return self.test


def source(test):
    return Source(test)


def retitled(title):
    return lambda text: text.replace("title: Xavier normal initialization", f"title: {title}")


def test_what_nobody_changed_follows_the_newest_revision(visit):
    test = visit("edit", query={"card": CARD})
    save_as_mina(retitled("Mina's"))
    test.run()
    assert "title: Mina's" in source(test).value
    assert "meanwhile" not in words(test)


def test_who_saved_is_said_by_name_and_id(visit):
    test = visit("edit", query={"card": CARD})
    open_workshop().editor.store.learners.save_name("local", "Ara *Kim*")
    opened = open_workshop().editor.open(MINA, CARD)
    texts = {**opened.texts, "en": retitled("Again")(opened.texts["en"])}
    ara = Author("local", "Ara", may_edit=True)
    assert isinstance(
        open_workshop().editor.save(ara, CARD, opened.base.id, texts, clock.now()), Saved
    )
    test.run()
    assert r"Ara \*Kim\* (local)" in words(test)
    mine = source(test).value.replace("title: Again", "title: Mine")
    source(test).set_value(mine).run()
    open_workshop().editor.set_status(ara, CARD, "draft", clock.now())
    test.run()
    assert r"Ara \*Kim\* (local) saved revision" in words(test)


def test_what_is_typed_stays_when_somebody_else_saves(visit):
    test = visit("edit", query={"card": CARD})
    mine = retitled("Mine")(source(test).value)
    source(test).set_value(mine).run()
    number = save_as_mina(lambda text: text + "\n\n## Flashcard: more\nA?\n\n---\nB.\n")
    test.run()
    assert source(test).value == mine
    assert f"mina saved revision {number} meanwhile" in words(test)
    button(test, "edit-save").click().run()
    assert "Your changes and theirs fit together." in words(test)
    button(test, "edit-decide").click().run()
    assert "title: Mine" in source(test).value
    assert "## Flashcard: more" in source(test).value
    assert "meanwhile" not in words(test)


def test_the_same_change_by_somebody_else_leaves_nothing_to_save(visit):
    test = visit("edit", query={"card": CARD})
    source(test).set_value(retitled("Same")(source(test).value)).run()
    save_as_mina(retitled("Same"))
    test.run()
    assert "Everything is saved" in words(test)
    assert "meanwhile" not in words(test)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("view", ["write", "test", "translate", "history"])
def test_every_view_is_drawn_in_both_languages(visit, language, view):
    test = visit("edit", query={"card": CARD}, language=language)
    test.session_state["edit-view"] = view
    test.run()
    assert not test.exception
    assert "server" not in words(test)
    assert len(test.error) == 0


def test_a_saved_draft_is_not_said_to_be_with_learners(visit):
    test = visit("edit", query={"card": CARD})
    source(test).set_value(source(test).value.replace("status: ready", "status: draft")).run()
    button(test, "edit-save").click().run()
    assert "Learners do not see it" in words(test)


def test_an_answer_tried_in_the_preview_is_not_recorded(visit, app_store):
    test = visit("edit", query={"card": CARD})
    test.session_state[f"edit-part-{CARD}"] = "sigma"
    test.run()
    next(t for t in test.text_input if t.key.startswith("answer-")).set_value("99")
    button(test, "edit-sure-3").click().run()
    assert "Right answer" in words(test)
    assert app_store.log.newest_answer("local") is None
    button(test, "edit-again").click().run()
    assert "How sure are you?" in words(test)


def test_an_answer_that_cannot_be_read_is_told_so(visit):
    test = visit("edit", query={"card": CARD})
    test.session_state[f"edit-part-{CARD}"] = "sigma"
    test.run()
    next(t for t in test.text_input if t.key.startswith("answer-")).set_value("many")
    button(test, "edit-sure-0").click().run()
    assert len(test.warning) > 0
    assert "Right answer" not in words(test)


def test_a_suggested_condition_is_put_into_the_source(visit):
    test = visit("edit", query={"card": "learning-rate"})
    test.session_state["edit-view"] = "test"
    test.session_state["edit-test-item"] = "weight-after"
    test.run()
    assert "forgets-curvature" in words(test)
    button(test, "edit-require-0").click().run()
    assert "in the question now" in words(test)
    test.session_state["edit-view"] = "write"
    test.run()
    assert "(start * (1 - product) ** steps)) > 0.05 * abs(" in source(test).value


def test_what_a_translation_lacks_is_listed(visit):
    test = visit("edit", query={"card": CARD})
    save_as_mina(retitled("Newer"))
    test.session_state["edit-view"] = "translate"
    test.run()
    assert "1 item is out of date" in words(test)
    assert source(test).value.startswith("---\ntitle: 세이비어")


@pytest.mark.parametrize("view", ["write", "translate"])
def test_a_missing_translations_button_names_the_file_that_it_opens(visit, content, view):
    (content / "cards" / CARD / "card.ko.md").unlink()
    test = visit("edit", query={"card": CARD})
    test.session_state["edit-view"] = view
    test.run()
    told = [b for b in test.button if (b.key or "").startswith(("edit-problem-", "edit-to-"))]
    assert told
    assert all("한국어 1" in one.label for one in told)
    told[0].click().run()
    assert source(test).state.file == "ko"


def test_a_folder_with_a_new_name_is_asked_about_and_keeps_what_is_known(visit, content):
    visit()  # the files are taken in
    (content / "cards" / CARD).rename(content / "cards" / "xavier-again")
    visit("edit").run()  # and again
    open_workshop().study.folder.changed()
    test = visit("edit")
    assert f"“{CARD}” has no folder here" in words(test)
    box = next(one for one in test.selectbox if one.key == f"edit-now-{CARD}")
    assert box.value == "xavier-again"
    button(test, f"edit-gone-now-{CARD}").click().run()
    assert "is gone" not in words(test)
    assert open_workshop().editor.history(MINA, CARD)[0].note == "→ xavier-again"


def test_a_new_card_has_its_title_as_it_was_typed_and_no_korean_file(visit, content):
    test = visit("edit")
    next(t for t in test.text_input if t.key == "edit-new-title").set_value(r'Adam \beta: "x" #1')
    next(t for t in test.text_input if t.key == "edit-new-id").set_value("aaa-new")
    button(test, "edit-new").click().run()
    course = open_workshop().study.course(clock.now())
    card = course.content.cards["aaa-new"]
    assert card.title == {"en": r'Adam \beta: "x" #1'}
    assert card.position > 0
    assert not (content / "cards" / "aaa-new" / "card.ko.md").exists()


def test_a_second_course_is_refused_in_words_on_the_page(visit, content):
    import streamlit as st

    visit()
    st.cache_resource.clear()
    file = content / "course.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('id = "gradient-flow"', 'id = "other"', 1), encoding="utf-8")
    test = visit()
    assert not test.exception
    assert "This database is of the course “gradient-flow”" in test.error[0].value


def test_the_preview_of_the_text_shows_what_a_learner_plays_with(visit):
    test = visit("edit", query={"card": CARD})
    charts = len(test.get("vega_lite_chart"))
    assert charts > 1
    assert [box.label for box in test.selectbox if "preview-" in box.key][:1] == ["Activation"]
    text = source(test).value
    line = text[: text.index("  chart: signal_and_gradient")].count("\n") + 1
    spoilt = text.replace("chart: signal_and_gradient", "chart: nothing", 1)
    source(test).set_value(spoilt).run()
    assert len(test.get("vega_lite_chart")) == charts - 1
    assert f"Error · English {line}" in [b.label for b in test.button]


def test_a_card_without_a_translation_is_not_said_to_lack_nothing(visit, content):
    (content / "cards" / CARD / "card.ko.md").unlink()
    test = visit("edit", query={"card": CARD})
    test.session_state["edit-view"] = "translate"
    test.run()
    assert "Nothing is missing" not in words(test)
    assert "Nothing is wrong with this card" not in words(test)
    assert "no “card.ko.md”" in " ".join(part.value for part in test.text)
    button(test, "edit-skeleton").click().run()
    assert "Nothing is missing" not in words(test)


def test_files_of_an_old_checkout_are_told_and_brought_up_to_date(visit, content):
    test = visit("edit")
    file = content / "cards" / CARD / "card.md"
    old = file.read_text()
    save_as_mina(retitled("Mina's"))
    assert "Mina's" in file.read_text()
    file.write_text(old)  # git checkout
    open_workshop().study.folder.changed()
    test.run()
    assert f"an earlier revision: {CARD}" in words(test)
    button(test, "edit-behind-write").click().run()
    assert "Mina's" in file.read_text()
    assert "earlier revision" not in words(test)
