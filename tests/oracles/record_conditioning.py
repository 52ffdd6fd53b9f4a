"""What PyTorch says of a regression's curvature: the Hessian of its loss, and SGD's steps.

`python tests/oracles/record_conditioning.py` writes conditioning.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch


def compute() -> dict[str, np.ndarray]:
    """`x`, the Hessian of half the mean squared error, its eigenvalues, and errors of SGD."""
    x = torch.tensor(np.random.RandomState(0).randn(50, 2) * [1.0, 4.0] + [0.5, 0.0])
    best = torch.tensor([1.0, -2.0], dtype=torch.float64)
    target = x @ best

    def loss(weight: torch.Tensor) -> torch.Tensor:
        return ((x @ weight - target) ** 2).mean() / 2

    weight = torch.tensor([2.0, -1.0], dtype=torch.float64, requires_grad=True)  # errors 1 and 1
    hessian = torch.autograd.functional.hessian(loss, weight)
    optimizer = torch.optim.SGD([weight], lr=0.1)
    errors = []
    for _ in range(30):
        optimizer.zero_grad()
        loss(weight).backward()
        optimizer.step()
        errors.append(((weight.detach() - best).norm() / np.sqrt(2)).item())
    return {
        "x": x.numpy(),
        "hessian": hessian.numpy(),
        "eigenvalues": torch.linalg.eigvalsh(hessian).numpy(),
        "errors": np.array(errors),
    }


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("conditioning.npz"), **compute())
