"""What the documents tell people to copy works when they copy it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from engine.__main__ import main
from engine.course import ContentReader, compile_card
from engine.questions import check_question
from tests.docs.reading import ROOT, blocks, section, text

BIN = Path(sys.executable).parent
SIMULATIONS = "docs/simulations.md"
#: What the example says, labels and sentences, and what somebody would translate it to.
BOUNCING = {
    "Bouncing": "튀는 공",
    "Bounces": "튀는 횟수",
    "Share kept": "남는 비율",
    "last height": "마지막 높이",
    "the bounces": "튀는 횟수별",
    "height": "높이",
    "bounce": "튀는 횟수",
    "At the end {left} of the height is left": "마지막에는 높이의 {left}만 남습니다",
}


def test_the_card_in_ten_lines_has_no_error(tmp_path: Path) -> None:
    (card,) = [
        block
        for block in blocks(text("docs/writing-cards.md"), "markdown")
        if block.startswith("---")
    ]
    folder = tmp_path / "cards" / "dropout-scale"
    folder.mkdir(parents=True)
    (folder / "card.md").write_text(card, encoding="utf-8")
    for name in ("course.toml", "sources.toml"):
        shutil.copy(ROOT / "content" / name, tmp_path)
    content = ContentReader(tmp_path).read()
    assert [p.code for p in content.problems if p.level == "error"] == []
    templates, problems = compile_card(content.cards["dropout-scale"])
    assert problems == ()
    reports = [check_question(template, range(50)) for template in templates.values()]
    assert [p.code for report in reports for p in report.problems] == []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to call commands in, with the course and a database of its own."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    for name in ("SIMCARDS_DATABASE_URL", "SIMCARDS_LEARNERS", "SIMCARDS_INSTRUCTORS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SIMCARDS_CONTENT", str(tmp_path / "content"))
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_every_example_of_the_command_line_runs(desk: Path, capsys: pytest.CaptureFixture[str]):
    lines = [line for block in blocks(text("docs/commands.md"), "sh") for line in block.split("\n")]
    calls = [line for line in lines if line]
    assert len(calls) > 10
    for call in calls:
        words = shlex.split(call)
        assert words[:3] == ["python", "-m", "engine"], call
        assert main(words[3:]) == 0, f"{call}: {capsys.readouterr()}"
        assert capsys.readouterr().out.strip() or "restore" in call, call
    assert (desk / "copy.db").stat().st_size > 1000
    assert (desk / "exported" / "cards" / "he-normal" / "card.md").exists()


def test_a_hook_and_a_workflow_call_the_check_as_it_is():
    hook, workflow = blocks(text("docs/editing-with-git.md"), "yaml")
    (pattern,) = re.findall(r"files: (\S+)", hook)
    for file in ("content/cards/he-normal/card.ko.md", "content/glossary.toml"):
        assert re.search(pattern, file), file
    assert not re.search(pattern, "engine/content/loading.py")
    (installed,) = re.findall(r"pip install -c \.simcards/(\S+) \./\.simcards$", workflow, re.M)
    assert (ROOT / installed).exists()
    assert "simcards check" in hook
    assert "simcards check" in workflow


# -- the simulation and its chart --------------------------------------------------------------


def _module(heading: str) -> str:
    """The module that stands below a heading."""
    (module,) = blocks(section(SIMULATIONS, heading), "python")
    return module


def _lines(heading: str) -> str:
    """The lines that stand below a heading, to be added to a table."""
    (lines,) = blocks(section(SIMULATIONS, heading), "text")
    return lines


def _insert(file: Path, after: str, line: str) -> None:
    """What somebody does who adds a line below another."""
    told = file.read_text(encoding="utf-8")
    assert after in told, f"{file}: {after}"
    file.write_text(told.replace(after, after + line, 1), encoding="utf-8")


def _call(folder: Path, *command: str, **environment: str) -> str:
    told = {k: v for k, v in os.environ.items() if not k.startswith(("SIMCARDS_", "PYTEST_"))}
    ended = subprocess.run(
        command,
        cwd=folder,
        env={**told, "PYTHONPATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, f"{command}\n{ended.stdout[-3000:]}\n{ended.stderr[-2000:]}"
    return ended.stdout


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The project without its tests, to be changed."""
    for name in ("engine", "content", ".streamlit"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for name in ("app.py", "pyproject.toml", ".importlinter", "Makefile"):
        shutil.copy(ROOT / name, tmp_path)
    for room in ("pages", "simulations", "charts", "words"):
        (tmp_path / "tests" / room).mkdir(parents=True)
    for name in (
        "conftest.py",
        "past_lessons.py",
        "pages/conftest.py",
        "charts/test_chart_names.py",
        "words/catalogue.py",
    ):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    shutil.copy(ROOT / "tests/simulations/test_words.py", tmp_path / "tests/simulations")
    shutil.copy(ROOT / "tests/docs/copied/lab.py", tmp_path / "tests/pages/test_copied.py")
    if (ROOT / ".mypy_cache").is_dir():  # else it begins from nothing, which takes a minute
        shutil.copytree(ROOT / ".mypy_cache", tmp_path / ".mypy_cache")
    return tmp_path


def _copy_simulation(tree: Path) -> None:
    module = tree / "engine/simulations/gradients/bouncing.py"
    module.write_text(_module("## A simulation in twenty lines"), encoding="utf-8")


def _copy_words_and_chart(tree: Path) -> None:
    module = tree / "engine/simulations/gradients/bouncing.py"
    told, _ = module.read_text(encoding="utf-8").split("SIMULATION = ")
    module.write_text(told + _module("## Its words"), encoding="utf-8")
    (tree / "engine/charts/gradients/bouncing.py").write_text(
        _module("## Its chart"), encoding="utf-8"
    )


def _translate(tree: Path) -> None:
    """What somebody does who translates what `make words` lists."""
    listed = _call(tree, sys.executable, "-m", "tests.words.catalogue")
    assert set(re.findall(r"bouncing\.py(?::\d+)?: (?:\[.+\] )?(.+)", listed)) == set(BOUNCING)
    assert f"ko: {len(listed.splitlines()) - 1} without a translation" in listed
    path = tree / "engine/locale/ko/LC_MESSAGES/simcards.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="ko")
    for message in catalogue:
        message.string = message.string or BOUNCING[str(message.id)]
    with path.open("wb") as file:
        write_po(file, catalogue)


def _make_check(tree: Path) -> None:
    """`make check`, but for the course's questions, which no simulation of this tree is in."""
    makefile = (tree / "Makefile").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    lines = [line.strip().replace("$(BIN)", str(BIN)) for line in recipe.splitlines()]
    assert len(lines) >= 5
    for line in lines:
        shorter = line.replace("--seeds 200", "--seeds 2 content/cards/he-normal")
        _call(tree, *shlex.split(shorter))


def _pytest(tree: Path, *tests: str, charted: bool) -> None:
    told = {"BOUNCING_HAS_A_CHART": "1" if charted else "0"}
    _call(tree, sys.executable, "-m", "pytest", "-x", *tests, **told)


@pytest.mark.slow
def test_a_copied_simulation_passes_make_check_without_its_chart_and_with_it(tree: Path) -> None:
    _copy_simulation(tree)
    _make_check(tree)
    _call(tree, sys.executable, "-m", "engine", "simulate", "bouncing", "--set", "kept=0.5")
    _pytest(tree, "tests/pages/test_copied.py", charted=False)
    _copy_words_and_chart(tree)
    _translate(tree)
    _make_check(tree)
    names = ("tests/charts/test_chart_names.py", "tests/simulations/test_words.py")
    _pytest(tree, *names, "-k", "bouncing or chart", charted=True)
    _pytest(tree, "tests/pages/test_copied.py", "-k", "more0", charted=True)
