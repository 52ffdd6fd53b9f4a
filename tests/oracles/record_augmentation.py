"""Ridge and polynomial fits by PyTorch's own least squares.

`python tests/oracles/record_augmentation.py` writes augmentation.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

PENALTIES = (0.0, 0.7, 12.5)
FITS = ((3, 12), (9, 15), (12, 40))  # degree, points


def compute() -> dict[str, np.ndarray]:
    """Ridge slopes by penalty, and fitted values by `<degree>.<points>`."""
    rng = np.random.RandomState(0)
    x = rng.randn(25, 3) @ rng.randn(3, 3)
    y = x @ [1.0, -2.0, 0.5] + 0.3 * rng.randn(25)
    found = {"x": x, "y": y}
    for penalty in PENALTIES:
        found[f"ridge.{penalty}"] = ridge(x, y, penalty)
    for degree, n in FITS:
        at, value = rng.uniform(-1, 1, n), rng.randn(n)
        found[f"at.{degree}.{n}"], found[f"value.{degree}.{n}"] = at, value
        found[f"fitted.{degree}.{n}"] = polynomial(at, value, degree)
    return found


def ridge(x: np.ndarray, y: np.ndarray, penalty: float) -> np.ndarray:
    """Least squares on the samples and one row more for each coefficient."""
    rows = torch.tensor(np.vstack([x, np.sqrt(penalty) * np.eye(x.shape[1])]))
    values = torch.tensor(np.concatenate([y, np.zeros(x.shape[1])]))
    return torch.linalg.lstsq(rows, values[:, None], driver="gelsd").solution[:, 0].numpy()


def polynomial(at: np.ndarray, value: np.ndarray, degree: int) -> np.ndarray:
    """The fitted values, with plain powers."""
    powers = torch.tensor(np.stack([at**power for power in range(degree + 1)], axis=1))
    solution = torch.linalg.lstsq(powers, torch.tensor(value)[:, None], driver="gelsd").solution
    return (powers @ solution)[:, 0].numpy()


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("augmentation.npz"), **compute())
