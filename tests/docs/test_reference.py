"""What the documents list is what there is: nothing is missing, and nothing is made up."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator

import pytest

from engine import configuration
from engine.__main__ import parser
from engine.content.cards import front_matter, try_property
from engine.content.cards.sheet import ITEM_KINDS, OPTION, SECTIONS
from engine.i18n import LANGUAGES
from engine.questions import COMMON_KEYS, KINDS
from engine.questions.expressions import CONSTANTS, FUNCTIONS
from tests.docs.in_code import ROOT, commands, problem_codes
from tests.docs.reading import DOCUMENTS, blocks, first_column, quoted, rows, section, text

CARDS = "docs/writing-cards.md"
HEADS = {command.split()[0] for command in commands()}
#: A command as it is called, or said to be: with the Python of a checkout, or installed.
COMMAND = re.compile(
    rf"(?:python -m engine|\bsimcards(?= (?:{'|'.join(sorted(HEADS))})\b)) ([^`#\n]*[^`#\n ])"
)


def test_every_property_of_a_card_is_listed():
    assert first_column(section(CARDS, "### The properties at the top")) == set(front_matter.KEYS)


def test_every_key_of_try_is_listed():
    part = section(CARDS, "### What the card's page lets a learner play with")
    assert first_column(part) == set(try_property.KEYS)


def test_every_key_of_a_question_is_listed():
    listed = first_column(section(CARDS, "### All that a question can say"))
    keys = {key for kind in KINDS.values() for key in kind.keys}
    assert {key for key in listed if not key.startswith("#")} == {*COMMON_KEYS, *keys}


def test_every_kind_is_listed_with_its_name():
    (told,) = (
        row[1]
        for row in rows(section(CARDS, "### All that a question can say"))
        if row[0] == "`kind`"
    )
    assert quoted(told) == set(KINDS)


def test_every_heading_is_listed():
    listed = first_column(section(CARDS, "### Headings"))
    sections = {f"### {heading}" for heading in SECTIONS}
    items = {f"## {kind}: id" for kind in ITEM_KINDS}
    assert listed == items | sections | {"### Title", f"### {OPTION}: id", "### id"}


def test_every_function_and_constant_is_listed():
    told = dict(
        re.findall(r"^\| (functions|constants) \| `([^`]*)` \|$", text(CARDS), re.MULTILINE)
    )
    assert set(told["functions"].split()) == set(FUNCTIONS)
    assert set(told["constants"].split()) == set(CONSTANTS)


def _allowed(file: str) -> Iterator[str]:
    """The properties that a reader of TOML allows: the texts in its calls of `only`."""
    tree = ast.parse((ROOT / "engine" / file).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "only":
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def test_every_property_of_the_files_beside_the_cards_is_listed():
    part = section(CARDS, "### The files beside the cards")
    files = ("syllabus", "sources", "glossary", "findings", "notes/reading")
    expected = {key for file in files for key in _allowed(f"content/{file}.py")}
    assert first_column(part) == expected - {"preset"} | {*LANGUAGES, "contradictions", "questions"}


def test_every_code_of_a_problem_is_listed():
    codes, patterns = problem_codes()
    listed = first_column(text("docs/check.md"))
    assert len(codes) > 150
    assert codes - listed == set()
    made_up = {c for c in listed - codes if not any(re.fullmatch(p, c) for p in patterns)}
    assert made_up == set()
    for pattern in patterns:
        assert any(re.fullmatch(pattern, code) for code in listed), pattern


def test_every_code_another_document_names_is_one():
    codes, patterns = problem_codes()
    for row in rows(section(CARDS, "### All that a question can say")):
        named = {word for word in quoted(" ".join(row)) if re.fullmatch("[a-z]+-[a-z]+", word)}
        assert all(any(re.fullmatch(p, n) for p in (*codes, *patterns)) for n in named), row


def test_every_variable_is_listed():
    listed = first_column(section("docs/operating.md", "## What can be set"))
    assert listed == set(configuration.VARIABLES)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_variable_is_made_up(document):
    named = set(re.findall(r"SIMCARDS_[A-Z_]+", text(document)))
    assert named <= set(configuration.VARIABLES)


def test_every_command_is_listed_with_its_options():
    listed = {
        command: quoted(row[1])
        for row in rows(text("docs/commands.md"))
        for command in quoted(row[0])
    }
    assert listed == commands()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_is_named_is_understood(document):
    named = [told for told in COMMAND.findall(text(document)) if _is_call(told)]
    for told in named:
        try:
            parser("simcards").parse_args(shlex.split(told))
        except SystemExit as ended:
            pytest.fail(f"{document}: python -m engine {told}: {ended.code}")


def _is_call(told: str) -> bool:
    """A command with what it needs; `check | content | …` and `learner` alone only name some."""
    words = told.split()
    return "|" not in words and told not in (*HEADS, "COMMAND")


def test_every_make_target_is_listed():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    told = {
        name
        for document in DOCUMENTS
        for part in (*quoted(text(document)), *blocks(text(document), "sh"))
        for name in re.findall(r"^make ([a-z]+)\b", part, re.MULTILINE)
    }
    assert told == targets
