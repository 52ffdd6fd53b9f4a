"""What PyTorch says of batch normalization's place: bias gradients, outputs, parameter counts.

`python tests/oracles/record_placement.py` writes placement.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

N, INPUTS, UNITS = 12, 5, 7
#: The stages after the first linear layer, by pipeline.
STAGES = {
    "Linear → BN → ReLU": ("bn", "relu"),
    "Linear → Linear → BN → ReLU": ("linear", "bn", "relu"),
    "Linear → BN → tanh": ("bn", "tanh"),
    "Linear → BN → LN": ("bn", "ln"),
    "Linear → ReLU → BN": ("relu", "bn"),
    "Linear → tanh → BN": ("tanh", "bn"),
    "Linear → LN → ReLU": ("ln", "relu"),
    "Linear → ReLU → LN": ("relu", "ln"),
    "Linear → BN (eval) → ReLU": ("frozen", "relu"),
    "BN → Linear → ReLU": ("relu",),
    "Linear → ReLU": ("relu",),
}
CONVOLUTIONS = ((3, 3, 32), (5, 4, 10), (1, 8, 6))  # kernel, channels, filters


def compute() -> dict[str, np.ndarray]:
    """The weights, `out.<pipeline>`, `bias.<pipeline>` (∂L/∂b), and `total.k.c.f`."""
    draw = np.random.RandomState(0)
    found = {
        "x": draw.randn(N, INPUTS) + 0.5,
        "weight": draw.randn(INPUTS, UNITS),
        "second": draw.randn(UNITS, UNITS),
        "bias": draw.randn(UNITS),
        "upstream": draw.randn(N, UNITS),
    }
    tensors = {name: torch.tensor(value) for name, value in found.items()}
    for pipeline in STAGES:
        bias = tensors["bias"].clone().requires_grad_()
        out = forward(pipeline, tensors, bias)
        (out * tensors["upstream"]).sum().backward()
        found[f"out.{pipeline}"] = out.detach().numpy()
        assert bias.grad is not None
        found[f"bias.{pipeline}"] = bias.grad.numpy()
    for kernel, channels, filters in CONVOLUTIONS:
        layers = nn.Sequential(nn.Conv2d(channels, filters, kernel), nn.BatchNorm2d(filters))
        trainable = sum(p.numel() for p in layers.parameters())
        stored = sum(b.numel() for b in layers.buffers() if b.dim() == 1)
        found[f"trainable.{kernel}.{channels}.{filters}"] = np.array(trainable)
        found[f"total.{kernel}.{channels}.{filters}"] = np.array(trainable + stored)
    return found


def forward(pipeline: str, t: dict[str, torch.Tensor], bias: torch.Tensor) -> torch.Tensor:
    """The outputs of a pipeline whose layers have PyTorch's defaults."""
    x = nn.BatchNorm1d(INPUTS).double()(t["x"]) if pipeline.startswith("BN") else t["x"]
    z = x @ t["weight"] + bias
    frozen = nn.BatchNorm1d(UNITS).double().eval()
    before = t["x"] @ t["weight"] + t["bias"]
    assert frozen.running_mean is not None
    assert frozen.running_var is not None
    frozen.running_mean.copy_(before.mean(dim=0))
    frozen.running_var.copy_(before.var(dim=0, correction=0))
    layers = {
        "linear": lambda value: value @ t["second"],
        "bn": nn.BatchNorm1d(UNITS).double(),
        "ln": nn.LayerNorm(UNITS).double(),
        "relu": torch.relu,
        "tanh": torch.tanh,
        "frozen": frozen,
    }
    for stage in STAGES[pipeline]:
        z = layers[stage](z)
    return z


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("placement.npz"), **compute())
