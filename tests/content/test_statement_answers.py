"""What the older cards predict, and the notes' statements they judge, against code of its own."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.questions import draw, grade, parse, simulate, was_settled
from tests.content import answering
from tests.content.answering import template_of

SEEDS = range(25)
CLAIMS = (
    "covariate-shift/through-layers",
    "moving-average/same-influence",
    "ema-inference-stats/whole-training",
    "xavier-uniform/which-activation",
    "xavier-normal/keeps-both",
    "he-uniform/signal-dies",
    "he-normal/he-instead",
    "calibration/as-a-remedy",
    "over-confidence/more-l2",
    "under-confidence/longer-training",
)
ESTIMATES = (
    "covariate-shift/samples-needed",
    "over-confidence/really-right",
    "under-confidence/zero-gap",
)


def runs(cards, item, seeds=SEEDS):
    for variant, found in answering.runs(cards, item, seeds):
        yield variant, variant.parameters, found


@pytest.mark.parametrize("item", CLAIMS)
def test_every_claim_has_at_least_two_verdicts_and_its_run_bears_them_out(cards, item):
    template, verdicts = template_of(cards, item), set()
    for seed in range(40):
        variant = draw(template, seed)
        verdicts.add(variant.answer)
        assert was_settled(template, variant, simulate(template, variant)), seed
    assert len(verdicts) >= 2


@pytest.mark.parametrize("item", ESTIMATES)
def test_reasoning_is_accepted_and_the_middle_of_the_axis_mostly_is_not(cards, item):
    template, lucky = template_of(cards, item), 0
    for seed in range(60):
        variant = draw(template, seed)
        assert grade(variant, parse(variant, f"{variant.answer:.3g}")).verdict == "correct"
        middle = parse(variant, repr(variant.axis.value(0.5)))
        lucky += grade(variant, middle).verdict == "correct"
    assert lucky < 30


def test_so_many_samples_are_worth_what_is_asked_for(cards):
    for variant, p, found in runs(cards, "covariate-shift/samples-needed"):
        assert variant.answer * math.exp(-(p["shift"] ** 2)) == pytest.approx(p["worth"])
        assert found["effective_expected"] == pytest.approx(p["worth"], rel=0.01)  # a whole n
        assert found["effective"] > 0.9 * p["worth"]  # heavy samples are missed, so it is high


def test_layers_are_a_covariate_shift_in_no_draw(cards):
    for variant, p, _ in runs(cards, "covariate-shift/through-layers"):
        assert variant.answer == ("misleading" if p["moved"] else "false")


def test_the_weights_of_the_drawn_average_give_the_verdict(cards):
    """Follows one impulse at the first and one at the last step through the formula as written."""
    for variant, p, _ in runs(cards, "moving-average/same-influence", range(60)):
        first, last = (influence(p["formula"], at, 50) for at in (1, 50))
        if first == 0:
            assert variant.answer == "misleading"
        else:
            assert variant.answer == ("true" if first == pytest.approx(last) else "false")


def influence(formula, at, steps):
    """V after `steps` steps of a signal that is 1 at step `at` and 0 elsewhere."""
    signal = [float(t == at) for t in range(1, steps + 1)]
    value = 0.0
    for t, new in enumerate(signal, 1):
        if r"\dots" in formula:
            window = int(formula.rsplit("{", 1)[1].rstrip("}"))
            value = sum(signal[max(t - window, 0) : t]) / window
        elif "{t}" in formula:
            value += (new - value) / t
        else:
            keep = float(formula.split("=")[1].split(r"\,")[0])
            value = keep * value + (1 - keep) * new
    return value


def test_a_running_mean_is_that_of_the_whole_training_without_momentum_alone(cards):
    for variant, p, _ in runs(cards, "ema-inference-stats/whole-training"):
        mean, jump, last = 0.0, int(p["jump"]), int(p["steps"])
        for t, new in enumerate([0.0] * jump + [1.0] * last, 1):
            keep = {
                "PyTorch": lambda m, t=t: 1 - 1 / t if m == "None" else 1 - float(m),
            }.get(p["framework"], float)(p["momentum"])
            mean = keep * mean + (1 - keep) * new
        whole = last / (jump + last)
        assert (variant.answer == "true") == (abs(mean - whole) < 1e-9)
        assert mean == pytest.approx(whole) or mean > 3 * whole


def test_what_is_said_of_weights_holds_for_weights_drawn_here(cards):
    for variant, p, _ in runs(cards, "xavier-uniform/true-statements", range(40)):
        rng, call = np.random.default_rng(variant.seed), p["call"]
        n_in, n_out = int(p["n_in"]), int(p["n_out"])
        variance = 2 / n_in if call.startswith("kaiming") else 2 / (n_in + n_out)
        if call.startswith("xavier_normal"):
            weights = rng.normal(0, math.sqrt(variance), 200_000)
        else:
            weights = rng.uniform(-1, 1, 200_000) * math.sqrt(3 * variance)
        size = np.abs(weights)
        true = set()
        if size.max() < p["limit"]:
            true.add("within")
        if abs((size > p["middle"]).mean() - 0.5) < 0.02:
            true.add("half")
        if not call.startswith("kaiming"):
            true.add("swap")
        near = (size < 0.1 * p["middle"]).sum()
        far = (np.abs(size - 1.9 * p["middle"]) < 0.05 * p["middle"]).sum()
        if near > 1.5 * far:
            true.add("bell")
        assert set(variant.answer) == true


def test_weights_that_keep_the_signal_keep_it_through_a_layer_drawn_here(cards):
    """rms of phi(W phi(z)) over phi(z), for a wide layer of each option's weights."""
    for variant, p, _ in runs(cards, "he-uniform/keeps-the-signal", range(30)):
        rng = np.random.default_rng(variant.seed)
        n = int(p["n_in"])
        phi = (lambda z: np.maximum(z, 0)) if p["relu"] else (lambda z: z)
        x = phi(rng.standard_normal((400, n)))

        def uniform(bound, rng=rng, n=n):
            return rng.uniform(-bound, bound, (n, 400))

        weights = {
            "uniform": uniform(p["he_bound"]),
            "normal": rng.normal(0, p["he_sigma"], (n, 400)),
            "default": math.sqrt(p["gain"]) * uniform(1 / math.sqrt(n)),
            "narrow": uniform(p["narrow"]),
            "xavier": uniform(p["xavier_bound"]),
        }
        kept = {
            name
            for name, w in weights.items()
            if abs(math.log(np.mean(phi(x @ w) ** 2) / np.mean(x**2)) / 2) < 0.055
        }
        assert set(variant.answer) == kept, variant.seed


def test_the_gradient_fares_as_the_slopes_say(cards):
    """Mean square of a slope: 1 (linear), 1/2 (ReLU), at most 1/16 (sigmoid), near 1 (tanh)."""
    for item, gain in (("xavier-uniform/which-activation", 1), ("he-normal/he-instead", 2)):
        for variant, p, found in runs(cards, item):
            square = {"linear": 1, "relu": 0.5, "sigmoid": 1 / 16, "tanh": 0.95}[p["activation"]]
            expected = p["depth"] / 2 * math.log10(gain * square)
            off = found["log10_delta_ratio"] - expected
            assert abs(off) < 0.8 + 0.05 * p["depth"]
            floor = math.log10(0.05) if gain == 1 else -1
            kept = floor < found["log10_delta_ratio"] < 1
            assert (variant.answer == "true") == kept


def test_xavier_keeps_both_sizes_where_the_verdict_says_so(cards):
    for variant, p, found in runs(cards, "xavier-normal/keeps-both"):
        t, cut = p["taper"], 1 if p["straight"] else 2
        forward = (2 / (1 + t) / cut) ** (p["depth"] / 2)
        backward = (2 * t / (1 + t) / cut) ** ((p["depth"] - 1) / 2)
        assert abs(math.log(found["final_rms"] / forward)) < 0.35
        assert abs(math.log(found["delta_rms_ratio"] / backward)) < 0.35
        kept = [0.75 < factor < 1.25 for factor in (forward, backward)]
        assert variant.answer == ("true" if all(kept) else "misleading" if any(kept) else "false")


def test_the_signal_dies_as_deep_as_its_bound_says(cards):
    for variant, p, found in runs(cards, "he-uniform/signal-dies"):
        left = (p["bound"] * math.sqrt(p["width"] / 6)) ** p["depth"]
        assert abs(math.log(found["final_rms"] / left)) < 4 * math.sqrt(
            1.25 * p["depth"] / p["width"]
        )
        said = "true" if left < 0.1 else "misleading" if left < 0.9 else "false"
        assert variant.answer == said


def test_calibration_changes_the_confidence_and_no_answer(cards):
    for variant, p, found in runs(cards, "calibration/as-a-remedy"):
        assert found["temperature"] == pytest.approx(p["scale"], rel=0.1)
        less = found["confidence_after"] < found["confidence"]
        assert variant.answer == ("misleading" if less else "false")
        assert abs(found["confidence_after"] - found["accuracy"]) < 0.02


def test_a_claim_on_the_gap_goes_by_its_sign(cards):
    for item in ("over-confidence/more-l2", "under-confidence/longer-training"):
        worse = 1 if item.startswith("over") else -1  # the sign that the gap had at first
        for variant, _, found in runs(cards, item):
            gap = worse * (found["confidence"] - found["accuracy"])
            said = "true" if abs(gap) < 0.03 else "false" if gap > 0 else "misleading"
            assert variant.answer == said


def test_the_numbers_in_the_stem_lead_to_the_verdict_on_training_longer(cards):
    for variant, _, found in runs(cards, "under-confidence/longer-training", range(40)):
        gap = round(found["confidence"], 3) - round(found["early_accuracy"], 3)
        told = "true" if abs(gap) <= 0.03 else "misleading" if gap > 0 else "false"
        assert told == variant.answer, variant.seed


def test_the_accuracy_is_that_of_the_odds_root(cards):
    for variant, p, _ in runs(cards, "over-confidence/really-right"):
        odds = (p["said"] / (1 - p["said"])) ** (1 / p["scale"])
        assert variant.answer == pytest.approx(odds / (1 + odds))


def test_the_gap_is_zero_between_the_strengths_around_the_key(cards):
    strengths = {"tiny": 0.003, "weak": 0.01, "light": 0.03, "medium": 0.1, "firm": 0.3}
    strengths["strong"] = 1.0
    for variant, _, found in runs(cards, "under-confidence/zero-gap"):
        above = max(s for name, s in strengths.items() if found[f"gap_{name}"] > 0)
        below = min(s for name, s in strengths.items() if found[f"gap_{name}"] <= 0)
        assert above <= variant.answer <= below


def test_no_l2_is_the_best_in_some_draws(cards):
    keys = {
        v.answer
        for v in (draw(template_of(cards, "under-confidence/best-l2"), s) for s in range(60))
    }
    assert keys == {"none", "weak", "medium", "strong"}


def test_every_statement_on_training_is_right_in_some_draws_and_wrong_in_others(cards):
    template = template_of(cards, "over-confidence/train-on")
    answers = [set(draw(template, seed).answer) for seed in range(30)]
    for option in ("training-loss", "test-loss", "wider-gap", "more-accurate"):
        assert 0 < sum(option in answer for answer in answers) < len(answers)
