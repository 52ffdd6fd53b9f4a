"""What the card of batch normalization's place says is right, its own simulations show."""

from __future__ import annotations

import numpy as np
import pytest

from engine.questions import grade, parse
from engine.simulations import run
from tests.content.answering import outcomes

CARD = "batchnorm-placement"
SEEDS = range(30)
NOTHING = 1e-9


def drawn(cards, name, seeds=SEEDS):
    return outcomes(cards, f"{CARD}/{name}", seeds)


@pytest.mark.parametrize(("name", "scalar"), [("lowest", "after_floor"), ("parameters", "total")])
def test_the_key_is_what_the_simulation_comes_to(cards, name, scalar):
    for variant, outcome in drawn(cards, name):
        assert outcome.scalars[scalar] == pytest.approx(variant.answer, rel=1e-12)


def test_the_drawn_values_reach_down_to_the_key(cards):
    """The lowest drawn output, and half of them with it; the histogram begins there."""
    for variant, outcome in drawn(cards, "lowest"):
        table = outcome.tables["outputs"]
        bin_of_key = np.searchsorted(table["right"], variant.answer + 1e-9)
        assert table["after"][bin_of_key] == pytest.approx(0.5, abs=0.05)


def test_the_biases_without_effect_are_those_of_the_right_options(cards):
    slots = {"one": "first", "two": "second", "three": "third", "four": "fourth"}
    for variant, outcome in drawn(cards, "needless-bias"):
        table = outcome.tables["pipelines"]
        gradients = dict(zip(table["pipeline"], table["bias_gradient"], strict=True))
        needless = {
            option
            for option, slot in slots.items()
            if gradients[variant.parameters[slot]] < NOTHING
        }
        assert needless == set(variant.answer)


def test_the_verdict_is_what_the_bias_does(cards):
    verdicts = set()
    for variant, outcome in drawn(cards, "no-bias-needed"):
        gone = outcome.scalars["bias_gradient"] < NOTHING
        assert variant.answer == ("true" if gone else "false")
        verdicts.add(variant.answer)
    assert verdicts == {"true", "false"}


def test_networks_are_ranked_by_the_means_that_were_drawn(cards):
    names = {"before": "BN → ReLU", "after": "ReLU → BN", "plain": "BN", "relu": "ReLU"}
    for variant, outcome in drawn(cards, "means"):
        table = outcome.tables["means"]
        exact = dict(zip(table["layers"], table["mean"], strict=True))
        ranked = [exact[names[option]] for option in variant.answer]
        assert ranked == sorted(ranked)
        assert table["measured"] == pytest.approx(table["mean"], abs=0.35)


def test_three_significant_digits_are_enough(cards):
    for name in ("lowest", "parameters"):
        for variant, _ in drawn(cards, name, range(100)):
            text = f"{variant.answer:.3g}" if name == "lowest" else f"{variant.answer:.0f}"
            assert grade(variant, parse(variant, text)).verdict == "correct"


def test_the_figures_shown_in_the_prompt_lead_into_the_accepted_interval(cards):
    for variant, _ in drawn(cards, "lowest", range(100)):
        p = variant.parameters
        mean, deviation = (float(f"{p[name]:.4g}") for name in ("m", "sd"))
        by_hand = p["beta_after"] - p["gamma_after"] * mean / deviation
        assert grade(variant, parse(variant, f"{by_hand:.3g}")).verdict == "correct"


def test_the_table_in_the_prose_comes_out_so():
    found = run("relu_bn_order", {}, np.random.default_rng(0)).scalars
    assert round(found["before_mean"], 3) == 0.399
    assert round(found["before_std"], 3) == 0.584
    assert round(100 * found["after_negative"], 1) == 65.5
    assert round(found["after_floor"], 3) == -0.683
