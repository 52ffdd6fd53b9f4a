r"""What a network gains from augmentation, and what it loses by one that makes labels wrong.

Ten small letters, each a class, somewhere near the middle of a frame and with noise on every
pixel. Three networks start from the same weights and see the same few pictures: as they are;
moved anew at every step by up to a pixel each way, which keeps the label; or mirrored half of the
time, which makes a d out of a b, and a z out of an s (`glyph_transforms`). All are tested on the
same new pictures, which nobody changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.simulations.confidence.glyph_transforms import FRAME, SETS, pixels
from engine.simulations.kit import mlp
from engine.simulations.kit.base import Outcome, Simulation, parameter, report
from engine.simulations.kit.mlp import Floats, Labels

#: By the ending of its scalars and columns.
WAYS = ("none", "moved", "mirrored")
TEST = 100  # test pictures of each letter
OFF = 1  # pixels that a letter may lie off the middle; moved once more it is still in its frame
CHECKPOINTS = 30


@dataclass(frozen=True)
class Parameters:
    samples: int = parameter(10, "Training pictures of each letter", low=2, high=50, log=True)
    noise: float = parameter(0.2, "Deviation of the noise on a pixel", low=0.0, high=1.0)
    hidden: int = parameter(64, "Hidden units", low=8, high=128, log=True)
    rate: float = parameter(0.3, "Learning rate", low=0.05, high=1.0, log=True)
    steps: int = parameter(300, "Steps", low=30, high=1500, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Trains the three networks side by side on the full batch.

    Table `steps`: step and the accuracy on new pictures of each. Scalars: that of the last step,
    and the accuracy on the training pictures as they are.
    """
    p = parameters
    x, labels = pictures(p.samples, p.noise, rng)
    x_test, test_labels = pictures(TEST, p.noise, rng)
    sizes = [FRAME * FRAME, p.hidden, len(SETS["letters"])]
    start = mlp.build(sizes, "relu", "none", rng, initialization="he")
    models = mlp.copies(start, len(WAYS))
    wanted = {0, *np.unique(np.round(np.linspace(0, p.steps, CHECKPOINTS)).astype(int)).tolist()}
    rows = {}
    for step in range(p.steps + 1):
        if step in wanted:
            rows[step] = _accuracy(models, x_test, test_labels)
            report(step / p.steps)
        if step < p.steps:
            seen = np.stack([x, moved(x, rng), mirrored(x, rng)])
            mlp.descend(models, seen, labels, p.rate)
    known = _accuracy(models, x, labels)
    found = np.array(list(rows.values()))
    table = {"step": np.array(list(rows))}
    table |= {f"accuracy_{way}": found[:, column] for column, way in enumerate(WAYS)}
    scalars = {f"accuracy_{way}": float(found[-1, n]) for n, way in enumerate(WAYS)}
    scalars |= {f"train_{way}": float(known[n]) for n, way in enumerate(WAYS)}
    return Outcome(scalars, {"steps": table})


def pictures(each: int, noise: float, rng: np.random.Generator) -> tuple[Floats, Labels]:
    """`each` pictures of every letter (n, FRAME * FRAME), and which letter each of them is."""
    letters = [pixels(rows) for rows in SETS["letters"].values()]
    labels = np.repeat(np.arange(len(letters)), each)
    frames = np.zeros((len(labels), FRAME, FRAME))
    for frame, label, (down, right) in zip(
        frames, labels, rng.integers(-OFF, OFF + 1, (len(labels), 2)), strict=True
    ):
        height, width = letters[label].shape
        top, left = (FRAME - height) // 2 + down, (FRAME - width) // 2 + right
        frame[top : top + height, left : left + width] = letters[label]
    frames += noise * rng.standard_normal(frames.shape)
    return frames.reshape(len(labels), -1), labels


def moved(x: Floats, rng: np.random.Generator) -> Floats:
    """Each picture moved by up to a pixel each way; what leaves on one side comes in on the other.

    That is noise alone: no letter reaches the frame.
    """
    frames = x.reshape(-1, FRAME, FRAME)
    down, right = rng.integers(-OFF, OFF + 1, (2, len(frames), 1))
    rows, columns = (np.arange(FRAME) - down) % FRAME, (np.arange(FRAME) - right) % FRAME
    which = np.arange(len(frames))[:, None, None]
    return np.asarray(frames[which, rows[:, :, None], columns[:, None, :]].reshape(x.shape))


def mirrored(x: Floats, rng: np.random.Generator) -> Floats:
    """Each picture as it is or mirrored left to right, by chance."""
    frames = x.reshape(-1, FRAME, FRAME)
    turn = rng.random((len(frames), 1, 1)) < 0.5
    return np.where(turn, frames[:, :, ::-1], frames).reshape(x.shape)


def _accuracy(models: mlp.Network, x: Floats, labels: Labels) -> Floats:
    return mlp.accuracy(mlp.forward(models, x)[0], labels)


SIMULATION = Simulation(
    "What augmentation brings a network",
    Parameters,
    run,
    {
        "accuracy_none": "Accuracy on new pictures, without augmentation",
        "accuracy_moved": "Accuracy on new pictures, trained on moved ones",
        "accuracy_mirrored": "Accuracy on new pictures, trained on mirrored ones",
        "train_none": "Accuracy on the training pictures, without augmentation",
        "train_moved": "Accuracy on the training pictures, trained on moved ones",
        "train_mirrored": "Accuracy on the training pictures, trained on mirrored ones",
    },
    columns={
        "accuracy_none": "as they are",
        "accuracy_moved": "moved",
        "accuracy_mirrored": "mirrored",
    },
)
