"""What PyTorch's dropout and normalizations do in training, and at test afterwards.

`python tests/oracles/record_dropout_order.py` writes dropout_order.npz beside this file. PyTorch
draws what is dropped, and the record holds it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

N, UNITS, DROP = 200, 6, 0.3
#: The stages of each order.
STAGES = {
    "Dropout → BN": ("dropout", "bn"),
    "BN → Dropout": ("bn", "dropout"),
    "Dropout → Linear → BN": ("dropout", "linear", "bn"),
    "Dropout → Linear → LN": ("dropout", "linear", "ln"),
    "Dropout → LN": ("dropout", "ln"),
    "BN → ReLU → Dropout → Linear → BN": ("bn", "relu", "dropout", "linear", "bn"),
    "BN → ReLU → Dropout → Linear": ("bn", "relu", "dropout", "linear"),
}


class Kept(nn.Module):
    """Dropout whose dropped values are those of a recorded PyTorch dropout of ones."""

    def __init__(self, ones: torch.Tensor) -> None:
        super().__init__()
        self.ones = ones

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.ones if self.training else x


def compute() -> dict[str, np.ndarray]:
    """x, the weight, what was kept, a dropout of x; by order the deviations in both modes."""
    draw = np.random.RandomState(0)
    x, weight = 0.5 + draw.randn(N, UNITS), draw.randn(UNITS, UNITS) / np.sqrt(UNITS)
    torch.manual_seed(0)
    ones = nn.functional.dropout(torch.ones(N, UNITS, dtype=torch.float64), DROP, training=True)
    found = {"x": x, "weight": weight, "kept": (ones > 0).numpy()}
    found["dropped"] = (torch.tensor(x) * ones).numpy()
    for order, stages in STAGES.items():
        layers = nn.Sequential(*(layer(stage, weight, ones) for stage in stages)).double()
        last = max(i for i, stage in enumerate(stages) if stage in ("bn", "ln"))
        to_last = layers[: last + 1]
        to_last.train()
        train = to_last(torch.tensor(x))
        # PyTorch stores the unbiased variance; undo that to look at dropout alone.
        for module in layers.modules():
            if isinstance(module, nn.BatchNorm1d):
                assert module.running_var is not None
                module.running_var.mul_((N - 1) / N)
        to_last.eval()
        test = to_last(torch.tensor(x))
        found[f"train.{order}"] = train.std(correction=0).detach().numpy()
        found[f"test.{order}"] = test.std(correction=0).detach().numpy()
    return found


def layer(stage: str, weight: np.ndarray, ones: torch.Tensor) -> nn.Module:
    """One layer of an order; BN with momentum 1 stores the statistics of its last batch."""
    if stage == "linear":
        linear = nn.Linear(UNITS, UNITS, bias=False, dtype=torch.float64)
        linear.weight.data = torch.tensor(weight.T.copy())
        return linear
    return {
        "dropout": Kept(ones),
        "bn": nn.BatchNorm1d(UNITS, momentum=1.0),
        "ln": nn.LayerNorm(UNITS),
        "relu": nn.ReLU(),
    }[stage]


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("dropout_order.npz"), **compute())
