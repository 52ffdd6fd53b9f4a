"""What PyTorch's normalizations make of one tensor, and how many parameters they have.

`python tests/oracles/record_normalization_axes.py` writes normalization_axes.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

N, C, H, W, GROUPS = 8, 6, 5, 4, 3


def compute() -> dict[str, np.ndarray]:
    """The tensor x (N, C, H, W), `out.<operation>` and `learned.<operation>`."""
    x = 1 + 2 * np.random.RandomState(0).randn(N, C, H, W)
    tensor = torch.tensor(x)
    layers: dict[str, nn.Module] = {
        "BatchNorm": nn.BatchNorm2d(C),
        "LayerNorm": nn.LayerNorm([C, H, W]),
        "InstanceNorm": nn.InstanceNorm2d(C, affine=True),
        "GroupNorm": nn.GroupNorm(GROUPS, C),
    }
    found = {"x": x}
    for name, layer in layers.items():
        found[f"out.{name}"] = layer.double()(tensor).detach().numpy()
        found[f"learned.{name}"] = np.array(sum(p.numel() for p in layer.parameters()))
    last = nn.LayerNorm(C).double()
    out = last(tensor.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
    found["out.LayerNorm last"] = out.detach().numpy()
    found["learned.LayerNorm last"] = np.array(sum(p.numel() for p in last.parameters()))
    return found


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("normalization_axes.npz"), **compute())
