"""What PyTorch's own functions make of gradients: clip_grad_norm_ and clip_grad_value_.

`python tests/oracles/record_gradient_clipping.py` writes gradient_clipping.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

#: name -> (gradient, limit); "small" lies below the limit, "at" exactly on it
CASES = {
    "large": ((3.0, -40.0, 0.5, 8.0), 5.0),
    "small": ((0.3, -0.4, 0.1, 0.2), 5.0),
    "at": ((3.0, 4.0, 0.0, 0.0), 5.0),
    "tiny-limit": ((1e-4, -2e-4, 0.0, 1e-4), 1e-4),
}


def compute() -> dict[str, np.ndarray]:
    """By `<what>.<case>`: gradient, limit, by_norm, returned (the norm), by_value.

    The entries are two tensors of two, so that it is the norm of all parameters together.
    """
    found: dict[str, np.ndarray] = {}
    for name, (gradient, limit) in CASES.items():
        weights = _with(gradient)
        returned = torch.nn.utils.clip_grad_norm_(weights, limit)
        found[f"gradient.{name}"] = np.array(gradient)
        found[f"limit.{name}"] = np.array(limit)
        found[f"by_norm.{name}"] = _gradients(weights)
        found[f"returned.{name}"] = np.array(returned.item())
        weights = _with(gradient)
        torch.nn.utils.clip_grad_value_(weights, limit)
        found[f"by_value.{name}"] = _gradients(weights)
    return found


def _with(gradient: tuple[float, ...]) -> list[torch.Tensor]:
    weights = []
    for part in (gradient[:2], gradient[2:]):
        weight = torch.zeros(2, dtype=torch.float64, requires_grad=True)
        weight.grad = torch.tensor(part, dtype=torch.float64)
        weights.append(weight)
    return weights


def _gradients(weights: list[torch.Tensor]) -> np.ndarray:
    return np.concatenate([weight.grad.numpy() for weight in weights])


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("gradient_clipping.npz"), **compute())
