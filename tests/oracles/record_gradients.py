"""What PyTorch says of gradients: chains, slopes, one weight, residual blocks, a line of inputs.

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
    for branch in ("linear_last", "relu_last"):
        for skip, normalized in ((False, False), (True, False), (True, True), (False, True)):
            case = f"{branch}.{skip:d}.{normalized:d}"
            found |= {f"{case}.{k}": v for k, v in blocks(branch, skip, normalized).items()}
    for branch_scale in (0.0, 0.3):
        found |= {f"line.{branch_scale}.{k}": v for k, v in line(branch_scale).items()}
    return found | {"slope.z": z, "unit": unit_gradients()}


def blocks(branch: str, skip: bool, normalized: bool) -> dict[str, np.ndarray]:
    """Four blocks x + 0.6 F(x), or F(x); the gradients at every x_l by autograd."""
    rng = np.random.RandomState(2)
    weights = 0.5 * rng.randn(4, 6, 6)
    x, upstream = rng.randn(8, 6), rng.randn(8, 6)
    signals = [torch.tensor(x, requires_grad=True)]
    for w in torch.tensor(weights):
        at = signals[-1]
        z = at if branch == "linear_last" else at @ w
        if normalized:
            z = torch.nn.functional.batch_norm(z, None, None, training=True, eps=1e-5)
        f = torch.relu(z) @ w if branch == "linear_last" else torch.relu(z)
        signals.append(at + 0.6 * f if skip else f)
        signals[-1].retain_grad()
    signals[-1].backward(torch.tensor(upstream))
    return {
        "weights": weights,
        "x": x,
        "upstream": upstream,
        "signals": torch.stack(signals[1:]).detach().numpy(),
        "gradients": torch.stack([signal.grad for signal in signals[1:]]).numpy(),
    }


def line(branch_scale: float) -> dict[str, np.ndarray]:
    """dy/dx along a line, with the statistics of BN held fixed."""
    rng = np.random.RandomState(3)
    first, bias, last = rng.randn(3, 8)
    weights = rng.randn(4, 8, 8)
    x = torch.linspace(-2, 2, 30, dtype=torch.float64, requires_grad=True)
    h = x[:, None] * torch.tensor(first) + torch.tensor(bias)

    def normal(h: torch.Tensor) -> torch.Tensor:
        fixed = h.detach()
        return (h - fixed.mean(0)) / torch.sqrt(fixed.var(0, correction=0) + 1e-12)

    for w in torch.tensor(weights):
        f = torch.relu(normal(h)) @ w
        h = h + branch_scale * f if branch_scale else f
    (torch.relu(normal(h)) @ torch.tensor(last)).sum().backward()
    names = ("first", "bias", "last", "weights", "x", "gradients")
    values = (first, bias, last, weights, x.detach().numpy(), x.grad.numpy())
    return dict(zip(names, values, strict=True))


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
