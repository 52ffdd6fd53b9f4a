r"""Does the bias of a linear layer still matter when a normalization follows?

Batch normalization subtracts the mean of each unit over the batch (Ioffe & Szegedy, 2015, section
3.2), so a bias added right before it is gone: BN(Wx + b) = BN(Wx), and ∂L/∂b = 0. After a ReLU,
under frozen statistics, or before layer normalization (one mean a sample), it is not.

Every pipeline has the same weights, and the loss is the sum of the outputs times fixed numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]
Backward = Callable[[Floats], Floats]

EPSILON = 1e-5
#: What stands after the layer whose bias is asked about.
PIPELINES: Mapping[str, tuple[str, ...]] = {
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


def standardize(z: Floats, axis: int) -> tuple[Floats, Backward]:
    """z with mean 0 and variance 1 along `axis`, and what turns ∂L/∂y into ∂L/∂z.

    Mean and variance depend on z, too; with them held constant the gradient would be wrong.
    """
    deviation = np.sqrt(z.var(axis=axis, keepdims=True) + EPSILON)
    y = (z - z.mean(axis=axis, keepdims=True)) / deviation

    def backward(upstream: Floats) -> Floats:
        mean = upstream.mean(axis=axis, keepdims=True)
        along = (upstream * y).mean(axis=axis, keepdims=True)
        return np.asarray((upstream - mean - y * along) / deviation)

    return y, backward


@dataclass(frozen=True)
class Net:
    """The weights that all pipelines share; x (N, inputs), upstream (N, units)."""

    x: Floats
    weight: Floats  # (inputs, units)
    second: Floats  # (units, units)
    bias: Floats  # (units,)
    upstream: Floats

    def forward(self, pipeline: str, bias: Floats) -> tuple[Floats, list[Backward]]:
        """The outputs (N, units), and the steps back from them to Wx + b."""
        x = standardize(self.x, 0)[0] if pipeline.startswith("BN") else self.x
        z, steps = x @ self.weight + bias, []
        for stage in PIPELINES[pipeline]:
            z, step = self._stage(stage, z)
            steps.append(step)
        return z, steps

    def bias_gradient(self, pipeline: str) -> Floats:
        """∂L/∂b (units,) for L = sum of outputs times upstream."""
        _, steps = self.forward(pipeline, self.bias)
        gradient = self.upstream
        for step in reversed(steps):
            gradient = step(gradient)
        return np.asarray(gradient.sum(axis=0))

    def _stage(self, stage: str, z: Floats) -> tuple[Floats, Backward]:
        if stage == "linear":
            return z @ self.second, lambda g: g @ self.second.T
        if stage == "bn":
            return standardize(z, 0)
        if stage == "ln":
            return standardize(z, 1)
        if stage == "relu":
            return np.maximum(z, 0), lambda g: g * (z > 0)
        if stage == "tanh":
            y = np.tanh(z)
            return y, lambda g: g * (1 - y**2)
        mean, variance = self.stored()
        deviation = np.sqrt(variance + EPSILON)
        return (z - mean) / deviation, lambda g: g / deviation

    def stored(self) -> tuple[Floats, Floats]:
        """What BN (eval) has stored: mean and biased variance of this batch before any change."""
        z = self.x @ self.weight + self.bias
        return z.mean(axis=0), z.var(axis=0)


@dataclass(frozen=True)
class Parameters:
    pipeline: str = parameter("Linear → BN → ReLU", "Layers", choices=tuple(PIPELINES))
    inputs: int = parameter(8, "Inputs", low=1, high=64)
    units: int = parameter(16, "Units", low=2, high=64)
    batch: int = parameter(32, "Batch size", low=2, high=256, log=True)
    shift: float = parameter(1.0, "What is added to the bias", low=0.01, high=100.0, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Takes ∂L/∂b in every pipeline, and moves the bias to see what it does."""
    p = parameters
    net = Net(
        x=rng.standard_normal((p.batch, p.inputs)) + 0.5,
        weight=rng.standard_normal((p.inputs, p.units)) * np.sqrt(2 / p.inputs),
        second=rng.standard_normal((p.units, p.units)) * np.sqrt(1 / p.units),
        bias=0.3 * rng.standard_normal(p.units),
        upstream=rng.standard_normal((p.batch, p.units)) / p.batch,
    )
    one = np.zeros(p.units)
    one[0] = p.shift
    rows = {name: _measured(net, name, one, np.full(p.units, p.shift)) for name in PIPELINES}
    gradient, single, common = rows[p.pipeline]
    return Outcome(
        scalars={
            "bias_gradient": gradient,
            "moved_by_one": single,
            "moved_by_all": common,
        },
        tables={
            "pipelines": {
                "pipeline": np.array(list(rows)),
                "bias_gradient": np.array([row[0] for row in rows.values()]),
                "moved_by_one": np.array([row[1] for row in rows.values()]),
                "moved_by_all": np.array([row[2] for row in rows.values()]),
            }
        },
    )


def _measured(net: Net, pipeline: str, one: Floats, every: Floats) -> tuple[float, float, float]:
    """rms of ∂L/∂b, and the largest change of an output for two changes of the bias."""
    before, _ = net.forward(pipeline, net.bias)
    single, common = (
        float(np.abs(net.forward(pipeline, net.bias + change)[0] - before).max())
        for change in (one, every)
    )
    rms = float(np.sqrt(np.square(net.bias_gradient(pipeline)).mean()))
    return rms, single, common


SIMULATION = Simulation(
    "The bias before a normalization",
    Parameters,
    run,
    {
        "bias_gradient": "rms of ∂L/∂b",
        "moved_by_one": "Largest change of an output, one bias raised",
        "moved_by_all": "Largest change of an output, all biases raised",
    },
)
