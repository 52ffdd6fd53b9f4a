"""Normalization over different axes, against PyTorch and by what must not move."""

from __future__ import annotations

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.normalization_axes import (
    OPERATIONS,
    divisor,
    mean_count,
    normalize,
    parameter_count,
)

GROUPS = 3  # that of tests/oracles/record_normalization_axes.py
SHAPE = (8, 6, 5, 4)
SMALL = 1e-3  # more than epsilon can do here
BATCH, LAYER = "BatchNorm", "LayerNorm"


def found(seed=0, **values):
    return run("normalization_axes", values, np.random.default_rng(seed))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_is_pytorchs(oracle, operation):
    torch = oracle("normalization_axes")
    ours = normalize(torch["x"], operation, GROUPS)
    np.testing.assert_allclose(ours, torch[f"out.{operation}"], atol=1e-12)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_layer_learns_as_many_parameters_as_pytorchs(oracle, operation):
    torch = oracle("normalization_axes")
    assert parameter_count(torch["x"].shape, operation) == torch[f"learned.{operation}"]


@pytest.mark.parametrize(
    ("operation", "count"), list(zip(OPERATIONS, (6, 8, 48, 24, 160), strict=True))
)
def test_the_means_are_those_counted_in_the_curriculum(operation, count):
    assert mean_count(SHAPE, operation, GROUPS) == count


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_group_comes_out_with_mean_0_and_together_they_are_as_many_as_counted(operation):
    """Values move together with exactly those they share a mean with."""
    x = np.random.default_rng(3).normal(size=(2, 4, 2, 3))
    before = normalize(x, operation, 2)
    groups = set()
    for place in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[place] += 5
        groups.add((np.abs(normalize(nudged, operation, 2) - before) > 1e-6).tobytes())
    assert len(groups) == mean_count((2, 4, 2, 3), operation, 2)


def test_groups_are_brought_down_to_a_divisor():
    assert [divisor(6, g) for g in (1, 2, 3, 4, 5, 6, 64)] == [1, 2, 3, 3, 3, 6, 6]


def moved(**values):
    scalars = found(samples=6, channels=8, height=1, width=1, row=3, column=5, **values).scalars
    parts = ("moved_here", "moved_sample", "moved_channel", "moved_elsewhere")
    return tuple(scalars[part] > SMALL for part in parts)


@pytest.mark.parametrize(
    ("change", "operation", "expected"),
    [
        ("sample", BATCH, (True, True, True, True)),
        ("sample", LAYER, (False, False, False, False)),
        ("channel", BATCH, (False, False, False, False)),
        ("channel", LAYER, (True, True, True, True)),
        ("entry", BATCH, (True, False, True, False)),
        ("entry", LAYER, (True, True, False, False)),
    ],
)
def test_what_moves_is_what_shares_a_mean_unless_all_of_it_was_multiplied(
    change, operation, expected
):
    assert moved(change=change, operation=operation) == expected


def test_the_cells_that_belong_together_are_one_mean():
    cells = found(operation=LAYER, samples=3, channels=4, height=2, width=2).tables["cells"]
    assert set(cells["sample"][cells["together"]]) == {1}
    assert cells["together"].sum() == 16
    cells = found(operation=BATCH, samples=3, channels=4, height=2, width=2).tables["cells"]
    assert set(cells["channel"][cells["together"]]) == {1}
    assert cells["together"].sum() == 12
    cells = found(operation="GroupNorm", samples=3, channels=4, groups=2).tables["cells"]
    assert set(cells["channel"][cells["together"]]) == {1, 2}


def test_the_table_of_cells_stays_small_and_names_what_was_touched():
    outcome = found(samples=64, channels=64, height=16, width=16, change="channel", column=2)
    cells = outcome.tables["cells"]
    assert len(cells["sample"]) == 8 * 12 * 9
    assert set(cells["channel"][cells["touched"]]) == {2}
    assert outcome.scalars["values_per_mean"] == 64 * 256


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_tensor_of_one_value_is_normalized_to_zero(operation):
    one = {"samples": 1, "channels": 1, "height": 1, "width": 1, "operation": operation}
    assert found(**one).scalars["moved_most"] == 0
