"""R11: covariate shift, overfitting, augmentation, clipping, dropout."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.reproduction.rows import Experiment, Row, Runner, Settings


def shimodaira(runner: Runner) -> Iterator[Row]:
    """y = −x + x³ + N(0, .3²), 100 training points at N(.5, .5²), tested at N(0, .3²)."""
    toy: Settings = {
        "power": 3,
        "n": 100,
        "noise": 0.3,
        "train_mean": 0.5,
        "train_std": 0.5,
        "test_mean": 0.0,
        "test_std": 0.3,
    }
    for name, degree, plain, weighted in (
        ("line", 1, 0.2267, 0.0084),
        ("cubic", 3, 0.0045, 0.0088),
    ):
        measured = runner.mean("covariate_shift", 6, degree=degree, **toy)
        yield Row(f"{name}: test error, unweighted", plain, measured["plain_mse"], 0.15, "relative")
        yield Row(
            f"{name}: test error, weighted", weighted, measured["weighted_mse"], 0.2, "relative"
        )
    yield Row("effective share of the samples", 0.42, measured["effective"] / 100, 0.03)


def effective(runner: Runner) -> Iterator[Row]:
    """What weighted samples are worth, N(0,1) against N(d,1)."""
    for shift, expected in ((0.5, 0.779), (1.0, 0.368), (1.5, 0.105)):
        measured = runner.mean("importance_weights", 3, shift=shift, n=10_000)
        share = measured["effective"] / 10_000
        yield Row(f"d = {shift}: share in theory", expected, measured["share_expected"], 6e-4)
        yield Row(f"d = {shift}: share drawn", expected, share, 0.12, "relative")


def overfitting(runner: Runner) -> Iterator[Row]:
    """Degree 9, training and test points alike: medians. The tails are heavy for few points."""
    for n, train, test, decades in (
        (10, None, 3e5, 0.8),
        (15, 0.012, 8.2, 0.3),
        (30, 0.026, 0.080, 0.1),
        (100, 0.036, 0.045, 0.05),
        (1000, 0.0395, 0.0399, 0.05),
    ):
        measured = runner.median("polynomial_fit", 3, degree=9, n=n, noise=0.2)
        if train is not None:
            title = f"{n} points: training error"
            yield Row(title, train, measured["train"], min(decades, 0.1), "decades")
        else:
            yield Row(f"{n} points: training error", 0.0, measured["train"], 1e-15)
        yield Row(f"{n} points: test error", test, measured["test"], decades, "decades")


def augmentation(runner: Runner) -> Iterator[Row]:
    """Noisy copies against ridge regression with λ = nσ²: the relative difference."""
    for copies, expected in ((1, 0.054), (100, 0.013), (1000, 0.002)):
        measured = [
            run.scalars
            for run in runner.outcomes("noise_augmentation", 6, sigma=0.3, copies=copies)
        ]
        apart = [
            math.hypot(t["augmented_1"] - t["ridge_1"], t["augmented_2"] - t["ridge_2"])
            / math.hypot(t["ridge_1"], t["ridge_2"])
            for t in measured
        ]
        title = f"σ = 0.3, {copies} copies: augmented against ridge"
        yield Row(title, (0.0, expected), sum(apart) / len(apart), 0.005)


def clipping(runner: Runner) -> Iterator[Row]:
    """g = (3, −40, .5, 8), clipped to 5."""
    measured = runner.mean(
        "gradient_clipping", first=3.0, second=-40.0, third=0.5, fourth=8.0, limit=5.0
    )
    yield Row("by norm: cosine", 1.0, measured["cosine_by_norm"], 1e-9)
    yield Row("by norm: norm", 5.0, measured["norm_by_norm"], 1e-5)
    yield Row("by value: cosine", 0.792, measured["cosine_by_value"], 6e-4)
    yield Row("by value: norm", 7.70, measured["norm_by_value"], 0.006)


def dropout(runner: Runner) -> Iterator[Row]:
    """Inverted dropout before BN: variance in training over that in the test."""
    for values, expected in (
        ("normal", ((1.11, 0.949), (1.25, 0.894), (2.00, 0.707))),
        ("rectified", ((1.16, 0.927), (1.37, 0.855), (2.46, 0.637))),
    ):
        for drop, (ratio, deviation) in zip((0.1, 0.2, 0.5), expected, strict=True):
            measured = runner.mean("dropout_shift", 3, values=values, mean=0.0, std=1.0, drop=drop)
            title = f"{values}, keep {1 - drop:g}"
            yield Row(f"{title}: variance ratio", ratio, measured["ratio"], 0.008)
            error = max(4 * measured["ratio_measured_se"], 0.02)
            yield Row(f"{title}: variance ratio, drawn", ratio, measured["ratio_measured"], error)
            yield Row(f"{title}: std after BN", deviation, measured["test_std"], 6e-4)


EXPERIMENTS = (
    Experiment("R11", "Shimodaira's toy", shimodaira),
    Experiment("R11", "effective samples", effective),
    Experiment("R11", "overfitting without a shift", overfitting),
    Experiment("R11", "noise as ridge", augmentation),
    Experiment("R11", "clipping", clipping),
    Experiment("R11", "dropout before BN", dropout),
)
