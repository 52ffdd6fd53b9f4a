"""What PyTorch says of densities and of weighted least squares.

`python tests/oracles/record_importance_weighting.py` writes importance_weighting.npz beside it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

DEGREES = (1, 2, 3, 5)


def compute() -> dict[str, np.ndarray]:
    """Inputs x, y, importance weights, and the minimizer of the weighted loss by degree."""
    rng = np.random.RandomState(0)
    x = 0.5 + 0.5 * rng.randn(60)
    y = -x + x**3 + 0.3 * rng.randn(60)
    at = torch.tensor(x)
    train, test = normal(0.5, 0.5), normal(0.0, 0.3)
    weights = (test.log_prob(at) - train.log_prob(at)).exp()
    found = {
        "x": x,
        "y": y,
        "weights": weights.numpy(),
        "density": train.log_prob(at).exp().numpy(),
    }
    for degree in DEGREES:
        found[f"plain.{degree}"] = minimizer(at, torch.tensor(y), torch.ones(60), degree)
        found[f"weighted.{degree}"] = minimizer(at, torch.tensor(y), weights, degree)
    return found


def normal(mean: float, std: float) -> torch.distributions.Normal:
    """In double precision, which plain numbers would not give."""
    return torch.distributions.Normal(*torch.tensor([mean, std], dtype=torch.float64))


def minimizer(x: torch.Tensor, y: torch.Tensor, weights: torch.Tensor, degree: int) -> np.ndarray:
    """One Newton step from 0, by autograd: exact, as the loss is quadratic."""

    def loss(c: torch.Tensor) -> torch.Tensor:
        return (weights * (sum(c[k] * x**k for k in range(degree + 1)) - y) ** 2).sum()

    start = torch.zeros(degree + 1, dtype=torch.float64)
    gradient = torch.autograd.functional.jacobian(loss, start)
    hessian = torch.autograd.functional.hessian(loss, start)
    return -torch.linalg.solve(hessian, gradient).numpy()


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("importance_weighting.npz"), **compute())
