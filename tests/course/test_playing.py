"""What every card's page lets a learner play with, in both languages, and what can be wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine import charts
from engine.charts import lines_of
from engine.course import (
    CourseFolder,
    Experiment,
    drawing_problems,
    drawn_anew,
    picture_of,
    play_of,
)
from engine.i18n import Translator
from engine.pages.components.parameter_controls import choice_names, label_of
from engine.simulations import SIMULATIONS, Range
from tests.simulations.test_words import is_said
from tests.study.conftest import CONTENT, MORNING

CARDS = sorted(path.parent.name for path in (CONTENT / "cards").glob("*/card.md"))
COURSE = CourseFolder(CONTENT).current(MORNING)
LANGUAGES = ("en", "ko")
#: Parts of a specification that nobody reads.
UNREAD = {"$schema", "config", "field", "type", "name", "format", "expr", "labelExpr", "datasets"}
RAW = re.compile(r"[a-z0-9]_[a-z0-9]", re.IGNORECASE)


def play(card: str):
    found = COURSE.play(COURSE.cards[card])
    assert found is not None, f"{card} has nothing to play with"
    return found


def said(part: Any) -> Iterator[str]:
    """All strings of a specification that stand on the chart: titles, axes, legends, texts."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in UNREAD:
                yield from said(value)
    elif isinstance(part, list):
        for value in part:
            yield from said(value)
    elif isinstance(part, str):
        yield part


def ends(allowed: Range, value: object) -> tuple[object, ...]:
    if allowed.choices is not None:
        return allowed.choices
    if isinstance(value, bool):
        return (True, False)
    assert allowed.low is not None
    assert allowed.high is not None
    return tuple(type(value)(end) for end in (allowed.low, allowed.high))  # type: ignore[call-arg]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", CARDS)
def test_a_card_opens_with_a_chart_that_speaks_the_readers_language(card: str, language: str):
    begun = play(card)
    assert COURSE.cards[card].trial is not None
    specification, description = picture_of(begun.experiment, begun.chart, "light", language)
    texts = list(said(specification))
    assert not [text for text in texts if RAW.search(text)]
    title = " ".join(lines_of(specification["title"]["text"]))
    assert title
    assert language == "en" or re.search("[가-힣]", title), title
    assert "answer" not in title.lower()
    assert not [text for text in texts if text in ("answer", "your answer", "정답", "내 답")]
    assert not re.search(r"\b(nan|inf)\b", description)
    assert not re.search(
        r"e[-+−]\d\d|\d×10⁻¹[5-9]", " ".join(lines_of(specification["title"]["text"]))
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", CARDS)
def test_its_controls_speak_the_readers_language(card: str, language: str):
    begun = play(card)
    simulation, translate = SIMULATIONS[begun.experiment.simulation], Translator(language)
    ranges = simulation.ranges()
    assert 1 <= len(begun.controls) <= 5, "more than a phone shows"
    labels = [label_of(simulation, ranges[name], translate) for name in begun.controls]
    assert len(set(labels)) == len(labels)
    for name, label in zip(begun.controls, labels, strict=True):
        assert is_said(label, language), label
        for choice in choice_names(simulation, ranges[name], translate).values():
            assert is_said(choice, language), choice


@pytest.mark.parametrize("card", CARDS)
def test_every_control_can_be_moved_to_its_ends(card: str):
    begun = play(card)
    ranges = SIMULATIONS[begun.experiment.simulation].ranges()
    for name in begun.controls:
        for end in ends(ranges[name], begun.experiment.values[name]):
            moved = begun.with_setting({name: end}, 1)
            for language in LANGUAGES:
                specification, _ = picture_of(moved, begun.chart, "dark", language)
                assert not [text for text in said(specification) if RAW.search(text)]


@pytest.mark.parametrize("card", CARDS)
def test_every_control_changes_the_chart_or_goes_with_another_that_does(card: str):
    """A control of some choice only, such as the number of groups, may be still at first."""
    begun = play(card)
    ranges = SIMULATIONS[begun.experiment.simulation].ranges()
    first = picture_of(begun.experiment, begun.chart, "light", "en")[0]
    still = []
    for name in begun.controls:
        tried = ends(ranges[name], begun.experiment.values[name])
        moved = [begun.with_setting({name: end}, begun.experiment.seed) for end in tried]
        if all(picture_of(one, begun.chart, "light", "en")[0] == first for one in moved):
            still.append(name)
    assert set(still) <= {"p", "groups", "fan"}


def test_only_a_chart_that_chance_changes_is_drawn_again():
    assert not drawn_anew(play("leaky-relu"))
    assert drawn_anew(play("batchnorm-batch-size"))


def test_the_first_card_of_normalization_opens_with_a_spread():
    outputs = play("batchnorm-transform").experiment.values
    assert float(str(outputs["std"])) > 0


def test_leaky_relu_opens_so_that_it_does_not_look_like_relu():
    assert float(str(play("leaky-relu").experiment.values["slope"])) >= 0.1


# -- cards that say something else -------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one card, to spoil."""
    copy = tmp_path / "content"
    (copy / "cards").mkdir(parents=True)
    for name in ("course.toml", "sources.toml"):
        shutil.copy(CONTENT / name, copy)
    shutil.copytree(CONTENT / "cards" / "leaky-relu", copy / "cards" / "leaky-relu")
    for file in (copy / "cards" / "leaky-relu").iterdir():  # without the pictures in its text
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^pictures:\n(?:  .*\n)+", "", text)
        file.write_text(re.sub(r"(?m)^!\[.*\]\(picture:.*\)\n", "", text), encoding="utf-8")
    return copy


def with_try(folder: Path, text: str) -> CourseFolder:
    """The course with this in place of the card's `try:`."""
    path = folder / "cards" / "leaky-relu" / "card.md"
    whole = path.read_text(encoding="utf-8")
    spoilt = re.sub(r"try:\n(?:  .*\n)+", lambda _: text, whole, count=1)
    assert spoilt != whole
    path.write_text(spoilt, encoding="utf-8")
    return CourseFolder(folder)


GOOD = "  simulation: leaky_relu\n"


@pytest.mark.parametrize(
    ("text", "code", "below", "words"),
    [
        ("try:\n  simulation: leaky_rellu\n", "unknown-try", 1, "leaky_rellu"),
        ("try:\n  chart: leaky_shape\n", "bad-property", 1, "simulation"),
        ("try: leaky_relu\n", "bad-property", 0, "try"),
        (f"try:\n{GOOD}  chart: bn_stages\n", "unknown-try", 2, "bn_stages"),
        (f"try:\n{GOOD}  charts: leaky_shape\n", "unknown-property", 2, "charts"),
        (f"try:\n{GOOD}  settings: {{slop: 1}}\n", "unknown-try", 2, "slop"),
        (f"try:\n{GOOD}  settings: {{slope: 7}}\n", "setting-out-of-range", 2, "slope: 7"),
        (f"try:\n{GOOD}  settings:\n    x: 1\n    slope: a\n", "setting-out-of-range", 4, "slope"),
        (f"try:\n{GOOD}  settings: [slope]\n", "bad-property", 2, "settings"),
        (f"try:\n{GOOD}  controls: [slope, kind]\n", "unknown-try", 2, "kind"),
        (f"try:\n{GOOD}  controls: slope\n", "bad-property", 2, "controls"),
        (f"try:\n{GOOD}  chart: [leaky_shape]\n", "bad-property", 2, "chart"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    folder: Path, text: str, code: str, below: int, words: str
):
    course = with_try(folder, text).current(MORNING)
    (problem,) = [p for p in course.problems if p.level == "error"]
    lines = (folder / problem.place.file).read_text(encoding="utf-8").split("\n")
    begins = next(n for n, line in enumerate(lines, 1) if line.startswith("try:"))
    assert (problem.code, problem.place.line) == (code, begins + below)
    assert words in str(problem.found) + str(problem.expected)
    assert "leaky-relu" not in course.cards


def test_a_simulation_without_a_chart_has_nothing_to_play_with(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(charts.LAB, "leaky_relu")  # type: ignore[arg-type]
    course = with_try(folder, f"try:\n{GOOD}").current(MORNING)
    (problem,) = [p for p in course.problems if p.code == "unknown-try"]
    assert "which has no chart yet" in str(problem.found)
    card = COURSE.cards["leaky-relu"]
    templates = {
        item: template
        for item, template in COURSE.templates.items()
        if template.simulation in ("leaky_relu", None)
    }
    assert any(template.simulation for template in templates.values())
    assert play_of(replace(card, trial=None), templates) is None


def test_a_chart_that_cannot_be_drawn_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise RuntimeError("no such table")

    monkeypatch.setattr("engine.course.playing.picture_of", broken)
    course = with_try(folder, f"try:\n{GOOD}  settings: {{slope: 0.321}}\n").current(MORNING)
    (problem,) = drawing_problems(course.cards["leaky-relu"])
    assert problem.code == "chart-not-drawn"
    assert "no such table" in str(problem.found)


def test_only_a_simulation_is_enough(folder: Path):
    course = with_try(folder, f"try:\n{GOOD}").current(MORNING)
    found = course.play(course.cards["leaky-relu"])
    assert found is not None
    assert found.chart == "leaky_shape"
    assert set(found.controls) == {"slope", "n_in", "units", "x"}


@pytest.mark.parametrize("text", ["", "chart: default-slope\n"])
def test_a_card_of_before_plays_with_the_simulation_of_its_question(folder: Path, text: str):
    course = with_try(folder, text).current(MORNING)
    card = course.cards["leaky-relu"]
    found = course.play(card)
    assert found is not None
    assert found.experiment.simulation == "leaky_relu"
    assert set(found.controls) <= set(SIMULATIONS["leaky_relu"].ranges())
    specification, _ = picture_of(found.experiment, found.chart, "light", "en")
    assert "answer" not in set(said(specification))


@pytest.mark.parametrize("card", CARDS)
def test_without_its_try_every_card_still_draws_something(card: str):
    old = replace(COURSE.cards[card], trial=None)
    found = play_of(old, COURSE.templates)
    assert found is not None
    picture_of(found.experiment, found.chart, "light", "ko")
    assert set(found.controls) <= set(found.experiment.values)


def test_values_of_other_parameters_are_not_taken():
    begun = play("leaky-relu")
    assert begun.with_setting({"n_in": 999, "nonsense": 1}, 0) == begun.experiment


# -- pictures inside the text ------------------------------------------------------------------


def with_pictures(folder: Path, pictures: str, prose: str) -> CourseFolder:
    """The course with these pictures and this text in the card."""
    path = folder / "cards" / "leaky-relu" / "card.md"
    whole = path.read_text(encoding="utf-8")
    head, _, rest = whole.removeprefix("---\n").partition("\n---\n")
    head = re.sub(r"\npictures:\n(?:  .*\n?)+", "\n", head + "\n").strip("\n")
    items = re.sub(r"(?m)^(step|apart): .*\n", "", rest[rest.index("\n## ") :])
    (path.parent / "card.ko.md").unlink()
    path.write_text(f"---\n{head}\npictures:\n{pictures}---\n{prose}\n{items}", encoding="utf-8")
    return CourseFolder(folder)


PICTURES = "  bent: {simulation: leaky_relu, settings: {slope: 0.3}, controls: [slope]}\n"
PLACED = "Text.\n\n![Look.](picture:bent)\n"


def test_a_picture_is_played_by_its_name(folder: Path):
    course = with_pictures(folder, PICTURES, PLACED).current(MORNING)
    card = course.cards["leaky-relu"]
    bent = course.play(card, "bent")
    assert bent is not None
    assert (bent.controls, bent.experiment.values["slope"]) == (("slope",), 0.3)
    assert course.play(card, "nothing") is None
    assert course.play(card) == course.play(card, "try") != bent


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        (PICTURES.replace("leaky_relu", "leaky"), "unknown-try"),
        (PICTURES.replace("slope: 0.3", "slope: 30"), "setting-out-of-range"),
        (PICTURES.replace("[slope]", "[slop]"), "unknown-try"),
    ],
)
def test_what_is_wrong_with_a_picture_keeps_the_card_away(folder: Path, spoilt: str, code: str):
    course = with_pictures(folder, spoilt, PLACED).current(MORNING)
    (problem,) = [p for p in course.problems if p.level == "error"]
    lines = (folder / problem.place.file).read_text(encoding="utf-8").split("\n")
    assert problem.code == code
    assert lines[problem.place.line - 1].startswith("  bent:")
    assert "leaky-relu" not in course.cards


def test_a_picture_is_drawn_at_the_ends_of_its_controls(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(experiment: Experiment, *_: object) -> None:
        if experiment.values["slope"] == 1:
            raise RuntimeError("no such slope")

    monkeypatch.setattr("engine.course.playing.picture_of", broken)
    pictures = PICTURES.replace("0.3", "0.123")
    card = with_pictures(folder, pictures, PLACED).current(MORNING).cards["leaky-relu"]
    assert drawing_problems(card) == ()
    found = drawing_problems(card, moved=True)
    assert {(p.code, p.place.line) for p in found} >= {
        ("chart-not-drawn", card.pictures["bent"].line)
    }
    assert all("slope = 1" in str(p.found) for p in found)


def test_items_carry_what_the_schedule_needs():
    for card in COURSE.cards.values():
        for one in (*card.flashcards, *card.questions):
            item = COURSE.by_id[f"{card.id}/{one.id}"]
            kind = getattr(one, "kind", "flashcard")
            assert (item.kind, item.level, item.step) == (kind, one.level, one.step)
            assert item.apart == {f"{card.id}/{other}" for other in one.apart}
            assert all(item.id in COURSE.by_id[other].apart for other in item.apart)
