r"""How the values of each layer are spread before any training: a histogram a layer.

Glorot & Bengio (2010), figures 6 and 7: with weights from U(-1/sqrt(n), 1/sqrt(n)) the activations
of a tanh network gather at 0 more and more from layer to layer, and so do the gradients on their
way back; with Xavier's weights all layers look alike.

    z_l = a_{l-1} W_l,    a_l = phi(z_l),    dL/dz_l = (dL/dz_{l+1} W_{l+1}^T) * phi'(z_l)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.simulations.initialization.weight_initialization import SCHEMES, draw
from engine.simulations.kit.base import Outcome, Simulation, parameter
from engine.simulations.kit.network import ACTIVATIONS, Floats

FIXED = "fixed_normal"
BINS = 41  # odd: 0 lies in the middle of one
#: Where the values of an activation that is bounded lie, whatever goes in.
BOUNDS = {"tanh": (-1.0, 1.0), "sigmoid": (0.0, 1.0)}
#: A value is saturated where the slope of its activation is below this share of the steepest.
FLAT = 0.06
QUANTITIES = {"activations": "activations", "gradients": "gradients ∂L/∂z"}


@dataclass(frozen=True)
class Parameters:
    quantity: str = parameter("activations", "What is counted", choices=QUANTITIES)
    activation: str = parameter("tanh", "Activation", choices=tuple(ACTIVATIONS))
    initialization: str = parameter("xavier_uniform", "Initialization", choices=(*SCHEMES, FIXED))
    std: float = parameter(0.01, "Fixed deviation of the weights", low=0.001, high=2.0, log=True)
    depth: int = parameter(5, "Layers", low=2, high=10)
    width: int = parameter(256, "Units a layer", low=16, high=512, log=True)
    batch: int = parameter(64, "Batch size", low=16, high=256, log=True)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """One network, one batch of normal inputs, and a normal gradient from above.

    Table `histograms`: a row a layer and bin, with the share of the layer's values in it; a value
    beyond the last bin is counted in it. Table `layers`: layer, std (over units and samples).
    """
    p = parameters
    scheme = SCHEMES.get(p.initialization)
    sigma = scheme.sigma(p.width, p.width) if scheme else p.std
    form = scheme.distribution if scheme else "normal"
    weights = [draw(form, sigma, (p.width, p.width), rng) for _ in range(p.depth)]
    x = rng.standard_normal((p.batch, p.width))
    values = activations(weights, x, p.activation)
    if p.quantity == "gradients":
        upstream = rng.standard_normal((p.batch, p.width)) / p.batch
        values = gradients(weights, values, upstream, p.activation)
    edges = np.linspace(*_ends(p, values), BINS + 1)
    shares = [_shares(value, edges) for value in values]
    deviations = np.array([value.std() for value in values])
    layer = np.arange(1, p.depth + 1)
    histograms = {
        "layer": np.repeat(layer, BINS),
        "left": np.tile(edges[:-1], p.depth),
        "right": np.tile(edges[1:], p.depth),
        "share": np.concatenate(shares),
    }
    scalars = {
        "first_std": float(deviations[0]),
        "last_std": float(deviations[-1]),
        "saturated_share": _saturated(p, values[-1]),
    }
    layers = {"layer": layer, "std": deviations}
    return Outcome(scalars, {"histograms": histograms, "layers": layers})


def activations(weights: Sequence[Floats], x: Floats, activation: str) -> list[Floats]:
    """a_1 … a_L, each (batch, n_l)."""
    phi, _ = ACTIVATIONS[activation]
    found: list[Floats] = []
    for weight in weights:
        a: Floats = (found[-1] if found else x) @ weight
        phi(a)
        found.append(a)
    return found


def gradients(
    weights: Sequence[Floats], values: Sequence[Floats], upstream: Floats, activation: str
) -> list[Floats]:
    """dL/dz_1 … dL/dz_L, from the activations and dL/da_L."""
    _, slope = ACTIVATIONS[activation]
    found: list[Floats] = []
    d = upstream.copy()
    for layer in range(len(weights) - 1, -1, -1):
        slope(d, values[layer], np.empty_like(d))
        found.append(d)
        d = d @ weights[layer].T
    return found[::-1]


def _saturated(p: Parameters, a: Floats) -> float:
    """The share of a layer's activations that lie where tanh or the sigmoid is flat."""
    if p.quantity != "activations" or p.activation not in BOUNDS:
        return 0.0
    slope, steepest = (1 - a**2, 1.0) if p.activation == "tanh" else (a * (1 - a), 0.25)
    return float((slope < FLAT * steepest).mean())


def _ends(p: Parameters, values: Sequence[Floats]) -> tuple[float, float]:
    """From where to where is counted: all but the outermost values of the widest layer."""
    if p.quantity == "activations" and p.activation in BOUNDS:
        return BOUNDS[p.activation]
    edge = max(float(np.quantile(np.abs(value), 0.997)) for value in values)
    edge = edge if edge > 0 else 1.0
    return (0.0 if p.activation == "relu" and p.quantity == "activations" else -edge), edge


def _shares(values: Floats, edges: Floats) -> Floats:
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    return counts / values.size


SIMULATION = Simulation(
    "Histograms of activations and gradients by layer",
    Parameters,
    run,
    {
        "first_std": "First layer: standard deviation",
        "last_std": "Last layer: standard deviation",
        "saturated_share": "Last layer: saturated (share)",
    },
)
