r"""Drawing the weights of one layer: Xavier, He, LeCun and what three frameworks do by default.

Every scheme fixes the variance of a weight from the layer's fans (`n_in` inputs, `n_out` outputs)
and draws from a uniform distribution, a normal one, or a normal one cut at two of its own sigmas:

    Xavier   Var = 2 / (n_in + n_out)   Glorot & Bengio (2010), equations 12 and 16
    He       Var = 2 / fan              He, Zhang, Ren & Sun (2015), equations 10 and 14
    LeCun    Var = 1 / fan              LeCun, Bottou, Orr & Müller (1998)

A uniform distribution on [-a, a] has standard deviation a / sqrt(3), so a = sqrt(3 Var).
PyTorch's Linear draws U(-1/sqrt(n_in), 1/sqrt(n_in)), which is Var = 1 / (3 n_in); Keras's Dense
is Xavier uniform; Flax's Dense is LeCun normal, cut at two sigmas and widened to keep Var.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Floats = NDArray[np.float64]
Distribution = Literal["uniform", "normal", "truncated"]

CUT = 2.0  # a truncated normal is redrawn beyond this many of its own sigmas
_TAIL = math.exp(-CUT * CUT / 2) / math.sqrt(2 * math.pi) / math.erf(CUT / math.sqrt(2))
#: Standard deviation of N(0, 1) cut at ±2: 0.8796…
TRUNCATED_STD = math.sqrt(1 - 2 * CUT * _TAIL)
#: Fourth moment over squared variance of each distribution, for the error of a measured std.
KURTOSIS: Mapping[Distribution, float] = {
    "uniform": 1.8,
    "normal": 3.0,
    "truncated": (3 - 2 * (CUT**3 + 3 * CUT) * _TAIL) / TRUNCATED_STD**4,
}
MOST_WEIGHTS = 1_000_000  # a larger layer is represented by this many of its weights
BINS = 40


@dataclass(frozen=True)
class Scheme:
    """Var(w) = scale / fan; `fan` is the mean of both, n_in, or what the reader chooses."""

    distribution: Distribution
    scale: float
    fan: Literal["average", "in", "chosen"]

    def sigma(self, n_in: float, n_out: float, fan: str = "fan_in") -> float:
        """Standard deviation of one weight. Only He and LeCun heed `fan` ("fan_in"/"fan_out")."""
        if self.fan == "average":
            size = (n_in + n_out) / 2
        else:
            size = n_out if self.fan == "chosen" and fan == "fan_out" else n_in
        return math.sqrt(self.scale / size)


SCHEMES: Mapping[str, Scheme] = {
    "xavier_uniform": Scheme("uniform", 1, "average"),
    "xavier_normal": Scheme("normal", 1, "average"),
    "he_uniform": Scheme("uniform", 2, "chosen"),
    "he_normal": Scheme("normal", 2, "chosen"),
    "lecun_uniform": Scheme("uniform", 1, "chosen"),
    "lecun_normal": Scheme("normal", 1, "chosen"),
    "pytorch_linear": Scheme("uniform", 1 / 3, "in"),
    "keras_dense": Scheme("uniform", 1, "average"),
    "flax_dense": Scheme("truncated", 1, "in"),
}


def draw(
    distribution: Distribution, sigma: float, shape: tuple[int, ...], rng: np.random.Generator
) -> Floats:
    """Independent weights of mean 0 and standard deviation `sigma`."""
    if distribution == "uniform":
        bound = math.sqrt(3) * sigma
        return rng.uniform(-bound, bound, shape)
    weights = rng.standard_normal(shape)
    if distribution == "truncated":
        beyond = np.abs(weights) > CUT
        while (again := int(beyond.sum())) > 0:
            weights[beyond] = rng.standard_normal(again)
            beyond = np.abs(weights) > CUT
        sigma = sigma / TRUNCATED_STD
    weights *= sigma
    return weights


def limit(distribution: Distribution, sigma: float) -> float:
    """The largest magnitude a weight can have: infinite for a plain normal distribution."""
    if distribution == "uniform":
        return math.sqrt(3) * sigma
    return CUT * sigma / TRUNCATED_STD if distribution == "truncated" else math.inf


def density(distribution: Distribution, sigma: float, x: Floats) -> Floats:
    """The probability density of a weight at `x`, per unit of weight."""
    inside = np.abs(x) <= limit(distribution, sigma)
    if distribution == "uniform":
        return np.where(inside, 1 / (2 * math.sqrt(3) * sigma), 0.0)
    mass = 1.0
    if distribution == "truncated":
        sigma, mass = sigma / TRUNCATED_STD, math.erf(CUT / math.sqrt(2))
    bell = np.exp(-((x / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi) * mass)
    return np.where(inside, bell, 0.0)


@dataclass(frozen=True)
class Parameters:
    scheme: str = parameter("xavier_normal", "Initialization", choices=tuple(SCHEMES))
    n_in: int = parameter(256, "Inputs of the layer (fan-in)", low=2, high=16384, log=True)
    n_out: int = parameter(256, "Outputs of the layer (fan-out)", low=2, high=16384, log=True)
    fan: str = parameter("fan_in", "Which fan He and LeCun count", choices=("fan_in", "fan_out"))


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:
    """Draws the layer's weights (at most a million) and measures them.

    `forward_*` and `backward_*` are the factors by which one layer multiplies the rms of a signal
    going forward and of a gradient going backward: sqrt(n Var), halved inside for ReLU.
    """
    scheme = SCHEMES[parameters.scheme]
    n_in, n_out = parameters.n_in, parameters.n_out
    sigma = scheme.sigma(n_in, n_out, parameters.fan)
    count = min(n_in * n_out, MOST_WEIGHTS)
    weights = draw(scheme.distribution, sigma, (count,), rng)
    forward, backward = sigma * math.sqrt(n_in), sigma * math.sqrt(n_out)
    return Outcome(
        scalars={
            "sigma": sigma,
            "variance": sigma**2,
            "uniform_bound": math.sqrt(3) * sigma,
            "count": float(count),
            "mean": float(weights.mean()),
            "mean_se": sigma / math.sqrt(count),
            "std": float(weights.std()),
            "std_se": sigma * math.sqrt((KURTOSIS[scheme.distribution] - 1) / (4 * count)),
            "largest": float(np.abs(weights).max()),
            "forward_linear": forward,
            "forward_relu": forward / math.sqrt(2),
            "backward_linear": backward,
            "backward_relu": backward / math.sqrt(2),
        },
        tables={
            "histogram": _histogram(weights, scheme.distribution, sigma),
            "schemes": _schemes(n_in, n_out, parameters.fan),
        },
    )


def _histogram(
    weights: Floats, distribution: Distribution, sigma: float
) -> dict[str, NDArray[np.generic]]:
    edge = limit(distribution, sigma)
    if math.isinf(edge):
        edge = float(np.abs(weights).max())
    counts, edges = np.histogram(weights, bins=BINS, range=(-edge, edge))
    centre = (edges[:-1] + edges[1:]) / 2
    return {
        "left": edges[:-1],
        "right": edges[1:],
        "centre": centre,
        "count": counts,
        "density": counts / (len(weights) * np.diff(edges)),
        "expected": density(distribution, sigma, centre),
    }


def _schemes(n_in: int, n_out: int, fan: str) -> dict[str, NDArray[np.generic]]:
    sigmas = np.array([scheme.sigma(n_in, n_out, fan) for scheme in SCHEMES.values()])
    kinds = [scheme.distribution for scheme in SCHEMES.values()]
    limits = [limit(kind, sigma) for kind, sigma in zip(kinds, sigmas, strict=True)]
    return {
        "scheme": np.array(list(SCHEMES)),
        "distribution": np.array(kinds),
        "sigma": sigmas,
        "limit": np.array(limits),  # inf where there is none
        "forward_relu": sigmas * math.sqrt(n_in / 2),
        "backward_relu": sigmas * math.sqrt(n_out / 2),
    }


SIMULATION = Simulation(
    "Weight initialization",
    Parameters,
    run,
    {
        "sigma": "Standard deviation by the formula",
        "variance": "Variance by the formula",
        "uniform_bound": "Bound of the uniform distribution with this standard deviation",
        "count": "Weights drawn",
        "mean": "Mean of the drawn weights",
        "mean_se": "Standard error of that mean",
        "std": "Standard deviation of the drawn weights",
        "std_se": "Standard error of that deviation",
        "largest": "Largest drawn magnitude",
        "forward_linear": "Factor per layer forward, linear",
        "forward_relu": "Factor per layer forward, ReLU",
        "backward_linear": "Factor per layer backward, linear",
        "backward_relu": "Factor per layer backward, ReLU",
    },
    columns={"limit": "bound a"},
)
