"""The editor without a browser: its views, what a save of somebody else changes, the help."""

from __future__ import annotations

import shutil

import pytest

from engine.authoring import Author, Saved
from engine.pages import clock, desk
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
        self.test, self.desk = test, test.session_state[desk.KEY]

    @property
    def value(self):
        return self.desk.texts[self.desk.file]

    def set_value(self, text):
        self.desk.texts = {**self.desk.texts, self.desk.file: text}
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
    assert app_store.newest_answer("local") is None
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
