"""Runs that train: the course's findings, for several seeds, and the corners of the ranges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import SIMULATIONS, run
from engine.simulations.kit import mlp
from engine.simulations.kit.base import reporting
from engine.simulations.normalization.covariate_drift import starts, task
from engine.simulations.normalization.learning_rate_sweep import RATES
from engine.simulations.normalization.loss_along_step import along
from engine.simulations.normalization.noisy_normalization import disturbances
from engine.simulations.normalization.normalization_depth import RELU_GROWTH

RNG = np.random.default_rng

SMALL = {
    "random_labels": {"samples": 100, "width": 64, "batch": 25},
    "learning_rate_sweep": {"width": 16, "samples": 32, "steps": 40},
    "covariate_drift": {"width": 16, "networks": 2, "depth": 6},
    "noisy_normalization": {"width": 16, "networks": 2, "depth": 5, "steps": 40},
    "loss_along_step": {"width": 16, "samples": 64, "networks": 2},
    "normalization_depth": {"width": 64, "batch": 64},
}


def found(name, seed=0, **values):
    return run(name, values, np.random.default_rng(seed))


@pytest.mark.parametrize("seed", range(3))
def test_both_networks_learn_every_random_label_and_nothing_else(seed):
    told = found("random_labels", seed).scalars
    assert told["train_none"] == told["train_bn"] == 1
    assert 40 <= told["epochs_none"] <= 62
    assert 3 <= told["epochs_bn"] <= 7
    for name in ("test_none", "test_bn"):
        assert told[name] == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(500))


def test_most_of_the_gain_over_random_labels_comes_from_the_start():
    runs = [found("random_labels", seed, initialization="he").scalars for seed in range(3)]
    assert all(9 <= told["epochs_none"] <= 17 for told in runs)
    assert all(told["times_faster"] < 3 for told in runs)


def test_the_epochs_end_with_the_slower_network():
    outcome = found("random_labels", **SMALL["random_labels"])
    table, told = outcome.tables["epochs"], outcome.scalars
    assert len(table["epoch"]) == told["epochs_none"]
    assert table["train_none"][-1] == 1
    assert np.isfinite(table["train_bn"]).sum() == told["epochs_bn"]


def test_a_rate_far_too_large_learns_no_random_labels():
    told = found("random_labels", rate=1.0, initialization="he", epochs=5).scalars
    assert told["fitted_none"] == 0
    assert told["epochs_none"] == 5


@pytest.mark.parametrize("seed", range(3))
def test_batch_norm_widens_the_range_of_rates_upward_and_not_without_end(seed):
    outcome = found("learning_rate_sweep", seed, samples=200)
    told, table = outcome.scalars, outcome.tables["rates"]
    assert told["decades_bn"] >= told["decades_none"] + 1
    assert told["highest_none"] <= 0.3
    assert 1 <= told["highest_bn"] <= 3
    loss = dict(zip(table["rate"], table["loss_none"], strict=True))
    assert np.isnan(loss[3.0])
    assert np.isnan(loss[10.0])
    assert dict(zip(table["rate"], table["loss_bn"], strict=True))[10.0] > math.log(2)


def test_the_rate_looked_at_is_a_row_of_the_table():
    outcome = found("learning_rate_sweep", rate=0.05, **SMALL["learning_rate_sweep"])
    table = outcome.tables["rates"]
    assert sorted([*RATES, 0.05]) == list(table["rate"])
    row = list(table["rate"]).index(0.05)
    assert outcome.scalars["loss_bn"] == table["loss_bn"][row]
    same = found("learning_rate_sweep", rate=0.1, **SMALL["learning_rate_sweep"]).tables["rates"]
    assert list(same["rate"]) == list(RATES)


def test_a_diverged_rate_is_missing_in_the_table_and_finite_in_the_scalars():
    outcome = found("learning_rate_sweep", rate=100.0, **SMALL["learning_rate_sweep"])
    assert np.isnan(outcome.tables["rates"]["loss_none"][-1])
    assert outcome.scalars["diverged_none"] == 1
    assert outcome.scalars["loss_none"] == 1e6


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_networks_are_compared_at_equal_loss_however_many_steps_it_takes(activation):
    outcome = found("covariate_drift", activation=activation)
    told, table = outcome.scalars, outcome.tables["losses"]
    assert told["compared"] == 1
    for name in ("none", "bn", "ln"):
        assert (table[f"loss_{name}"] <= table["loss"]).all()
        assert (table[f"loss_{name}"] > table["loss"] - 0.09).all()
        assert (np.diff(table[f"step_{name}"]) >= 0).all()
    assert told["step_none"] > 2 * told["step_bn"]
    assert told["loss_none"] == pytest.approx(told["loss_bn"], abs=0.03)


def test_the_layer_looked_at_is_a_row_of_the_table_of_layers():
    outcome = found("covariate_drift", layer=4, **SMALL["covariate_drift"])
    row = list(outcome.tables["layers"]["layer"]).index(4)
    for name in ("drift_none", "cosine_bn", "cosine_ln"):
        assert outcome.scalars[name] == pytest.approx(outcome.tables["layers"][name][row])


def test_a_network_that_never_gets_there_is_not_compared():
    outcome = found("covariate_drift", steps=20, rate=0.03, activation="tanh")
    assert outcome.scalars["compared"] < 0.5
    assert np.isnan(outcome.tables["losses"]["cosine_none"][-1])


def test_without_noise_the_disturbed_network_is_the_normalized_one():
    told = found("noisy_normalization", noise=0, **SMALL["noisy_normalization"]).scalars
    for name in ("steps", "drift", "reached"):
        assert told[f"{name}_noisy"] == told[f"{name}_bn"]


def test_noise_has_the_moments_of_the_paper():
    network = mlp.copies(mlp.build([3, 400, 2], "tanh", "batch", RNG(0), initialization="he"), 2)
    (noise,) = disturbances(network, 500, 1.0, RNG(1))
    mean, scale = noise.shift.mean(1), noise.scale.mean(1)
    assert np.abs(mean).max() < 0.5 + 0.02
    assert mean.std() == pytest.approx(1 / 12**0.5, rel=0.05)  # of U(-1/2, 1/2)
    assert scale.mean() == pytest.approx(1.125, abs=0.01)  # of U(1, 5/4)
    assert scale.std() == pytest.approx(0.25 / 12**0.5, rel=0.08)
    within = noise.shift - mean[:, None]
    assert within.std() == pytest.approx(0.1 / 3**0.5, rel=0.05)  # of U(-r, r)
    assert (noise.scale - scale[:, None]).std() == pytest.approx(0.1, rel=0.05)


def test_short_steps_change_the_loss_as_the_gradient_says():
    x, y = task(64, RNG(0))
    for norm in ("none", "batch"):
        network = starts([10, 16, 16, 2], "relu", norm, 3, 0)
        lengths = np.array([1e-5, 2e-5])
        start, after, change = along(network, lengths, x, y)
        logits, trace = mlp.forward(network, x)
        gradients = mlp.backward(network, trace, mlp.cross_entropy(logits, y)[1]).layers
        square = sum(np.square(a).sum((-2, -1)) for g in gradients for a in g.arrays())
        np.testing.assert_allclose((start - after) / lengths[:, None], [square] * 2, rtol=1e-2)
        np.testing.assert_allclose(change[1] / change[0], 2, rtol=0.2)


def test_the_arithmetic_of_the_table_of_two_networks():
    told = found("shift_table", cosine_plain=0.5, cosine_with=0.0, drift_plain=0.1, drift_with=0.02)
    assert told.scalars["drift_times"] == pytest.approx(0.2)
    assert told.scalars["angle_plain"] == pytest.approx(60)
    assert told.scalars["angle_with"] == pytest.approx(90)


def test_a_layer_whose_predecessors_stand_still_keeps_its_gradient():
    rng = np.random.default_rng(0)
    network = mlp.build([10, 8, 8, 2], "tanh", "batch", rng, initialization="xavier")
    x, y = rng.normal(size=(20, 10)), rng.integers(0, 2, 20)
    from engine.simulations.normalization.covariate_drift import cosine, gradient_of

    before = gradient_of(network, 1, x, y)
    assert cosine(before, gradient_of(network, 1, x, y)) == pytest.approx(1)
    network.layers[0].weight += 0.5 * rng.normal(size=(10, 8))
    assert cosine(before, gradient_of(network, 1, x, y)) < 0.99


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("depth", [10, 20, 50])
def test_the_table_of_normalization_and_depth_comes_out_again(seed, depth):
    wide = {"width": 256, "batch": 256, "depth": depth}
    column = {10: 0, 20: 1, 50: 2}[depth]
    relu = found("normalization_depth", seed, **wide).scalars
    assert relu["ratio_bn"] == pytest.approx((3.4, 23, 5600)[column], rel=0.25)
    assert 0.4 < relu["ratio_none"] < 2
    assert 0.4 < relu["ratio_ln"] < 2
    deep = {"activation": "sigmoid", "initialization": "xavier", **wide}
    sigmoid = found("normalization_depth", seed, **deep).scalars
    assert sigmoid["log10_none"] == pytest.approx((-5.7, -12, -30.7)[column], abs=0.3)
    assert sigmoid["log10_ln"] == pytest.approx((-3.9, -7.9, -20.1)[column], abs=0.3)
    assert sigmoid["ratio_bn"] == pytest.approx((0.25, 0.32, 0.68)[column], rel=0.25)


@pytest.mark.parametrize("depth", [2, 3, 10, 20])
def test_wide_batch_normalized_relu_networks_grow_as_predicted(depth):
    runs = [found("normalization_depth", s, width=256, batch=256, depth=depth) for s in range(3)]
    mean = np.mean([r.scalars["ratio_bn"] for r in runs])
    assert mean == pytest.approx(runs[0].scalars["bn_relu_ratio"], rel=0.12)
    assert pytest.approx(1.2112, abs=1e-4) == RELU_GROWTH


def test_with_normalization_the_scale_of_the_weights_does_not_matter():
    plain, scaled = (found("normalization_depth", 1, depth=10, scale=s).scalars for s in (1, 3))
    for name in ("ratio_bn", "ratio_ln"):
        assert plain[name] == pytest.approx(scaled[name], rel=1e-3)
    assert scaled["ratio_none"] == pytest.approx(3**9 * plain["ratio_none"], rel=1e-9)


def test_drift_counts_in_deviations_of_the_layer_itself():
    told = found("layer_drift", then_a=1, now_a=-2, std_a=1.5, then_b=4, now_b=5, std_b=0.5).scalars
    assert (told["drift_a"], told["drift_b"]) == (2, 2)
    for layer in "abc":
        # the mean of 400 draws errs by std / 20, twice
        assert told[f"measured_{layer}"] == pytest.approx(told[f"drift_{layer}"], abs=0.3)


@pytest.mark.parametrize(
    ("after", "cosine", "distance"), [((6, 8), 1, 5), ((-3, -4), -1, 10), ((4, -3), 0, 50**0.5)]
)
def test_a_gradient_turns_by_its_angle_whatever_its_length(after, cosine, distance):
    told = found(
        "gradient_turn", before_1=3, before_2=4, after_1=after[0], after_2=after[1]
    ).scalars
    assert told["cosine"] == pytest.approx(cosine)
    assert told["distance"] == pytest.approx(distance)
    assert told["angle"] == pytest.approx(math.degrees(math.acos(cosine)))


@pytest.mark.parametrize("classes", [2, 27])
def test_small_logits_start_at_the_loss_of_guessing_and_spread_ones_above(classes):
    small, large = (found("first_step", spread=s, classes=classes).scalars for s in (0.01, 0.3))
    assert small["loss"] == pytest.approx(math.log(classes), abs=1e-3)
    expected = math.log(classes) + 0.3**2 / 2 * (1 - 1 / classes)  # to second order
    assert large["loss"] == pytest.approx(expected, abs=4 * large["loss_se"] + 2e-3)


def test_a_step_ten_times_longer_changes_the_weights_ten_times_as_much():
    short, long = (found("first_step", 2, rate=rate).scalars["update"] for rate in (0.01, 0.1))
    assert long - short == pytest.approx(1)
    assert short == pytest.approx(-3.1, abs=0.2)


CORNERS = [
    ("first_step", {"classes": 2, "layers": 2, "width": 16, "batch": 8, "rate": 1e-4}),
    ("first_step", {"classes": 100, "layers": 8, "spread": 10.0}),
    ("random_labels", {"samples": 20, "features": 5, "width": 16, "batch": 400, "epochs": 5}),
    ("random_labels", {"rate": 1.0, "batch": 10, "width": 16, "epochs": 10}),
    ("random_labels", {"samples": 21, "batch": 10, "width": 16, "epochs": 5}),
    ("learning_rate_sweep", {"depth": 2, "width": 8, "samples": 16, "steps": 10}),
    ("learning_rate_sweep", {"depth": 20, "width": 8, "samples": 16, "steps": 10, "rate": 100}),
    ("covariate_drift", {"depth": 3, "layer": 10, "width": 8, "samples": 32, "steps": 20}),
    ("covariate_drift", {"depth": 12, "layer": 2, "width": 8, "samples": 32, "rate": 0.5}),
    ("noisy_normalization", {"noise": 8.0, "depth": 3, "layer": 10, "rate": 0.5, "steps": 20}),
    ("noisy_normalization", {"activation": "relu", "depth": 12, "width": 8, "rate": 0.5}),
    ("loss_along_step", {"length": 10.0, "depth": 12, "width": 8, "samples": 32}),
    ("loss_along_step", {"loss": 0.1, "steps": 20, "rate": 0.03, "networks": 1}),
    ("shift_table", {"cosine_plain": -1.0, "cosine_with": 1.0}),
    ("normalization_depth", {"depth": 60, "scale": 10.0, "width": 8, "batch": 4}),
    ("normalization_depth", {"depth": 60, "scale": 0.1, "activation": "sigmoid"}),
    ("normalization_depth", {"depth": 2, "scale": 0.1, "initialization": "pytorch", "width": 8}),
    ("normalization_depth", {"depth": 60, "scale": 10, "activation": "linear"}),
    ("gradient_turn", {"before_1": 0, "before_2": 0}),
]


@pytest.mark.parametrize(("name", "values"), CORNERS)
def test_the_corners_of_the_ranges_give_finite_numbers(name, values):
    outcome = found(name, **values)
    assert set(outcome.scalars) == set(SIMULATIONS[name].scalars)
    assert all(math.isfinite(value) for value in outcome.scalars.values())
    for table in outcome.tables.values():
        assert len({len(column) for column in table.values()}) == 1


@pytest.mark.parametrize("name", SMALL)
def test_long_runs_say_how_far_they_are(name):
    shares = []
    with reporting(shares.append):
        found(name, **SMALL[name])
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1


@pytest.mark.parametrize("name", SMALL)
def test_the_same_seed_gives_the_same_run(name):
    assert found(name, 3, **SMALL[name]).scalars == found(name, 3, **SMALL[name]).scalars
    assert found(name, 3, **SMALL[name]).scalars != found(name, 4, **SMALL[name]).scalars
