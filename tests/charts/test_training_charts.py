"""Charts of networks that are trained, and of internal covariate shift."""

from __future__ import annotations

import pytest

from engine.charts import CHARTS, LAB, Mark
from engine.charts.kit import theme
from tests.charts.reading import charts_of, lab_of
from tests.charts.small import SMALL

NAMED = (
    "random_labels",
    "learning_rate_sweep",
    "covariate_drift",
    "shift_table",
    "noisy_normalization",
    "loss_along_step",
    "normalization_depth",
    "layer_drift",
    "gradient_turn",
    "first_step",
)
SETTINGS = {name: SMALL.get(name, {}) for name in NAMED}
SIMULATION_OF = {chart: name for name, charts in lab_of(*SETTINGS).items() for chart in charts}
NAMES = sorted(SIMULATION_OF)


@pytest.fixture
def chart_of(picture_of):
    def make(name, settings=None, *marks, **more):
        simulation = SIMULATION_OF[name]
        return CHARTS[name](
            picture_of(simulation, {**SETTINGS[simulation], **(settings or {})}, *marks, **more)
        ).to_dict()

    return make


def layers_of(spec, kind):
    return [s for s in spec["layer"] if s["mark"]["type"] == kind]


def rows_of(spec, layer):
    data = layer.get("data", spec.get("data"))
    return spec["datasets"][data["name"]] if "name" in data else data["values"]


def title_of(spec):
    return " ".join([*spec["title"]["text"], *spec["title"].get("subtitle", [])])


def test_every_chart_belongs_to_a_simulation_and_is_in_the_lab():
    assert set(NAMES) == set(charts_of(*SETTINGS))
    for name, simulation in SIMULATION_OF.items():
        assert name in LAB[simulation]


def test_the_four_accuracies_are_named_and_told_apart_by_dash(chart_of):
    spec = chart_of("label_memory")
    (lines,) = layers_of(spec, "line")
    assert len(lines["encoding"]["color"]["scale"]["domain"]) == 4
    assert len({str(d) for d in lines["encoding"]["strokeDash"]["scale"]["range"]}) == 4
    assert "100%" in title_of(spec)


def test_the_sweep_is_log_on_both_axes_and_crosses_out_what_is_lost(chart_of):
    spec = chart_of("rates_with_norm", {"depth": 10, "rate": 100.0})
    (lines,) = layers_of(spec, "line")
    for channel in ("x", "y"):
        assert lines["encoding"][channel]["scale"]["type"] == "log"
    crosses = [s for s in layers_of(spec, "text") if s["mark"].get("text") == "×"]
    assert 100.0 in {row["at"] for layer in crosses for row in rows_of(spec, layer)}
    drawn = {(row["series"], row["at"]) for row in rows_of(spec, lines)}
    assert ("without batch norm", 100.0) not in drawn
    assert ("without batch norm", 0.1) in drawn


def test_a_marked_rate_stands_upright(chart_of):
    spec = chart_of("rates_with_norm", {}, Mark("yours", 0.3, "your answer"))
    rules = [r for r in layers_of(spec, "rule") if "datum" in r["encoding"].get("x", {})]
    mine = [r for r in rules if r["mark"].get("color") == theme.YOURS]
    assert [r["encoding"]["x"]["datum"] for r in mine] == [0.3]


def test_the_gradient_is_drawn_relative_to_the_last_layer_with_answers_across(chart_of):
    spec = chart_of("depth_and_norm", {}, Mark("key", 22.3, "answer"))
    (lines,) = layers_of(spec, "line")
    last = [row["value"] for row in rows_of(spec, lines) if row["at"] == 20]
    assert last == pytest.approx([1, 1, 1])
    rules = [r for r in layers_of(spec, "rule") if "datum" in r["encoding"].get("y", {})]
    assert 22.3 in [r["encoding"]["y"]["datum"] for r in rules]


def test_bars_of_both_measures_start_at_one_and_say_their_length(chart_of):
    spec = chart_of("shift_two_ways", {"width": 16})
    (bars,) = layers_of(spec, "bar")
    rows = rows_of(spec, bars)
    assert [row["network"] for row in rows] == ["batch norm", "layer norm"] * 2
    assert bars["encoding"]["x2"] == {"datum": 1.0}
    assert rows[0]["text"].removeprefix("× ") in title_of(spec)


def test_each_layer_from_the_second_on_has_a_value_and_the_one_asked_about_a_line(chart_of):
    for name in ("drift_by_layer", "cosine_by_layer"):
        spec = chart_of(name, {"layer": 4})
        (lines,) = layers_of(spec, "line")
        assert {row["at"] for row in rows_of(spec, lines)} == {2, 3, 4, 5, 6}
        upright = [r["encoding"].get("x", {}).get("datum") for r in layers_of(spec, "rule")]
        assert 4 in upright


@pytest.mark.parametrize(
    ("loss", "said"), [(0.34, "Both at the same loss"), (0.03, "At very different losses")]
)
def test_the_chart_of_the_table_is_the_table(chart_of, loss, said):
    spec = chart_of("shift_table", {"loss_with": loss, "drift_with": 0.02, "cosine_with": 0.3})
    (points,) = layers_of(spec, "point")
    assert [(row["x"], row["y"]) for row in rows_of(spec, points)] == [(0.05, 0.5), (0.02, 0.3)]
    assert said in title_of(spec)
    assert "× 0.4" in title_of(spec)


def test_half_the_loss_of_guessing_is_drawn_under_three_losses(chart_of):
    spec = chart_of("noisy_losses")
    (lines,) = layers_of(spec, "line")
    assert len(lines["encoding"]["color"]["scale"]["domain"]) == 3
    assert lines["encoding"]["y"]["scale"]["type"] == "log"
    rules = [r["encoding"].get("y", {}).get("datum") for r in layers_of(spec, "rule")]
    assert pytest.approx(0.34657, abs=1e-4) in rules


def test_a_network_that_has_not_got_there_is_said_to_need_more_steps(chart_of):
    assert "> 20" in title_of(chart_of("noisy_losses", {"noise": 8.0, "steps": 20}))


def test_the_loss_along_a_step_is_drawn_from_the_loss_where_both_start(chart_of):
    spec = chart_of("step_losses", {"length": 0.7, "loss": 0.4})
    (lines,) = layers_of(spec, "line")
    assert lines["encoding"]["x"]["scale"]["type"] == lines["encoding"]["y"]["scale"]["type"]
    rules = layers_of(spec, "rule")
    assert 0.4 in [r["encoding"].get("y", {}).get("datum") for r in rules]
    assert 0.7 in [r["encoding"].get("x", {}).get("datum") for r in rules]


def test_each_layer_has_its_two_means(chart_of):
    spec = chart_of("layer_moves", {"then_a": 1.5, "now_a": 2.5, "std_a": 2.0})
    (points,) = layers_of(spec, "point")
    rows = rows_of(spec, points)
    assert [row["mean"] for row in rows if row["layer"] == "layer A"] == [1.5, 2.5]
    assert (rows[0]["low"], rows[0]["high"]) == (-0.5, 3.5)
    assert "A 0.5" in title_of(spec)


def test_the_loss_before_training_is_drawn_on_log_axes_over_that_of_guessing(chart_of):
    spec = chart_of("initial_loss", {"classes": 10})
    (line,) = layers_of(spec, "line")
    assert line["encoding"]["x"]["scale"]["type"] == line["encoding"]["y"]["scale"]["type"] == "log"
    rules = [r["encoding"]["y"]["datum"] for r in layers_of(spec, "rule") if "y" in r["encoding"]]
    assert rules[0] == pytest.approx(2.302585, abs=1e-6)


def test_a_layer_has_one_point_and_the_rule_of_thumb_a_line(chart_of):
    spec = chart_of("update_sizes", {"layers": 5})
    (points,) = layers_of(spec, "point")
    assert [row["layer"] for row in rows_of(spec, points)] == [1, 2, 3, 4, 5]
    assert -3.0 in [r["encoding"].get("y", {}).get("datum") for r in layers_of(spec, "rule")]


def test_places_in_an_order_stand_beside_the_layers(chart_of):
    key = [Mark("key", letter, "answer") for letter in "cab"]
    spec = chart_of("layer_moves", {}, *key)
    (points,) = layers_of(spec, "point")
    assert "layer C (answer: 1)" in {row["layer"] for row in rows_of(spec, points)}


def test_arrows_start_at_zero_and_their_heads_look_outward(chart_of):
    spec = chart_of("gradient_arrows", {"before_1": 3, "before_2": 3, "after_1": -2, "after_2": 0})
    (shafts,) = layers_of(spec, "line")
    assert {(row["x"], row["y"]) for row in rows_of(spec, shafts)} == {(3, 3), (-2, 0), (0, 0)}
    heads = [row["turned"] for row in rows_of(spec, layers_of(spec, "point")[0])]
    assert heads == pytest.approx([45, -90])
    assert "135°" in title_of(spec)


@pytest.mark.parametrize("name", NAMES)
def test_no_chart_of_training_minds_an_outcome_without_rows(name, picture_of, emptied, drawn):
    picture = picture_of(SIMULATION_OF[name], SETTINGS[SIMULATION_OF[name]])
    drawn(CHARTS[name](emptied(picture)), "light")


EXTREMES = [
    ("initial_loss", {"classes": 2, "spread": 10.0}),
    ("update_sizes", {"layers": 2, "rate": 10.0}),
    ("label_memory", {"rate": 1.0, "epochs": 5}),
    ("rates_with_norm", {"depth": 20, "steps": 10, "rate": 100}),
    ("depth_and_norm", {"depth": 60, "activation": "sigmoid", "scale": 0.1}),
    ("depth_and_norm", {"depth": 2}),
    ("shift_two_ways", {"rate": 0.5, "layer": 2, "depth": 3}),
    ("drift_by_layer", {"steps": 20}),
    ("cosine_by_layer", {"rate": 0.5, "activation": "tanh"}),
    ("shift_table", {"drift_with": 0.0001, "cosine_with": -1.0}),
    ("noisy_losses", {"noise": 8.0, "steps": 20}),
    ("step_losses", {"depth": 12, "length": 10.0}),
    ("step_losses", {"loss": 0.1, "steps": 20}),
    ("layer_moves", {"then_a": -10, "now_a": 20, "std_a": 0.05}),
    ("gradient_arrows", {"before_1": 0, "before_2": 0, "after_1": 0, "after_2": 0}),
]


@pytest.mark.parametrize(("name", "settings"), EXTREMES)
@pytest.mark.parametrize(("mode", "language"), [("dark", "ko")])
def test_every_chart_of_training_is_drawn(picture_of, drawn, name, settings, mode, language):
    simulation = SIMULATION_OF[name]
    marks = (Mark("key", 0.7, "answer"), Mark("yours", -1e9, "your answer"))
    picture = picture_of(
        simulation,
        {**SETTINGS[simulation], **settings},
        *marks,
        accepted=(0.69, 0.71),
        language=language,
    )
    image = drawn(CHARTS[name](picture), mode)
    assert len(image.getcolors(10_000_000)) > 20
    assert image.width <= 340


@pytest.mark.parametrize("name", NAMES)
def test_no_chart_of_training_has_too_many_marks(chart_of, name):
    rows = sum(len(rows) for rows in chart_of(name)["datasets"].values())
    assert 0 < rows < 2000


def test_places_in_an_order_of_networks_stand_in_the_legend(chart_of):
    key = [Mark("key", name, "answer") for name in ("bn", "ln", "none")]
    spec = chart_of("depth_and_norm", {}, *key)
    (lines,) = layers_of(spec, "line")
    assert "batch norm (answer: 1)" in lines["encoding"]["color"]["scale"]["domain"]


def test_a_verdict_is_named_above_the_plot(chart_of):
    key = Mark("key", "false", "answer")
    spec = chart_of("label_memory", {}, key, options={"false": "False"})
    assert "answer: False" in [s["mark"]["text"] for s in layers_of(spec, "text")]
