"""What PyTorch's BatchNorm1d stores in training and does with it in eval mode.

`python tests/oracles/record_batchnorm_inference.py` writes batchnorm_inference.npz beside it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

MOMENTA = (0.1, 0.3, 0.99, None)
SIZES = (2, 5, 32)
MATES = (1.0, -2.0, 0.5, 4.0)  # the first is the input that is watched
STORED = {"ordinary": (0.7, 2.5), "tiny variance": (0.9, 0.01)}
GAMMA, BETA = 1.7, -0.4


def compute() -> dict[str, np.ndarray]:
    """Batches and running statistics by `<momentum>.<n>`; outputs of one batch by stored values."""
    found = {}
    for n in SIZES:
        batches = 3 + 2 * np.random.RandomState(n).randn(12, n)
        found[f"batches.{n}"] = batches
        for momentum in MOMENTA:
            found[f"running.{momentum}.{n}"] = running(batches, momentum)
    for name, (mean, variance) in STORED.items():
        found[f"outputs.{name}"] = outputs(mean, variance)
    return found


def running(batches: np.ndarray, momentum: float | None) -> np.ndarray:
    """(T, 2): running mean and variance after each batch."""
    layer = torch.nn.BatchNorm1d(1, momentum=momentum, dtype=torch.float64)
    seen = []
    for batch in batches:
        layer(torch.tensor(batch)[:, None])
        seen.append([layer.running_mean.item(), layer.running_var.item()])
    return np.array(seen)


def outputs(mean: float, variance: float) -> np.ndarray:
    """(2, n): the batch MATES in eval mode, then in training mode."""
    layer = torch.nn.BatchNorm1d(1, dtype=torch.float64)
    with torch.no_grad():
        layer.running_mean.fill_(mean)
        layer.running_var.fill_(variance)
        layer.weight.fill_(GAMMA)
        layer.bias.fill_(BETA)
        x = torch.tensor(MATES, dtype=torch.float64)[:, None]
        frozen = layer.eval()(x)[:, 0].numpy()
        return np.array([frozen, layer.train()(x)[:, 0].numpy()])


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("batchnorm_inference.npz"), **compute())
