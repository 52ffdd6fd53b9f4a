"""`plan`: a simulated learner goes through the course, by the code that plans people's days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean, median

import pytest

from engine.__main__ import main
from engine.course import CourseFolder
from engine.scheduling import (
    LEARNERS,
    Concept,
    Exam,
    SimulatedDay,
    SimulatedLearner,
    Wishes,
    expected_recall,
)
from tests.docs.in_code import ROOT

FIRST = date(2026, 3, 1)
DAY = [
    *("day", "minutes", "announced", "answers", "new_concepts", "due", "left_over", "late"),
    "mean_retrievability",
]
END = [
    *("concepts_met", "first_met", "mean_retrievability_2d", "mean_retrievability"),
    "expected_recall_on_exam",
]


def test_json_has_the_days_and_what_came_of_them(run):
    ended = run("plan", "--days", 5, "--json")
    assert ended.code == 0
    assert list(ended.json) == ["days", "end"]
    days, end = ended.json["days"], ended.json["end"]
    assert [day["day"] for day in days] == [1, 2, 3, 4, 5]
    assert all(list(day) == DAY for day in days)
    assert list(end) == END
    assert end["first_met"] == {"halves": 1}
    assert days[0]["new_concepts"] == end["concepts_met"] == 1
    assert days[0]["mean_retrievability"] is None
    assert end["expected_recall_on_exam"] is None
    assert sum(day["due"] for day in days) > 0


def test_the_same_seed_says_the_same_and_another_something_else(run):
    first, again, other = (
        run("plan", "--days", 9, "--json", "--seed", seed).out for seed in (1, 1, 2)
    )
    assert first == again != other


def test_people_read_a_line_a_day_and_a_summary(run):
    lines = run("plan", "--days", 3).out.splitlines()
    assert len(lines) == 1 + 3 + 4
    assert lines[1].split()[0] == "1"
    assert lines[4].startswith("Concepts met: 1 of 1; the last one on day 1.")
    assert "만난 개념" in run("plan", "--days", 1, "--lang", "ko").out


def test_an_exam_is_planned_for_and_its_recall_told(run):
    exam = ("--first", FIRST, "--exam", FIRST + timedelta(days=20))
    end = run("plan", "--days", 20, *exam, "--json").json["end"]
    assert end["expected_recall_on_exam"] > 0.9
    told = run("plan", "--days", 20, *exam, "--units", "initialization").out
    assert "Expected recall on 2026-03-21: 0.9" in told


def test_what_is_learned_on_the_day_of_the_exam_comes_too_late(run):
    exam = ("--first", FIRST, "--exam", FIRST + timedelta(days=1), "--json")
    before = run("plan", "--days", 1, *exam).json["end"]
    assert (
        run("plan", "--days", 9, *exam).json["end"]["expected_recall_on_exam"]
        == (before["expected_recall_on_exam"])
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--units", "initialization"], "add --exam"),
        (["--exam", "2100-01-01", "--units", "gradients"], "There is no unit “gradients”"),
        (["--exam", "2026-03-01", "--first", "2026-03-01"], "after the first day"),
    ],
)
def test_what_cannot_be_an_exam_is_said(run, arguments, words):
    ended = run("plan", *arguments)
    assert ended.code == 2
    assert words in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--days", "0"],
        ["--days", "4000"],
        ["--minutes", "0"],
        ["--minutes", "soon"],
        ["--exam", "soon"],
        ["--learner", "none"],
    ],
)
def test_values_that_cannot_be_used_are_refused(arguments):
    with pytest.raises(SystemExit) as ended:
        main(["plan", *arguments])
    assert ended.value.code == 2


# -- the figures of the real course ------------------------------------------------------------


@pytest.fixture(scope="module")
def concepts() -> tuple[Concept, ...]:
    return CourseFolder(Path(ROOT) / "content").current(datetime(2026, 3, 1, tzinfo=UTC)).concepts


def lived(concepts, learner: str, seed: int, days: int, wishes: Wishes) -> list[SimulatedDay]:
    return list(SimulatedLearner(concepts, LEARNERS[learner], seed).study(FIRST, days, wishes))


@pytest.mark.parametrize("learner", LEARNERS)
def test_learners_half_years_are_as_calm_as_promised(concepts, learner):
    lives = [lived(concepts, learner, seed, 180, Wishes()) for seed in range(3)]
    days = [day for life in lives for day in life]
    assert not any(day.early or day.close for day in days)
    assert fmean(day.left_over == 0 for day in days) >= 0.95
    assert fmean(all(not r.late for r in day.reviews) for day in days) >= 0.95
    known = [r.retrievability for day in days for r in day.reviews if r.elapsed >= 2]
    assert 0.89 <= fmean(known) <= 0.91
    assert fmean(day.minutes <= 1.2 * 15 for day in days) >= 0.95
    errors = [abs(day.announced - day.minutes) / day.minutes for day in days if day.minutes]
    assert median(errors) <= 0.15
    assert {len(life[0].concepts) for life in lives} <= {2, 3}


@pytest.mark.parametrize("seed", range(3))
def test_an_average_learner_has_met_all_concepts_within_sixty_days(concepts, seed):
    days = lived(concepts, "average", seed, 60, Wishes())
    assert sum(len(day.concepts) for day in days) == len(concepts)


@pytest.mark.parametrize("units", [("gradients", "initialization"), ("gradients", "confidence")])
def test_an_exam_that_is_planned_for_goes_better(concepts, units):
    exam = Exam(FIRST + timedelta(days=45), frozenset(units))
    recalls = []
    for wished in (exam, None):
        learner = SimulatedLearner(concepts, LEARNERS["average"], 0)
        list(learner.study(FIRST, 45, Wishes(exam=wished)))
        recalls.append(expected_recall(concepts, learner.memories, exam))
    assert recalls[0] >= 0.90
    assert recalls[0] >= recalls[1] + 0.05
