"""`grade`: what comes of an answer."""

from __future__ import annotations

import pytest

from engine.commands.grade import VERDICTS
from engine.i18n import Translator

KEYS = ["outcome", "misconception", "accepted", "feedback"]


@pytest.fixture
def number(run):
    """The n of halves/share with seed 3."""
    return run("draw", "halves/share", "--seed", 3, "--json").json["parameters"]["n"]


def graded(run, answer: object, *more: object, item: str = "halves/share"):
    return run("grade", item, "--seed", 3, f"--answer={answer}", *more)


def test_a_right_answer(run, number):
    ended = graded(run, 1 / number, "--json")
    assert ended.code == 0
    assert list(ended.json) == KEYS
    assert ended.json["outcome"] == "correct"
    assert ended.json["misconception"] is None
    assert ended.json["accepted"] == pytest.approx([0.99 / number, 1.01 / number])
    assert ended.json["feedback"] is None


def test_a_misconception_comes_with_its_feedback(run, number):
    told = graded(run, number, "--json").json
    assert (told["outcome"], told["misconception"]) == ("misconception", "upside-down")
    assert told["feedback"] == f"That is how many parts there are, {number}."


@pytest.mark.parametrize(("factor", "outcome"), [(1.02, "close"), (0.5, "wrong")])
def test_other_answers_are_close_or_wrong(run, number, factor, outcome):
    ended = graded(run, factor / number, "--json")
    assert (ended.code, ended.json["outcome"]) == (0, outcome)


@pytest.mark.parametrize("answer", ["7,9", "", "about half", "1/0", "().__class__"])
def test_an_answer_that_cannot_be_read_is_malformed_and_ends_with_1(run, answer):
    ended = graded(run, answer, "--json")
    assert ended.code == 1
    assert list(ended.json) == KEYS
    assert ended.json["outcome"] == "malformed"
    assert ended.json["misconception"] is None
    assert ended.json["feedback"]


def test_an_option_is_graded_by_id_or_number(run):
    told = run("draw", "halves/side", "--seed", 3, "--json").json
    place = [option["id"] for option in told["options"]].index(told["answer"]) + 1
    for answer in (told["answer"], place):
        verdict = graded(run, answer, "--json", item="halves/side").json
        assert verdict["outcome"] == "correct"
        assert verdict["accepted"] is None


def test_the_verdict_is_said_in_words(run, number):
    ended = graded(run, number)
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].startswith("Not right.")
    assert "upside-down" in lines[0]
    assert lines[1] == f"That is how many parts there are, {number}."
    assert lines[2].startswith("Accepted: from ")


def test_the_verdict_is_said_in_korean(run, number):
    ended = graded(run, number, "--lang", "ko")
    lines = ended.out.splitlines()
    assert lines[0] == Translator("ko")(VERDICTS["misconception"]) + " upside-down"
    assert lines[1] == f"그것은 개수 {number}입니다."


def test_what_cannot_be_read_does_not_give_the_answer_away(run):
    ended = graded(run, "about half")
    assert ended.code == 1
    assert "Accepted" not in ended.out


def test_an_answer_may_begin_with_a_minus(run):
    assert graded(run, "-0.5", "--json").json["outcome"] == "wrong"
