"""What PyTorch says of moving averages: Adam's first moment, with and without its correction.

`python tests/oracles/record_moving_average.py` writes moving_average.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

BETAS = (0.5, 0.9, 0.99)
WINDOWS = (1, 4, 10)


def compute() -> dict[str, np.ndarray]:
    """A signal, and its averages by `<kind>.<beta or window>`."""
    signal = 3 + np.random.RandomState(0).randn(40)
    found = {"signal": signal}
    for beta in BETAS:
        found[f"ema.{beta}"], found[f"corrected.{beta}"] = adam(signal, beta)
    at = torch.tensor(signal)[None, None]
    for window in WINDOWS:
        pooled = torch.nn.functional.avg_pool1d(at, window, stride=1)[0, 0]
        found[f"sma.{window}"] = pooled.numpy()
    return found


def adam(signal: np.ndarray, beta: float) -> tuple[np.ndarray, np.ndarray]:
    """exp_avg after each step, and its corrected value read off Adam's own update.

    With beta2 = 0 and eps = 0 the update is lr * corrected / |gradient|.
    """
    weight = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([weight], lr=1.0, betas=(beta, 0.0), eps=0.0)
    raw, corrected = [], []
    for gradient in signal:
        before = weight.item()
        weight.grad = torch.tensor(gradient)
        optimizer.step()
        raw.append(optimizer.state[weight]["exp_avg"].item())
        corrected.append((before - weight.item()) * abs(gradient))
    return np.array(raw), np.array(corrected)


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("moving_average.npz"), **compute())
