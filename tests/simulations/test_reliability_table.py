"""A table given by hand: its errors, and what chance would show."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run

TWO = {
    "count_1": 60,
    "confidence_1": 0.7,
    "accuracy_1": 0.75,
    "count_2": 40,
    "confidence_2": 0.95,
    "accuracy_2": 0.8,
    "count_3": 0,
}


def table(seed=0, **values):
    return run("reliability_table", values, np.random.default_rng(seed))


def test_ece_and_what_it_is_mistaken_for():
    found = table(**TWO).scalars
    assert found["ece"] == pytest.approx(0.6 * 0.05 + 0.4 * 0.15)
    assert found["mce"] == pytest.approx(0.15)
    assert found["unweighted"] == pytest.approx(0.10)
    assert found["signed"] == pytest.approx(-0.6 * 0.05 + 0.4 * 0.15)
    assert found["total"] == 100


def test_rows_without_predictions_are_left_out():
    rows = table(**TWO).tables["bins"]
    np.testing.assert_array_equal(rows["row"], [1, 2])
    assert np.all((rows["low"] < rows["accuracy"]) & (rows["accuracy"] < rows["high"]))


def test_chance_alone_has_the_ece_of_one_binomial_bin():
    one = table(count_1=400, confidence_1=0.8, accuracy_1=0.8, count_2=0, count_3=0).scalars
    expected = math.sqrt(2 / math.pi * 0.8 * 0.2 / 400)
    assert abs(one["chance_ece"] - expected) < 4 * one["chance_ece_se"]
    assert one["chance_share"] == 1  # a table without any gap is never surprising


def test_chance_explains_a_gap_in_few_predictions_and_not_in_many():
    assert table(**TWO).scalars["chance_share"] > 0.001
    many = TWO | {"count_1": 6000, "count_2": 4000}
    assert table(**many).scalars["chance_share"] == 0


def test_an_empty_table_has_no_error():
    found = table(count_1=0, count_2=0, count_3=0).scalars
    assert found["ece"] == found["mce"] == found["chance_ece"] == found["total"] == 0


def test_certain_predictions_leave_nothing_to_chance():
    found = table(count_1=9, confidence_1=1.0, accuracy_1=1.0, count_2=0, count_3=0).scalars
    assert found["chance_ece"] == 0
    assert found["chance_share"] == 1


def test_the_same_seed_draws_the_same_chances():
    assert table(1).scalars == table(1).scalars
    assert table(1).scalars["chance_ece"] != table(2).scalars["chance_ece"]
