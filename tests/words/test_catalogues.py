"""Every sentence of the interface is said in Korean too, with the same values in it."""

from __future__ import annotations

import re
import string
import tomllib
import unicodedata

import pytest

from engine.i18n import LANGUAGES, Translator, say, say_count
from tests.words.catalogue import ROOT, TRANSLATED, messages, missing, po_file, read, sentences


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_of_the_course_has_a_catalogue() -> None:
    course = tomllib.loads((ROOT / "content" / "course.toml").read_text(encoding="utf-8"))
    assert set(course["languages"]) <= set(LANGUAGES)
    assert "ko" in TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_lacks_a_translation(language: str) -> None:
    gaps = missing(language)
    assert not gaps, "run `make words` and translate:\n" + "\n".join(map(str, gaps))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_values_of_its_sentence(language: str) -> None:
    catalogue = read(language)
    wrong = []
    for said in sentences():
        message = catalogue.get(said.id)
        if message is None:
            continue
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts:
            if text and _names(text) != _names(said.plural or said.id):
                wrong.append(f"{said.id!r} -> {text!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over(language: str) -> None:
    known = {(said.context, said.id) for said in messages()}
    left = []
    for message in read(language):
        id = message.id[0] if isinstance(message.id, tuple) else message.id
        if id and (message.context, id) not in known:
            left.append(id)
    assert not left, "run `make words`:\n" + "\n".join(left)


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_are_composed(language: str) -> None:
    text = po_file(language).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


def test_a_message_says_its_values() -> None:
    assert Translator("en")(say("{a} of {b}", a=1, b=say("two"))) == "1 of two"


def test_english_counts_one_and_many() -> None:
    translate = Translator("en")
    assert translate(say_count("{count} item", "{count} items", 1)) == "1 item"
    assert translate(say_count("{count} item", "{count} items", 3)) == "3 items"


def test_an_unknown_language_is_said_in_english() -> None:
    assert Translator("xx")(say("Today")) == "Today"


def test_korean_is_korean() -> None:
    assert Translator("ko")(say("Today")) == "오늘"


#: What an id means here is a person; elsewhere it is what an author types into a file.
OF_PERSONS = (
    "pages/settings/identity.py",
    "pages/settings/settings.py",
    "configuration.py",
    "commands/learner.py",
)


def test_a_persons_id_has_one_name_in_korean() -> None:
    catalogue = read("ko")
    said = [one for one in sentences() if str(one.file).endswith(OF_PERSONS)]
    told = {one.id: str(catalogue[one.id].string) for one in said if one.id in catalogue}
    of_ids = {id: text for id, text in told.items() if re.search(r"\bids?\b", _without_names(id))}
    assert len(of_ids) > 5
    bare = [text for text in of_ids.values() if re.search(r"(?i)\bid", _without_names(text))]
    assert bare == []
    assert [text for text in of_ids.values() if "아이디" not in text] == []


def _without_names(text: str) -> str:
    return re.sub(r"\{.*?\}|“.*?”|[A-Z_]{5,}", " ", text)
