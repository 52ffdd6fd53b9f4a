"""Everything that there is to a kind of question: in its module, and a widget on the page."""

from __future__ import annotations

from importlib import import_module

import pytest

from engine.content import read_card
from engine.course import compile_card
from engine.i18n import Message, Translator
from engine.pages.study.question import WIDGETS
from engine.questions import (
    COMMON_KEYS,
    KINDS,
    Malformed,
    draw,
    grade,
    palette,
    parse,
    samples,
)
from tests.docs.reading import first_column, quoted, rows, section
from tests.questions import written_questions
from tests.questions.asking_for_kinds import asked
from tests.words.catalogue import TRANSLATED

HEADS = {
    "en": "---\ntitle: T\nunit: u\nstatus: draft\n---\nText.\n\n",
    "ko": "---\ntitle: 제목\n---\n본문입니다.\n\n",
}
REFERENCE = "docs/writing-cards.md", "### All that a question can say"

of_each = pytest.mark.parametrize("name", KINDS)


def is_said(message: Message) -> bool:
    """Whether there are words for it in every language."""
    said = [Translator(language)(message) for language in TRANSLATED]
    return bool(str(message)) and all(words and words != str(message) for words in said)


@of_each
def test_a_kind_is_a_module_of_its_name(name):
    assert import_module(f"engine.questions.kinds.{name}").KIND is KINDS[name]
    assert KINDS[name].name == name


@of_each
def test_a_kind_has_a_label_and_help_for_every_key(name):
    kind = KINDS[name]
    assert is_said(kind.label)
    assert is_said(kind.snippet.label)
    assert is_said(kind.vary)
    assert kind.keys
    assert [key for key, told in kind.keys.items() if not is_said(told)] == []
    assert [option for option, told in kind.own_options.items() if not is_said(told)] == []
    assert [key for key, told in kind.mends.items() if not is_said(told)] == []
    assert kind.mends.keys() <= kind.keys.keys()
    assert not kind.keys.keys() & COMMON_KEYS.keys()


@of_each
def test_the_snippet_of_a_kind_has_no_problem_in_any_language(name):
    snippet = KINDS[name].snippet
    files = {code: (HEADS[code] + snippet.text(code)).encode() for code in HEADS}
    reading = read_card("card", files, tuple(HEADS), palette())
    assert reading.card is not None, reading.problems
    (question,) = reading.card.questions
    assert question.kind == name
    templates, problems = compile_card(reading.card)
    assert [str(problem.found) for problem in problems] == []
    # Only what an author has still to write is missing, in English: a hint.
    assert {(p.code, p.place.file) for p in reading.problems} <= {
        ("missing-section", "cards/card/card.md")
    }
    (template,) = templates.values()
    assert template.kind is KINDS[name]


@of_each
def test_the_snippet_of_a_kind_shows_every_way_to_answer(name):
    files = {"en": (HEADS["en"] + KINDS[name].snippet.text("en")).encode()}
    card = read_card("card", files, palette=palette()).card
    assert card is not None
    (template,) = compile_card(card)[0].values()
    shown = set()
    for seed in range(20):
        variant = draw(template, seed)
        for sample in samples(variant):
            response = parse(variant, sample.text)
            judged = None if isinstance(response, Malformed) else grade(variant, response)
            assert judged == sample.grade, (seed, sample.text)
            shown.add(judged.verdict if judged else "malformed")
    assert {"correct", "misconception", "malformed"} <= shown


@of_each
def test_a_kind_and_its_keys_stand_in_the_reference(name):
    part = section(*REFERENCE)
    (told,) = (row[1] for row in rows(part) if row[0] == "`kind`")
    assert name in quoted(told)
    assert set(KINDS[name].keys) <= first_column(part)


@of_each
def test_a_kind_has_a_question_that_the_tests_of_all_kinds_run(name):
    assert name in {spec["kind"] for spec in written_questions.KINDS.values()}


def test_every_kind_has_a_widget_and_nothing_else_has():
    assert set(WIDGETS) == set(KINDS)


def test_nobody_else_lists_the_kinds_or_asks_for_one():
    known = [(one.sort, one.file) for one in asked()]
    assert known == [("table", "engine/pages/study/question.py")], list(asked())
