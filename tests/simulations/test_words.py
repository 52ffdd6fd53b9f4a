"""Every parameter, choice, scalar, table and column of every simulation is said in words."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pytest

from engine.course import Experiment, run_experiment
from engine.simulations import SIMULATIONS
from engine.simulations.kit.columns import cell_words, column_words, table_words

#: What only a program would say: two words joined by an underscore.
RAW = re.compile(r"[a-z0-9]_[a-z0-9]", re.IGNORECASE)
HANGUL = re.compile("[가-힣]")
#: In small letters and yet a name that both languages write in this way.
NAMES = {
    "tanh",
    "momentum",
    "float",
    "bfloat",
    "x",
    "y",
    "z",
    "b",
    "c",
    "d",
    "p",
    "q",
    "n",
    "u",
    "s",
}


def in_both(words):
    """The English and the Korean; what is a name by itself has only one."""
    return words["en"], words.get("ko") or words["en"]


def is_said(text: str, language: str) -> bool:
    """Whether a reader of this language can read it: no identifier, no English word in Korean."""
    if RAW.search(text):
        return False
    small = re.findall(r"[a-z]{3,}", re.sub(r"\([^)]*\)", "", text))
    return language == "en" or bool(HANGUL.search(text)) or set(small) <= NAMES or text[0].isupper()


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_parameter_and_choice_is_said_in_both_languages(name):
    for parameter, allowed in SIMULATIONS[name].ranges().items():
        assert set(allowed.label) == {"en", "ko"}, parameter
        assert not re.search("[a-z]", allowed.unit), f"{parameter}: a unit in English"
        told = [allowed.label, *(allowed.names[choice] for choice in allowed.choices or ())]
        for words in told:
            for text, language in zip(in_both(words), ("en", "ko"), strict=True):
                assert is_said(text, language), f"{parameter}: {text}"
        for language in ("en", "ko"):  # two choices that read alike could not be told apart
            read = [words.get(language) or words["en"] for words in allowed.names.values()]
            assert len(set(read)) == len(read)


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_no_label_names_the_choice_of_another_parameter_as_the_program_does(name):
    ranges = SIMULATIONS[name].ranges()
    raw = {
        choice
        for allowed in ranges.values()
        for choice, words in allowed.names.items()
        if words["en"] != choice and ("_" in choice or words["en"].lower() != choice)
    }
    for parameter, allowed in ranges.items():
        for text in allowed.label.values():
            inside = {part for group in re.findall(r"\(([^)]*)\)", text) for part in group.split()}
            assert not {part.strip(",") for part in inside} & raw, f"{parameter}: {text}"


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_table_can_be_read_in_both_languages(name):
    outcome = run_experiment(Experiment.of(name, {}, 0))
    for table, columns in outcome.tables.items():
        told = [table_words(name, table)]
        told += [column_words(name, table, column) for column in columns]
        for values in columns.values():
            if np.asarray(values).dtype.kind == "U":
                told += [cell_words(str(cell)) for cell in set(np.asarray(values).tolist()) if cell]
        heads = [column_words(name, table, column) for column in columns]
        for words in (table_words(name, table), *heads):  # else it is only called by its name
            assert set(words) == {"en", "ko"}, f"{table}: {words}"
        for words in told:
            for text, language in zip(in_both(words), ("en", "ko"), strict=True):
                assert is_said(text, language), f"{table}: {text}"
        for place in (0, 1):
            heads = [in_both(column_words(name, table, column))[place] for column in columns]
            assert len(set(heads)) == len(heads), f"{table}: two columns are called alike"


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_choice_has_its_name_and_every_parameter_is_kept(name):
    fields = {field.name for field in dataclasses.fields(SIMULATIONS[name].parameters)}
    ranges = SIMULATIONS[name].ranges()
    assert set(ranges) == fields
    for allowed in ranges.values():
        assert tuple(allowed.names) == (allowed.choices or ())
