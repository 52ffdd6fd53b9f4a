"""R2b: moving averages and running statistics; of R2 what they show."""

from __future__ import annotations

from collections.abc import Iterator

from engine.reproduction.rows import Experiment, Row, Runner, Settings


def memory(runner: Runner) -> Iterator[Row]:
    """Half-lives and what a window holds. 0.999 lies beyond the simulation's range."""
    for beta, half, shed, held in ((0.9, 6.58, 43.7, 0.651), (0.99, 68.97, 458.2, 0.634)):
        measured = runner.mean("moving_average", beta=beta, percent=1)
        yield Row(f"β = {beta}: half-life in steps", half, measured["half_life"], 0.006)
        yield Row(f"β = {beta}: steps to shed 99%", shed, measured["fading_steps"], 0.06)
        yield Row(f"β = {beta}: weight in 1/(1−β) steps", held, measured["weight_in_memory"], 6e-4)
    for beta, factor in ((0.9, 0.229), (0.99, 0.071)):
        measured = runner.mean("moving_average", beta=beta)
        yield Row(f"β = {beta}: share of the noise, theory", factor, measured["noise_factor"], 6e-4)
        error = 4 * measured["noise_measured_se"]
        yield Row(
            f"β = {beta}: share of the noise, drawn", factor, measured["noise_measured"], error
        )


def start(runner: Runner) -> Iterator[Row]:
    """What an average that starts at 0 has reached, and how it follows a jump."""
    for beta, steps, expected in (
        (0.9, 1, 0.1),
        (0.9, 2, 0.19),
        (0.9, 10, 0.651),
        (0.99, 1, 0.01),
        (0.99, 2, 0.0199),
        (0.99, 10, 0.0956),
        (0.99, 100, 0.634),
    ):
        measured = runner.mean("moving_average", beta=beta, steps=steps, level=1.0)
        yield Row(f"β = {beta}: reached after {steps}", expected, measured["ema"], 6e-4)
    measured = runner.mean(
        "moving_average", signal="step", beta=0.9, beta_2=0.99, window=10, steps=10
    )
    yield Row("jump, 10 steps later: EMA .9", 0.651, measured["ema"], 6e-4)
    yield Row("jump, 10 steps later: EMA .99", 0.096, measured["ema_2"], 6e-4)
    yield Row("jump, 10 steps later: mean of the last 10", 1.0, measured["sma"], 1e-9)


def running(runner: Runner) -> Iterator[Row]:
    """The running mean from 0 towards 5, by framework."""
    steps = (1, 10, 50, 100, 500)
    for framework, momentum, expected in (
        ("PyTorch", 0.1, (0.5, 3.257, 4.974, 5.0, 5.0)),
        ("Keras", 0.99, (0.05, 0.478, 1.975, 3.170, 4.967)),
    ):
        for count, value in zip(steps, expected, strict=True):
            measured = runner.mean(
                "batchnorm_inference",
                framework=framework,
                momentum=momentum,
                steps=count,
                mean=5.0,
                start=0.0,
                batches="exact",
            )
            name = f"{framework}: running mean after {count}"
            yield Row(name, value, measured["running_mean"], 6e-4)


def bessel(runner: Runner) -> Iterator[Row]:
    """Variance stored by PyTorch over that stored by Keras, for one batch."""
    for n, expected in ((2, 2.0), (3, 1.5), (4, 1.333), (5, 1.25), (8, 1.143), (32, 1.032)):
        settings: Settings = {"batch_size": n, "steps": 1, "batches": "exact", "std": 3.0}
        torch = runner.mean("batchnorm_inference", framework="PyTorch", momentum=0.1, **settings)
        keras = runner.mean("batchnorm_inference", framework="Keras", momentum=0.9, **settings)
        measured = (torch["running_var"] - 0.9) / (keras["running_var"] - 0.9)
        yield Row(f"n = {n}: unbiased over biased variance", expected, measured, 6e-4)


EXPERIMENTS = (
    Experiment("R2", "Bessel's ratio", bessel),
    Experiment("R2b", "memory of an average", memory),
    Experiment("R2b", "start of an average", start),
    Experiment("R2b", "running mean by framework", running),
)
