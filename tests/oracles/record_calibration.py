"""What PyTorch says of confidence: cross-entropy, T*, ECE, label smoothing, logistic regression.

`python tests/oracles/record_calibration.py` writes calibration.npz beside this file.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

#: classes, spread, scale of the logits, samples
MODELS = {
    "loud": (2, 2.0, 2.0, 400),
    "soft": (2, 2.0, 0.5, 400),
    "loud10": (10, 2.0, 2.5, 300),
    "soft3": (3, 1.5, 0.4, 300),
    "huge": (4, 300.0, 1.0, 60),  # exp(logit) overflows: only the shifted form survives
}
BINS = (1, 4, 10, 15)
SMOOTHINGS = {"ten": (10, 0.1), "two": (2, 0.2), "none": (5, 0.0)}
LR, STEPS = 1.0, 12


def compute() -> dict[str, np.ndarray]:
    """Inputs and outputs of every case, by `<case>.<what>`."""
    found = {}
    for seed, (name, (classes, spread, scale, samples)) in enumerate(MODELS.items()):
        rng = np.random.RandomState(seed)
        truth = torch.tensor(spread * rng.randn(samples, classes))
        chance = torch.tensor(rng.rand(samples, 1))
        labels = (torch.softmax(truth, 1).cumsum(1) < chance).sum(1).clamp(max=classes - 1)
        found |= model(name, scale * truth, labels)
    found |= edges() | smoothing() | training()
    return {name: np.asarray(value) for name, value in found.items()}


def model(name: str, logits: torch.Tensor, labels: torch.Tensor) -> dict[str, object]:
    """Loss, confidences, ECE for several numbers of bins, and T* where it is inside (0.01, 100)."""
    confidence, predicted = torch.softmax(logits, 1).max(1)
    right = (predicted == labels).double()
    found: dict[str, object] = {
        f"{name}.logits": logits.numpy(),
        f"{name}.labels": labels.numpy(),
        f"{name}.loss": cross_entropy(logits, labels).item(),
        f"{name}.confidence": confidence.numpy(),
        f"{name}.correct": right.numpy(),
    }
    for bins in BINS:
        found[f"{name}.ece{bins}"], found[f"{name}.mce{bins}"], _ = ece(confidence, right, bins)
    if name != "huge":
        found[f"{name}.temperature"] = best_temperature(logits, labels)
    return found


def ece(confidence: torch.Tensor, right: torch.Tensor, bins: int) -> tuple[float, float, list[int]]:
    """ECE and MCE by masks, `gt(low) & le(high)`, as in Guo et al.'s own code; counts, too."""
    bounds = torch.arange(bins + 1, dtype=torch.float64) / bins
    total, largest, counts = 0.0, 0.0, []
    for low, high in pairwise(bounds):
        inside = confidence.gt(low) & confidence.le(high)
        counts.append(int(inside.sum()))
        if inside.any():
            gap = (confidence[inside].mean() - right[inside].mean()).abs()
            total += (gap * inside.double().mean()).item()
            largest = max(largest, gap.item())
    return total, largest, counts


def best_temperature(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """T* by LBFGS on log T, which cannot leave the positive numbers."""
    log_t = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [log_t],
        max_iter=200,
        tolerance_grad=1e-14,
        tolerance_change=1e-16,
        line_search_fn="strong_wolfe",
    )

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = cross_entropy(logits / log_t.exp(), labels)
        loss.backward()
        return loss

    optimizer.step(closure)
    return log_t.exp().item()


def edges() -> dict[str, object]:
    """Confidences exactly on the bins' edges, which random ones never are, and 1.0 itself."""
    rng = np.random.RandomState(99)
    found: dict[str, object] = {}
    for bins in (4, 10, 15):
        on_edge = torch.arange(1, bins + 1, dtype=torch.float64) / bins
        confidence = torch.cat([on_edge, on_edge, torch.tensor(rng.rand(40))])
        right = torch.tensor(rng.randint(0, 2, len(confidence)).astype(float))
        found[f"edges{bins}.confidence"] = confidence.numpy()
        found[f"edges{bins}.correct"] = right.numpy()
        found[f"edges{bins}.ece"], _, counts = ece(confidence, right, bins)
        found[f"edges{bins}.counts"] = np.array(counts)
    return found


def smoothing() -> dict[str, object]:
    """The target of PyTorch's `label_smoothing`: softmax minus the gradient of the loss."""
    found: dict[str, object] = {}
    for name, (classes, amount) in SMOOTHINGS.items():
        logits = torch.tensor(np.random.RandomState(5).randn(1, classes), requires_grad=True)
        cross_entropy(logits, torch.tensor([0]), label_smoothing=amount).backward()
        assert logits.grad is not None
        found[f"smooth.{name}"] = (torch.softmax(logits, 1) - logits.grad).detach().numpy()[0]
    return found


def training() -> dict[str, object]:
    """Logistic regression by plain SGD with weight decay: weights and loss after a few steps."""
    rng = np.random.RandomState(7)
    x, start = rng.randn(30, 6), rng.randn(6, 1)
    y = (rng.rand(30, 1) < 0.5).astype(float)
    found: dict[str, object] = {"train.x": x, "train.y": y, "train.start": start}
    for name, l2 in {"plain": 0.0, "decayed": 0.3}.items():
        w = torch.tensor(start.copy(), requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=LR, weight_decay=l2)
        for _ in range(STEPS):
            optimizer.zero_grad()
            binary_cross_entropy_with_logits(torch.tensor(x) @ w, torch.tensor(y)).backward()
            optimizer.step()
        loss = binary_cross_entropy_with_logits(torch.tensor(x) @ w, torch.tensor(y))
        found[f"train.{name}"] = w.detach().numpy()
        found[f"train.{name}_loss"] = loss.item()
    return found


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("calibration.npz"), **compute())
