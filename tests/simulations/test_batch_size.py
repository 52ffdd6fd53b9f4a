"""Batch normalization by batch size, against PyTorch, closed forms and the curriculum."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.batch_size_jitter import expected_jitter, jitter
from engine.simulations.normalization.batchnorm_transform import transform

SIZES = (2, 3, 8, 32)  # those of tests/oracles/record_batch_size.py


def batches(seed=0, **values):
    return run("batch_size_jitter", values, np.random.default_rng(seed)).scalars


def channels(seed=0, **values):
    return run("channel_statistics", values, np.random.default_rng(seed))


@pytest.mark.parametrize("n", SIZES)
def test_small_batches_come_out_as_in_pytorch(oracle, n):
    torch = oracle("batch_size")
    np.testing.assert_allclose(transform(torch[f"batch.{n}"])[0], torch[f"output.{n}"], rtol=1e-9)
    assert batches(n=n, outlier=1000.0)["outlier_output"] == pytest.approx(
        float(torch[f"outlier.{n}"]), rel=1e-9
    )


@pytest.mark.parametrize("n", SIZES)
def test_the_unbiased_variance_is_what_pytorch_stores(oracle, n):
    torch = oracle("batch_size")
    biased = float(torch[f"batch.{n}"].var())
    found = batches(n=n, variance=biased)["unbiased"]
    assert found == pytest.approx(float(torch[f"stored.{n}"][0]), rel=1e-12)


def test_a_statistic_of_a_channel_is_made_of_the_values_pytorch_takes(oracle):
    torch = oracle("batch_size")
    images = torch["images"]
    count = channels(batch_1=4, side_1=5, channels=3).scalars["count_1"]
    of_channel = images.transpose(1, 0, 2, 3).reshape(3, -1)
    assert of_channel.shape[1] == count
    np.testing.assert_allclose(of_channel.mean(axis=1), torch["image_means"], atol=1e-12)
    unbiased = of_channel.var(axis=1) * count / (count - 1)
    np.testing.assert_allclose(unbiased, torch["image_variances"], rtol=1e-12)


def test_pytorch_refuses_a_batch_of_one(oracle):
    assert oracle("batch_size")["one_refused"]


@pytest.mark.parametrize(("n", "bound"), [(2, 1.0), (4, 1.732), (32, 5.57)])
def test_nothing_comes_out_beyond_the_bound_and_an_outlier_reaches_it(n, bound):
    found = batches(n=n, outlier=1e5)
    assert found["bound"] == pytest.approx(bound, abs=3e-3)
    assert found["largest"] <= found["bound"]
    assert found["outlier_output"] == pytest.approx(found["bound"], rel=1e-6)


def test_two_values_come_out_as_plus_and_minus_one():
    outputs, _ = jitter(1.0, 2, 300, np.random.default_rng(0))
    np.testing.assert_allclose(np.median(np.abs(outputs)), 1.0, atol=1e-3)


@pytest.mark.parametrize(
    ("n", "spread", "flips"),
    [
        (2, 0.738, 0.163),
        (4, 0.506, 0.042),
        (8, 0.417, 0.004),
        (16, 0.307, 0.0002),
        (32, 0.216, 0.0),
        (128, 0.109, 0.0),
    ],
)
def test_one_input_trembles_as_in_the_curriculum(n, spread, flips):
    found = batches(n=n, x=1.0)
    assert abs(found["jitter"] - spread) < 4 * found["jitter_se"] + 0.003
    assert found["sign_flips"] == pytest.approx(flips, abs=4 * math.sqrt(0.17 / 1000))


@pytest.mark.parametrize(("x", "n"), [(0.5, 40), (1.0, 16), (1.5, 40), (2.0, 64), (2.0, 256)])
def test_the_formula_for_the_jitter_holds_where_batches_are_not_tiny(x, n):
    outputs, _ = jitter(x, n, 20_000, np.random.default_rng(1))
    assert outputs.std() == pytest.approx(expected_jitter(x, n), rel=0.07)


@pytest.mark.parametrize("n", [2, 3, 8, 64])
def test_the_biased_variance_is_too_small_by_bessels_ratio(n):
    found = batches(n=n)
    assert found["bessel"] == n / (n - 1)
    assert found["unbiased_mean"] == pytest.approx(found["biased_mean"] * n / (n - 1), rel=1e-9)
    assert abs(found["unbiased_mean"] - 1) < 4 * found["unbiased_mean_se"]


def test_a_statistic_of_images_is_made_of_all_their_positions():
    found = channels(batch_1=8, side_1=14, batch_2=1, side_2=1).scalars
    assert found["count_1"] == 1568
    assert found["count_2"] == 1


@pytest.mark.parametrize(("batch", "side"), [(1, 1), (8, 14), (128, 1), (2, 32)])
def test_the_mean_of_a_batch_scatters_by_one_over_the_root_of_its_values(batch, side):
    found = channels(batch_1=batch, side_1=side).scalars
    assert found["expected_1"] == pytest.approx(1 / math.sqrt(batch * side**2))
    assert abs(found["noise_1"] - found["expected_1"]) < 4 * found["noise_1_se"]
