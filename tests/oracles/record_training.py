"""What PyTorch says of small networks that are trained: gradients, three steps, inference.

`python tests/oracles/record_training.py` writes training.npz beside this file.
"""

from __future__ import annotations

import copy
import itertools
from pathlib import Path

import numpy as np
import torch

SIZES = (6, 9, 8, 7, 3)
BATCH, STEPS, RATE = 5, 3, 0.3
ACTIVATIONS = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid}
NORMS = {"none": None, "batch": torch.nn.BatchNorm1d, "layer": torch.nn.LayerNorm}


def compute() -> dict[str, np.ndarray]:
    """Inputs and outputs of every case, by `<norm>.<activation>.<what>`."""
    found: dict[str, np.ndarray] = {}
    for number, (norm, activation) in enumerate(itertools.product(NORMS, ACTIVATIONS)):
        rng = np.random.RandomState(number)
        case = f"{norm}.{activation}"
        network = build(norm, activation, rng)
        x = rng.randn(STEPS, BATCH, SIZES[0])
        labels = rng.randint(SIZES[-1], size=(STEPS, BATCH))
        found |= {f"{case}.x": x, f"{case}.labels": labels}
        found |= {f"{case}.start.{name}": value for name, value in arrays(network).items()}
        found[f"{case}.turn"] = turn(network, x[0], labels[0])
        found |= {f"{case}.{name}": value for name, value in train(network, x, labels).items()}
    return found


def build(norm: str, activation: str, rng: np.random.RandomState) -> torch.nn.Sequential:
    """Linear, normalization, activation; gamma and beta are drawn too, so that they matter."""
    modules: list[torch.nn.Module] = []
    for number, (n, m) in enumerate(itertools.pairwise(SIZES)):
        hidden = number < len(SIZES) - 2
        kind = NORMS[norm] if hidden else None
        linear = torch.nn.Linear(n, m, bias=kind is None).double()
        linear.weight.data = torch.tensor(1.3 * rng.randn(m, n) / n**0.5)
        if kind is None:
            linear.bias.data = torch.tensor(0.3 * rng.randn(m))
        modules.append(linear)
        if kind is not None:
            normalization = kind(m).double()
            normalization.weight.data = torch.tensor(1 + 0.4 * rng.randn(m))
            normalization.bias.data = torch.tensor(0.4 * rng.randn(m))
            modules.append(normalization)
        if hidden:
            modules.append(ACTIVATIONS[activation]())
    return torch.nn.Sequential(*modules)


def arrays(network: torch.nn.Sequential) -> dict[str, np.ndarray]:
    """weight.0, bias.3, gamma.1, ...: parameters by the number of their layer, as (in, out)."""
    found, layer = {}, -1
    for module in network:
        if isinstance(module, torch.nn.Linear):
            layer += 1
            found[f"weight.{layer}"] = module.weight.detach().numpy().T.copy()
            if module.bias is not None:
                found[f"bias.{layer}"] = module.bias.detach().numpy().copy()
        elif hasattr(module, "weight"):
            found[f"gamma.{layer}"] = module.weight.detach().numpy().copy()
            found[f"beta.{layer}"] = module.bias.detach().numpy().copy()
    return found


def train(network: torch.nn.Sequential, x: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
    """The losses of three steps of SGD, the norms of dL/dz at the first, the end, inference."""
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE)
    found: dict[str, np.ndarray] = {}
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        a, before = torch.tensor(x[step]), []
        for module in network:
            a = module(a)
            if isinstance(module, torch.nn.Linear):
                a.retain_grad()
                before.append(a)
        loss = torch.nn.functional.cross_entropy(a, torch.tensor(labels[step]))
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            found["deltas"] = np.array([z.grad.norm().item() for z in before[:-1]])
        optimizer.step()
    found["losses"] = np.array(losses)
    found |= {f"end.{name}": value for name, value in arrays(network).items()}
    return found | {"inference": inference(network, x)}


def turn(network: torch.nn.Sequential, x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """For the Linear layers from the second on: the cosine of the gradient before and after only
    what stands before that layer took a step (Santurkar et al. 2018, definition 2.1).
    """

    def gradients(of: torch.nn.Sequential) -> list[torch.Tensor]:
        of.zero_grad()
        logits = of(torch.tensor(x))
        torch.nn.functional.cross_entropy(logits, torch.tensor(labels)).backward()
        return [module.weight.grad for module in of if isinstance(module, torch.nn.Linear)]

    places = [at for at, module in enumerate(network) if isinstance(module, torch.nn.Linear)]
    found = []
    for number, place in list(enumerate(places))[1:]:
        mixed = copy.deepcopy(network)
        before = gradients(mixed)[number].clone()
        with torch.no_grad():
            for module in mixed[:place]:
                for parameter in module.parameters():
                    parameter -= RATE * parameter.grad
        after = gradients(mixed)[number]
        found.append(torch.nn.functional.cosine_similarity(before.ravel(), after.ravel(), dim=0))
    return torch.stack(found).numpy()


def inference(network: torch.nn.Sequential, x: np.ndarray) -> np.ndarray:
    """Logits of the last batch, with the (biased) statistics of the first two together."""
    fixed = copy.deepcopy(network)
    a = torch.tensor(x[:2].reshape(-1, x.shape[-1]))
    for module in fixed:
        if isinstance(module, torch.nn.BatchNorm1d):
            module.running_mean = a.mean(0).detach()
            module.running_var = a.var(0, unbiased=False).detach()
            module.eval()
        a = module(a)
    with torch.no_grad():
        return fixed(torch.tensor(x[-1])).numpy()


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("training.npz"), **compute())
