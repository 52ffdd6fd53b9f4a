"""What PyTorch says of ReLU units that die, and of leaky ReLU: gradients, a training run, gains.

`python tests/oracles/record_relu.py` writes relu.npz beside this file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

SAMPLES, FEATURES, UNITS = 40, 6, 12
SLOPES = (0.01, 0.2, 0.5, 1.0)
ONE = torch.tensor(-1.0, dtype=torch.float64)
RATES = np.repeat([8.0, 0.1], [4, 30])


def compute() -> dict[str, np.ndarray]:
    """Inputs and outputs of every case, by `<case>.<what>`."""
    found = silent() | training("random", 0.0) | training("zeros", 1.0)
    for slope in SLOPES:
        found |= leaky(f"leaky{slope}", slope, zeroed=False)
        found |= leaky(f"leaky_zeros{slope}", slope, zeroed=True)
    found |= moments()
    gains = [torch.nn.init.calculate_gain("leaky_relu", slope) for slope in SLOPES]
    return found | {"gains": np.array(gains), "default": np.array(torch.nn.LeakyReLU()(ONE).item())}


def silent() -> dict[str, np.ndarray]:
    """A layer with a strongly negative bias: which units fire, and the gradient of each."""
    rng = np.random.RandomState(0)
    x, w = rng.randn(SAMPLES, FEATURES), rng.randn(FEATURES, UNITS)
    weight = torch.tensor(w.T.copy(), requires_grad=True)
    a = torch.relu(torch.nn.functional.linear(torch.tensor(x), weight) - 5.0)
    a.sum().backward()
    return {
        "silent.x": x,
        "silent.w": w,
        "silent.bias": np.array(-5.0),
        "silent.rate": (a > 0).double().mean(0).detach().numpy(),
        "silent.gradient": weight.grad.norm(dim=1).numpy(),
    }


def training(case: str, zeroed: float) -> dict[str, np.ndarray]:
    """Gradient descent with BCEWithLogitsLoss; `zeroed` 1: all weights 0, so that every z is 0."""
    rng = np.random.RandomState(1)
    x = np.abs(rng.randn(SAMPLES, FEATURES))
    y = (x[:, :1] - x[:, 1:2] > 0.3).astype(np.float64)
    w = (1 - zeroed) * rng.randn(FEATURES, UNITS)
    v = (0.5 - 0.5 * zeroed) * rng.randn(UNITS, 1) + zeroed
    hidden = torch.nn.Linear(FEATURES, UNITS, dtype=torch.float64)
    last = torch.nn.Linear(UNITS, 1, dtype=torch.float64)
    with torch.no_grad():
        hidden.weight.copy_(torch.tensor(w.T))
        last.weight.copy_(torch.tensor(v.T))
        hidden.bias.zero_()
        last.bias.zero_()
    parameters = [hidden.weight, hidden.bias, last.weight, last.bias]
    optimizer = torch.optim.SGD(parameters, lr=1.0)
    losses, dead, first = [], [], None
    for rate in [*RATES, 0.0]:
        z = hidden(torch.tensor(x))
        logit = last(torch.relu(z))
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logit, torch.tensor(y))
        losses.append(loss.item())
        dead.append((z <= 0).all(0).double().mean().item())
        optimizer.zero_grad()
        loss.backward()
        first = first or [p.grad.clone().numpy().T for p in parameters]
        optimizer.param_groups[0]["lr"] = float(rate)
        optimizer.step()
    found = {"x": x, "y": y, "w": w, "v": v, "rates": RATES}
    found |= {"loss": np.array(losses), "dead": np.array(dead)}
    found |= dict(zip(("dw", "db", "dv", "dc"), first, strict=True))
    found |= {"last_w": hidden.weight.detach().T.numpy(), "last_b": hidden.bias.detach().numpy()}
    return {f"{case}.{name}": value for name, value in found.items()}


def leaky(case: str, slope: float, *, zeroed: bool) -> dict[str, np.ndarray]:
    """Three layers with leaky ReLU; `zeroed`: a unit and a sample whose z is exactly 0."""
    rng = np.random.RandomState(2)
    weights = [rng.randn(n, m) / 2 for n, m in ((5, 7), (7, 4), (4, 3))]
    x, upstream = rng.randn(6, 5), rng.randn(6, 3)
    if zeroed:
        weights[0][:, 2] = 0
        x[1] = 0
    layers = [torch.tensor(w.T.copy(), requires_grad=True) for w in weights]
    before, a = [], torch.tensor(x)
    for w in layers:
        z = torch.nn.functional.linear(a, w)
        before.append(z.requires_grad_())
        z.retain_grad()
        a = torch.nn.functional.leaky_relu(z, slope)
    a.backward(torch.tensor(upstream))
    found = {"x": x, "upstream": upstream, "output": a.detach().numpy()}
    found |= {f"w{index}": w for index, w in enumerate(weights)}
    found |= {"first_delta": before[0].grad.numpy()}
    found |= {"delta": np.array([z.grad.norm().item() for z in before])}
    found |= {"weight_gradient": np.array([w.grad.norm().item() for w in layers])}
    return {f"{case}.{name}": value for name, value in found.items()}


def moments() -> dict[str, np.ndarray]:
    """E[relu(u)] and E[relu(u)^2] for u ~ N(mean, std^2), by the trapezoidal rule."""
    of = [(0, 1), (0, 2), (1, 1), (-1, 1), (2, 0.5), (-2, 1.5), (0.3, 3)]
    values = []
    for mean, std in of:
        u = torch.linspace(mean - 10 * std, mean + 10 * std, 2_000_001, dtype=torch.float64)
        density = torch.distributions.Normal(mean, std).log_prob(u).exp()
        a = torch.relu(u)
        values.append([torch.trapezoid(a**power * density, u).item() for power in (1, 2)])
    return {"moments.of": np.array(of), "moments.values": np.array(values)}


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("relu.npz"), **compute())
