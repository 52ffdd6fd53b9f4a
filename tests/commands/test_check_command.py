"""`check`: every card, every question over many seeds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands import check
from engine.configuration import ROOT, content_folder
from engine.i18n import Translator, say


def test_a_sound_folder_ends_with_0(run, spoil):
    spoil("status: ready", "status: draft")  # of which nobody says yet what it lacks
    ended = run("check", "--seeds", 5)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "halves/share: 5 distinct variants of 5, 0 draws rejected",
        "halves/side: 5 distinct variants of 5, 0 draws rejected",
        "Cards: 1. Questions: 2, with 5 seeds each. Errors: 0. Warnings: 0.",
    ]
    assert ended.err == ""


def test_the_course_that_is_delivered_has_no_error(run):
    ended = run("check", content_folder(), "--seeds", 3)
    assert ended.code == 0, ended.out


def test_200_seeds_are_drawn_unless_told_otherwise(run):
    assert "with 200 seeds each" in run("check").out


def test_an_error_names_file_and_line_and_ends_with_1(run, spoil):
    spoil("answer: 1 / n", "answer: 1 / m")
    ended = run("check", "--seeds", 5)
    assert ended.code == 1
    assert "cards/halves/card.md:20: error [bad-expression]: found " in ended.out
    assert "halves/side: 5 distinct" in ended.out
    assert "Errors: 1." in ended.out


def test_a_warning_alone_ends_with_0(run, spoil):
    spoil("status: ready", "requires: [not-written-yet]\nstatus: draft")
    ended = run("check", "--seeds", 5)
    assert "Errors: 0. Warnings: 1." in ended.out
    assert ended.code == 0


def test_a_question_that_cannot_be_drawn_is_an_error_naming_why(run, spoil):
    spoil("answer: 1 / n", "require: n < 0\nanswer: 1 / n")
    ended = run("check", "--seeds", 5)
    assert ended.code == 1
    assert "[no-draw]" in ended.out
    assert "n < 0" in ended.out


def test_an_unknown_chart_is_an_error(run, spoil):
    spoil("answer: 1 / n", "answer: 1 / n\nchart: pie")
    ended = run("check", "--seeds", 2)
    assert ended.code == 1
    assert "“pie”" in ended.out


def test_the_report_is_in_the_language_asked_for(run):
    ended = run("check", "--seeds", 1, "--lang", "ko")
    summary = say(
        "{item}: {variants} distinct variants of {seeds}, {rejected} draws rejected",
        item="halves/share",
        variants=1,
        seeds=1,
        rejected=0,
    )
    assert ended.out.splitlines()[0] == Translator("ko")(summary)


@pytest.mark.parametrize(
    "path", ["", "course.toml", "cards", "cards/halves", "cards/halves/card.md"]
)
def test_a_path_may_be_the_folder_or_a_part_of_it(run, folder: Path, path):
    ended = run("--content", "nowhere", "check", folder / path, "--seeds", 2)
    assert ended.code == 0
    assert "Questions: 2" in ended.out


def test_a_card_is_checked_alone(run, folder: Path):
    other = folder / "cards" / "other"
    other.mkdir()
    (other / "card.md").write_text("nothing\n", encoding="utf-8")
    assert run("check", "--seeds", 1).code == 1
    alone = run("check", folder / "cards" / "halves", "--seeds", 1)
    assert alone.code == 0
    assert "cards/other" not in alone.out
    broken = run("check", other, "--seeds", 1)
    assert broken.code == 1
    assert "cards/other/card.md:1: error" in broken.out
    assert "halves" not in broken.out


def test_a_card_folder_without_a_card_says_so(run, folder: Path):
    (folder / "cards" / "empty").mkdir()
    ended = run("check", folder / "cards" / "empty", "--seeds", 1)
    assert ended.code != 0
    assert "empty" in ended.out + ended.err


def test_a_path_is_found_from_where_one_stands(run, folder: Path, monkeypatch):
    monkeypatch.chdir(folder / "cards" / "halves")
    assert run("check", "card.md", "--seeds", 1).code == 0
    assert run("check", ".", "--seeds", 1).code == 0


def test_a_path_that_is_not_there_is_one_sentence(run, tmp_path: Path):
    ended = run("check", tmp_path / "nowhere")
    assert ended.code == 2
    assert ended.err == f"There is no {tmp_path / 'nowhere'}.\n"


def test_a_path_that_is_no_content_says_what_content_is(run, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    ended = run("check", tmp_path / "notes.txt", "--lang", "en")
    assert ended.code == 2
    assert "neither a content folder nor a card" in ended.err


@pytest.mark.parametrize("seeds", ["0", "-4", "many", "1.5", "9" * 5000])
def test_a_count_of_seeds_that_is_none_is_a_wrong_call(run, seeds):
    ended = run("check", f"--seeds={seeds}")
    assert ended.code == 2
    assert "expected a whole number from 1" in ended.err


def test_a_reader_who_stops_early_is_no_error(folder: Path):
    command = [sys.executable, "-m", "engine", "--content", str(folder), "check", "--seeds", "2"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
        assert running.wait() == 0
    assert b"Error" not in told


NOTE = """\
id = "a-note"
title = {en = "A note", ko = "노트"}

[[statements]]
id = "0-1"
verdict = "true"
text = {en = "Half of two is one.", ko = "둘의 절반은 하나입니다."}
why = {en = "1 + 1 = 2.", ko = "1 + 1 = 2입니다."}
cards = ["halves"]
evidence = [{question = "halves/shares"}]
"""


def test_a_note_that_points_nowhere_is_an_error(run, folder: Path):
    (folder / "sources.toml").write_text(
        '[a-note]\ntitle = "A note"\nkind = "note"\n', encoding="utf-8"
    )
    (folder / "notes").mkdir()
    (folder / "notes" / "a-note.toml").write_text(NOTE, encoding="utf-8")
    ended = run("check", folder / "notes", "--seeds", 2)
    assert ended.code == 1
    assert "notes/a-note.toml:10: error [unknown-question]: found " in ended.out
    assert "Did you mean “share”?" in ended.out
    assert run("check", folder / "cards" / "halves", "--seeds", 2).code == 0


def test_a_formula_that_is_red_in_some_draws_is_an_error_with_line_and_seed(run, spoil):
    spoil("n: {integer: [2, 60]}", "n: {integer: [2, 60]}\n  word: {choose: [x, y_1_2]}")
    spoil("It is {{ answer }}.", "So it is\nwith $z={{ word }}$.")
    ended = run("check", "--seeds", 30, "--json")
    assert ended.code == 1
    (told,) = [p for p in ended.json["problems"] if p["code"] == "formula"]
    lines = Path(told["path"]).read_text(encoding="utf-8").split("\n")
    assert lines[told["line"] - 1] == "with $z={{ word }}$."
    assert told["found"].startswith("with seed ")
    assert "y_1_2" in told["found"]
    assert told["mend"]


@pytest.mark.parametrize("file", ["course.toml", "glossary.toml", "lab.toml"])
def test_a_red_formula_of_another_file_is_an_error_on_its_line(run, folder, file):
    path = folder / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(text + "\n# below\n[more]\nen = '$a_b_c$'\n", encoding="utf-8")
    ended = run("check", folder, "--seeds", 1, "--json")
    (told,) = [p for p in ended.json["problems"] if p["code"] == "formula"]
    assert told["file"] == file
    assert told["line"] == text.count("\n") + 4


def test_a_review_reads_the_course_once(run, spoil, monkeypatch):
    spoil("It is {{ answer }}.", "It is {{ n - n }}, as {{ n / n }} says.")
    read, compiled = [], []
    reading, compiling = check.load_cards, check.compile_card
    monkeypatch.setattr(check, "load_cards", lambda *given: read.append(given) or reading(*given))
    monkeypatch.setattr(check, "compile_card", lambda one: compiled.append(one) or compiling(one))
    ended = run("check", "--seeds", 5, "--review")
    assert "Numbers to be reviewed: " in ended.out.splitlines()[-1]
    assert (len(read), len(compiled)) == (1, 1)


def test_a_review_looks_at_the_cards_that_are_asked_for(run, folder: Path):
    whole = run("check", folder, "--seeds", 5, "--review").out.splitlines()[-1]
    card = run("check", folder / "cards" / "halves", "--seeds", 5, "--review").out.splitlines()[-1]
    assert card == whole
