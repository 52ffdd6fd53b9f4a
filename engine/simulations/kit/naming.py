"""What the choices of a simulation's parameters are called, in every language.

A choice that is a name in itself (BatchNorm, PyTorch, Dropout → BN) is called by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Words = Mapping[str, str]

ACTIVATIONS: Mapping[str, Words] = {
    "linear": {"en": "none (linear)", "ko": "없음(선형)"},
    "tanh": {"en": "tanh", "ko": "tanh"},
    "sigmoid": {"en": "sigmoid", "ko": "시그모이드"},
    "relu": {"en": "ReLU", "ko": "ReLU"},
    "leaky_relu": {"en": "leaky ReLU", "ko": "리키 렐루(leaky ReLU)"},
}
INITIALIZATIONS: Mapping[str, Words] = {
    "xavier_uniform": {"en": "Xavier uniform", "ko": "세이비어(Xavier) 균등"},
    "xavier_normal": {"en": "Xavier normal", "ko": "세이비어(Xavier) 정규"},
    "he_uniform": {"en": "He uniform", "ko": "He 균등"},
    "he_normal": {"en": "He normal", "ko": "He 정규"},
    "lecun_uniform": {"en": "LeCun uniform", "ko": "르쿤(LeCun) 균등"},
    "lecun_normal": {"en": "LeCun normal", "ko": "르쿤(LeCun) 정규"},
    "pytorch_linear": {"en": "PyTorch Linear, default", "ko": "PyTorch Linear 기본값"},
    "keras_dense": {"en": "Keras Dense, default", "ko": "Keras Dense 기본값"},
    "flax_dense": {"en": "Flax Dense, default", "ko": "Flax Dense 기본값"},
    "fixed_normal": {"en": "normal, fixed deviation", "ko": "정규, 고정 표준편차"},
    "he": {"en": "He", "ko": "He"},
    "xavier": {"en": "Xavier", "ko": "세이비어(Xavier)"},
    "pytorch": {"en": "PyTorch's default", "ko": "PyTorch 기본값"},
}
FANS: Mapping[str, Words] = {
    "fan_in": {"en": "the inputs (fan-in)", "ko": "입력 수(fan-in)"},
    "fan_out": {"en": "the outputs (fan-out)", "ko": "출력 수(fan-out)"},
}


def spelled(choices: Iterable[str]) -> dict[str, Words]:
    """What each choice is called: a name known to several simulations, or itself."""
    known = {**ACTIVATIONS, **INITIALIZATIONS, **FANS}
    return {choice: known.get(choice, {"en": choice}) for choice in choices}
