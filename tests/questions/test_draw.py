from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.questions import LARGEST_SEED, MOST_TRIES, DrawError, Template, Variant, draw
from tests.questions.written_questions import DEPTH, KINDS, ORDER, SEVERAL, SIGMA, WRITTEN, template

SEEDS = st.integers(0, LARGEST_SEED)


@given(SEEDS, st.sampled_from(sorted(KINDS)))
def test_the_same_seed_is_the_same_variant(seed, kind):
    assert draw(template(KINDS[kind]), seed) == draw(template(KINDS[kind]), seed)


def test_other_seeds_are_other_variants(of_each_kind: Template):
    drawn = {draw(of_each_kind, seed).to_json() for seed in range(30)}
    assert len(drawn) == 30


def test_a_seed_is_what_it_was_on_the_first_day():
    """Pinned: an address with a seed reopens the variant it was made for."""
    variant = draw(template(SIGMA, prompt={"en": "{{ n_in }} to {{ n_out }}"}), 20260302)
    assert variant == Variant(
        item="demo/sigma",
        seed=20260302,
        kind="number",
        language="en",
        parameters=GOLDEN,
        prompt=f"{GOLDEN['n_in']} to {GOLDEN['n_out']}",
        answer=variant.answer,
        answer_text=variant.answer_text,
        accepted=variant.accepted,
        unit="",
        options=(),
        misconceptions=variant.misconceptions,
        relative=True,
    )
    assert variant.answer == (2 / (GOLDEN["n_in"] + GOLDEN["n_out"])) ** 0.5


GOLDEN = {"n_in": 512, "n_out": 256}


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(DrawError, match=str(seed)):
        draw(template(SIGMA), seed)


@given(SEEDS, st.sampled_from(sorted(KINDS)), st.sampled_from(["en", "ko"]))
def test_a_variant_survives_json(seed, kind, language):
    variant = draw(template(KINDS[kind]), seed, language)
    back = Variant.from_json(variant.to_json())
    assert back == variant
    assert back.to_json() == variant.to_json()


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"item": 1}', "9" * 5000, '"x"'])
def test_json_that_is_no_variant_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        Variant.from_json(text)


def test_json_with_misconceptions_of_another_shape_is_a_value_error():
    text = draw(template(SIGMA), 1).to_json()
    start = text.index('"misconceptions":{')
    end = text.index("}", start) + 1
    with pytest.raises(ValueError, match="variant"):
        Variant.from_json(text[:start] + '"misconceptions":[]' + text[end:])


# -- constraints ----------------------------------------------------------------------------


def test_every_draw_meets_what_is_required():
    compiled = template(SIGMA)
    for seed in range(300):
        numbers = draw(compiled, seed).parameters
        assert numbers["n_in"] != numbers["n_out"]
        assert 8 * int(numbers["n_out"]) >= int(numbers["n_in"])


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"require": "n_in < 0"}, "n_in < 0"),
        ({"require": ["n_in > 0", "n_out < 0"]}, "n_out < 0"),
        ({"answer": "log(-n_in)"}, "log(-n_in)"),
        ({"answer": "0 * n_in"}, "0"),
        ({"misconceptions": {"same": "sqrt(2 / (n_in + n_out))"}}, "same"),
        ({"misconceptions": {"near": "1.019 * sqrt(2 / (n_in + n_out))"}}, "near"),
        ({"misconceptions": {"one": "1", "also-one": "1.001"}}, "misconceptions"),
    ],
)
def test_what_cannot_be_met_ends_naming_the_constraint(change, named):
    with pytest.raises(DrawError, match=str(MOST_TRIES)) as failed:
        draw(template({**SIGMA, **change}), 0)
    assert named in str(failed.value.message)


@pytest.mark.parametrize(
    ("spec", "change", "named"),
    [
        (DEPTH, {"misconceptions": {"near": "1.04 * 2 ** (-depth / 2)"}}, "close"),
        (
            DEPTH,
            {"misconceptions": {"alike": "0.0331"}, "format": ".0e", "parameters": {"depth": 10}},
            "same",
        ),
        (DEPTH, {"answer": "0", "misconceptions": {"also": "0"}}, "close"),
        (WRITTEN, {"parameters": {"rate": 1, "n": 2}}, "exactly one"),
        (WRITTEN, {"parameters": {"rate": 2, "n": 2}}, "exactly one"),
        (SEVERAL, {"options": {"more": True, "less": "a > 0", "whole": True}}, "at least one"),
        (SEVERAL, {"options": {"more": False, "less": "a < 0", "whole": False}}, "at least one"),
        (ORDER, {"items": {"xavier": "1", "he": "1.04", "default": "3"}}, "close"),
        (ORDER, {"misconceptions": {"m": {"xavier": 3, "he": 4, "default": 1}}}, "“m”"),
    ],
)
def test_options_that_cannot_be_told_apart_are_never_drawn(spec, change, named):
    with pytest.raises(DrawError) as failed:
        draw(template({**spec, **change}), 0)
    assert named in str(failed.value.message)


def test_options_are_at_least_5_percent_apart():
    spec = {**DEPTH, "parameters": {"depth": {"integer": [2, 40]}}}
    compiled = template({**spec, "misconceptions": {"less": "0.09", "more": "0.2"}})
    for seed in range(200):
        value = draw(compiled, seed).key
        assert value is not None
        assert abs(value - 0.09) >= 0.05 * max(value, 0.09)


# -- parameters -----------------------------------------------------------------------------


def test_parameters_are_drawn_as_written():
    compiled = template(
        {
            "kind": "number",
            "parameters": {
                "fixed": 7,
                "word": "relu",
                "listed": {"choose": [0.5, 2]},
                "named": {"choose": ["tanh", "sigmoid"]},
                "whole": {"integer": [-2, 2]},
                "smooth": {"uniform": [0.1, 0.3], "decimals": 2},
                "pair": {"cases": [{"a": 1, "b": "one"}, {"a": 2, "b": "two"}]},
                "twice": {"compute": "2 * a"},
                "more": {"compute": "twice + smooth"},
            },
            "answer": "more",
            "tolerance": "1%",
        }
    )
    seen: dict[str, set[object]] = {}
    for seed in range(400):
        numbers = draw(compiled, seed).parameters
        assert (numbers["a"], numbers["b"], numbers["twice"]) in {(1, "one", 2), (2, "two", 4)}
        for name, value in numbers.items():
            seen.setdefault(name, set()).add(value)
    assert "pair" not in seen
    assert seen["fixed"] == {7}
    assert seen["word"] == {"relu"}
    assert seen["listed"] == {0.5, 2}
    assert seen["named"] == {"tanh", "sigmoid"}
    assert seen["whole"] == {-2, -1, 0, 1, 2}
    assert seen["smooth"] == {round(n / 100, 2) for n in range(10, 31)}


def test_every_choice_is_about_equally_likely():
    spec = {
        "kind": "number",
        "parameters": {"n": {"integer": [1, 5]}, "x": {"uniform": [1, 2], "decimals": 1}},
        "answer": "n + x",
        "tolerance": "1%",
    }
    compiled = template(spec)
    drawn = [draw(compiled, seed).parameters for seed in range(2200)]
    for name, kinds in (("n", 5), ("x", 11)):
        counts = Counter(numbers[name] for numbers in drawn)
        assert len(counts) == kinds
        assert max(counts.values()) < 1.35 * 2200 / kinds
        assert min(counts.values()) > 0.65 * 2200 / kinds


# -- options --------------------------------------------------------------------------------


@pytest.mark.parametrize(("spec", "kinds"), [(DEPTH, 4), (WRITTEN, 3)])
def test_the_right_option_stands_anywhere(spec, kinds):
    compiled = template(spec)
    places: Counter[int] = Counter()
    for seed in range(2000):
        variant = draw(compiled, seed)
        places[[option.id for option in variant.options].index(str(variant.answer))] += 1
    expected = 2000 / kinds
    # chi-square below its 99.9 % point for up to 3 degrees of freedom
    assert sum((n - expected) ** 2 / expected for n in places.values()) < 16.3
    assert len(places) == kinds


def test_new_options_do_not_change_the_numbers_drawn():
    more = {**DEPTH, "misconceptions": {**DEPTH["misconceptions"], "another": "40"}}
    for seed in range(20):
        assert draw(template(DEPTH), seed).parameters == draw(template(more), seed).parameters


def test_an_option_is_filled_with_the_numbers():
    words = {id: {"en": f"{id} after {{{{ n }}}} steps"} for id in WRITTEN["options"]}
    variant = draw(template(WRITTEN, options=words), 4)
    assert {o.text for o in variant.options} == {
        f"{id} after {variant.parameters['n']} steps" for id in WRITTEN["options"]
    }


# -- languages ------------------------------------------------------------------------------

BILINGUAL = {"prompt": {"en": "{{ n_in }} inputs", "ko": "입력 {{ n_in }}개"}}


def test_a_language_changes_the_words_and_nothing_else():
    compiled = template(SIGMA, unit={"en": "volts", "ko": "볼트"}, **BILINGUAL)
    english, korean = draw(compiled, 5), draw(compiled, 5, "ko")
    assert korean.prompt == f"입력 {english.parameters['n_in']}개"
    assert (english.unit, korean.unit) == ("volts", "볼트")
    assert (korean.answer, korean.accepted) == (english.answer, english.accepted)
    assert (english.language, korean.language) == ("en", "ko")


def test_what_is_not_translated_is_english():
    assert draw(template(SIGMA), 5, "ko").prompt == "What is it?"
