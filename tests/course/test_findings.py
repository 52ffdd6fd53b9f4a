"""The findings of lab.toml: read, and held to the simulations and charts there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.charts import LAB
from engine.content import Finding, Problem, load_cards
from engine.content.findings import read_findings
from engine.course import check_findings, experiment_chart
from engine.study.lab import experiments_of

CONTENT = Path(__file__).resolve().parents[2] / "content"


def read(text: str) -> tuple[tuple[Finding, ...], list[Problem]]:
    found, problems = read_findings(text.encode())
    good, others = check_findings(found)
    return good, [*problems, *others]


def test_a_finding_about_a_simulation_without_a_chart_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(LAB, "signal_propagation")  # type: ignore[arg-type]
    findings, problems = read((CONTENT / "lab.toml").read_text(encoding="utf-8"))
    assert all(finding.simulation != "signal_propagation" for finding in findings)
    assert problems
    assert {str(problem.expected) for problem in problems} == {"a simulation that has a chart"}


def test_the_courses_findings_can_all_be_looked_at_in_both_languages():
    findings, problems = read((CONTENT / "lab.toml").read_text(encoding="utf-8"))
    assert not problems
    assert len(findings) >= 7
    for finding in findings:
        assert set(finding.title) == set(finding.text) == {"en", "ko"}
        assert finding.text["en"].count(". ") >= 1, finding.id
        for experiment in filter(None, experiments_of(finding)):
            experiment_chart(experiment, finding.chart, "dark", "ko")


GOOD = """
[[finding]]
id = "one"
title.en = "One"
title.ko = "하나"
text.en = "First. Second."
text.ko = "첫째. 둘째."
simulation = "ece_noise"
chart = "ece_sizes"
"""


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD.replace('"ece_noise"', '"ece"'), 2, "There is no simulation"),
        (GOOD.replace('"ece_sizes"', '"running_mean"'), 2, "the chart “running_mean”"),
        (GOOD.replace('title.en = "One"\n', ""), 4, "no “title.en”"),
        (GOOD + "settings = {bins = 0}\n", 2, "bins = 0"),
        (GOOD + "against = {bins = 0}\n", 2, "bins = 0"),
        (GOOD + "settings = 3\n", 10, "settings = 3"),
        (GOOD + "seed = -1\n", 10, "seed = -1"),
        (GOOD + "sed = 1\n", 10, "the property “sed”"),
        (GOOD + GOOD, 12, "a second time"),
        ("finding = 3", 1, "finding = 3"),
        ("[[findings]]", 1, "Did you mean “finding”?"),
        ("[[finding", 1, "cannot be read"),
    ],
)
def test_a_finding_that_is_wrong_is_named_with_its_line_and_left_out(text, line, said):
    findings, problems = read(text)
    assert len(findings) == (1 if "second" in said else 0)
    assert problems[0].place.line == line
    assert said in problems[0].describe(str)


def test_findings_from_when_they_were_called_presets_are_read():
    both = GOOD.replace("[[finding]]", "[[preset]]") + GOOD.replace('"one"', '"two"')
    assert [finding.id for finding in read(both)[0]] == ["one", "two"]


def test_a_course_without_findings_has_none(tmp_path):
    assert load_cards(tmp_path).findings == ()
