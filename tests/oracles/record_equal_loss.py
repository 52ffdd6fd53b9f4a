"""What PyTorch says of disturbed batch normalization, and of the loss along one step.

`python tests/oracles/record_equal_loss.py` writes equal_loss.npz beside this file.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import torch

SIZES = (6, 9, 8, 3)
BATCH = 7
LENGTHS = (0.01, 0.3, 2.0)
ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh}


def compute() -> dict[str, np.ndarray]:
    """Inputs and outputs of every case, by `<norm>.<activation>.<what>`."""
    found: dict[str, np.ndarray] = {}
    for number, norm in enumerate(("none", "batch")):
        for other, activation in enumerate(ACTIVATIONS):
            rng = np.random.RandomState(10 * number + other)
            case = f"{norm}.{activation}"
            given = inputs(norm, rng)
            parameters = {n: torch.tensor(v) for n, v in given.items() if n[:4] in PARTS}
            for value in parameters.values():
                value.requires_grad_()
            found |= {f"{case}.{name}": value for name, value in given.items()}
            noise = [
                (torch.tensor(given[f"scale.{layer}"]), torch.tensor(given[f"shift.{layer}"]))
                for layer in range(len(SIZES) - 2)
            ]
            loss, gradients = evaluate(parameters, given, activation, noise)
            found[f"{case}.noisy_loss"] = np.array(loss)
            found |= {f"{case}.noisy.{n}": g.numpy() for n, g in gradients.items()}
            found |= {f"{case}.{n}": v for n, v in along(parameters, given, activation).items()}
    return found


PARTS = ("weig", "bias", "gamm", "beta")


def inputs(norm: str, rng: np.random.RandomState) -> dict[str, np.ndarray]:
    """Samples, labels, weights as (in, out), and the noise of each hidden layer."""
    found = {"x": rng.randn(BATCH, SIZES[0]), "labels": rng.randint(SIZES[-1], size=BATCH)}
    for layer, (n, m) in enumerate(itertools.pairwise(SIZES)):
        found[f"weight.{layer}"] = 1.3 * rng.randn(n, m) / n**0.5
        if layer == len(SIZES) - 2 or norm == "none":
            found[f"bias.{layer}"] = 0.3 * rng.randn(1, m)
        else:
            found[f"gamma.{layer}"] = 1 + 0.4 * rng.randn(1, m)
            found[f"beta.{layer}"] = 0.4 * rng.randn(1, m)
        if layer < len(SIZES) - 2:
            found[f"scale.{layer}"] = 1 + 0.3 * rng.randn(BATCH, m)
            found[f"shift.{layer}"] = 0.5 * rng.randn(BATCH, m)
    return found


def evaluate(
    parameters: dict[str, torch.Tensor],
    given: dict[str, np.ndarray],
    activation: str,
    noise: list[tuple[torch.Tensor, torch.Tensor]] | None = None,
) -> tuple[float, dict[str, torch.Tensor]]:
    """The loss and its gradient by parameter."""
    a = torch.tensor(given["x"])
    for layer in range(len(SIZES) - 1):
        a = a @ parameters[f"weight.{layer}"]
        if f"gamma.{layer}" in parameters:
            gamma, beta = parameters[f"gamma.{layer}"][0], parameters[f"beta.{layer}"][0]
            a = torch.nn.functional.batch_norm(a, None, None, gamma, beta, training=True, eps=1e-5)
        else:
            a = a + parameters[f"bias.{layer}"]
        if layer < len(SIZES) - 2:
            if noise is not None:
                a = noise[layer][0] * a + noise[layer][1]
            a = ACTIVATIONS[activation](a)
    loss = torch.nn.functional.cross_entropy(a, torch.tensor(given["labels"]))
    gradients = torch.autograd.grad(loss, list(parameters.values()))
    return loss.item(), dict(zip(parameters, gradients, strict=True))


def along(
    parameters: dict[str, torch.Tensor], given: dict[str, np.ndarray], activation: str
) -> dict[str, np.ndarray]:
    """The loss before, and by length of a step the loss after it and how the gradient changed."""
    start, before = evaluate(parameters, given, activation)
    size = torch.cat([g.ravel() for g in before.values()]).norm()
    after, change = [], []
    for length in LENGTHS:
        moved = {
            name: (value - length * before[name]).detach().requires_grad_()
            for name, value in parameters.items()
        }
        loss, gradients = evaluate(moved, given, activation)
        after.append(loss)
        difference = torch.cat([(gradients[n] - before[n]).ravel() for n in before])
        change.append((difference.norm() / size).item())
    return {"start": np.array(start), "after": np.array(after), "change": np.array(change)}


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("equal_loss.npz"), **compute())
