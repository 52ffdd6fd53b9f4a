"""A signal that outgrows its number format, against real networks in float32 and float16."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.gradients.float_overflow import LARGEST


def went(seed=0, **values):
    return run("float_overflow", values, np.random.default_rng(seed))


@pytest.mark.parametrize("name", ["float16", "float32"])
def test_the_largest_numbers_are_numpys(name):
    assert LARGEST[name] == float(np.finfo(name).max)


def test_bfloat16_ends_just_below_float32():
    assert LARGEST["bfloat16"] == pytest.approx(3.3895e38, rel=1e-4)


@pytest.mark.parametrize(("width", "layer", "square"), [(256, 37, 19), (512, 32, 16)])
def test_unit_weights_overflow_float32_where_the_formula_says(width, layer, square):
    found = went(width=width).scalars
    assert (found["predicted_layer"], found["predicted_square_layer"]) == (layer, square)
    for seed in range(10):
        found = went(seed, width=width).scalars
        assert abs(found["rms_layer"] - layer) <= 1
        assert abs(found["square_layer"] - square) <= 1
        assert found["entry_layer"] <= found["rms_layer"]


def test_a_real_float32_network_overflows_as_the_followed_input_does():
    """The curriculum's: first infinite entry in layer 36, infinite deviation in layer 17."""
    rng = np.random.default_rng(0)
    a = rng.standard_normal((256, 256)).astype(np.float32)
    entry = square = 0
    with np.errstate(over="ignore", invalid="ignore"):
        for layer in range(1, 45):
            a = np.maximum(a @ rng.standard_normal((256, 256)).astype(np.float32), 0)
            if not square and not np.isfinite(np.mean(a * a)):
                square = layer
            if not np.isfinite(a).all():
                entry = layer
                break
    found = went(width=256).scalars
    assert abs(found["entry_layer"] - entry) <= 1
    # NumPy sums up 65536 squares before it divides, so its mean is infinite even earlier.
    earlier = math.log10(a.size) / 2 / math.log10(found["factor"])
    assert abs(found["square_layer"] - earlier - square) <= 1


def test_following_one_input_has_the_law_of_multiplying_by_weights():
    """Means and deviations of ln rms after 5 layers, 400 networks each way."""
    rng = np.random.default_rng(1)
    built = []
    for _ in range(400):
        a = rng.standard_normal(32)
        a /= np.sqrt((a @ a) / 32)
        for _ in range(5):
            a = np.maximum(a @ (0.3 * rng.standard_normal((32, 32))), 0)
        built.append(0.5 * math.log((a @ a) / 32))
    followed = [
        math.log(went(seed, width=32, std=0.3, depth=5).tables["layers"]["rms"][-1])
        for seed in range(400)
    ]
    error = np.std(built) * math.sqrt(2 / 400)
    assert abs(np.mean(built) - np.mean(followed)) < 4 * error
    assert np.std(followed) == pytest.approx(np.std(built), rel=0.2)


def test_a_signal_that_shrinks_is_held_for_ever():
    found = went(std=0.05, format="float16").scalars
    assert found["predicted_layer"] == found["rms_layer"] == found["square_layer"] == -1


@pytest.mark.parametrize("format", LARGEST)
@pytest.mark.parametrize(("width", "std"), [(2, 0.01), (1024, 4.0), (2, 4.0)])
def test_the_most_extreme_networks_have_finite_scalars(format, width, std):
    found = went(format=format, width=width, std=std, depth=150)
    assert all(math.isfinite(value) for value in found.scalars.values())
    assert all(np.isfinite(column).all() for column in found.tables["layers"].values())
    assert list(found.scalars) == list(SIMULATIONS["float_overflow"].scalars)
