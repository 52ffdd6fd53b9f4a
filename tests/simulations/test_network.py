"""One pass forward and one back, against PyTorch's autograd and against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations.kit.network import ACTIVATIONS, propagate

LAYERWISE = ("rms", "std", "across", "delta", "weight_gradient", "output", "first_delta")


def recorded_case(values, case):
    depth = sum(name.startswith(f"{case}.w") and name[len(case) + 2 :].isdigit() for name in values)
    weights = [values[f"{case}.w{layer}"] for layer in range(depth)]
    return weights, values[f"{case}.x"], values[f"{case}.upstream"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("shape", ["square", "tapered", "widening", "zeros"])
def test_every_layer_agrees_with_autograd(oracle, shape, activation):
    torch = oracle("initialization")
    case = f"{shape}.{activation}"
    went = propagate(*recorded_case(torch, case), activation)
    for name in LAYERWISE:
        expected = torch[f"{case}.{name}"]
        tolerance = {"rtol": 1e-11, "atol": 1e-15, "err_msg": name}
        np.testing.assert_allclose(getattr(went, name), expected, **tolerance)


def test_the_slope_of_relu_at_exactly_zero_is_zero():
    dead = propagate([np.zeros((3, 3))], np.ones((2, 3)), np.ones((2, 3)), "relu")
    assert dead.delta[0] == 0
    assert dead.weight_gradient[0] == 0


@pytest.mark.parametrize(
    ("activation", "at_zero"), [("linear", 1.0), ("tanh", 1.0), ("sigmoid", 0.25), ("relu", 0.0)]
)
def test_the_slope_at_zero_is_what_the_curriculum_says(activation, at_zero):
    went = propagate([np.zeros((1, 1))], np.ones((1, 1)), np.ones((1, 1)), activation)
    assert went.first_delta[0, 0] == at_zero


def test_a_pass_changes_none_of_its_inputs():
    rng = np.random.default_rng(0)
    weights = [rng.standard_normal((4, 5)), rng.standard_normal((5, 3))]
    x, upstream = rng.standard_normal((2, 4)), rng.standard_normal((2, 3))
    given = [*weights, x, upstream]
    before = [array.copy() for array in given]
    propagate(weights, x, upstream, "tanh")
    for array, copy in zip(given, before, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_results_of_two_passes_share_no_memory():
    w, x = [np.eye(3), np.eye(3)], np.ones((2, 3))
    first = propagate(w, x, x, "linear")
    kept = first.output.copy(), first.first_delta.copy()
    propagate(w, 7 * x, 7 * x, "linear")
    np.testing.assert_array_equal(first.output, kept[0])
    np.testing.assert_array_equal(first.first_delta, kept[1])


@pytest.mark.parametrize("exponent", [-290, -160, 160, 290])
def test_norms_survive_where_their_squares_leave_float64(exponent):
    scale = 10.0**exponent
    x = np.array([[3.0, 0.0], [0.0, 4.0]])
    went = propagate([scale * np.eye(2)], x, scale * x, "linear")
    assert went.rms[0] == pytest.approx(scale * 2.5, rel=1e-12)
    assert went.delta[0] == pytest.approx(scale * 5, rel=1e-12)
    assert went.std[0] == pytest.approx(scale * math.sqrt(6.25 - 1.75**2), rel=1e-12)
    assert went.across[0] == pytest.approx(scale * (1.5 + 2) / 2, rel=1e-12)


def test_a_collapsed_layer_has_no_spread_across_the_batch_though_it_has_one_over_its_units():
    x = np.tile([1.0, 2.0, 3.0], (4, 1)) + 1e-13 * np.arange(4)[:, None]
    went = propagate([np.eye(3)], x, x, "linear")
    assert went.std[0] == pytest.approx(math.sqrt(2 / 3), rel=1e-9)
    assert went.across[0] == pytest.approx(1e-13 * np.arange(4).std(), rel=0.01)
