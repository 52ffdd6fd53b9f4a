"""Deep networks as a whole: the figures of the curriculum, and what may not happen."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.initialization.signal_propagation import Parameters, widths


def went(seed=0, **values):
    return run("signal_propagation", values, np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("activation", "initialization", "std", "exponent"),
    [
        ("linear", "fixed_normal", 1, 58.96),
        ("tanh", "fixed_normal", 1, 22.8),
        ("tanh", "pytorch_linear", 1, -11.8),
        ("sigmoid", "fixed_normal", 0.01, -68.6),
        ("sigmoid", "xavier_normal", 1, -30.8),
        ("relu", "fixed_normal", 0.01, -46.4),
        ("relu", "xavier_normal", 1, -7.4),
        ("relu", "pytorch_linear", 1, -19.0),
        ("relu", "he_normal", 1, 0.0),
    ],
)
def test_fifty_layers_have_the_gradient_ratio_of_the_curriculum(
    activation, initialization, std, exponent
):
    found = went(activation=activation, initialization=initialization, std=std).scalars
    assert found["log10_delta_ratio"] == pytest.approx(exponent, abs=0.6)


def test_each_relu_layer_multiplies_the_rms_by_sigma_times_the_root_of_half_its_inputs():
    table = went(activation="relu", initialization="xavier_normal", depth=10, width=512).tables
    growth = table["layers"]["rms"][1:] / table["layers"]["rms"][:-1]
    assert np.exp(np.log(growth).mean()) == pytest.approx(math.sqrt(0.5), rel=0.03)


def test_tanh_with_xavier_ends_near_one_over_the_root_of_twice_the_depth():
    found = went(activation="tanh", initialization="xavier_normal", depth=50).scalars
    assert found["final_std"] == pytest.approx(0.1, rel=0.15)


def test_sigmoid_with_xavier_looks_alive_pooled_and_is_dead_across_the_batch():
    found = went(activation="sigmoid", initialization="xavier_normal").scalars
    assert found["final_std"] == pytest.approx(0.118, rel=0.1)
    assert found["final_across_sd"] < 1e-14


@pytest.mark.parametrize("std", [0.01, 1])
def test_the_ratio_of_weight_gradients_does_not_see_them_vanish_or_explode(std):
    found = went(activation="relu", initialization="fixed_normal", std=std).scalars
    assert abs(found["log10_delta_ratio"]) > 40
    assert abs(found["log10_weight_gradient_ratio"]) < 0.3


def test_large_weights_saturate_tanh_and_the_gradient_explodes_all_the_same():
    found = went(activation="tanh", initialization="fixed_normal", std=1).scalars
    assert found["saturated_share"] == pytest.approx(0.895, abs=0.01)
    assert found["log10_delta_ratio"] > 20


def test_counting_inputs_keeps_the_signal_and_counting_outputs_the_gradient():
    shape = {"width": 512, "taper": 0.5, "depth": 3, "batch": 256}
    values = {"activation": "relu", "initialization": "he_normal", **shape}
    by_inputs = went(**values, fan="fan_in").scalars
    by_outputs = went(**values, fan="fan_out").scalars
    assert by_inputs["final_rms"] == pytest.approx(1, rel=0.2)
    assert by_inputs["delta_rms_ratio"] == pytest.approx(0.5, rel=0.2)
    assert by_outputs["final_rms"] == pytest.approx(math.sqrt(8), rel=0.2)
    assert by_outputs["delta_rms_ratio"] == pytest.approx(1, rel=0.2)


def test_widths_taper_within_two_and_512():
    assert widths(Parameters(width=512, taper=0.5, depth=3)) == [512, 256, 128, 64]
    assert widths(Parameters(width=3, taper=0.5, depth=3)) == [3, 2, 2, 2]
    assert widths(Parameters(width=256, taper=2.0, depth=3)) == [256, 512, 512, 512]


@pytest.mark.parametrize(
    "values",
    [
        {"activation": "linear", "initialization": "fixed_normal", "std": 2, "width": 512},
        {"activation": "linear", "initialization": "fixed_normal", "std": 0.001, "width": 2},
        {"activation": "relu", "initialization": "he_normal", "width": 2},  # dies on the way
        {"activation": "sigmoid", "initialization": "fixed_normal", "std": 2, "width": 512},
    ],
)
def test_the_most_extreme_networks_have_finite_scalars(values):
    found = went(depth=100, batch=2, **values).scalars
    assert all(math.isfinite(value) for value in found.values())


@pytest.mark.parametrize("name", ["signal_propagation", "weight_initialization"])
def test_every_scalar_has_a_label(name):
    simulation = SIMULATIONS[name]
    outcome = simulation.run(simulation.make({}), np.random.default_rng(0))
    assert list(outcome.scalars) == list(simulation.scalars)
    assert all(simulation.scalars.values())


@pytest.mark.parametrize("name", ["signal_propagation", "weight_initialization"])
def test_every_table_is_rectangular(name):
    simulation = SIMULATIONS[name]
    outcome = simulation.run(simulation.make({}), np.random.default_rng(0))
    for table in outcome.tables.values():
        assert len({column.shape for column in table.values()}) == 1


def test_parameters_have_ranges_that_hold_their_defaults():
    for name in ("signal_propagation", "weight_initialization"):
        simulation = SIMULATIONS[name]
        defaults = {f.name: f.default for f in dataclasses.fields(simulation.parameters)}
        assert simulation.make(defaults) == simulation.parameters()
