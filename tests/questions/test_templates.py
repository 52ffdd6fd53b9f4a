from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.questions.placeholders import TemplateError, compile_text, shown


def fill(text: str, **values: object) -> str:
    return compile_text(text, set(values)).fill(values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ n }} inputs", "256 inputs"),
        ("{{n}} inputs", "256 inputs"),
        ("{{  n  }}", "256"),
        ("{{ x }} and {{ n }}", "0.0791 and 256"),
        ("{{ x|.2g }}", "0.079"),
        ("{{ x | .2g }}", "0.079"),
        ("{{ x|.1e }}", "7.9×10⁻²"),
        ("{{ x|.0% }}", "8%"),
        ("{{ n|.3f }}", "256.000"),
        ("{{ whole }}", "256"),
        ("{{ whole|d }}", "256"),
        ("{{ word }}", "tanh"),
        ("{{ tiny }}", "1.2×10⁻⁵"),
        ("$x={{ tiny }}$", r"$x=1.2\times10^{-5}$"),
        ("$$x={{ tiny }}$$", r"$$x=1.2\times10^{-5}$$"),
        (r"\$5 or {{ tiny }}", r"\$5 or 1.2×10⁻⁵"),
        ("$n$ is {{ tiny }} or ${{ tiny }}$", r"$n$ is 1.2×10⁻⁵ or $1.2\times10^{-5}$"),
        (r"$\frac{{{ n }}}{2}$", r"$\frac{256}{2}$"),
        (r"$\sqrt{{{ n }}/2}$", r"$\sqrt{256/2}$"),
        (r"$e^{-{{ n }}/2}$", r"$e^{-256/2}$"),
        (r"$x_{n_{in}} {{a+b}}$ {a} { { n } }", r"$x_{n_{in}} {{a+b}}$ {a} { { n } }"),
        ("no places", "no places"),
        ("", ""),
    ],
)
def test_values_take_their_places_and_all_else_is_untouched(text, expected):
    values = {"n": 256, "x": 0.0791, "whole": 256.0, "word": "tanh", "tiny": 1.2e-05}
    assert fill(text, **values) == expected


def test_a_percent_sign_in_maths_does_not_begin_a_comment():
    assert fill("$p={{ p|.0% }}$ is {{ p|.0% }}", p=0.25) == r"$p=25\%$ is 25%"


def test_an_outcome_takes_its_place():
    text = compile_text("ended at {{ outcome.rms|.2g }}", {"outcome.rms"})
    assert text.needs_outcome
    assert text.fill({"outcome.rms": 0.0311}) == "ended at 0.031"


def test_an_unknown_name_is_told_with_the_names_there_are():
    with pytest.raises(TemplateError, match=r"n_im.*n_in"):
        compile_text("{{ n_im }}", {"n_in"})


@pytest.mark.parametrize(
    "format", ["x", ".", ".3gg", ">30g", "99999d", ".999f", "s", "!r", "c", "n", ".3g;"]
)
def test_a_bad_format_is_refused(format):
    with pytest.raises(TemplateError, match="format"):
        compile_text(f"{{{{ n|{format} }}}}", {"n"})


@pytest.mark.parametrize(
    "text",
    ["{{ n + 1 }}", "{{ n.__class__ }}", "{{ n|a|b }}", "{{ 3 }}", "{{ n|.3g", "{{ n['a'] }}"],
)
def test_what_is_meant_as_a_place_and_is_none_is_refused(text):
    with pytest.raises(TemplateError):
        compile_text(f"It is {text} here", {"n"})


@given(st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"])))
def test_a_text_without_braces_is_itself(text):
    assert fill(text, n=1) == text


@given(st.text(st.sampled_from(r"{}$\frac n|.3g_")))
def test_any_text_is_filled_or_refused(text):
    try:
        compiled = compile_text(text, {"n"})
    except TemplateError:
        return
    assert isinstance(compiled.fill({"n": 256}), str)


@pytest.mark.parametrize(
    ("value", "format", "expected"),
    [
        (256, "", "256"),
        (256.0, "", "256"),
        (0.1 + 0.2, "", "0.3"),
        (-0.5, "", "−0.5"),
        (1234.5, ".3g", "1230"),
        (1e-300, ".3g", "1×10⁻³⁰⁰"),
        (True, "", "True"),
        ("relu", "", "relu"),
    ],
)
def test_a_value_is_shown_as_people_write_it(value, format, expected):
    assert shown(value, format) == expected
