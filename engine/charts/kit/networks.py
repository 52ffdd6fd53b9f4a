"""What networks are called, and how those with and without batch norm are drawn everywhere."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.charts.kit.numbers import number
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import Message, say

ACTIVATION_NAMES: Mapping[str, Message] = {
    "linear": say("linear"),
    "tanh": say("tanh"),
    "sigmoid": say("sigmoid"),
    "relu": say("ReLU"),
    "leaky_relu": say("leaky ReLU"),
}


def network_words(picture: Picture) -> Message:
    """Activation, initialization and width."""
    settings = picture.settings
    name = str(settings.get("initialization", "xavier_normal"))
    initialization = SCHEME_NAMES.get(name, name)
    if name == "fixed_normal":
        initialization = say("normal with σ = {std}", std=number(settings.get("std", 0.01)))
    activation = str(settings.get("activation", "tanh"))
    return say(
        "{activation}, {initialization}, {widths}",
        activation=ACTIVATION_NAMES.get(activation, activation),
        initialization=initialization,
        widths=_widths(picture),
    )


def _widths(picture: Picture) -> Message:
    """How wide the layers are, the first and the last where that changes."""
    first = int(float(str(picture.settings.get("width", 0))))
    layers = picture.outcome.tables.get("layers", {}).get("width", ())
    last = int(np.asarray(layers)[-1]) if len(layers) else first
    if first == last:
        return say("{width} units wide", width=first or "?")
    return say("{first} to {last} units wide", first=first, last=last)


SCHEME_NAMES: Mapping[str, Message] = {
    "xavier_uniform": say("Xavier uniform"),
    "xavier_normal": say("Xavier normal"),
    "he_uniform": say("He uniform"),
    "he_normal": say("He normal"),
    "lecun_uniform": say("LeCun uniform"),
    "lecun_normal": say("LeCun normal"),
    "pytorch_linear": say("PyTorch Linear, default"),
    "keras_dense": say("Keras Dense, default"),
    "flax_dense": say("Flax Dense, default"),
    "fixed_normal": say("normal, fixed deviation"),
}

WITHOUT, WITH = say("without batch norm"), say("with batch norm")


#: One look for the two networks everywhere: column ending -> words, style.
PAIR = {"none": (WITHOUT, Style(ORANGE, (6, 3))), "bn": (WITH, Style(BLUE))}
