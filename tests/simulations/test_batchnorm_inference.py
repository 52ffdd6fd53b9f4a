"""Running statistics and inference, against PyTorch, and Keras and Flax in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.simulations import run
from engine.simulations.normalization.batchnorm_inference import CONVENTIONS, normalize, running

# Those of tests/oracles/record_batchnorm_inference.py.
SIZES = (2, 5, 32)
STORED = {"ordinary": (0.7, 2.5), "tiny variance": (0.9, 0.01)}
MATES = dict(zip(("x", "mate_1", "mate_2", "mate_3"), (1.0, -2.0, 0.5, 4.0), strict=True))
AFFINE = {"gamma": 1.7, "beta": -0.4}


def trained(seed=0, **values):
    return run("batchnorm_inference", values, np.random.default_rng(seed))


def among(seed=0, **values):
    return run("batch_mates", values, np.random.default_rng(seed))


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("momentum", [0.1, 0.3, 0.99, None])
def test_the_running_statistics_are_pytorchs(oracle, momentum, n):
    torch = oracle("batchnorm_inference")
    rule = CONVENTIONS["PyTorch None" if momentum is None else "PyTorch"]
    means, variances = running(torch[f"batches.{n}"], rule, momentum or 0.1)
    np.testing.assert_allclose(
        np.stack([means, variances], axis=1), torch[f"running.{momentum}.{n}"], rtol=1e-12
    )


@pytest.mark.parametrize("name", STORED)
def test_inference_and_training_outputs_are_pytorchs(oracle, name):
    torch = oracle("batchnorm_inference")
    mean, variance = STORED[name]
    batch = among(**MATES, **AFFINE, running_mean=mean, running_var=variance).tables["batch"]
    frozen, trained_in = torch[f"outputs.{name}"]
    np.testing.assert_allclose(batch["eval_output"], frozen, rtol=1e-12)
    np.testing.assert_allclose(batch["train_output"], trained_in, rtol=1e-12)


@pytest.mark.parametrize("framework", ["Keras", "Flax"])
def test_keras_and_flax_keep_the_momentum_and_store_the_biased_variance(framework):
    batches = np.random.default_rng(3).normal(5, 2, size=(20, 4))
    means, variances = running(batches, CONVENTIONS[framework], 0.9)
    weights = 0.1 * 0.9 ** np.arange(20)[::-1]
    assert means[-1] == pytest.approx(weights @ batches.mean(axis=1), rel=1e-12)
    expected = 0.9**20 + weights @ batches.var(axis=1, ddof=0)
    assert variances[-1] == pytest.approx(expected, rel=1e-12)


def test_the_defaults_are_those_of_the_frameworks():
    torch, keras, flax = (CONVENTIONS[name] for name in ("PyTorch", "Keras", "Flax"))
    assert (torch.momentum, torch.eps) == (0.1, 1e-5)
    assert (keras.momentum, keras.eps) == (0.99, 1e-3)
    assert (flax.momentum, flax.eps) == (0.99, 1e-5)


@pytest.mark.parametrize(
    ("framework", "momentum"), [("PyTorch", 0.2), ("Keras", 0.8), ("Flax", 0.8)]
)
def test_the_same_memory_is_written_differently(framework, momentum):
    found = trained(framework=framework, momentum=momentum, steps=3, batches="exact").scalars
    assert found["old_left"] == pytest.approx(0.8**3)
    assert found["running_mean"] == pytest.approx(5 * (1 - 0.8**3), rel=1e-12)


@pytest.mark.parametrize(
    ("framework", "momentum", "steps", "mean"),
    [("PyTorch", 0.1, 10, 3.257), ("PyTorch", 0.1, 1, 0.5), ("Keras", 0.99, 100, 3.170)],
)
def test_the_running_mean_is_late_by_what_the_curriculum_says(framework, momentum, steps, mean):
    found = trained(framework=framework, momentum=momentum, steps=steps, batches="exact").scalars
    assert found["running_mean"] == pytest.approx(mean, abs=6e-4)


@pytest.mark.parametrize("framework", CONVENTIONS)
def test_exact_batches_give_exactly_the_formulas(framework):
    setting = {"momentum": 0.3, "batch_size": 4, "steps": 5, "batches": "exact"}
    found = trained(framework=framework, **setting).scalars
    assert found["running_mean"] == pytest.approx(found["expected_mean"], rel=1e-12)
    assert found["running_var"] == pytest.approx(found["expected_var"], rel=1e-12)


@pytest.mark.parametrize("framework", CONVENTIONS)
def test_random_batches_give_the_formulas_on_average(framework):
    setting = {"framework": framework, "momentum": 0.3, "batch_size": 4, "steps": 8}
    runs = [trained(seed, **setting).scalars for seed in range(200)]
    for name in ("mean", "var"):
        found = np.array([r[f"running_{name}"] for r in runs])
        error = found.std(ddof=1) / math.sqrt(len(found))
        assert found.mean() == pytest.approx(runs[0][f"expected_{name}"], abs=4 * error)


@pytest.mark.parametrize(("n", "ratio"), [(2, 2.0), (3, 1.5), (5, 1.25)])
def test_pytorch_stores_more_variance_than_it_normalizes_with(n, ratio):
    setting = {"batch_size": n, "std": 3.0, "batches": "exact", "steps": 1}
    assert trained(framework="PyTorch", **setting).scalars["stored_var"] == pytest.approx(9 * ratio)
    assert trained(framework="Keras", **setting).scalars["stored_var"] == pytest.approx(9)


def test_the_plain_average_of_pytorch_misses_what_drifts_between_batches():
    """Curriculum R2b: .775 stored where the pooled variance is 2.82."""
    rng = np.random.default_rng(0)
    batches = np.linspace(-2, 2, 50)[:, None] + rng.normal(size=(50, 8))
    _, variances = running(batches, CONVENTIONS["PyTorch None"], 0.1)
    assert variances[-1] == pytest.approx(batches.var(axis=1, ddof=1).mean(), rel=1e-12)
    assert batches.var() > 2 * variances[-1]


@pytest.mark.parametrize(("shift", "std", "gamma", "beta"), [(3, 3, 1, 0), (-4, 2, 1.5, -0.5)])
def test_a_test_shift_passes_through_frozen_statistics(shift, std, gamma, beta):
    found = trained(
        framework="Flax", momentum=0.5, batch_size=64, steps=100, batches="exact",
        shift=shift, std=std, gamma=gamma, beta=beta,
    ).scalars  # fmt: skip
    expected = gamma * shift / std + beta
    assert found["eval_mean"] == pytest.approx(expected, abs=4 * found["eval_mean_se"])
    assert found["own_mean"] == pytest.approx(beta, abs=1e-9)


def test_epsilon_stands_inside_the_root():
    found = normalize(np.array([1.0]), 0.0, 1e-6, 1e-5)
    assert found[0] == pytest.approx(1 / math.sqrt(1.1e-5), rel=1e-12)


def test_batch_mates_change_the_output_in_training_and_not_at_inference():
    """Curriculum 2-21: the same x = 1 comes out at +0.447 and at -1.673; at inference at 0.0854."""
    stored = {"running_mean": 0.9, "running_var": 1.37}
    one = among(x=1, mate_1=0, mate_2=0.5, mate_3=1, **stored).scalars
    two = among(x=1, mate_1=4, mate_2=5, mate_3=6, **stored).scalars
    assert one["train_output"] > 0 > two["train_output"]
    assert one["eval_output"] == two["eval_output"] == pytest.approx(0.0854, abs=1e-4)


def test_other_company_spreads_the_training_output():
    outcome = among(x=1.0, running_mean=0.0, running_var=1.0)
    low, high = outcome.scalars["lowest_output"], outcome.scalars["highest_output"]
    assert low < outcome.scalars["eval_output"] < high <= math.sqrt(3)
    assert outcome.scalars["output_std"] == pytest.approx(0.506, abs=0.08)  # R2, n = 4


def test_momentum_means_opposite_things():
    values = {"pytorch_momentum": 0.1, "keras_momentum": 0.9, "flax_momentum": 0.1, "steps": 10}
    outcome = run("momentum_conventions", values, np.random.default_rng(0))
    found = outcome.scalars
    assert found["pytorch_left"] == pytest.approx(found["keras_left"]) == pytest.approx(0.9**10)
    assert found["flax_left"] == pytest.approx(0.1**10)
    assert found["keras_half_life"] == pytest.approx(6.58, abs=0.01)
    memory = outcome.tables["memory"]
    ends = memory["left"][memory["batch"] == 10]
    np.testing.assert_allclose(ends, [0.9**10, 0.9**10, 0.1**10])


def test_a_stored_mean_fades_as_batches_come_in():
    setting = {"momentum": 0.8, "steps": 2, "start": 10.0, "mean": 4.0, "batches": "exact"}
    outcome = trained(framework="Keras", **setting)
    expected = 10 * 0.8**2 + 4 * (1 - 0.8**2)
    assert outcome.scalars["running_mean"] == pytest.approx(expected, rel=1e-12)
    assert outcome.scalars["expected_mean"] == pytest.approx(expected, rel=1e-12)
    assert outcome.tables["trace"]["running_mean"][0] == 10
