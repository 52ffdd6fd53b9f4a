"""`check` for programs: JSON, GitHub's annotations, several paths, the files beside the cards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands.report import annotation
from engine.configuration import ROOT
from engine.content import Place, Problem
from engine.i18n import Translator, say

TERM = """\
[variance]
en = "variance"
ko = "분산"
text.en = "A spread."
text.ko = "퍼진 정도."
"""


def test_json_has_every_problem_and_every_question(run, spoil):
    spoil("answer: 1 / n", "answer: 1 / m")
    ended = run("check", "--seeds", 5, "--json")
    assert ended.code == 1
    told = ended.json
    assert (told["cards"], told["seeds"], told["errors"]) == (1, 5, 1)
    assert told["questions"] == [{"item": "halves/side", "variants": 5, "seeds": 5, "rejected": 0}]
    (error,) = [problem for problem in told["problems"] if problem["level"] == "error"]
    assert set(error) == {
        "file", "path", "line", "level", "code", "found", "expected", "mend",
    }  # fmt: skip
    assert (error["file"], error["line"]) == ("cards/halves/card.md", 20)
    assert error["code"] == "bad-expression"
    assert Path(error["path"]).samefile(Path(error["path"]))
    assert told["warnings"] == len(told["problems"]) - 1


def test_json_is_in_the_language_asked_for(run, spoil):
    spoil("answer: 1 / n", "answer: 1 / m")
    told = [run("check", "--seeds", 2, "--json", "--lang", code).json for code in ("en", "ko")]
    assert told[0]["problems"][0]["code"] == told[1]["problems"][0]["code"]
    assert told[0]["problems"][0]["mend"] != told[1]["problems"][0]["mend"]


def test_github_is_told_file_and_line_as_seen_from_where_the_workflow_stands(
    run, folder: Path, spoil, monkeypatch
):
    spoil("answer: 1 / n", "answer: 1 / m")
    monkeypatch.chdir(folder.parent)
    ended = run("check", "--seeds", 2, "--format", "github")
    assert ended.code == 1
    told = ended.out.splitlines()
    beginning = "::error file=content/cards/halves/card.md,line=20,title=bad-expression::Found "
    assert [line for line in told if line.startswith(beginning)]
    assert all(line.startswith(("::error ", "::warning ", "Cards: ")) for line in told)


def test_nothing_in_an_annotation_can_end_it_or_begin_another():
    problem = Problem(
        "warning",
        Place("ignored", 3),
        "a,b:c%",
        say("{what}", what="50 %\r\n::error::x"),
        say("1,2:3"),
        say("m"),
    )
    said = annotation("cards/a,b:c%\n.md", problem, Translator("en"))
    assert said == (
        "::warning file=cards/a%2Cb%3Ac%25%0A.md,line=3,title=a%2Cb%3Ac%25"
        "::Found 50 %25%0D%0A::error::x; expected 1,2:3. m"
    )


def test_several_files_are_checked_each_card_once(run, folder: Path):
    other = folder / "cards" / "other"
    shutil.copytree(folder / "cards" / "halves", other)
    third = folder / "cards" / "third"
    third.mkdir()
    (third / "card.md").write_text("nothing\n", encoding="utf-8")
    files = [folder / "cards" / "halves" / name for name in ("card.md", "card.ko.md")]
    ended = run("check", *files, other / "card.md", "--seeds", 2)
    assert ended.code == 0
    assert "Cards: 2. Questions: 4" in ended.out
    assert run("check", *files, third / "card.md", "--seeds", 2).code == 1
    assert "Cards: 2." in run("check", *files, folder / "course.toml", "--seeds", 2).out


def test_files_of_two_courses_are_checked_each_in_its_own(run, folder: Path, tmp_path: Path):
    shutil.copytree(folder, tmp_path / "second")
    paths = [root / "cards" / "halves" for root in (folder, tmp_path / "second")]
    assert "Cards: 2. Questions: 4" in run("check", *paths, "--seeds", 2).out


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        ("lab.toml", '\n[[finding]]\nid = "a"\n', "bad-finding", 2),
        ("lab.toml", "finding = 3\n", "bad-finding", 1),
        ("lab.toml", f"x = '$'\ny = {'[' * 5000}\n", "toml-syntax", 3),
        ("glossary.toml", f"{TERM}more = 1\n", "unknown-property", TERM.count("\n") + 1),
        ("glossary.toml", f"{TERM}\n[gain]\nen = 'gain'\n", "bad-term", 7),
    ],
)
def test_files_beside_the_cards_are_checked_too(run, folder: Path, name, text, code, line):
    (folder / name).write_text(text, encoding="utf-8")
    ended = run("check", "--seeds", 2)
    assert ended.code == 1
    assert f"{name}:{line}: error [{code}]" in ended.out
    assert run("check", folder / name, "--seeds", 2).code == 1
    assert run("check", folder / "cards" / "halves", "--seeds", 2).code == 0


def test_a_term_of_a_card_that_is_not_there_is_a_warning(run, folder: Path):
    (folder / "glossary.toml").write_text(f'{TERM}card = "gone"\n', encoding="utf-8")
    ended = run("check", "--seeds", 2)
    assert ended.code == 0
    assert "glossary.toml:1: warning [bad-term]" in ended.out


@pytest.mark.slow
def test_it_runs_from_the_folder_of_another_repository(folder: Path):
    """As the workflow of docs/editing-with-git.md does it."""
    ended = subprocess.run(
        [sys.executable, "-m", "engine", "--content", "content", "check", "--format", "github"],
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "::warning file=content/cards/halves/card.md,line=1," in ended.stdout
