"""The map of the concepts."""

from __future__ import annotations

import pytest

from engine.charts.knowledge_map import PICK, Concept, concept_map, levels


def concept(id, *requires, unit="Unit", known=0.0, met=0):
    return Concept(id, id.title(), unit, requires, known, met, 5)


COURSE = [
    concept("a", unit="One", known=0.8, met=4),
    concept("b", "a", unit="One"),
    concept("c", "a", "b", unit="Two", known=0.1, met=1),
    concept("d", unit="Two"),
]


def rows(chart, kind):
    spec = chart.to_dict()
    (layer,) = [
        one for one in spec["layer"] if one["mark"]["type"] == kind and "x2" not in one["encoding"]
    ][:1]
    return spec["datasets"][layer["data"]["name"]]


def test_a_concept_stands_one_level_deeper_than_the_deepest_it_requires():
    assert levels(COURSE) == {"a": 0, "b": 1, "c": 2, "d": 0}


def test_a_circle_of_requirements_ends():
    assert set(levels([concept("a", "b"), concept("b", "a")])) == {"a", "b"}


def test_what_is_not_in_the_course_is_no_line():
    chart, _ = concept_map([concept("a", "nobody")], "light")
    assert rows(chart, "line") == []


def test_every_requirement_is_a_line_from_row_to_row():
    chart, _ = concept_map(COURSE, "light")
    edges = {row["edge"] for row in rows(chart, "line")}
    assert edges == {"a b", "a c", "b c"}


def test_a_click_selects_a_concept_by_its_id():
    spec = concept_map(COURSE, "light")[0].to_dict()
    picks = [p for p in spec["params"] if p["name"] == PICK]
    assert picks[0]["select"]["fields"] == ["id"]


def test_the_description_counts_what_was_begun_in_both_languages():
    assert "4 concepts" in concept_map(COURSE, "light")[1]
    assert "Begun: 2" in concept_map(COURSE, "light")[1]
    assert "개념 4개" in concept_map(COURSE, "light", "ko")[1]


@pytest.mark.parametrize("mode", ["light"])
def test_the_map_can_be_seen(drawn, mode):
    image = drawn(concept_map(COURSE, mode)[0], mode)
    assert len(image.getcolors(100_000)) > 20


def test_an_empty_course_is_an_empty_map():
    chart, description = concept_map([], "dark")
    assert chart.to_dict()
    assert "0 concepts" in description


def texts(spec):
    return [one for one in spec["layer"] if one["mark"]["type"] == "text"]


def test_a_title_is_as_long_as_the_map_is_wide():
    spec = concept_map(COURSE, "light")[0].to_dict()
    assert len(texts(spec)) == 3
    assert all("width" in one["mark"]["limit"]["expr"] for one in texts(spec))
    assert spec["view"] == {"stroke": None}  # a frame would be cut off at the page's edge


@pytest.mark.parametrize(("mode", "ground"), [("light", "#FFFFFF"), ("dark", "#14171C")])
def test_an_edge_does_not_run_through_the_letters_of_a_units_title(mode, ground):
    spec = concept_map(COURSE, mode)[0].to_dict()
    heads = [one for one in texts(spec) if one["mark"].get("fontWeight") == "bold"]
    kinds = [one["mark"]["type"] for one in spec["layer"]]
    seam, words = heads
    assert seam["mark"]["stroke"] == ground
    assert seam["mark"]["strokeWidth"] >= 5
    assert kinds.index("line") < spec["layer"].index(seam) < spec["layer"].index(words)
