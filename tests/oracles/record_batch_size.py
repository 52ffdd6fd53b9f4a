"""What PyTorch makes of small batches: outputs, the variance it stores, a batch of one.

`python tests/oracles/record_batch_size.py` writes batch_size.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

SIZES = (2, 3, 8, 32)
OUTLIER = 1000.0
IMAGES, CHANNELS, SIDE = 4, 3, 5


def compute() -> dict[str, np.ndarray]:
    """By batch size n: a batch, its outputs, what is stored of it; and the same for images."""
    found: dict[str, np.ndarray] = {}
    for n in SIZES:
        batch = np.random.RandomState(n).randn(n)
        found[f"batch.{n}"] = batch
        found[f"output.{n}"], found[f"stored.{n}"] = dense(batch)
        alone = np.zeros(n)
        alone[0] = OUTLIER
        found[f"outlier.{n}"] = dense(alone)[0][0]
    images = np.random.RandomState(0).randn(IMAGES, CHANNELS, SIDE, SIDE)
    layer = torch.nn.BatchNorm2d(CHANNELS, momentum=1.0, dtype=torch.float64)
    layer(torch.tensor(images))
    found["images"], found["image_means"] = images, layer.running_mean.numpy()
    found["image_variances"] = layer.running_var.numpy()
    found["one_refused"] = np.array(refused(torch.zeros(1, 1, dtype=torch.float64)))
    return found


def dense(batch: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The outputs in training, and the variance stored with momentum 1."""
    layer = torch.nn.BatchNorm1d(1, momentum=1.0, dtype=torch.float64)
    output = layer(torch.tensor(batch)[:, None])[:, 0]
    return output.detach().numpy(), layer.running_var.numpy()


def refused(batch: torch.Tensor) -> bool:
    try:
        torch.nn.BatchNorm1d(1, dtype=torch.float64)(batch)
    except ValueError:
        return True
    return False


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("batch_size.npz"), **compute())
