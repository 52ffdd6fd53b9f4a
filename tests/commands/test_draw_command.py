"""`draw`: one question at the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.configuration import content_folder
from engine.i18n import Translator, say
from tests.kinds_content import write_kinds

KEYS = [
    "item",
    "seed",
    "kind",
    "parameters",
    "prompt",
    "answer",
    "accepted",
    "options",
    "misconceptions",
    "chart",
]


def test_draw_prints_the_prompt(run):
    ended = run("draw", "halves/share", "--seed", 3)
    told = run("draw", "halves/share", "--seed", 3, "--json").json
    assert ended.code == 0
    assert ended.out == f"What is one part of {told['parameters']['n']}?\n"
    assert ended.err == ""


def test_draw_numbers_the_options(run):
    ended = run("draw", "halves/side", "--seed", 3)
    lines = ended.out.splitlines()
    assert [line[:5] for line in lines[1:]] == ["  1) ", "  2) "]
    assert {line[5:] for line in lines[1:]} == {"Above", "Below"}


def test_draw_speaks_korean(run):
    ended = run("draw", "halves/share", "--seed", 3, "--lang", "ko")
    assert ended.code == 0
    assert "얼마입니까" in ended.out


def test_draw_as_json_has_the_keys_of_the_issue_in_its_order(run):
    told = run("draw", "halves/share", "--seed", 3, "--json").json
    assert list(told) == KEYS
    n = told["parameters"]["n"]
    assert told["answer"] == 1 / n
    assert told["accepted"] == pytest.approx([0.99 / n, 1.01 / n])
    assert told["misconceptions"] == {"upside-down": n}
    assert (told["options"], told["chart"], told["seed"]) == ([], None, 3)


def test_draw_of_options_as_json_names_them_in_the_order_shown(run):
    told = run("draw", "halves/side", "--seed", 3, "--json").json
    shown = run("draw", "halves/side", "--seed", 3).out
    assert list(told) == KEYS
    assert sorted(told["options"][0]) == ["id", "text"]
    assert told["answer"] in {option["id"] for option in told["options"]}
    assert [f"  {n}) {o['text']}" for n, o in enumerate(told["options"], 1)] == shown.splitlines()[
        1:
    ]


def test_draw_of_a_question_with_a_chart_describes_it(run):
    told = run("--content", content_folder(), "draw", "xavier-normal/sigma", "--seed", 7, "--json")
    chart = told.json["chart"]
    assert list(told.json) == KEYS
    assert list(chart) == ["name", "description", "specification"]
    assert chart["description"]
    assert "vega-lite" in chart["specification"]["$schema"]


def test_the_same_seed_draws_the_same(run):
    first, second = (run("draw", "halves/share", "--seed", 5, "--json").out for _ in "ab")
    assert first == second


@pytest.mark.parametrize("seed", ["abc", "-1", "1.5", str(2**32), "9" * 5000, "", "²"])
def test_a_seed_that_is_none_is_refused_as_a_wrong_call(run, seed):
    ended = run("draw", "halves/share", f"--seed={seed}")
    assert ended.code == 2
    assert "expected a whole number from 0 to 4294967295" in ended.err
    assert "Traceback" not in ended.err


def test_the_largest_seed_is_drawn(run):
    assert run("draw", "halves/share", "--seed", 2**32 - 1).code == 0


def test_a_question_that_is_not_there_is_named_with_those_that_are(run):
    ended = run("draw", "halves/shape", "--seed", 1)
    assert ended.code == 2
    assert ended.err == (
        "There is no question “halves/shape”. There are, for example: halves/share, halves/side\n"
    )


def test_an_error_is_said_in_the_language_asked_for(run):
    ended = run("draw", "halves/half", "--seed", 1, "--lang", "ko")
    message = say(
        "“{item}” is a flashcard; only questions are drawn and graded.", item="halves/half"
    )
    assert ended.err == Translator("ko")(message) + "\n"


def test_a_card_that_is_not_there_is_answered_with_a_similar_question(run):
    ended = run("draw", "halve/share", "--seed", 1)
    assert ended.code == 2
    assert "halves/share" in ended.err


def test_a_flashcard_is_called_a_flashcard(run):
    ended = run("draw", "halves/half", "--seed", 1)
    assert ended.code == 2
    assert "flashcard" in ended.err


@pytest.mark.parametrize("item", ["", "/", "halves", "halves/", "../x", "9" * 5000])
def test_any_other_item_is_not_there(run, item):
    ended = run("draw", item, "--seed", 1)
    assert ended.code == 2
    assert "There is no question" in ended.err


def test_a_draft_can_be_drawn_by_its_author(run, spoil):
    spoil("status: ready", "status: draft")
    assert run("draw", "halves/share", "--seed", 1).code == 0


def test_a_question_with_an_error_is_answered_with_the_error(run, spoil):
    spoil("answer: 1 / n", "answer: 1 / m")
    ended = run("draw", "halves/share", "--seed", 1)
    assert ended.code == 1
    assert ended.err.startswith("cards/halves/card.md:20: error [bad-expression]: found ")
    assert "“m”" in ended.err


def test_an_error_in_one_question_leaves_the_others(run, spoil):
    spoil("answer: 1 / n", "answer: 1 / m")
    assert run("draw", "halves/side", "--seed", 1).code == 0


def test_a_card_that_cannot_be_read_is_answered_with_the_reason(run, spoil):
    spoil("title: Halves", "titel: Halves")
    ended = run("draw", "halves/share", "--seed", 1)
    assert ended.code == 1
    assert "cards/halves/card.md:" in ended.err


def test_a_draw_that_cannot_be_met_is_one_sentence(run, spoil):
    spoil("answer: 1 / n", "require: n < 0\nanswer: 1 / n")
    ended = run("draw", "halves/share", "--seed", 1)
    assert ended.code == 1
    assert "n < 0" in ended.err
    assert ended.err.count("\n") == 1


def test_without_a_content_folder_it_says_so(run, tmp_path: Path):
    ended = run("--content", tmp_path / "nowhere", "draw", "halves/share", "--seed", 1)
    assert ended.code == 2
    assert "nowhere" in ended.err


def test_an_empty_content_folder_has_no_question(run, folder: Path):
    shutil.rmtree(folder / "cards" / "halves")
    ended = run("draw", "halves/share", "--seed", 1)
    assert ended.code == 2
    assert "There is no question “halves/share”" in ended.err


@pytest.mark.parametrize("arguments", [[], ["draw"], ["nothing"], ["draw", "x"], ["grade", "x"]])
def test_a_wrong_call_ends_with_2_and_how_to_call(run, arguments):
    ended = run(*arguments)
    assert ended.code == 2
    assert "usage:" in ended.err


def test_an_estimate_is_drawn_with_its_axis(run, tmp_path):
    content = write_kinds(tmp_path / "kinds")
    told = run("--content", content, "draw", "signals/near", "--seed", 3, "--json")
    n = told.json["parameters"]["n"]
    title = "steps taken, counted from the first one"
    assert told.json["axis"] == {"low": 0.0, "high": 2.0 * n, "scale": "linear", "title": title}
    assert title in run("--content", content, "draw", "signals/near", "--seed", 3).out
