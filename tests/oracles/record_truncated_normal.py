"""How PyTorch's trunc_normal_ comes out: its deviation and its largest weight.

`python tests/oracles/record_truncated_normal.py` writes truncated_normal.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

COUNT = 400_000
#: (std, a, b): absolute bounds by default, and bounds at two deviations.
CALLS = {
    "absolute.0.02": (0.02, -2.0, 2.0),
    "absolute.1.0": (1.0, -2.0, 2.0),
    "absolute.3.0": (3.0, -2.0, 2.0),
    "relative.0.02": (0.02, -0.04, 0.04),
    "relative.3.0": (3.0, -6.0, 6.0),
}


def compute() -> dict[str, np.ndarray]:
    """(deviation, largest magnitude) by call, and the default bounds."""
    found = {}
    for seed, (name, (std, low, high)) in enumerate(CALLS.items()):
        weights = torch.empty(COUNT, dtype=torch.float64)
        generator = torch.Generator().manual_seed(seed)
        torch.nn.init.trunc_normal_(weights, std=std, a=low, b=high, generator=generator)
        found[name] = np.array([weights.std().item(), weights.abs().max().item()])
    default = torch.nn.init.trunc_normal_.__defaults__
    assert default is not None
    found["default_bounds"] = np.array(default[2:4])
    return found


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("truncated_normal.npz"), **compute())
