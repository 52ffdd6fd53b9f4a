"""A ready question that cannot be asked is refused at the save, with line, cause and mend."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from engine.authoring import Refused, Saved
from engine.commands.check import run
from tests.authoring.conftest import MINA, NOW, Shop
from tests.cards.written_cards import write_content
from tests.kinds_of_trouble import NUMBER, UNCOMPILED, UNDRAWABLE, card

EVERY = {**UNDRAWABLE, **UNCOMPILED}


@pytest.mark.parametrize("name", EVERY)
def test_it_is_refused_with_its_line_its_cause_and_how_to_mend_it(shop: Shop, name: str) -> None:
    text = card(EVERY[name])
    result = shop.editor.save(MINA, "trouble", None, {"en": text}, NOW)
    assert isinstance(result, Refused)
    errors = [p for p in result.problems if p.level == "error"]
    assert errors
    lines = text.split("\n")
    first, last = lines.index("```question"), lines.index("```")
    for error in errors:
        assert first < error.place.line <= last + 1, str(error.found)
        assert str(error.found)
        assert str(error.mend)


@pytest.mark.parametrize(
    ("name", "found", "line"),
    [
        ("misconception-is-key", "“same” is within the tolerance", "misconceptions:"),
        ("never-met", "x > 60", "require:"),
        ("axis-from-zero", "a log axis begins above 0", "axis:"),
        ("misconception-off-axis", "“far” lies off the axis", "misconceptions:"),
        ("division-by-zero", "1 / (x - x)", "answer:"),
        ("computed-has-no-value", "log(-x)", "parameters:"),
        ("order-tied", "too close", "items:"),
    ],
)
def test_the_line_is_that_of_the_cause(shop: Shop, name: str, found: str, line: str) -> None:
    text = card(UNDRAWABLE[name])
    (error,) = shop.editor.check("trouble", {"en": text}).errors
    assert error.code == "no-draw"
    assert found in str(error.found)
    assert text.split("\n")[error.place.line - 1].startswith(line)


def test_parameters_beyond_the_simulations_range_are_refused(shop: Shop) -> None:
    spec = (
        "kind: number\nsimulation: signal_propagation\n"
        "parameters: {std: {choose: [0.1, 50]}}\nanswer: std\ntolerance: 1%"
    )
    errors = shop.editor.check("trouble", {"en": card(spec)}).errors
    assert "settings" in {error.code for error in errors}


def test_a_draft_may_be_saved_all_the_same(shop: Shop) -> None:
    text = card(UNDRAWABLE["never-met"]).replace("status: ready", "status: draft")
    assert isinstance(shop.editor.save(MINA, "trouble", None, {"en": text}, NOW), Saved)


def test_a_file_that_cannot_be_drawn_does_not_take_the_place_of_one_that_can(shop: Shop) -> None:
    shop.edit_file(card(NUMBER), "trouble")
    assert "trouble/broken" in shop.course().templates
    shop.edit_file(card(UNDRAWABLE["never-met"]), "trouble")
    course = shop.course()
    assert course.templates["trouble/broken"].requires == ()
    assert any(problem.code == "no-draw" for problem in course.problems)


@pytest.mark.parametrize("name", ["misconception-is-key", "axis-from-zero", "unknown-name"])
def test_the_command_finds_them_too(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]):
    folder = write_content(tmp_path / "content", {"trouble": {"card.md": card(EVERY[name])}})
    asked = Namespace(
        path=[folder], seeds=5, lang="en", format="text", content=folder, review=False
    )
    assert run(asked) == 1
    assert "cards/trouble/card.md" in capsys.readouterr().out
