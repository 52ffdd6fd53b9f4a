"""Axes over sixty powers of ten and over less than one."""

from __future__ import annotations

import pytest

from engine.charts.kit.axes import layer_axis, log_axis, log_ticks


@pytest.mark.parametrize(
    "domain", [(1e-69, 1.0), (1e-5, 1.2), (0.5, 3.0), (0.8, 1.6), (1e50, 1e52)]
)
def test_a_log_axis_has_a_readable_number_of_ticks_within_its_domain(domain):
    ticks = log_ticks(domain)
    assert 3 <= len(ticks) <= 14
    assert all(domain[0] <= tick <= domain[1] for tick in ticks)


def test_many_decades_have_ticks_at_powers_of_ten():
    assert log_ticks((1e-12, 1.0)) == pytest.approx([1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1.0])


def test_a_log_axis_labels_large_and_small_ticks_as_powers_of_ten():
    expression = log_axis("rms", (1e-12, 1.0)).to_dict()["labelExpr"]
    assert '"1.0e-12": "10⁻¹²"' in expression
    assert '"1.0e+0": "1"' in expression
    assert '"1.0e+52": "10⁵²"' in log_axis("rms", (1e50, 1e52)).to_dict()["labelExpr"]
    assert '"2.0e-7": "2×10⁻⁷"' in log_axis("rms", (1e-7, 5e-7)).to_dict()["labelExpr"]


def test_a_log_axis_has_its_title():
    assert log_axis("rms (log scale)", (0.1, 10)).to_dict()["title"] == "rms (log scale)"


@pytest.mark.parametrize("depth", [1, 3, 7, 30, 50, 100])
def test_layers_are_whole_numbers_each_at_most_once(depth):
    values = layer_axis("layer", depth).to_dict()["values"]
    assert values[0] == 1
    assert len(values) == len(set(values)) <= 8
    assert max(values) <= depth
