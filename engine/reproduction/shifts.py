"""R11: covariate shift and importance weights."""

from __future__ import annotations

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
        told = runner.mean("covariate_shift", 6, degree=degree, **toy)
        yield Row(f"{name}: test error, unweighted", plain, told["plain_mse"], 0.15, "relative")
        yield Row(f"{name}: test error, weighted", weighted, told["weighted_mse"], 0.2, "relative")
    yield Row("effective share of the samples", 0.42, told["effective"] / 100, 0.03)


def effective(runner: Runner) -> Iterator[Row]:
    """What weighted samples are worth, N(0,1) against N(d,1)."""
    for shift, expected in ((0.5, 0.779), (1.0, 0.368), (1.5, 0.105)):
        told = runner.mean("importance_weights", 3, shift=shift, n=10_000)
        share = told["effective"] / 10_000
        yield Row(f"d = {shift}: share in theory", expected, told["share_expected"], 6e-4)
        yield Row(f"d = {shift}: share drawn", expected, share, 0.12, "relative")


EXPERIMENTS = (
    Experiment("R11", "Shimodaira's toy", shimodaira),
    Experiment("R11", "effective samples", effective),
)
