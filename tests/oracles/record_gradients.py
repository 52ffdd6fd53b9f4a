"""What PyTorch says of gradients on their way back: chains of single units.

`python tests/oracles/record_gradients.py` writes gradients.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

CHAINS = ((0.25, 1.0), (0.5, 1.6), (0.2, 8.0))  # slope, weight
DEPTH = 12


def compute() -> dict[str, np.ndarray]:
    """The gradients of every case, by `<case>.<what>`."""
    found = {}
    for index, (slope, weight) in enumerate(CHAINS):
        found[f"chain.{index}.plain"] = chain(slope, weight, skip=False)
        found[f"chain.{index}.skip"] = chain(slope, weight, skip=True)
    return found


def chain(slope: float, weight: float, skip: bool) -> np.ndarray:
    """dL/dz_l of DEPTH values, each made of the one before by a leaky unit on its slope side."""
    values = [torch.tensor(-1.0, dtype=torch.float64, requires_grad=True)]
    for _ in range(DEPTH - 1):
        before = values[-1]
        branch = weight * torch.nn.functional.leaky_relu(before, slope)
        values.append(before + branch if skip else branch)
        values[-1].retain_grad()
    values[-1].backward()
    return np.array([value.grad.item() for value in values])


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("gradients.npz"), **compute())
