"""The pages in a language that has an empty catalogue: all of them, in English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import i18n
from engine.i18n import LANGUAGES, languages_in
from engine.pages.edit.state import KEY
from tests.pages.conftest import SIGMA, Visit, answer_here, words
from tests.study.conftest import CONTENT

HANGUL = re.compile("[가-힣]")
CODE = "qxx"
UNTRANSLATED = "This card has not been translated yet; here it is in English."
PAGES = [
    ("", {}),
    ("practice", SIGMA),
    ("library", {}),
    ("library", {"card": "leaky-relu"}),
    ("lab", {"simulation": "moving_average"}),
    ("lab", {"simulation": "batchnorm_output", "b.shape": "uniform"}),
    ("sources", {}),
    ("settings", {}),
    ("edit", {}),
    ("edit", {"card": "leaky-relu"}),
]


@pytest.fixture(autouse=True)
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program speaks it, and the course is in it too, of which nobody has translated a word."""
    locale, content = tmp_path / "locale", tmp_path / "content"
    shutil.copytree(i18n.LOCALE_FOLDER, locale)
    empty = locale / CODE / "LC_MESSAGES" / "simcards.po"
    empty.parent.mkdir(parents=True)
    empty.write_bytes(b"")
    shutil.copytree(CONTENT, content)
    course = content / "course.toml"
    told, times = re.subn('"ko"', f'"ko", "{CODE}"', course.read_text(encoding="utf-8"), count=1)
    assert times == 1
    course.write_text(told, encoding="utf-8")
    monkeypatch.setenv("SIMCARDS_CONTENT", str(content))
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", locale)
    monkeypatch.setitem(LANGUAGES, CODE, languages_in(locale)[CODE])  # type: ignore[arg-type]
    i18n._catalogue.cache_clear()
    yield
    i18n._catalogue.cache_clear()


def read(test) -> list[str]:
    """What the page says and what its controls are called, but for the names of languages."""
    labels = [part.label for kind in ("selectbox", "button", "slider") for part in test.get(kind)]
    return [text for text in (*words(test).split("\n"), *labels) if text not in LANGUAGES.values()]


@pytest.mark.parametrize(("page", "query"), PAGES)
def test_a_page_is_read_in_english(visit: Visit, page: str, query: dict[str, str]):
    test = visit(page, query=query, language=CODE)
    assert not test.exception
    assert not test.error
    assert test.title
    told = [text for text in read(test) if text != UNTRANSLATED]
    assert (UNTRANSLATED in read(test)) is (page == "library" and "card" in query)
    assert told == read(visit(page, query=query, language="en"))
    assert told != read(visit(page, query=query, language="ko"))


def test_a_question_is_asked_answered_and_explained_in_english(visit: Visit):
    test = answer_here(visit("practice", query=SIGMA, language=CODE))
    assert not test.exception
    assert "Correct" in words(test)
    assert [text for text in read(test) if HANGUL.search(text)] == []


def test_the_glossary_has_all_its_terms_for_every_reader(visit: Visit):
    counted = {}
    for language in ("en", "ko", CODE):
        test = visit("library", query={"view": "glossary"}, language=language)
        assert not test.exception
        counted[language] = re.findall(r"\d+", test.caption[0].value)[0]
    assert int(counted["en"]) >= 60
    assert len(set(counted.values())) == 1


def test_it_can_be_chosen(visit: Visit):
    test = visit("settings", language="en")
    assert "qxx" in test.selectbox(key="setting-language").options
    test.selectbox(key="setting-language").select(CODE).run()
    assert not test.exception
    assert visit("settings").title[0].value == "Settings"


def test_a_file_is_written_in_a_language_that_the_course_is_in_and_the_program_is_not(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(LANGUAGES, CODE)  # type: ignore[arg-type]
    test = visit("edit", query={"card": "leaky-relu", "file": CODE}, language="en")
    assert not test.exception
    assert test.session_state[KEY].file == CODE
    shown = [group for group in test.get("button_group") if CODE in group.options]
    assert {group.key for group in shown} == {"edit-file", f"edit-language-{CODE}"}
