"""What PyTorch says of networks whose hidden units start alike: first gradients, a short training.

`python tests/oracles/record_symmetry.py` writes symmetry.npz beside this file.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import torch

SAMPLES, FEATURES, UNITS = 32, 6, 5
RATE, STEPS = 0.4, 25
PHI = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid}
# W1 and W2 of each start: 0, a constant, random, and W1 = 0 below W2 = 1, where every z is 0.
STARTS = ("zero", "constant", "random", "zero_below_one")


def compute() -> dict[str, np.ndarray]:
    """Inputs and outputs of every case, by `<start>.<activation>.<labels>.<what>`."""
    found = {}
    for start, phi, ones in itertools.product(STARTS, PHI, (16, 24)):
        rng = np.random.RandomState(0)
        x, y = rng.randn(SAMPLES, FEATURES), (np.arange(SAMPLES) < ones).astype(np.float64)
        values = {
            "zero": (np.zeros((FEATURES, UNITS)), np.zeros(UNITS)),
            "constant": (np.full((FEATURES, UNITS), 0.5), np.full(UNITS, 0.5)),
            "random": (rng.randn(FEATURES, UNITS) / 2, rng.randn(UNITS) / 2),
            "zero_below_one": (np.zeros((FEATURES, UNITS)), np.ones(UNITS)),
        }
        case = f"{start}.{phi}.{ones}"
        trained = train(x, y, *values[start], phi)
        found |= {f"{case}.{name}": value for name, value in trained.items()}
    return found


def train(
    x: np.ndarray, y: np.ndarray, w1: np.ndarray, w2: np.ndarray, phi: str
) -> dict[str, np.ndarray]:
    """Full-batch SGD on BCEWithLogitsLoss, biases from 0."""
    first = torch.nn.Linear(FEATURES, UNITS, dtype=torch.float64)
    last = torch.nn.Linear(UNITS, 1, dtype=torch.float64)
    with torch.no_grad():
        first.weight.copy_(torch.tensor(w1.T))
        last.weight.copy_(torch.tensor(w2[None, :]))
        first.bias.zero_()
        last.bias.zero_()
    parameters = [first.weight, first.bias, last.weight, last.bias]
    optimizer = torch.optim.SGD(parameters, lr=RATE)
    losses, gradients = [], None
    for _ in range(STEPS):
        logit = last(PHI[phi](first(torch.tensor(x))))[:, 0]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logit, torch.tensor(y))
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        if gradients is None:
            gradients = [p.grad.clone().numpy() for p in parameters]
        optimizer.step()
    assert gradients is not None
    dw1, db1, dw2, db2 = gradients
    return {
        "x": x,
        "y": y,
        "w1": w1,
        "w2": w2,
        "dw1": dw1.T,
        "db1": db1,
        "dw2": dw2[0],
        "db2": db2[0],
        "loss": np.array(losses),
        "last_w1": first.weight.detach().numpy().T,
    }


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("symmetry.npz"), **compute())
