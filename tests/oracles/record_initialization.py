"""What PyTorch says of initialization and of signals in deep networks.

`python tests/oracles/record_initialization.py` writes initialization.npz beside this file.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import torch

SHAPES = {"square": (12, 12, 12, 12), "tapered": (16, 11, 7, 5), "widening": (4, 9, 13)}
BATCH = 6
ACTIVATIONS = {
    "linear": lambda z: z,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
}
N_IN, N_OUT = 300, 200
INITIALIZERS = {
    "xavier_uniform": torch.nn.init.xavier_uniform_,
    "xavier_normal": torch.nn.init.xavier_normal_,
    "he_uniform": torch.nn.init.kaiming_uniform_,
    "he_normal": torch.nn.init.kaiming_normal_,
    "he_uniform_fan_out": lambda w: torch.nn.init.kaiming_uniform_(w, mode="fan_out"),
    "he_normal_fan_out": lambda w: torch.nn.init.kaiming_normal_(w, mode="fan_out"),
    "lecun_uniform": lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="linear"),
    "lecun_normal": lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="linear"),
}


def compute() -> dict[str, np.ndarray]:
    """Inputs and outputs of every case, by `<case>.<what>`."""
    found = {}
    for (shape, widths), activation in itertools.product(SHAPES.items(), ACTIVATIONS):
        rng = np.random.RandomState(len(found))
        pairs = itertools.pairwise(widths)
        weights = [1.5 * rng.randn(n, m) / n**0.5 for n, m in pairs]
        x, upstream = rng.randn(BATCH, widths[0]), rng.randn(BATCH, widths[-1])
        found |= network(f"{shape}.{activation}", weights, x, upstream, activation)
    # Pre-activations of exactly 0, which no random network ever has: a zero column, a zero input.
    rng = np.random.RandomState(1000)
    weights = [rng.randn(5, 5), rng.randn(5, 4)]
    weights[0][:, 2] = 0
    x = rng.randn(BATCH, 5)
    x[1] = 0
    for activation in ACTIVATIONS:
        found |= network(f"zeros.{activation}", weights, x, np.ones((BATCH, 4)), activation)
    return found | initializers()


def network(
    case: str, weights: list[np.ndarray], x: np.ndarray, upstream: np.ndarray, activation: str
) -> dict[str, np.ndarray]:
    """A forward pass and autograd's backward pass. PyTorch's own layout of W_l is (out, in)."""
    layers = [torch.tensor(w.T.copy(), requires_grad=True) for w in weights]
    before, after = [], [torch.tensor(x)]
    for w in layers:
        before.append(torch.nn.functional.linear(after[-1], w))
        before[-1].requires_grad_().retain_grad()
        after.append(ACTIVATIONS[activation](before[-1]))
    after[-1].backward(torch.tensor(upstream))
    a = after[1:]
    found = {
        "x": torch.tensor(x),
        "upstream": torch.tensor(upstream),
        "output": a[-1],
        "first_delta": before[0].grad,
        "rms": torch.stack([(v**2).mean().sqrt() for v in a]),
        "std": torch.stack([v.std(correction=0) for v in a]),
        "across": torch.stack([v.std(dim=0, correction=0).mean() for v in a]),
        "delta": torch.stack([z.grad.norm() for z in before]),
        "weight_gradient": torch.stack([w.grad.norm() for w in layers]),
    }
    values = {f"{case}.{name}": value.detach().numpy() for name, value in found.items()}
    return values | {f"{case}.w{index}": w for index, w in enumerate(weights)}


def initializers() -> dict[str, np.ndarray]:
    """Standard deviation and largest magnitude of N_IN × N_OUT weights, by scheme."""
    torch.manual_seed(0)
    drawn = {}
    for name, fill in INITIALIZERS.items():
        drawn[name] = fill(torch.empty(N_OUT, N_IN, dtype=torch.float64))
    drawn["pytorch_linear"] = torch.nn.Linear(N_IN, N_OUT, dtype=torch.float64).weight.detach()
    return {
        f"draw.{name}": np.array([w.std(correction=0).item(), w.abs().max().item()])
        for name, w in drawn.items()
    }


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("initialization.npz"), **compute())
