"""What PyTorch says of gradient descent on a quadratic: SGD's own steps, and the Hessian.

`python tests/oracles/record_gradient_descent.py` writes gradient_descent.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

#: name -> (curvatures, start, learning rate)
CASES = {
    "slow": ((3.0,), (5.0,), 0.05),
    "overshooting": ((3.0,), (5.0,), 0.6),
    "cycling": ((4.0,), (-2.0,), 0.5),
    "diverging": ((8.0,), (1.5,), 0.275),
    "valley": ((9.0, 0.5), (4.0, -3.0), 0.2),
}
STEPS = 15


def compute() -> dict[str, np.ndarray]:
    """By `<what>.<case>`: curvatures, start, rate; path and loss for w_0 ... w_T; limit.

    The limit is 2 / largest eigenvalue of the Hessian.
    """
    found: dict[str, np.ndarray] = {}
    for name, (curvatures, start, rate) in CASES.items():
        h = torch.tensor(curvatures, dtype=torch.float64)
        weight = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([weight], lr=rate)
        path, losses = [], []
        for _ in range(STEPS + 1):
            optimizer.zero_grad()
            loss = (h * weight**2).sum() / 2
            path.append(weight.detach().numpy().copy())
            losses.append(loss.item())
            loss.backward()
            optimizer.step()
        hessian = torch.autograd.functional.hessian(lambda w, h=h: (h * w**2).sum() / 2, weight)
        found[f"curvatures.{name}"] = np.array(curvatures)
        found[f"start.{name}"] = np.array(start)
        found[f"rate.{name}"] = np.array(rate)
        found[f"path.{name}"] = np.array(path)
        found[f"loss.{name}"] = np.array(losses)
        found[f"limit.{name}"] = np.array(2 / torch.linalg.eigvalsh(hessian).max().item())
    return found


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("gradient_descent.npz"), **compute())
