"""The axis of an estimate after the answer."""

from __future__ import annotations

import pytest

from engine.charts import Mark, Picture, answer_strip
from engine.charts.kit import theme
from engine.simulations import Outcome


def picture(*marks: Mark, language: str = "en", accepted=(1e-4, 1e-2)) -> Picture:
    return Picture(Outcome({}, {}), {}, marks=marks, accepted=accepted, language=language)


KEY = Mark("key", 1e-3, "answer")
WRONG = Mark("misconception", 1.0, "a misconception")


def yours(value: float) -> Mark:
    return Mark("yours", value, "your answer")


def layers(chart) -> list[dict]:
    return chart.to_dict()["layer"]


def test_it_shows_the_band_the_key_the_answer_and_the_misconception_on_the_axis():
    chart = answer_strip(picture(WRONG, KEY, yours(0.1)), (1e-6, 1e4), "log", "size, s")
    (band,) = [part for part in layers(chart) if part["mark"]["type"] == "rect"]
    assert (band["encoding"]["x"]["datum"], band["encoding"]["x2"]["datum"]) == (1e-4, 1e-2)
    rules = [part for part in layers(chart) if part["mark"]["type"] == "rule"]
    drawn = {p["mark"].get("color"): p["encoding"]["x"].get("datum") for p in rules}
    for colour, value in ((theme.KEY, 1e-3), (theme.YOURS, 0.1), (theme.MISCONCEPTION, 1.0)):
        assert any(
            p["mark"].get("color") == colour and p["encoding"]["x"].get("datum") == value
            for p in rules
        ), (colour, drawn)
    axis = layers(chart)[0]["encoding"]["x"]
    assert axis["scale"] == {"type": "log", "domain": [1e-6, 1e4], "nice": False}
    assert axis["axis"]["title"] == ["size, s"]


@pytest.mark.parametrize(
    ("scale", "value", "language", "finding"),
    [
        ("log", 0.1, "en", "You pointed 100 times too high"),
        ("log", 1e-5, "en", "You pointed 100 times too low"),
        ("log", 1.04e-3, "en", "You pointed at the right place"),
        ("log", 0.1, "ko", "100배 높은 곳을 가리켰습니다"),
        ("linear", 0.5, "en", "You pointed 0.5 too high"),
        ("linear", -0.5, "en", "You pointed 0.5 too low"),
        ("linear", 1.005e-3, "en", "You pointed at the right place"),
        # Whatever is accepted is right, and not “0.0033 too high”.
        ("linear", 4.3e-3, "ko", "맞는 곳을 가리켰습니다"),
        ("log", 1e-2, "en", "You pointed at the right place"),
        ("log", 1.1e-2, "en", "You pointed 11 times too high"),
    ],
)
def test_the_title_says_how_far_off_it_was(scale, value, language, finding):
    domain = (1e-6, 1e4) if scale == "log" else (-1.0, 1.0)
    chart = answer_strip(picture(KEY, yours(value), language=language), domain, scale, "size")
    assert " ".join(chart.to_dict()["title"]["text"]) == finding


def test_without_an_answer_there_is_nothing_to_say():
    assert "title" not in answer_strip(picture(KEY), (1e-6, 1e4), "log", "size").to_dict()


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("ko", "dark")])
@pytest.mark.parametrize("scale", ["log", "linear"])
def test_it_is_drawn_on_a_phone(drawn, scale, language, mode):
    title = "rms of the activations of the last layer, at the beginning of the training"
    image = drawn(
        answer_strip(picture(WRONG, KEY, yours(5), language=language), (1e-6, 10), scale, title),
        mode,
    )
    assert image.width <= 340
    colours = {colour for _, colour in image.getcolors(maxcolors=image.width * image.height)}
    for role in ("key", "yours", "misconception"):
        assert tuple(bytes.fromhex(theme.ROLE_COLOURS[role][1:])) in colours, role
