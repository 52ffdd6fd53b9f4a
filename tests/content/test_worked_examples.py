"""The numbers in the text of cards on starts and on confidence are what their pictures show."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from engine.content import Card
from engine.simulations import run

LANGUAGES = ("en", "ko")


def found(name: str, **values: object) -> Mapping[str, float]:
    """The scalars of a picture as a card first shows it: seed 0."""
    return run(name, values, np.random.default_rng(0)).scalars


def says(cards: Mapping[str, Card], card: str, *numbers: str) -> None:
    """That a card's text has all of these numbers, in every language."""
    for language in LANGUAGES:
        text = cards[card].prose[language]
        assert [number for number in numbers if number not in text] == [], (card, language)


def test_symmetry_breaking(cards: Mapping[str, Card]):
    equal, free = found("symmetry"), found("symmetry", initialization="random")
    says(cards, "symmetry-breaking", f"{equal['loss_end']:.3f}", f"{free['loss_end']:.3f}")
    stuck = found("symmetry", initialization="zero", share=0.75)["loss_end"]
    assert stuck == pytest.approx(-0.75 * math.log(0.75) - 0.25 * math.log(0.25), abs=1e-4)
    says(cards, "symmetry-breaking", f"{stuck:.3f}")


def test_variance_propagation(cards: Mapping[str, Card]):
    factor = 0.05 * math.sqrt(256)
    one = [f"{factor**2:.2f}", f"{factor:.1f}", f"{factor / math.sqrt(2):.3f}"]
    says(cards, "variance-propagation", *one, f"{factor**20:.2g}", r"1.1\cdot10^{-5}")
    assert (factor / math.sqrt(2)) ** 20 == pytest.approx(1.1e-5, rel=0.03)
    spread = found("signal_propagation", activation="sigmoid")
    says(cards, "variance-propagation", f"{spread['final_std']:.2f}")
    assert spread["final_across_sd"] < 1e-15


def test_xavier(cards: Mapping[str, Card]):
    start = found("activation_histograms", initialization="pytorch_linear")
    says(cards, "xavier-uniform", f"{start['first_std']:.2f}", f"{start['last_std']:.3f}")
    sigma = math.sqrt(2 / 640)
    says(cards, "xavier-uniform", f"{math.sqrt(3) * sigma:.4f}", f"{sigma:.4f}")
    both = [f"{sigma * math.sqrt(n):.2f}" for n in (512, 128)]
    says(cards, "xavier-normal", f"{math.sqrt(2 / 512):.4f}", *both)
    tanh = found("signal_propagation", activation="tanh", depth=50)["final_rms"]
    assert tanh == pytest.approx(1 / math.sqrt(100), rel=0.1)


def test_he(cards: Mapping[str, Card]):
    says(cards, "he-uniform", f"{2**-10:.3f}", f"{2 / 256:.4f}", f"{math.sqrt(6 / 256):.3f}")
    says(cards, "he-uniform", f"{math.sqrt(6 / 576):.3f}", f"{6**-0.5:.3f}", r"1.7\times10^{-8}")
    assert pytest.approx(1.7e-8, rel=0.03) == 6**-10
    off = [(sigma * math.sqrt(128)) for sigma in (0.08, 0.1)]
    says(cards, "he-normal", f"{off[0]:.3f}", f"{off[0] ** 50:.2g}")
    assert off[1] ** 50 == pytest.approx(479, rel=0.01)
    back = math.sqrt(2 / 256) * math.sqrt(512 / 2)
    says(cards, "he-normal", f"{back:.2f}", f"{math.sqrt(5 * 50 / (4 * 256)):.2f}")
    trained = found("initialization_training")
    for language, word in (("en", " after {}"), ("ko", " {}스텝")):
        text = cards["he-normal"].prose[language]
        assert all(word.format(int(trained[f"half_{way}"])) in text for way in ("he", "xavier"))
    assert trained["half_default"] == trained["half_zero"] == 0


def test_defaults(cards: Mapping[str, Card]):
    sigmas = [1 / math.sqrt(3 * 256), math.sqrt(2 / 384), 1 / 16, math.sqrt(2 / 256)]
    says(cards, "init-defaults", *(f"{sigma:.4f}" for sigma in sigmas))
    says(cards, "init-defaults", f"{6**-5:.2g}", f"{2**-5:.3f}", f"{0.0625 / 0.8796:.4f}")
    drawn = found("truncated_normal", scale=0.0711)
    assert drawn["expected_std"] == pytest.approx(0.0625, abs=1e-4)
    says(cards, "init-defaults", f"{drawn['limit']:.3f}")
    shallow = found("initialization_training", depth=2)
    assert shallow["loss_he"] < shallow["loss_default"] < 0.65


def test_calibration(cards: Mapping[str, Card]):
    outcome = run("calibration", {"bins": 10}, np.random.default_rng(0))
    scalars, bins = outcome.scalars, outcome.tables["bins"]
    says(cards, "calibration", f"{scalars['confidence']:.2f}", f"{scalars['accuracy']:.2f}")
    row = int(np.flatnonzero(np.isclose(bins["low"], 0.8))[0])
    numbers = (bins["confidence"][row], bins["accuracy"][row], bins["gap"][row])
    says(cards, "calibration", *(f"{number:.3f}" for number in numbers))
    table = {"count_1": 60, "confidence_1": 0.7, "accuracy_1": 0.75, "count_3": 0}
    table |= {"count_2": 40, "confidence_2": 0.95, "accuracy_2": 0.8}
    says(cards, "calibration", f"={found('reliability_table', **table)['ece']:.2f}")
    logit = math.log(9)
    says(cards, "calibration", f"{logit:.2f}", f"{1 / (1 + math.exp(-logit / 2)):.2f}")


def test_over_and_under_confidence(cards: Mapping[str, Card]):
    s = found("confidence_training")
    names = ("early_gap", "gap", "early_test_loss", "test_loss", "accuracy")
    says(cards, "over-confidence", *(f"{s[name]:.2f}" for name in names))
    says(cards, "over-confidence", f"{math.sqrt(19):.1f}")
    assert math.sqrt(19) / (1 + math.sqrt(19)) == pytest.approx(0.81, abs=0.005)
    half = found("calibration", scale=0.5)
    numbers = [f"{half['confidence']:.3f}", f"{half['accuracy']:.3f}", f"-{-half['gap']:.3f}"]
    says(cards, "under-confidence", *numbers)
    logits = [math.log(p / (1 - p)) for p in (0.8, 0.94)]
    says(cards, "under-confidence", *(f"{z:.2f}" for z in logits))
    assert logits[0] / logits[1] == pytest.approx(0.5, abs=0.01)
    assert found("label_smoothing")["target"] == pytest.approx(0.91)


def test_data_augmentation(cards: Mapping[str, Card]):
    s = found("augmentation_training")
    shares = [f"{100 * s[f'accuracy_{way}']:.0f}%" for way in ("none", "moved", "mirrored")]
    says(cards, "data-augmentation", *shares)
    assert min(s[f"train_{way}"] for way in ("none", "moved", "mirrored")) > 0.95
    noise = found("noise_augmentation")
    assert (noise["penalty"], noise["ridge_1"]) == pytest.approx((12.5, 1.6))
    assert found("polynomial_fit")["expected_gap"] == pytest.approx(0.053, abs=5e-4)
