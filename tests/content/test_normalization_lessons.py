"""The worked examples of the cards on normalization are what their pictures show."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from engine.simulations import run
from tests.charts.gallery import course

LANGUAGES = ("en", "ko")


def shown(card: str, picture: str = "try") -> Mapping[str, float]:
    """The scalars of a picture as the card first shows it."""
    play = course().play(course().cards[card], picture)
    assert play is not None
    begun = play.experiment
    return run(begun.simulation, begun.values, np.random.default_rng(begun.seed)).scalars


def says(card: str, *numbers: str) -> None:
    """That a card's text has all of these numbers, in every language."""
    for language in LANGUAGES:
        text = course().cards[card].prose[language]
        assert [number for number in numbers if number not in text] == [], (card, language)


def test_covariate_shift():
    fit = shown("covariate-shift")
    says("covariate-shift", f"{fit['plain_mse']:.2f}", f"{fit['weighted_mse']:.1g}")
    says(
        "covariate-shift", f"{fit['plain_slope_limit']:+.1f}", f"{fit['weighted_slope_limit']:.2f}"
    )
    worth = shown("covariate-shift", "worth")["effective_expected"]
    says("covariate-shift", f"{worth:.0f}", f"{1000 * math.exp(-4):.0f}")
    weight = shown("covariate-shift", "weight")["weight"]
    says("covariate-shift", f"{weight:.2f}", f"{math.exp(-1.5):.2f}")


def test_internal_covariate_shift():
    assert shown("internal-covariate-shift", "moves")["drift_a"] == pytest.approx(0.5)
    assert shown("internal-covariate-shift", "turn")["cosine"] == pytest.approx(0.6)
    noisy = shown("internal-covariate-shift", "noisy")
    for language, word in (("en", "{}"), ("ko", "{}스텝")):
        text = course().cards["internal-covariate-shift"].prose[language]
        steps = [word.format(int(noisy[f"steps_{name}"])) for name in ("none", "bn", "noisy")]
        assert [one for one in steps if one not in text] == []
    assert 80 < noisy["drift_noisy"] / noisy["drift_none"] < 100  # almost a hundred times
    step = shown("internal-covariate-shift", "steps")
    says("internal-covariate-shift", f"{step['after_none']:.1f}", f"{step['after_bn']:.2f}")
    assert step["longest_none"] == pytest.approx(0.1)
    assert step["longest_bn"] > 3


def test_moving_average():
    average = shown("moving-average", "weights")
    says(
        "moving-average", f"{average['half_life']:.2f}", f"{100 * average['weight_in_memory']:.0f}%"
    )
    says("moving-average", f"{shown('moving-average', 'noisy')['noise_factor']:.2f}")
    says("moving-average", f"{4 * (1 - 0.9**10):.1f}", f"{1 - 0.99**10:.2f}")


def test_batchnorm_transform():
    stages = shown("batchnorm-transform", "stages")
    says("batchnorm-transform", f"{stages['x_hat']:.2f}", f"{stages['y']:.2f}")
    slopes = (stages["slope_constant"], stages["slope"])
    says("batchnorm-transform", *(f"{slope:.2f}" for slope in slopes))
    says("batchnorm-transform", f"{shown('batchnorm-transform', 'tiny')['kept_std']:.3f}")
    says("batchnorm-transform", f"{shown('batchnorm-transform', 'cut')['expected_zeros']:.2f}")
    says("batchnorm-transform", f"{math.sqrt(1e-4 / (1e-4 + 1e-5)):.3f}")


def test_batchnorm_batch_size_and_placement():
    assert shown("batchnorm-batch-size", "bound")["outlier_output"] == pytest.approx(2)
    order = shown("batchnorm-placement")
    says("batchnorm-placement", f"{order['before_mean']:.3f}", f"{order['before_std']:.3f}")
    says(
        "batchnorm-placement",
        f"{-order['after_floor']:.3f}",
        f"{100 * order['after_negative']:.1f}%",
    )


def test_scale_invariance():
    step = shown("batchnorm-scale-invariance", "step")
    assert step["next_norm"] == pytest.approx(5, rel=1e-4)
    says("batchnorm-scale-invariance", f"{step['effective_rate']:.3f}")
    small = shown("batchnorm-scale-invariance", "small")["output_std_expected"]
    says("batchnorm-scale-invariance", f"{small:.2f}")


def test_batchnorm_why():
    swept = run("learning_rate_sweep", {}, np.random.default_rng(0)).scalars
    says("batchnorm-why", f"{swept['loss_none']:.2f}", f"{swept['loss_bn']:.1g}")
    depth = shown("batchnorm-why", "depth")
    says("batchnorm-why", f"{depth['bn_relu_growth']:.2f}")
    assert 0.5 < depth["ratio_ln"] < 2 < 1000 < depth["ratio_bn"]
    labels = shown("batchnorm-why", "labels")
    assert labels["train_bn"] == labels["train_none"] == 1
    assert labels["test_bn"] == pytest.approx(0.5, abs=0.05)


def test_ema_inference_stats():
    company = shown("ema-inference-stats", "company")
    says(
        "ema-inference-stats", f"{-company['train_output']:.2f}", f"{company['highest_output']:.1f}"
    )
    stored = [5 * (1 - 0.9**10), 5 * (1 - 0.99**10), 0.9 + 0.1 * 4 * 8 / 7]
    says("ema-inference-stats", f"{stored[0]:.2f}", f"{stored[1]:.3f}", f"{stored[2]:.2f}")
    assert shown("ema-inference-stats", "shifted")["eval_mean"] == pytest.approx(1.5, abs=0.1)


def test_dropout_bn_order():
    dropped = shown("dropout-bn-order", "ratio")
    says("dropout-bn-order", f"{dropped['train_variance']:.2f}", f"{dropped['ratio']:.1f}")
    says("dropout-bn-order", f"{shown('dropout-bn-order', 'deviation')['test_std']:.2f}")


def test_layernorm_axes():
    place = shown("layernorm-axes", "place")
    assert place["values_here"] == 1  # so its output is 0
    assert shown("layernorm-axes", "tokens")["moved"] == 0
    counts = shown("layernorm-axes", "counts")["learned"]
    says("layernorm-axes", f"{counts:.0f}")


def test_skip_connections():
    trained = shown("skip-connections", "degraded")
    says(
        "skip-connections",
        f"{trained['loss_plain_shallow']:.3f}",
        f"{trained['loss_plain_deep']:.2f}",
    )
    says(
        "skip-connections",
        *(f"{trained[f'loss_skip_{depth}']:.3f}" for depth in ("shallow", "deep")),
    )
    assert trained["gradient_plain_deep"] == pytest.approx(65, rel=0.05)
    chain = shown("skip-connections")
    says("skip-connections", r"3.5\times10^{-11}", f"{1.3**20:.0f}")
    assert chain["first"] == pytest.approx(3.5e-11, rel=0.01)
    assert chain["skip_first"] == pytest.approx(190, rel=0.01)
    alike = shown("skip-connections", "alike")
    says("skip-connections", f"{alike['plain_lag5']:.2f}", f"{alike['skip_lag5']:.2f}")
    says("skip-connections", f"{shown('skip-connections', 'slice')['curvature_scaled']:.2f}")
