"""What the choices of several simulations' parameters are called, in English.

A choice that is a name in itself (BatchNorm, PyTorch, Dropout → BN) is called by it.
"""

from __future__ import annotations

from collections.abc import Mapping

ACTIVATIONS = {
    "linear": "none (linear)",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
}
INITIALIZATIONS = {
    "xavier_uniform": "Xavier uniform",
    "xavier_normal": "Xavier normal",
    "he_uniform": "He uniform",
    "he_normal": "He normal",
    "lecun_uniform": "LeCun uniform",
    "lecun_normal": "LeCun normal",
    "pytorch_linear": "PyTorch Linear, default",
    "keras_dense": "Keras Dense, default",
    "flax_dense": "Flax Dense, default",
    "fixed_normal": "normal, fixed deviation",
    "he": "He",
    "xavier": "Xavier",
    "pytorch": "PyTorch's default",
}
FANS = {"fan_in": "the inputs (fan-in)", "fan_out": "the outputs (fan-out)"}
CHOICES: Mapping[str, str] = {**ACTIVATIONS, **INITIALIZATIONS, **FANS}
