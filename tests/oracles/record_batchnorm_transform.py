"""What PyTorch's batch norm does in training: its output, and the gradients that flow back.

`python tests/oracles/record_batchnorm_transform.py` writes batchnorm_transform.npz beside it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

SIZES = (2, 4, 6, 32)
EPSILONS = (1e-5, 1e-3)
FEATURES = 3


def compute() -> dict[str, np.ndarray]:
    """Inputs by batch size n, outputs and gradients by `<what>.<n>.<eps>`.

    The last feature hardly varies, so that where epsilon stands makes a difference.
    """
    found = {}
    for n in SIZES:
        rng = np.random.RandomState(n)
        found[f"x.{n}"] = rng.randn(n, FEATURES) * [2.0, 0.5, 1e-3] + [3.0, -1.0, 0.2]
        found[f"dy.{n}"] = rng.randn(n, FEATURES)
        found[f"gamma.{n}"], found[f"beta.{n}"] = rng.randn(2, FEATURES)
        for eps in EPSILONS:
            found.update(run(found, n, eps))
    return found


def run(inputs: dict[str, np.ndarray], n: int, eps: float) -> dict[str, np.ndarray]:
    x, gamma, beta = (
        torch.tensor(inputs[f"{name}.{n}"], requires_grad=True) for name in ("x", "gamma", "beta")
    )
    y = torch.nn.functional.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)
    y.backward(torch.tensor(inputs[f"dy.{n}"]))
    outputs = {"y": y.detach(), "dx": x.grad, "dgamma": gamma.grad, "dbeta": beta.grad}
    return {f"{name}.{n}.{eps}": value.numpy() for name, value in outputs.items()}


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("batchnorm_transform.npz"), **compute())
