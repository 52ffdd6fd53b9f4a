"""R1: signals and gradients in networks of 50 layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.reproduction.rows import Experiment, Row, Runner, Settings

DEEP: Settings = {"depth": 50, "width": 256, "batch": 256}
N1: Settings = {"initialization": "fixed_normal", "std": 1.0}
SMALL: Settings = {"initialization": "fixed_normal", "std": 0.01}
XAVIER: Settings = {"initialization": "xavier_normal"}
XAVIER_U: Settings = {"initialization": "xavier_uniform"}
HE: Settings = {"initialization": "he_normal"}
HE_U: Settings = {"initialization": "he_uniform"}
DEFAULT: Settings = {"initialization": "pytorch_linear"}
GAIN: Settings = {"initialization": "fixed_normal", "std": 5 / 3 / 16}
COLUMNS = {
    "a_std": "final_std",
    "sd over the batch": "final_across_sd",
    "δ-ratio": "delta_ratio",
    "W-ratio": "weight_gradient_ratio",
}
#: activation, initialization, settings, the four columns of the table, and the decades that one
#: network and another differ by (three networks' median, against one network in the table).
#: 1.5e-15 across the batch is what float64 leaves of a collapsed signal: an order of magnitude.
TABLE: tuple[tuple[str, str, Settings, tuple[float, ...], float], ...] = (
    ("linear", "N(0,1)", N1, (1.4e60, 1.4e60, 9.1e58, 0.98), 0.4),
    ("linear", "N(0,.01²)", SMALL, (1.4e-40, 1.4e-40, 9.1e-40, 0.98), 0.4),
    ("linear", "Xavier", XAVIER, (0.89, 0.86, 0.90, 0.98), 0.4),
    ("linear", "He", HE, (3.0e7, 2.9e7, 2.1e7, 0.98), 0.4),
    ("tanh", "N(0,1)", N1, (0.974, 0.972, 5.8e22, 5.9e22), 0.5),
    ("tanh", "N(0,.01²)", SMALL, (1.4e-40, 1.4e-40, 8.9e-40, 0.98), 0.4),
    ("tanh", "Xavier normal", XAVIER, (0.094, 0.090, 0.116, 1.24), 0.1),
    ("tanh", "Xavier uniform", XAVIER_U, (0.098, 0.095, 0.120, 1.18), 0.1),
    ("tanh", "He", HE, (0.559, 0.556, 8.4, 15), 0.2),
    ("tanh", "gain 5/3", GAIN, (0.652, 0.650, 83, 128), 0.2),
    ("tanh", "PyTorch default", DEFAULT, (8.4e-13, 8.1e-13, 1.5e-12, 1.01), 0.4),
    ("sigmoid", "N(0,1)", N1, (0.461, 0.137, 3.3e4, 5.0e4), 0.5),
    ("sigmoid", "N(0,.01²)", SMALL, (0.020, 1.7e-15, 2.6e-69, 5.4e-69), 0.2),
    ("sigmoid", "Xavier", XAVIER, (0.118, 1.5e-15, 1.5e-31, 3.0e-31), 0.2),
    ("sigmoid", "He", HE, (0.161, 1.5e-15, 3.2e-25, 6.1e-25), 0.2),
    ("relu", "N(0,1)", N1, (4.8e52, 6.5e51, 4.4e51, 0.88), 0.5),
    ("relu", "N(0,.01²)", SMALL, (4.8e-48, 6.5e-49, 4.4e-47, 0.88), 0.5),
    ("relu", "Xavier", XAVIER, (3.0e-8, 4.1e-9, 4.4e-8, 0.88), 0.5),
    ("relu", "He normal", HE, (0.99, 0.136, 1.05, 0.88), 0.5),
    ("relu", "He uniform", HE_U, (0.74, 0.131, 1.13, 1.30), 0.5),
    ("relu", "PyTorch default", DEFAULT, (2.6e-20, 4.6e-21, 9.7e-20, 1.30), 0.5),
    ("leaky_relu", "He with gain √2", {**HE, "slope": 0.2}, (2.33, 0.48, 2.6, 0.89), 0.4),
)


def _line(
    activation: str, scheme: str, settings: Settings, runner: Runner, at: int
) -> Iterator[Row]:
    measured = runner.median("signal_propagation", 3, activation=activation, **settings, **DEEP)
    _, _, _, expected, decades = TABLE[at]
    for (column, scalar), value in zip(COLUMNS.items(), expected, strict=True):
        rounding = value < 1e-14 and column == "sd over the batch" and activation == "sigmoid"
        yield Row(
            f"{activation}, {scheme}: {column}",
            value,
            measured[scalar],
            1.0 if rounding else decades,
            "decades",
        )


def _experiment(at: int) -> Experiment:
    activation, scheme, settings, _, _ = TABLE[at]
    return Experiment(
        "R1",
        f"{activation}, {scheme}",
        lambda runner: _line(activation, scheme, settings, runner, at),
    )


def factors(runner: Runner) -> Iterator[Row]:
    """The factor a layer, by which signals and gradients change in the long run."""
    per_layer: Mapping[str, tuple[Settings, float]] = {
        "He": (HE, 1.0),
        "Xavier": (XAVIER, 0.7071),
        "PyTorch default": (DEFAULT, 0.4082),
    }
    for name, (settings, expected) in {
        **per_layer,
        "N(0,1)": (N1, 11.31),
        "N(0,.01²)": (SMALL, 0.1131),
    }.items():
        run = runner.median("signal_propagation", 3, activation="relu", **settings, **DEEP)
        measured = run["final_rms"] ** (1 / 50)
        yield Row(f"relu, {name}: rms factor a layer", expected, measured, 0.02, "relative")
    run = runner.median("signal_propagation", 1, activation="tanh", **N1, **DEEP)
    measured = run["delta_ratio"] ** (1 / 49)
    yield Row(
        "tanh, N(0,1): gradient factor a layer, 256 wide", (2.93, 3.0), measured, 0.02, "relative"
    )
    yield Row("tanh, N(0,1): saturated share", 0.895, run["saturated_share"], 0.01)
    wide: Settings = {"depth": 20, "width": 512, "batch": 128}
    run = runner.median("signal_propagation", 1, activation="tanh", **N1, **wide)
    measured = run["delta_ratio"] ** (1 / 19)
    yield Row(
        "tanh, N(0,1): gradient factor a layer, 512 wide",
        (3.509, 3.518),
        measured,
        0.03,
        "relative",
    )


def tapered(runner: Runner) -> Iterator[Row]:
    """Widths that halve or double, one network's figures against the mean of many.

    Backward is counted over three halvings, as in the file, which goes back to the input of its
    three layers; so ours has four, because it measures at z.
    """
    ends: Mapping[str, tuple[Settings, Settings]] = {
        "narrowing": ({"width": 512, "taper": 0.5}, {"width": 512, "taper": 0.5}),
        "widening": ({"width": 64, "taper": 2.0}, {"width": 32, "taper": 2.0}),
    }
    for shape, name, settings, expected in (
        ("narrowing", "fan_in", {**HE, "fan": "fan_in"}, (0.93, 0.35)),
        ("narrowing", "fan_out", {**HE, "fan": "fan_out"}, (2.63, 0.98)),
        ("narrowing", "Xavier", XAVIER, (0.51, 0.19)),
        ("widening", "fan_in", {**HE, "fan": "fan_in"}, (0.98, 2.85)),
        ("widening", "fan_out", {**HE, "fan": "fan_out"}, (0.35, 1.01)),
    ):
        widths = ends[shape]
        common: Settings = {"activation": "relu", "batch": 128, **settings}
        measured = runner.mean("signal_propagation", 12, depth=3, **common, **widths[0])
        title = f"{shape}, {name}: forward rms"
        yield Row(title, expected[0], measured["final_rms"], 0.25, "relative")
        measured = runner.mean("signal_propagation", 12, depth=4, **common, **widths[1])
        title = f"{shape}, {name}: backward rms"
        yield Row(title, expected[1], measured["delta_rms_ratio"], 0.25, "relative")


def overflow(runner: Runner) -> Iterator[Row]:
    """The layer at which float32 is left by N(0,1) weights and ReLU."""
    for width, formula, entries in ((256, 37, 36), (512, 32, 32)):
        measured = runner.mean("float_overflow", format="float32", width=width, std=1.0, depth=60)
        yield Row(f"{width} wide: overflow by the formula", formula, measured["predicted_layer"], 0)
        yield Row(f"{width} wide: first entry that overflows", entries, measured["entry_layer"], 1)


def spread(runner: Runner) -> Iterator[Row]:
    """How networks drawn alike differ: the deviation of ln rms, theory √(5L/4H)."""
    for width, theory in ((256, 0.49), (512, 0.35)):
        measured = runner.mean(
            "signal_spread", 1, initialization="he_normal", depth=50, width=width
        )
        error = max(4 * measured["sd_log_se"], 0.06)
        yield Row(
            f"He, {width} wide: sd of ln rms, theory", theory, measured["predicted_sd_log"], 0.006
        )
        yield Row(f"He, {width} wide: sd of ln rms, drawn", theory, measured["sd_log"], error)


EXPERIMENTS = (
    *(_experiment(at) for at in range(len(TABLE))),
    Experiment("R1", "factors a layer", factors),
    Experiment("R1", "rectangular networks", tapered),
    Experiment("R1", "float32", overflow),
    Experiment("R1", "spread of He networks", spread),
)
