"""What PyTorch makes of weights that are scaled in front of a batch normalization.

`python tests/oracles/record_scale_invariance.py` writes scale_invariance.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

N, INPUTS = 16, 5
SCALES = (1.0, 0.1, 2.0, 10.0, 0.001, -1.0)
TINY = 1e-300  # PyTorch refuses 0
EPSILONS = (TINY, 1e-5, 1e-3)


def compute() -> dict[str, np.ndarray]:
    """A unit, and by `<scale>.<epsilon>` its outputs and its gradient; and norms of training."""
    draw = np.random.RandomState(0)
    found = {
        "x": 0.5 + draw.randn(N, INPUTS),
        "w": draw.randn(INPUTS),
        "upstream": draw.randn(N),
    }
    x, upstream = torch.tensor(found["x"]), torch.tensor(found["upstream"])
    for scale in SCALES:
        for epsilon in EPSILONS:
            w = torch.tensor(scale * found["w"], requires_grad=True)
            out = normalized(x @ w, epsilon)
            (out * upstream).sum().backward()
            found[f"out.{scale}.{epsilon}"] = out.detach().numpy()
            assert w.grad is not None
            found[f"gradient.{scale}.{epsilon}"] = w.grad.numpy()
    for decay in (0.0, 0.1):
        found[f"norms.{decay}"] = trained(x, upstream, torch.tensor(found["w"]), decay)
    return found


def normalized(z: torch.Tensor, epsilon: float) -> torch.Tensor:
    return torch.nn.functional.batch_norm(z[:, None], None, None, training=True, eps=epsilon)[:, 0]


def trained(
    x: torch.Tensor, upstream: torch.Tensor, start: torch.Tensor, decay: float
) -> np.ndarray:
    """‖w‖ after 0 ... 5 steps of torch.optim.SGD with lr 0.3."""
    w = torch.nn.Parameter(start.clone())
    optimizer = torch.optim.SGD([w], lr=0.3, weight_decay=decay)
    norms = [w.norm().item()]
    for _ in range(5):
        optimizer.zero_grad()
        (normalized(x @ w, TINY) * upstream).sum().backward()
        optimizer.step()
        norms.append(w.norm().item())
    return np.array(norms)


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("scale_invariance.npz"), **compute())
