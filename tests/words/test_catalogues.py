"""Every sentence of the interface is said in Korean too, with the same values in it."""

from __future__ import annotations

import re
import string

import pytest

from engine.i18n import Translator, say, say_count
from tests.words.catalogue import TRANSLATED, read, sentences


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_lacks_a_translation(language: str) -> None:
    catalogue = read(language)
    missing = []
    for said in sentences():
        message = catalogue.get(said.id)
        texts = message.string if message is not None else ""
        texts = texts if isinstance(texts, tuple) else (texts,)
        if not all(texts):
            missing.append(f"{said.file}:{said.line}: {said.id}")
    assert not missing, "run `make words` and translate:\n" + "\n".join(missing)


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
    known = {said.id for said in sentences()}
    left = []
    for message in read(language):
        id = message.id[0] if isinstance(message.id, tuple) else message.id
        if id and id not in known:
            left.append(id)
    assert not left, "run `make words`:\n" + "\n".join(left)


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
