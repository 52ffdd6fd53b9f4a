"""What PyTorch says of standardizing: batch normalization without gamma, beta and epsilon.

`python tests/oracles/record_standardization.py` writes standardization.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch


def compute() -> dict[str, np.ndarray]:
    """`x.<name>` and its `z.<name>`, for a skewed feature and a short one."""
    random = np.random.RandomState(0)
    features = {"skewed": np.exp(random.randn(400)), "short": np.array([2.0, 4.0, 6.0, 8.0])}
    found = {}
    for name, x in features.items():
        column = torch.tensor(x)[:, None]
        z = torch.nn.functional.batch_norm(column, None, None, training=True, eps=1e-300)
        found[f"x.{name}"], found[f"z.{name}"] = x, z[:, 0].numpy()
    return found


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("standardization.npz"), **compute())
