"""Every parameter, choice, scalar, table and column of every simulation is said in words."""

from __future__ import annotations

import dataclasses
import re
from typing import get_type_hints

import numpy as np
import pytest

from engine.course import Experiment, run_experiment
from engine.i18n import Translator, say_label
from engine.simulations import SIMULATIONS, by_name, cell_label, shared_labels
from engine.simulations.kit.labels import column_label

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


KOREAN = Translator("ko")


def in_both(label):
    """The English and the Korean."""
    return label.text, KOREAN(say_label(label))


def is_said(text: str, language: str) -> bool:
    """Whether a reader of this language can read it: no identifier, no English word in Korean."""
    if RAW.search(text):
        return False
    small = re.findall(r"[a-z]{3,}", re.sub(r"\([^)]*\)", "", text))
    return language == "en" or bool(HANGUL.search(text)) or set(small) <= NAMES or text[0].isupper()


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_parameter_and_choice_is_said_in_both_languages(name):
    simulation = SIMULATIONS[name]
    for parameter, allowed in simulation.ranges().items():
        assert not re.search("[a-z]", allowed.unit), f"{parameter}: a unit in English"
        choices = [
            in_both(simulation.choice_label(allowed, choice)) for choice in allowed.choices or ()
        ]
        for told in (in_both(simulation.label(allowed.label)), *choices):
            for text, language in zip(told, ("en", "ko"), strict=True):
                assert is_said(text, language), f"{parameter}: {text}"
        for read in zip(*choices, strict=True):  # two that read alike could not be told apart
            assert len(set(read)) == len(read)


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_no_label_names_the_choice_of_another_parameter_as_the_program_does(name):
    simulation = SIMULATIONS[name]
    ranges = simulation.ranges()
    named = {
        choice: simulation.choice_label(allowed, choice).text
        for allowed in ranges.values()
        for choice in allowed.choices or ()
    }
    raw = {
        choice
        for choice, text in named.items()
        if text != choice and ("_" in choice or text.lower() != choice)
    }
    for parameter, allowed in ranges.items():
        for text in in_both(simulation.label(allowed.label)):
            inside = {part for group in re.findall(r"\(([^)]*)\)", text) for part in group.split()}
            assert not {part.strip(",") for part in inside} & raw, f"{parameter}: {text}"


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_table_can_be_read_in_both_languages(name):
    simulation = SIMULATIONS[name]
    known = {*simulation.labels(), *shared_labels()}
    outcome = run_experiment(Experiment.of(name, {}, 0))
    for table, columns in outcome.tables.items():
        heads = [simulation.column_label(table, column) for column in columns]
        # Else it is only called by its name.
        assert {simulation.table_label(table), *heads} <= known, table
        told = [simulation.table_label(table), *heads]
        for values in columns.values():
            if np.asarray(values).dtype.kind == "U":
                cells = {str(cell) for cell in np.asarray(values).tolist() if cell}
                told += [cell_label(cell) for cell in cells]
        for label in told:
            for text, language in zip(in_both(label), ("en", "ko"), strict=True):
                assert is_said(text, language), f"{table}: {text}"
        for read in zip(*map(in_both, heads), strict=True):
            assert len(set(read)) == len(read), f"{table}: two columns are called alike"


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_parameter_has_a_range_and_a_default_that_it_allows(name):
    simulation = SIMULATIONS[name]
    fields = dataclasses.fields(simulation.parameters)
    assert set(simulation.ranges()) == {field.name for field in fields}
    types = get_type_hints(simulation.parameters)
    for field in fields:
        assert type(field.default) is types[field.name], f"{field.name}: {field.default!r}"
    defaults = {field.name: field.default for field in fields}
    assert simulation.make(defaults) == simulation.parameters()
    for allowed in simulation.ranges().values():
        assert set(allowed.names) <= set(allowed.choices or ())


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_a_simulation_is_named_by_its_module_alone(name):
    simulation = SIMULATIONS[name]
    assert simulation.name == name == simulation.run.__module__.rpartition(".")[2]
    assert name not in (simulation.title, *simulation.scalars)


def test_two_simulations_of_one_name_are_refused():
    one = SIMULATIONS["rate_race"]
    with pytest.raises(ValueError, match="two simulations are called rate_race"):
        by_name([one, one])


def test_words_of_a_simulations_own_come_before_those_that_all_share():
    average = SIMULATIONS["moving_average"]
    assert average.column_label("weights", "ema").text == "weight, exponential"
    assert average.column_label("trace", "ema") == column_label("ema")
    assert average.column_label("trace", "ema").context == "column:ema"
    assert average.column_label("memory", "left").context == "simulation:moving_average"
    assert SIMULATIONS["shift_table"].table_label("rows").text == "the two networks"
