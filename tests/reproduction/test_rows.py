"""When a figure agrees, and how its row is printed."""

from __future__ import annotations

import math

import pytest

from engine.reproduction import EXPERIMENTS, SECTIONS, Row, Runner


@pytest.mark.parametrize(
    ("expected", "measured", "within", "scale", "agrees"),
    [
        (1.0, 1.05, 0.05, "absolute", True),
        (1.0, 1.051, 0.05, "absolute", False),
        (-0.2, -0.25, 0.06, "absolute", True),
        (200.0, 219.0, 0.1, "relative", True),
        (200.0, 221.0, 0.1, "relative", False),
        (-200.0, -219.0, 0.1, "relative", True),
        (-200.0, -221.0, 0.1, "relative", False),
        (1e-30, 1.9e-30, 0.3, "decades", True),
        (1e-30, 0.52e-30, 0.3, "decades", True),
        (1e-30, 2.1e-30, 0.3, "decades", False),
        (1e-30, 0.0, 0.3, "decades", False),
        (1e-30, -1e-30, 0.3, "decades", False),
        ((48, 51), 49, 0, "absolute", True),
        ((48, 51), 53, 2, "absolute", True),
        ((48, 51), 45, 2, "absolute", False),
        (1.0, math.nan, 10, "absolute", False),
        (1.0, math.inf, 1, "decades", False),
    ],
)
def test_a_figure_agrees_within_its_error(expected, measured, within, scale, agrees):
    assert Row("x", expected, measured, within, scale).agrees is agrees


def test_numbers_and_errors_are_printed_as_they_are_meant():
    assert Row("x", (48, 51), 50, 6).expected_text == "48 … 51"
    assert Row("x", 1.5e-31, 50, 6).expected_text == "1.5e-31"
    assert Row("x", 1, 1, 0.05).error_text == "± 0.05"
    assert Row("x", 1, 1, 0.15, "relative").error_text == "± 15%"
    assert Row("x", 1, 1, 0.30103, "decades").error_text == "×÷ 2"


def test_every_experiment_belongs_to_a_section_and_they_come_in_order():
    places = [SECTIONS.index(experiment.section) for experiment in EXPERIMENTS]
    assert places == sorted(places)
    titles = [(experiment.section, experiment.title) for experiment in EXPERIMENTS]
    assert len(titles) == len(set(titles))


def test_repeats_differ_and_a_quick_runner_makes_fewer():
    full = list(Runner(1).outcomes("importance_weights", 6, shift=0.5, n=50))
    assert len({run.scalars["effective"] for run in full}) == 6
    quick = list(Runner(1, quick=True).outcomes("importance_weights", 6, shift=0.5, n=50))
    assert [run.scalars for run in quick] == [run.scalars for run in full[:2]]
    assert Runner(1, quick=True).repeats(1) == 1


def test_a_mean_is_over_runs_and_a_median_stands_one_of_them():
    each = [run.scalars["effective"] for run in Runner(2).outcomes("importance_weights", 3, n=50)]
    told = Runner(2).mean("importance_weights", 3, n=50)["effective"]
    assert told == pytest.approx(sum(each) / 3)
    assert Runner(2).median("importance_weights", 3, n=50)["effective"] == sorted(each)[1]


#: Sections that take a second or two. The rest is what the command is for.
FAST = ("R2", "R2b", "R3", "R4", "R11")


@pytest.mark.parametrize(
    "experiment",
    [e for e in EXPERIMENTS if e.section in FAST],
    ids=lambda e: f"{e.section} {e.title}",
)
def test_the_figures_come_out_again(experiment):
    rows = list(experiment.rows(Runner(0)))
    assert rows
    assert not [row for row in rows if not row.agrees]
    assert len({row.name for row in rows}) == len(rows)
