"""Weights scaled in front of batch normalization, against PyTorch and closed forms."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.scale_invariance import (
    batch_norm,
    drawn_unit,
    weight_gradient,
)

# Those of tests/oracles/record_scale_invariance.py
SCALES = (1.0, 0.1, 2.0, 10.0, 0.001, -1.0)
EPSILONS = (1e-300, 1e-5, 1e-3)


def found(simulation="scale_invariance", seed=0, **values):
    return run(simulation, values, np.random.default_rng(seed)).scalars


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("epsilon", EPSILONS)
def test_outputs_and_gradients_are_pytorchs(oracle, scale, epsilon):
    torch = oracle("scale_invariance")
    x, w, upstream = torch["x"], scale * torch["w"], torch["upstream"]
    out = batch_norm(x @ w, epsilon)
    np.testing.assert_allclose(out, torch[f"out.{scale}.{epsilon}"], atol=1e-11)
    gradient = weight_gradient(w, x, upstream, epsilon)
    expected = torch[f"gradient.{scale}.{epsilon}"]
    np.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_weights_grow_as_under_pytorchs_sgd_and_by_the_right_triangle(oracle, decay):
    torch = oracle("scale_invariance")
    w, norms, rate = torch["w"], torch[f"norms.{decay}"], 0.3
    for before, after in itertools.pairwise(norms):
        g = weight_gradient(w, torch["x"], torch["upstream"], 0.0)
        w = (1 - rate * decay) * w - rate * g
        assert np.linalg.norm(w) == pytest.approx(after, rel=1e-10)
        triangle = math.hypot((1 - rate * decay) * before, rate * float(np.linalg.norm(g)))
        assert after == pytest.approx(triangle, rel=1e-10)


@pytest.mark.parametrize("alpha", [0.1, 0.5, 2.0, 10.0])
def test_scaling_leaves_the_outputs_and_divides_the_gradient(alpha):
    scalars = found(alpha=alpha, epsilon=0.0)
    assert scalars["output_difference"] < 1e-12
    assert scalars["gradient_ratio"] == pytest.approx(1 / alpha, rel=1e-10)


def test_a_negative_factor_flips_the_sign_and_no_more():
    unit = drawn_unit(np.random.default_rng(0), 2.0, 1.0, 1.0)
    out, flipped = batch_norm(unit.x @ unit.w, 0.0), batch_norm(unit.x @ (-3 * unit.w), 0.0)
    np.testing.assert_allclose(flipped, -out, atol=1e-12)


def test_the_gradient_is_perpendicular_and_has_the_norm_asked_for():
    scalars = found(epsilon=0.0, norm=3.0, gradient=0.7, spread=2.0, rate=0.5)
    assert abs(scalars["cosine"]) < 1e-12
    assert scalars["gradient"] == pytest.approx(0.7, rel=1e-12)
    assert scalars["step"] == pytest.approx(0.35, rel=1e-12)
    assert scalars["next_norm"] == pytest.approx(math.hypot(3.0, 0.35), rel=1e-12)
    assert scalars["effective_rate"] == pytest.approx(0.5 / 9)
    assert scalars["angle"] == pytest.approx(math.degrees(math.atan(0.35 / 3)))


@pytest.mark.parametrize(("epsilon", "std"), [(1e-5, 0.688), (1e-3, 0.0944)])
def test_epsilon_breaks_the_invariance_for_tiny_weights(epsilon, std):
    """The curriculum's case: variance 9, weights a thousandth."""
    scalars = found(alpha=0.001, spread=3.0, epsilon=epsilon)
    assert scalars["output_std"] == pytest.approx(std, rel=5e-3)
    assert scalars["output_std"] == pytest.approx(scalars["output_std_expected"], rel=1e-9)


def test_epsilon_stands_inside_the_root():
    scalars = found(alpha=1.0, spread=0.1, epsilon=0.01)
    assert scalars["output_std"] == pytest.approx(math.sqrt(0.5), rel=1e-9)


def test_without_decay_the_norm_only_grows_and_with_it_it_may_shrink():
    outcome = run(
        "scale_invariance",
        {"norm": 10.0, "decay": 0.1, "steps": 200, "epsilon": 0.0},
        np.random.default_rng(0),
    )
    table = outcome.tables["training"]
    assert (np.diff(table["plain"]) > 0).all()
    assert table["decayed"][-1] < 5
    assert len(table["step"]) == 201


@pytest.mark.parametrize("seed", range(3))
def test_units_turn_by_their_effective_rate(seed):
    scalars = found("effective_rate", seed, rate_a=0.1, norm_a=2, rate_b=0.4, norm_b=4, rate_c=0.1)
    turned = [math.tan(math.radians(scalars[f"turned_{unit}"])) for unit in "abc"]
    effective = [scalars[f"effective_{unit}"] for unit in "abc"]
    assert effective == pytest.approx([0.025, 0.025, 0.025])
    assert turned == pytest.approx([0.2 * rate for rate in effective], rel=1e-4)


def test_the_whole_range_has_finite_outcomes():
    for values in (
        {"alpha": 1e-5, "epsilon": 0.01, "spread": 0.1},
        {"alpha": 100.0, "rate": 10.0, "gradient": 100.0, "norm": 0.1, "steps": 300},
        {"decay": 0.1, "rate": 10.0, "norm": 100.0, "gradient": 0.01, "epsilon": 0.0},
    ):
        assert all(math.isfinite(value) for value in found(**values).values())
    wild = {"rate_a": 10.0, "norm_a": 0.1, "rate_b": 0.001, "norm_b": 100.0}
    assert all(math.isfinite(value) for value in found("effective_rate", **wild).values())
