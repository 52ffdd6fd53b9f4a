"""Bins and calibration errors, against PyTorch's masks and against what can be done by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations.confidence import calibration
from engine.simulations.confidence.calibration import (
    expected_calibration_error,
    largest_gap,
    reliability_bins,
    weighted_gap,
    wilson_interval,
)

# Two bins of two: mean confidence .6, right 1 of 2; mean confidence .9, right 2 of 2; and one of
# one: .1, wrong. With 5 bins of width .2.
CONFIDENCES = [0.55, 0.65, 0.1, 0.85, 0.95]
RIGHT = [1, 0, 0, 1, 1]


def test_the_gap_of_each_bin_is_weighted_by_its_predictions():
    table = reliability_bins(CONFIDENCES, RIGHT, 5)
    np.testing.assert_array_equal(table["count"], [1, 0, 1, 1, 2])
    np.testing.assert_allclose(table["gap"], [0.1, np.nan, -0.45, 0.65, -0.1])
    by_hand = (0.1 * 1 + 0.45 * 1 + 0.65 * 1 + 0.1 * 2) / 5
    assert expected_calibration_error(CONFIDENCES, RIGHT, 5) == pytest.approx(by_hand, rel=1e-14)
    assert largest_gap(table) == pytest.approx(0.65)


def test_gaps_of_opposite_sign_do_not_cancel():
    assert expected_calibration_error([0.6, 0.9], [1, 0], 2) == pytest.approx(0.25)
    assert expected_calibration_error([0.4, 0.9], [1, 0], 2) == pytest.approx(0.75)


@pytest.mark.parametrize("model", ["loud", "soft", "loud10", "soft3", "huge"])
@pytest.mark.parametrize("bins", [1, 4, 10, 15])
def test_ece_and_mce_are_those_of_pytorch(oracle, model, bins):
    torch = oracle("calibration")
    given = torch[f"{model}.confidence"], torch[f"{model}.correct"], bins
    assert expected_calibration_error(*given) == pytest.approx(
        torch[f"{model}.ece{bins}"], rel=1e-12
    )
    assert largest_gap(reliability_bins(*given)) == pytest.approx(torch[f"{model}.mce{bins}"])


@pytest.mark.parametrize("bins", [4, 10, 15])
def test_a_confidence_exactly_on_an_edge_is_in_the_lower_bin_as_in_pytorch(oracle, bins):
    torch = oracle("calibration")
    given = torch[f"edges{bins}.confidence"], torch[f"edges{bins}.correct"], bins
    np.testing.assert_array_equal(reliability_bins(*given)["count"], torch[f"edges{bins}.counts"])
    assert expected_calibration_error(*given) == pytest.approx(torch[f"edges{bins}.ece"], rel=1e-12)


@pytest.mark.parametrize("bins", [2, 3, 7, 10, 15, 20])
def test_every_edge_as_a_person_writes_it_closes_its_bin(bins):
    edges = [round(i / bins, 15) if bins in (2, 10, 20) else i / bins for i in range(1, bins + 1)]
    np.testing.assert_array_equal(reliability_bins(edges, [1] * bins, bins)["count"], [1] * bins)


def test_full_confidence_is_in_the_last_bin_and_none_in_the_first():
    count = reliability_bins([1.0, 1.0, 0.0], [1, 1, 0], 10)["count"]
    assert count[-1] == 2
    assert count[0] == 1


def test_an_empty_bin_has_no_accuracy_and_counts_for_nothing():
    table = reliability_bins([0.95], [1], 10)
    assert np.isnan(table["accuracy"][:9]).all()
    assert weighted_gap(table) == pytest.approx(0.05)


def test_no_predictions_have_no_error():
    assert expected_calibration_error([], [], 10) == 0.0
    assert largest_gap(reliability_bins([], [], 10)) == 0.0


@pytest.mark.parametrize(
    ("conf", "correct", "bins"),
    [([0.5], [1, 0], 5), ([1.2], [1], 5), ([-0.1], [1], 5), ([math.nan], [1], 5), ([0.5], [1], 0)],
)
def test_what_is_no_table_of_predictions_is_refused(conf, correct, bins):
    with pytest.raises(ValueError, match="expected"):
        reliability_bins(conf, correct, bins)


@pytest.mark.parametrize(
    ("right", "n", "interval"),
    [
        # Brown, Cai & DasGupta (2001) give the formula; these are its roots, solved by hand below.
        (0, 10, (0.0, 0.27753)),
        (10, 10, (0.72247, 1.0)),
        (7, 10, (0.39678, 0.89221)),
        (0, 0, (0.0, 1.0)),
    ],
)
def test_wilsons_interval(right, n, interval):
    assert wilson_interval(right, n) == pytest.approx(interval, abs=1e-5)


@pytest.mark.parametrize(("right", "n"), [(3, 3), (1, 7), (45, 50), (880, 1000)])
def test_the_ends_of_wilsons_interval_are_the_shares_that_a_score_test_just_allows(right, n):
    for end in wilson_interval(right, n):
        if 0 < end < 1:
            score = abs(right / n - end) / math.sqrt(end * (1 - end) / n)
            assert score == pytest.approx(1.959963984540054, rel=1e-9)


def test_more_right_than_answers_is_refused():
    with pytest.raises(ValueError, match="expected 0 <= right <= n"):
        wilson_interval(4, 3)


def test_the_measures_are_importable_from_the_calibration_module():
    assert set(calibration.__all__) >= {"expected_calibration_error", "reliability_bins"}
