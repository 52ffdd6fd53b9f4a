"""What PyTorch says of gradients: chains of single units, slopes, the gradient of one weight.

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
    z = np.linspace(-10, 10, 41)
    for activation in (torch.sigmoid, torch.tanh):
        found[f"slope.{activation.__name__}"] = slopes(activation, z)
    return found | {"slope.z": z, "unit": unit_gradients()}


def slopes(activation, z: np.ndarray) -> np.ndarray:
    """phi'(z) by autograd."""
    at = torch.tensor(z, requires_grad=True)
    activation(at).sum().backward()
    return at.grad.numpy()


def unit_gradients() -> np.ndarray:
    """Rows of scale of x, w and the rms of da/dw over 40 000 inputs, where a = sigmoid(w x)."""
    x = torch.tensor(np.random.RandomState(1).randn(40_000))
    rows = []
    for scale, weight in ((0.1, 1.0), (1.0, 1.0), (10.0, 1.0), (30.0, 0.5)):
        w = torch.full((len(x),), weight, dtype=torch.float64, requires_grad=True)
        torch.sigmoid(w * scale * x).sum().backward()
        rows.append((scale, weight, (w.grad**2).mean().sqrt().item()))
    return np.array(rows)


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
