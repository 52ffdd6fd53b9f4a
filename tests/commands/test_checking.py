"""Many questions at once: the same report from one process and from several, and none left over."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from engine.commands.parallel_check import FEW_DRAWS, check_questions, cores, draw_pictures
from engine.configuration import ROOT
from engine.content import Question
from engine.course import ContentReader
from tests.kinds_content import write_kinds


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    return write_kinds(tmp_path / "kinds")


def questions_of(folder: Path) -> list[tuple[str, Question]]:
    card = ContentReader(folder).read().cards["signals"]
    return [(card.id, question) for question in card.questions]


def test_several_processes_find_what_one_finds_in_the_same_order(kinds):
    file = kinds / "cards" / "signals" / "card.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("answer: n / 4", "answer: n / 4\nrequire: n < 0"), encoding="utf-8"
    )
    asked = questions_of(kinds)
    steps: Counter[str] = Counter()
    alone = check_questions(asked, 6, lambda item, draws: steps.update({item: draws}), processes=1)
    assert [str(told.summary).partition(":")[0] for told in alone] == list(steps)
    assert set(steps.values()) == {6}
    together: Counter[str] = Counter()
    beside = check_questions(
        asked, 6, lambda item, draws: together.update({item: draws}), processes=2
    )
    assert beside == alone
    assert together == steps
    assert [p.code for told in beside for p in told.problems] == ["no-draw"]
    assert multiprocessing.active_children() == []


def test_an_error_in_one_process_ends_them_all(kinds):
    def tired(item: str, draws: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_questions(questions_of(kinds), 5, tired, processes=2)
    assert multiprocessing.active_children() == []


def test_few_questions_start_no_process(kinds, monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("engine.commands.parallel_check._side_by_side", refuse)
    assert len(check_questions(questions_of(kinds), 2, lambda *_: None)) == 4


def test_there_is_at_least_one_core():
    assert cores() >= 1


def test_ctrl_c_leaves_no_process_behind(kinds):
    """As at a terminal, where everybody in the foreground hears it."""
    command = [sys.executable, "-m", "engine", "check", str(kinds), "--seeds"]
    command.append(str(FEW_DRAWS * 20))
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # What a shell starts in the background ignores Ctrl+C, and so do its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        assert running.stderr is not None
        deadline = time.monotonic() + 60
        while len(members(running.pid)) < min(cores(), 2) + 1 and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.3)
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(timeout=30) == 130
        told = running.stderr.read()
    assert b"Traceback" not in told, told.decode()
    deadline = time.monotonic() + 10
    while members(running.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert members(running.pid) == []


def test_a_killed_check_takes_its_processes_with_it(kinds):
    command = [sys.executable, "-m", "engine", "check", str(kinds), "--seeds"]
    command.append(str(FEW_DRAWS * 20))
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        deadline = time.monotonic() + 60
        while len(members(running.pid)) < min(cores(), 2) + 1 and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1.5)
        running.kill()
        running.wait()
    deadline = time.monotonic() + 20
    while members(running.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert members(running.pid) == []


def members(group: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and int(fields[3]) == group:
            found.append(int(entry.name))
    return found


def test_pictures_are_drawn_in_several_processes_as_in_one() -> None:
    there = ContentReader(ROOT / "content").read().cards
    cards = [there["leaky-relu"], there["calibration"]]
    assert draw_pictures(cards, moved=False, processes=2) == draw_pictures(cards, moved=False)
