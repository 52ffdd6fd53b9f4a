"""A network learns labels that were drawn at random, with and without batch normalization.

There is no rule to find, so every fit is memory, and on new samples it is worth a coin toss
(Zhang, Bengio, Hardt, Recht & Vinyals 2017, section 2). Batch normalization only makes the
memorizing faster. How much faster depends on the start: with PyTorch's default initialization,
whose signals shrink from layer to layer, it is a factor of about ten; with He's, less than two.

Three hidden ReLU layers, mini-batches, plain descent on the cross-entropy of two classes. For
testing, batch normalization takes the statistics of the whole training set (Ioffe & Szegedy 2015,
Algorithm 2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import Floats, Labels

HIDDEN = 3
TEST = 500
#: name in the outcome -> how its layers are normalized
COMPARED = {"none": "none", "bn": "batch"}


@dataclass(frozen=True)
class Parameters:
    samples: int = parameter(200, "Samples", low=20, high=400)
    features: int = parameter(20, "Features", low=5, high=100)
    width: int = parameter(256, "Units a layer", low=16, high=256, log=True)
    initialization: str = parameter("pytorch", "Initialization", choices=("pytorch", "he"))
    rate: float = parameter(0.1, "Learning rate", low=0.01, high=1.0, log=True)
    batch: int = parameter(50, "Batch size", low=10, high=400, log=True)
    epochs: int = parameter(100, "Epochs at most", low=5, high=200)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains both from the same start on the same batches, each until it knows all labels.

    Table `epochs` has a row an epoch; a network that has finished or has diverged has NaN there.
    `epochs_*` is the epoch at whose end every training label was right; `fitted_*` is 0 and
    `epochs_*` the number of epochs if that never happened.
    """
    p = parameters
    x, y = _samples(p.samples, p.features, rng)
    new_x, new_y = _samples(TEST, p.features, rng)
    seed = int(rng.integers(2**32))
    scalars: dict[str, float] = {}
    table: dict[str, Floats] = {"epoch": np.arange(1.0, p.epochs + 1)}
    for number, (name, norm) in enumerate(COMPARED.items()):
        train, test = _learn(p, norm, (x, y), (new_x, new_y), np.random.default_rng(seed), number)
        table[f"train_{name}"], table[f"test_{name}"] = _padded(train, p), _padded(test, p)
        scalars |= {
            f"epochs_{name}": float(len(train)) if train[-1] == 1 else float(p.epochs),
            f"fitted_{name}": float(train[-1] == 1),
            f"train_{name}": train[-1],
            f"test_{name}": test[-1],
        }
    longest = int(max(scalars["epochs_none"], scalars["epochs_bn"]))
    scalars["times_faster"] = scalars["epochs_none"] / scalars["epochs_bn"]
    return Outcome(scalars, {"epochs": {name: column[:longest] for name, column in table.items()}})


def _samples(count: int, features: int, rng: np.random.Generator) -> tuple[Floats, Labels]:
    """Normal inputs (count, features), and for each a label 0 or 1 that has nothing to do with it.

    As many of each class, as nearly as can be.
    """
    return rng.standard_normal((count, features)), rng.permutation(np.arange(count) % 2)


def _learn(
    p: Parameters,
    norm: str,
    known: tuple[Floats, Labels],
    new: tuple[Floats, Labels],
    rng: np.random.Generator,
    number: int,
) -> tuple[list[float], list[float]]:
    """Accuracy on the training and on the new samples after each epoch."""
    x, y = known
    sizes = [p.features, *[p.width] * HIDDEN, 2]
    network = mlp.build(sizes, "relu", norm, rng, initialization=p.initialization)
    train: list[float] = []
    test: list[float] = []
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(p.epochs):
            order = rng.permutation(len(x))
            # A last batch of a sample or two is left out: normalized, it would say nothing.
            for start in range(0, max(len(x) - 2, 1), p.batch):
                chosen = order[start : start + p.batch]
                mlp.descend(network, x[chosen], y[chosen], p.rate)
            logits, trace = mlp.forward(network, x)
            train.append(float(mlp.accuracy(logits, y)))
            logits, _ = mlp.forward(network, new[0], trace.statistics)
            test.append(float(mlp.accuracy(logits, new[1])))
            report((number + (epoch + 1) / p.epochs) / len(COMPARED))
            if train[-1] == 1 or not np.isfinite(logits).all():
                break
    return train, test


def _padded(values: list[float], p: Parameters) -> Floats:
    return np.concatenate([values, np.full(p.epochs - len(values), np.nan)])


SIMULATION = Simulation(
    "Learning random labels",
    Parameters,
    run,
    {
        "epochs_none": "Epochs until all labels are known, without BN",
        "fitted_none": "All labels known, without BN (1: yes)",
        "train_none": "Training accuracy without BN",
        "test_none": "Accuracy on new samples without BN",
        "epochs_bn": "Epochs until all labels are known, with BN",
        "fitted_bn": "All labels known, with BN (1: yes)",
        "train_bn": "Training accuracy with BN",
        "test_bn": "Accuracy on new samples with BN",
        "times_faster": "Epochs without BN over epochs with it",
    },
)
