"""R2, R3, R4, R7: statistics of a batch, identities of normalization, ReLU."""

from __future__ import annotations

from collections.abc import Iterator

from engine.reproduction.rows import Experiment, Row, Runner


def jitter(runner: Runner) -> Iterator[Row]:
    """The output for x = 1 in random N(0,1) batches, and what bounds any output."""
    for n, sd, flips in (
        (2, 0.738, 0.163),
        (4, 0.506, 0.042),
        (8, 0.417, 0.004),
        (16, 0.307, 0.0002),
        (32, 0.216, 0.0),
        (128, 0.109, 0.0),
    ):
        measured = runner.mean("batch_size_jitter", 6, n=n, x=1)
        yield Row(f"n = {n}: sd of x̂ for x = 1", sd, measured["jitter"], 0.035)
        yield Row(f"n = {n}: share of sign flips", flips, measured["sign_flips"], 0.015)
    for n, bound in ((2, 1.0), (4, 1.732), (32, 5.57)):
        measured = runner.mean("batch_size_jitter", n=n, outlier=1e6)
        yield Row(f"n = {n}: bound of |x̂|", bound, measured["bound"], 0.005)
        yield Row(f"n = {n}: x̂ of an outlier", bound, measured["outlier_output"], 0.005)


def batch_mean(runner: Runner) -> Iterator[Row]:
    """σ/√n, the deviation of a mean of n values."""
    for n, expected in ((2, 0.707), (4, 0.500), (8, 0.354), (16, 0.250), (32, 0.177)):
        measured = runner.mean(
            "channel_statistics", 3, batch_1=n, side_1=1, batch_2=n, side_2=1, batch_3=n, side_3=1
        )
        yield Row(f"n = {n}: sd of the batch mean", expected, measured["expected_1"], 6e-4)
        yield Row(
            f"n = {n}: the same, drawn", expected, measured["noise_1"], 5 * measured["noise_1_se"]
        )


def epsilon(runner: Runner) -> Iterator[Row]:
    """The deviation of the output, √(v/(v+ε))."""
    for v, std, small, large in ((1e-4, 1e-2, 0.953, 0.302), (1e-6, 1e-3, 0.302, 0.032)):
        for eps, expected in ((1e-5, small), (1e-3, large)):
            measured = runner.mean("batchnorm_output", std=std, eps=eps, gamma=1.0, beta=0.0)
            yield Row(f"v = {v:g}, ε = {eps:g}: output std", expected, measured["y_std"], 6e-4)


def invariance(runner: Runner) -> Iterator[Row]:
    """BN(αWx) = BN(Wx), with gradients α times smaller; and where ε ends that."""
    for alpha, expected in ((0.1, 10.0), (2.0, 0.5), (10.0, 0.1)):
        measured = runner.mean("scale_invariance", alpha=alpha, epsilon=0.0)
        title = f"α = {alpha:g}: ratio of gradient norms"
        yield Row(title, expected, measured["gradient_ratio"], 1e-9, "relative")
        yield Row(f"α = {alpha:g}: change of the output", 0.0, measured["output_difference"], 1e-12)
    yield Row("W·∇W", 0.0, measured["cosine"], 1e-12)
    for eps, expected in ((1e-5, 0.691), (1e-3, 0.098)):
        measured = runner.mean("scale_invariance", alpha=0.001, epsilon=eps, spread=3.0)
        yield Row(f"α = 0.001, ε = {eps:g}: output std", expected, measured["output_std"], 0.006)


def bias(runner: Runner) -> Iterator[Row]:
    """A bias before, behind and beside a normalization."""
    for name, pipeline, shift, gone in (
        ("before BN", "Linear → BN → ReLU", 100.0, True),
        ("before ReLU → BN", "Linear → ReLU → BN", 100.0, False),
        ("one unit's, before LN", "Linear → LN → ReLU", 1.0, False),
        ("before BN in eval mode", "Linear → BN (eval) → ReLU", 1.0, False),
    ):
        measured = runner.mean("redundant_bias", 4, pipeline=pipeline, shift=shift)
        moved, gradient = measured["moved_by_one"], measured["bias_gradient"]
        if gone:
            yield Row(f"bias {name}, +{shift:g}: change of the output", 0.0, moved, 1e-12)
            yield Row(f"bias {name}: ∂L/∂b", 0.0, gradient, 1e-12)
        else:
            expected = {"Linear → LN → ReLU": 1.12, "Linear → BN (eval) → ReLU": 1.26}.get(pipeline)
            if expected is None:
                yield Row(f"bias {name}: ∂L/∂b", 0.108, gradient, 0.35, "decades")
            else:
                yield Row(
                    f"bias {name}, +1: change of the output", expected, moved, 0.35, "decades"
                )


def axes(runner: Runner) -> Iterator[Row]:
    """N=8, C=6, H=5, W=4: how many means, and how many parameters are learned."""
    shape = {"samples": 8, "channels": 6, "height": 5, "width": 4, "groups": 3}
    for operation, means, learned in (
        ("BatchNorm", 6, 12),
        ("LayerNorm", 8, 240),
        ("InstanceNorm", 48, None),
        ("GroupNorm", 24, None),
        ("LayerNorm last", 160, None),
    ):
        measured = runner.mean("normalization_axes", operation=operation, **shape)
        yield Row(f"{operation}: means", means, measured["means"], 0)
        if learned is not None:
            yield Row(f"{operation}: parameters", learned, measured["learned"], 0)
    measured = runner.mean("normalization_axes", operation="LayerNorm last", samples=8, channels=64)
    yield Row("LayerNorm over 64 features: parameters", 128, measured["learned"], 0)


def snippet(runner: Runner) -> Iterator[Row]:
    """Conv2D(32, 3) on one channel, ReLU, then BatchNormalization: Keras in the notes."""
    measured = runner.mean("layer_parameters", kernel=3, channels=1, filters=32, bias=True)
    yield Row("convolution: parameters", 320, measured["weights"] + measured["biases"], 0)
    yield Row("BN: numbers", 128, measured["affine"] + measured["running"], 0)
    yield Row("BN: trainable", 64, measured["affine"], 0)
    yield Row("both: trainable", 384, measured["trainable"], 0)
    measured = runner.mean("relu_bn_order", 3, mean=0.0, std=1.0, samples=20_000)
    yield Row("ReLU, then BN: share below 0", 0.655, measured["after_negative"], 6e-4)
    yield Row("ReLU: share of exact zeros", 0.5, measured["after_at_floor"], 6e-4)


def rectified(runner: Runner) -> Iterator[Row]:
    """Zeros and moments of ReLU behind a normalization and before one."""
    for gamma, beta, expected in (
        (1.0, 0.0, 0.5),
        (1.0, 0.5, 0.308),
        (1.0, 1.0, 0.159),
        (2.0, 1.0, 0.308),
        (1.0, -1.0, 0.841),
    ):
        measured = runner.mean("batchnorm_output", 3, gamma=gamma, beta=beta)
        title = f"γ = {gamma:g}, β = {beta:g}: share of zeros"
        yield Row(title, expected, measured["expected_zeros"], 6e-4)
        yield Row(f"{title}, drawn", expected, measured["zeros"], 4 * measured["zeros_se"])
    measured = runner.mean("relu_bn_order", 3, mean=0.0, std=1.0, samples=20_000)
    yield Row("BN, then ReLU: mean", 0.399, measured["before_mean"], 6e-4)
    yield Row("BN, then ReLU: std", 0.584, measured["before_std"], 6e-4)
    yield Row(
        "BN, then ReLU: mean square",
        0.5,
        measured["before_mean"] ** 2 + measured["before_std"] ** 2,
        1e-6,
    )
    yield Row("BN, then ReLU: mean, drawn", 0.399, measured["before_mean_measured"], 0.012)
    yield Row("ReLU, then BN: lowest value", -0.683, measured["after_floor"], 6e-4)


def dead(runner: Runner) -> Iterator[Row]:
    """Units that are 0 for every input: by bias, and by how many inputs were looked at."""
    for at, share, theory in (
        (-3, 0.0, 0.0),
        (-4, 0.172, 0.167),
        (-5, 0.798, 0.788),
        (-6, 0.980, 0.981),
    ):
        measured = runner.mean("dead_units", 3, bias=at, samples=1000, features=100)
        yield Row(f"bias {at}: dead, drawn", share, measured["dead"], 0.03)
        yield Row(f"bias {at}: dead, in theory", theory, measured["predicted_dead"], 0.012)
    for samples, share in ((1, 0.908), (5, 0.671), (10, 0.437), (100, 0.0005), (1000, 0.0)):
        measured = runner.mean("dead_units", 6, bias=-2, samples=samples, features=100)
        yield Row(f"bias −2, judged from {samples}: “dead”", share, measured["dead"], 0.06)
    measured = runner.mean("relu_batch", 3, batch=5, mean=0.0, std=1.0)
    yield Row("batch of 5: no unit fires", 0.031, measured["none_measured"], 0.005)
    yield Row("batch of 5: mixed", 0.9375, measured["mixed"], 1e-6)
    for rate, low, high in ((0.01, 0.0, 0.1), (3.0, 0.05, 0.4), (100.0, 0.9, 1.0)):
        measured = runner.mean("dead_training", 3, learning_rate=rate, large_steps=5, small_steps=0)
        note = "file: 0, 13 and 100% for 0.01, 0.1 and 1, on a task with larger targets than ours"
        yield Row(
            f"5 steps, rate {rate:g}: dead",
            (low, high),
            measured["dead_after"],
            0.05,
            note=note if rate == 3 else "",
        )


EXPERIMENTS = (
    Experiment("R2", "jitter of a small batch", jitter),
    Experiment("R2", "noise of a batch mean", batch_mean),
    Experiment("R2", "ε", epsilon),
    Experiment("R3", "scale invariance", invariance),
    Experiment("R3", "redundant bias", bias),
    Experiment("R3", "axes", axes),
    Experiment("R4", "Keras snippet", snippet),
    Experiment("R7", "ReLU beside BN", rectified),
    Experiment("R7", "dead units", dead),
)
