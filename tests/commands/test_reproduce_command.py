"""`reproduce`: the table, its exit code, its sections."""

from __future__ import annotations

import dataclasses
import time

import pytest

from engine.__main__ import main
from engine.commands import reproduce
from engine.reproduction import Experiment, Row


@pytest.fixture
def experiments(monkeypatch):
    """experiments(row, …): the only figures there are."""

    def replace(*rows, section="R10"):
        one = Experiment(section, "made up", lambda runner: iter(rows))
        monkeypatch.setattr(reproduce, "EXPERIMENTS", (one,))

    return replace


GOOD = Row("ECE of the good", 0.5, 0.52, 0.05)
BAD = Row("ECE of the bad", 0.5, 0.6, 0.05, note="the other file is wrong")


def test_each_figure_is_a_row_with_its_error_and_verdict(experiments, capsys):
    experiments(GOOD)
    assert main(["reproduce"]) == 0
    head, row, summary = capsys.readouterr().out.splitlines()
    assert head.split() == ["figure", "expected", "measured", "error", "agrees"]
    assert row.split() == ["R10", "ECE", "of", "the", "good", "0.5", "0.52", "±", "0.05", "yes"]
    assert summary == "Figures: 1. Agree: 1. Do not agree: 0."


def test_a_figure_that_does_not_agree_is_the_exit_code(experiments, capsys):
    experiments(GOOD, BAD)
    assert main(["reproduce"]) == 1
    out = capsys.readouterr().out
    assert out.count("NO") == 1
    assert "(the other file is wrong)" in out
    assert "Agree: 1. Do not agree: 1." in out


def test_the_seed_reaches_the_runs(monkeypatch, capsys):
    seeds = []

    def rows(runner):
        seeds.append((runner.seed, runner.quick))
        return iter((GOOD,))

    monkeypatch.setattr(reproduce, "EXPERIMENTS", (Experiment("R1", "x", rows),))
    main(["reproduce", "--seed", "7", "--quick"])
    main(["reproduce"])
    assert seeds == [(7, True), (0, False)]


def test_only_the_sections_named_are_run(capsys):
    assert main(["reproduce", "--only", "r2b, R2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    sections = {line.split()[0] for line in lines[1:-1] if not line.lstrip().startswith("(")}
    assert sections == {"R2", "R2b"}


def test_an_unknown_section_is_said_with_those_that_are_there(experiments, capsys):
    experiments(GOOD)
    assert main(["reproduce", "--only", "R10,R99"]) == 2
    assert capsys.readouterr().err == "There is no section “R99”. There are: R10.\n"


def test_an_experiment_that_fails_is_named(monkeypatch, capsys):
    def rows(runner):
        raise ZeroDivisionError("by 0")

    monkeypatch.setattr(reproduce, "EXPERIMENTS", (Experiment("R1", "deep", rows),))
    assert main(["reproduce"]) == 1
    assert capsys.readouterr().err == "“R1 deep” failed: ZeroDivisionError('by 0')\n"


def test_rows_keep_their_order_however_long_each_takes(monkeypatch, capsys):
    def slow(runner):
        time.sleep(0.2)
        yield dataclasses.replace(GOOD, name="slow")

    def fast(runner):
        yield dataclasses.replace(GOOD, name="fast")

    both = (Experiment("R1", "a", slow), Experiment("R2", "b", fast))
    monkeypatch.setattr(reproduce, "EXPERIMENTS", both)
    assert main(["reproduce"]) == 0
    out = capsys.readouterr().out
    assert out.index("slow") < out.index("fast")


def test_the_table_can_be_read_in_korean(experiments, capsys):
    experiments(BAD)
    main(["reproduce", "--lang", "ko"])
    head, row, *_ = capsys.readouterr().out.splitlines()
    assert "기대" in head
    assert row.endswith("아니요")


def test_columns_are_aligned_whatever_their_length():
    rows = [
        ("R1", GOOD),
        ("R2b", dataclasses.replace(GOOD, name="a much longer name", measured=1e-31)),
    ]
    lines = reproduce.table(rows, str)
    assert len({line.index("±") for line in lines[1:]}) == 1
