"""A language that nobody has translated anything into: everything is there, in English, and every
gap is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine import i18n
from engine.content.findings import read_findings
from engine.content.glossary import read_glossary
from engine.i18n import LANGUAGES, Message, Translator, in_language, languages_in, say_label, spoken
from engine.pages.formatting import moment, short_date
from engine.scheduling import Calendar
from engine.simulations import SIMULATIONS, shared_labels
from engine.storage import Settings
from engine.study import Person
from tests.study.conftest import CONTENT
from tests.words.catalogue import messages, missing, read, update

#: One that Babel knows, and one that nobody does.
NAMES = {"ja": "日本語", "qxx": "qxx"}


@pytest.fixture(params=NAMES)
def language(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A language that the program speaks, as it has a catalogue: an empty one."""
    code: str = request.param
    empty = tmp_path / code / "LC_MESSAGES" / "simcards.po"
    empty.parent.mkdir(parents=True)
    empty.write_bytes(b"")
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", tmp_path)
    monkeypatch.setitem(LANGUAGES, code, languages_in(tmp_path)[code])  # type: ignore[arg-type]
    i18n._catalogue.cache_clear()
    yield code
    i18n._catalogue.cache_clear()


def test_the_languages_are_english_and_those_with_a_catalogue(language: str, tmp_path: Path):
    assert languages_in(tmp_path) == {"en": "English", language: NAMES[language]}
    assert languages_in(tmp_path / "nowhere") == {"en": "English"}
    assert dict(LANGUAGES) == {"en": "English", "ko": "한국어", language: NAMES[language]}


def test_every_sentence_and_every_label_is_said_in_english(language: str):
    translate, english = Translator(language), Translator("en")
    assert translate.language == language
    for said in messages():
        for count in (1, 2) if said.plural else (None,):
            message = Message(said.id, {}, said.plural, count, said.context)
            assert translate(message) == english(message)
    labels = [label for s in SIMULATIONS.values() for label in s.labels()] + list(shared_labels())
    assert len(labels) > 1000
    assert all(translate(say_label(label)) == label.text for label in labels)


def test_every_gap_is_listed(language: str, tmp_path: Path):
    every = {(said.context, said.id) for said in messages()}
    assert {(said.context, said.id) for said in missing(language, tmp_path)} == every
    update(language, tmp_path)
    assert {(said.context, said.id) for said in missing(language, tmp_path)} == every
    begun = {
        (m.context, m.id[0] if isinstance(m.id, tuple) else m.id)
        for m in read(language, tmp_path)
        if m.id
    }
    assert begun == every


def test_what_is_translated_is_no_longer_a_gap(tmp_path: Path):
    said = next(s for s in messages() if s.context == "simulation:rate_race")
    update("ja", tmp_path)
    path = tmp_path / "ja" / "LC_MESSAGES" / "simcards.po"
    before = path.read_text(encoding="utf-8")
    line = f'msgctxt "{said.context}"\nmsgid "{said.id}"\nmsgstr "'
    assert before.count(line) == 1
    path.write_text(before.replace(line, line + "競争"), encoding="utf-8")
    assert str(said) not in map(str, missing("ja", tmp_path))
    update("ja", tmp_path)  # which forgets nothing
    assert str(said) not in map(str, missing("ja", tmp_path))


def test_the_glossary_is_read_in_english_and_its_gaps_are_told(language: str):
    content = (CONTENT / "glossary.toml").read_bytes()
    before, _ = read_glossary(content, ("en", "ko"))
    terms, problems = read_glossary(content, ("en", "ko", language))
    assert terms == before
    assert len(terms) >= 60
    assert {in_language(t.term, language) for t in terms} == {t.term["en"] for t in terms}
    assert len(problems) >= len(terms)
    assert {(p.level, p.code) for p in problems} == {("warning", "not-translated")}
    assert all(f"without {language}" in p.describe(str) for p in problems)


def test_the_labs_findings_are_read_in_english_and_their_gaps_are_told(language: str):
    content = (CONTENT / "lab.toml").read_bytes()
    findings, problems = read_findings(content, ("en", "ko", language))
    assert findings == read_findings(content, ("en", "ko"))[0] != ()
    assert len(problems) >= len(findings)
    assert {(p.level, p.code) for p in problems} == {("warning", "not-translated")}


def test_dates_are_written_as_its_readers_do(language: str, person):
    day = date(2026, 12, 3)
    assert short_date(day, language) == {"ja": "12月3日", "qxx": "Dec 3"}[language]
    assert short_date(day, "en") == "Dec 3"
    assert short_date(day, "ko") == "12월 3일"
    told = moment(datetime(2026, 12, 3, 5, 5, tzinfo=UTC), person(language))
    assert "2026" in told


def test_a_browser_that_asks_for_it_gets_it(language: str):
    assert spoken([f"{language}-XX"]) == language
    assert spoken([language.upper()]) == language
    assert spoken(["de-DE", language, "ko"]) == language
    assert spoken(["kok-IN", "de"]) == "en"
    assert spoken([]) == spoken([""]) == "en"
    assert spoken(["ko-KR"]) == "ko"


@pytest.fixture
def person():
    return lambda code: Person("a", Settings(), code, Calendar("UTC", 4))
