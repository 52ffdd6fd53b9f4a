"""`make quick` leaves out what pyproject.toml names as slow, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.packaging.requirements import ROOT, project

SETTINGS = project()["tool"]["pytest"]["ini_options"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def collected(*arguments: str) -> list[str]:
    """The tests that pytest would run."""
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-qq", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode in (0, 5), ended.stdout + ended.stderr  # 5: none
    return [line for line in ended.stdout.splitlines() if line.startswith("tests/")]


@pytest.mark.parametrize("name", SETTINGS["slow_paths"])
def test_what_is_named_as_slow_is_there(name):
    assert (ROOT / name).exists()


def test_what_is_marked_as_slow_is_known():
    known = {marker.partition(":")[0] for marker in SETTINGS["markers"]}
    assert set(SETTINGS["slow_markers"]) <= known
    assert {"browser", "postgresql", "torch", "slow"} <= set(SETTINGS["slow_markers"])


def test_a_marked_test_is_left_out_and_its_neighbours_are_not():
    every, quick = (collected("tests/storage/test_log.py", *more) for more in ([], ["--quick"]))
    [counted], [left] = every, quick
    assert 0 < _count(left) < _count(counted)
    assert _count(counted) - _count(left) >= 1
    assert collected("--quick", "tests/storage/test_frozen.py") == []


def test_slow_paths_are_left_out_and_every_other_folder_is_not():
    files = {line.partition(":")[0] for line in collected("--quick")}
    slow = tuple(SETTINGS["slow_paths"])
    assert [file for file in files if file.startswith(slow)] == []
    with_tests = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    folders = {path.relative_to(ROOT).as_posix() for path in with_tests}
    left_out = {name for name in folders if name.startswith(slow)}
    assert {file.rpartition("/")[0] for file in files} == folders - left_out


def _count(line: str) -> int:
    """`tests/storage/test_log.py: 12`"""
    return int(line.rpartition(":")[2])


def test_make_test_runs_everything_and_make_quick_what_is_quick():
    (quick,) = _pytest_calls("quick")
    assert quick == ["--quick", "--numprocesses=auto", "--dist=worksteal"]
    side_by_side, browser = _pytest_calls("test")
    left_out = [word for word in side_by_side if word.startswith("--ignore=")]
    assert left_out == ["--ignore=tests/browser"]
    assert not {"-k", "-m", "--deselect", "-x"} & {*side_by_side, *browser}
    assert browser == ["tests/browser", "--numprocesses=2", "--dist=worksteal"]


def _pytest_calls(target: str) -> list[list[str]]:
    """The arguments of pytest in each line of a target's recipe."""
    (recipe,) = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    calls = re.findall(r"^\t\$\(BIN\)/python -m pytest(.*)$", recipe, re.MULTILINE)
    return [call.split() for call in calls]
