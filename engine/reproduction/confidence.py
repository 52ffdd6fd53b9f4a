"""R10: calibration, temperature, and confidence that training makes."""

from __future__ import annotations

from collections.abc import Iterator

from engine.reproduction.rows import Experiment, Row, Runner, Settings

MANY: Settings = {"samples": 100_000, "spread": 2.0, "bins": 15}
#: k: accuracy, confidence, gap, ECE, NLL, T*, ECE after T
TABLE = {
    0.25: (0.780, 0.596, -0.184, 0.184, 0.572, 0.248, 0.0033),
    0.5: (0.780, 0.675, -0.105, 0.105, 0.502, 0.495, 0.0033),
    1.0: (0.780, 0.778, -0.002, 0.0036, 0.460, 0.991, 0.0033),
    2.0: (0.780, 0.872, 0.092, 0.092, 0.534, 1.98, 0.0033),
    3.0: (0.780, 0.911, 0.131, 0.131, 0.677, 2.97, 0.0033),
}
#: column of the table: scalar, error
COLUMNS = {
    "accuracy": ("accuracy", 0.006),
    "confidence": ("confidence", 0.003),
    "gap": ("gap", 0.006),
    "ECE": ("ece", 0.006),
    "NLL": ("nll", 0.03),
    "T*": ("temperature", 0.03),
    "ECE after T": ("ece_after", 0.0025),
}


def scaled(runner: Runner) -> Iterator[Row]:
    """Logits k·z of two classes. The errors are four standard errors of two such samples."""
    for scale, expected in TABLE.items():
        measured = runner.mean("calibration", classes=2, scale=scale, **MANY)
        for (column, (scalar, error)), value in zip(COLUMNS.items(), expected, strict=True):
            error = error * scale if column in ("NLL", "T*") else error
            yield Row(f"k = {scale:g}: {column}", value, measured[scalar], error)


def ten_classes(runner: Runner) -> Iterator[Row]:
    """The same with ten classes, over- and under-confident."""
    for scale, ece, temperature in ((2.0, 0.210, 2.008), (0.5, 0.207, 0.502)):
        measured = runner.mean("calibration", classes=10, scale=scale, **MANY)
        yield Row(f"10 classes, k = {scale:g}: accuracy", 0.527, measured["accuracy"], 0.008)
        yield Row(f"10 classes, k = {scale:g}: ECE", ece, measured["ece"], 0.008)
        yield Row(
            f"10 classes, k = {scale:g}: T*", temperature, measured["temperature"], 0.03 * scale
        )


def sure(runner: Runner) -> Iterator[Row]:
    """How often those are right who are at least 95% confident."""
    for scale, expected in ((1.0, 0.975), (2.0, 0.914), (3.0, 0.877)):
        measured = runner.mean("calibration", classes=2, scale=scale, threshold=0.95, **MANY)
        yield Row(
            f"k = {scale:g}: accuracy of the 95% sure", expected, measured["sure_accuracy"], 0.008
        )


def perfect(runner: Runner) -> Iterator[Row]:
    """The ECE of a model without any fault, by the size of the test set."""
    for samples, expected in ((100, 0.083), (300, 0.050), (1000, 0.028), (10_000, 0.0082)):
        measured = runner.mean("ece_noise", samples=samples, bins=15, spread=2.0, scale=1.0)
        yield Row(f"perfect model, n = {samples}: ECE", expected, measured["ece"], 0.1, "relative")


def trained(runner: Runner) -> Iterator[Row]:
    """Logistic regression, 200 samples of 40 features: training longer, and L2."""
    measured = runner.mean("confidence_training", 8)
    yield Row("trained long: test NLL", 0.691, measured["test_loss"], 0.1)
    yield Row("trained long: accuracy", 0.721, measured["accuracy"], 0.015)
    gaps = {"none": 0.136, "weak": 0.085, "light": 0.039, "medium": -0.033, "strong": -0.170}
    strengths = {"none": 0, "weak": 0.01, "light": 0.03, "medium": 0.1, "strong": 1}
    for name, expected in gaps.items():
        yield Row(f"L2 = {strengths[name]:g}: gap", expected, measured[f"gap_{name}"], 0.025)
    early = runner.mean("confidence_training", 8, steps=5, early=1)
    yield Row("5 steps: test NLL", 0.533, early["test_loss"], 0.05)
    yield Row("5 steps: gap", -0.033, early["gap"], 0.03)
    yield Row("5 steps: accuracy", 0.732, early["accuracy"], 0.015)


EXPERIMENTS = (
    Experiment("R10", "two classes, scaled logits", scaled),
    Experiment("R10", "ten classes", ten_classes),
    Experiment("R10", "95% sure", sure),
    Experiment("R10", "ECE of a perfect model", perfect),
    Experiment("R10", "confidence that training makes", trained),
)
