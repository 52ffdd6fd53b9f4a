"""A claim: three verdicts in one order, a simulation that settles which is right."""

from __future__ import annotations

import dataclasses

import pytest

from engine.content import ContentError
from engine.questions import DrawError, Grade, check_question, draw, simulate, was_settled
from tests.questions.test_kinds import judged
from tests.questions.written_questions import CLAIM, template

HEADS = {
    "kind": "claim",
    "simulation": "coin",
    "parameters": {"n_in": {"choose": [1024, 2048, 4096]}},
    "verdict": "false",
    "settled": "outcome.share < 0.6",
    "misconceptions": {"always-heads": "true", "mostly-heads": "misleading"},
}


def test_the_options_stand_in_one_order_in_the_words_of_each_language():
    compiled = template(CLAIM, prompt={"en": "Look.", "ko": "보세요."})
    for seed in range(20):
        assert [o.id for o in draw(compiled, seed).options] == ["true", "misleading", "false"]
    assert [o.text for o in draw(compiled, 0).options] == ["True", "Misleading", "False"]
    korean = [o.text for o in draw(compiled, 0, "ko").options]
    assert korean == ["참", "오해의 소지 있음", "거짓"]


def test_the_sentence_is_quoted_below_the_prompt_line_by_line():
    words = {"prompt": {"en": "Look."}, "claim": {"en": "All {{ n }} are\nodd.\n\nAll."}}
    variant = draw(template(CLAIM, **words), 0)
    n = variant.parameters["n"]
    assert variant.prompt == f"Look.\n\n> All {n} are\n> odd.\n>\n> All."


def test_the_condition_picks_the_verdict():
    compiled = template(CLAIM)
    for seed in range(30):
        variant = draw(compiled, seed)
        n = int(variant.parameters["n"])
        assert variant.answer == ("true" if n < 20 else "misleading" if n < 40 else "false")
        assert variant.answer not in variant.misconceptions.values()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("false", Grade("correct")),
        ("3", Grade("correct")),
        ("true", Grade("misconception", "always-heads")),
        ("1", Grade("misconception", "always-heads")),
        ("2", Grade("misconception", "mostly-heads")),
        ("False", None),
        ("4", None),
        ("", None),
    ],
)
def test_an_answer_is_a_verdict_or_its_number(coin, text, expected):
    assert judged(draw(template(HEADS), 0), text) == expected


def test_a_verdict_without_a_misconception_is_just_wrong(coin):
    spec = {**HEADS, "misconceptions": {"always-heads": "true"}}
    assert judged(draw(template(spec), 0), "misleading") == Grade("wrong")


def test_yaml_s_own_true_and_false_are_verdicts_too(coin):
    spec = {**HEADS, "verdict": False, "misconceptions": {"always-heads": True}}
    variant = draw(template(spec), 0)
    assert (variant.answer, variant.misconceptions) == ("false", {"always-heads": "true"})


def test_the_template_names_the_statement():
    assert template(CLAIM).statement == "1-16"


def test_no_verdict_or_two_are_drawn_again():
    for verdicts in ({"true": "n < 0", "false": "n < -1"}, {"true": "n > 0", "false": "n > 0"}):
        with pytest.raises(DrawError, match="exactly one verdict"):
            draw(template({**CLAIM, "verdicts": verdicts}), 0)


def test_drawing_does_not_wait_for_the_simulation(coin):
    draw(template(HEADS), 0)
    assert coin == []


def test_the_run_settles_it(coin):
    compiled = template(HEADS)
    variant = draw(compiled, 0)
    assert was_settled(compiled, variant, simulate(compiled, variant)) is True
    other = template({**HEADS, "settled": "outcome.share > 0.6"})
    assert was_settled(other, variant, simulate(other, variant)) is False
    assert was_settled(template(CLAIM), draw(template(CLAIM), 0), None) is None
    nothing = template({**HEADS, "settled": "log(outcome.share - 2) < 1"})
    assert was_settled(nothing, variant, simulate(nothing, variant)) is False


def test_a_claim_that_its_simulation_does_not_bear_out_is_an_error(coin):
    report = check_question(template({**HEADS, "settled": "outcome.share > 0.6"}), range(30))
    problems = [p for p in report.problems if p.level == "error"]
    assert {p.code for p in problems} == {"unsettled"}
    assert "outcome.share > 0.6" in str(problems[0].found)


def test_at_least_20_seeds_are_run_and_all_of_them_while_there_is_time(coin):
    # Of three numbers and many seeds every run is another.
    check_question(template(HEADS), range(50))
    assert len(coin) == 20
    coin.clear()
    check_question(
        template({**HEADS, "settled": "outcome.share < 0.61"}), range(50, 150), clock=lambda: 0.0
    )
    assert len(coin) == 100


def test_a_simulation_that_fails_is_told_as_unsettled_once(coin, monkeypatch):
    from engine import simulations

    whole = simulations.SIMULATIONS["coin"]

    def fail(parameters, rng):
        raise RuntimeError("no coins left")

    broken = dataclasses.replace(whole, run=fail)
    monkeypatch.setitem(simulations.SIMULATIONS, "coin", broken)
    report = check_question(template(HEADS), range(30))
    assert [p.code for p in report.problems if p.code == "unsettled"] == ["unsettled"]


def without(*keys):
    return {k: v for k, v in HEADS.items() if k not in keys}


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (without("verdict"), "no-verdict"),
        ({**HEADS, "verdicts": CLAIM["verdicts"]}, "no-verdict"),
        ({**HEADS, "verdict": "perhaps"}, "unknown-verdict"),
        ({**HEADS, "misconceptions": {"a": "perhaps"}}, "unknown-verdict"),
        ({**HEADS, "misconceptions": {"a": "true", "b": "true"}}, "two-misconceptions"),
        ({**HEADS, "misconceptions": {"a": "false"}}, "no-options"),
        (without("misconceptions"), "no-options"),
        (without("settled"), "missing-key"),
        ({**HEADS, "settled": "n_in > 3"}, "bad-settled"),
        ({**HEADS, "settled": "outcome.share"}, "bad-settled"),
        ({**HEADS, "settled": "outcome.nothing < 1"}, "bad-expression"),
        ({**HEADS, "statement": "one"}, "bad-statement"),
        ({**HEADS, "statement": 16}, "not-a-word"),
        ({**CLAIM, "settled": "n > 1"}, "bad-settled"),
        ({**CLAIM, "verdicts": {"true": "n > 1"}}, "too-few-options"),
        ({**CLAIM, "verdicts": {"true": "n > 1", "maybe": "n < 1"}}, "unknown-verdict"),
    ],
)
def test_a_block_that_is_not_right_says_so(coin, spec, code):
    with pytest.raises(ContentError) as raised:
        template(spec)
    assert [p.code for p in raised.value.problems] == [code]


def test_a_claim_without_a_sentence_is_an_error(coin):
    with pytest.raises(ContentError) as raised:
        template(HEADS, claim=None)
    assert [p.code for p in raised.value.problems] == ["missing-claim"]
