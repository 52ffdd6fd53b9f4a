"""`simulate`: one run of a simulation."""

from __future__ import annotations

import dataclasses

import pytest

from engine import simulations


def test_its_scalars_are_listed(run):
    ended = run("simulate", "weight_initialization")
    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.splitlines()] == list(
        simulations.SIMULATIONS["weight_initialization"].scalars
    )


def test_as_json_there_is_the_outcome(run):
    ended = run("simulate", "weight_initialization", "--json")
    assert ended.code == 0
    assert list(ended.json) == ["outcome"]
    scalars = simulations.SIMULATIONS["weight_initialization"].scalars
    assert set(ended.json["outcome"]) <= set(scalars)
    assert all(isinstance(value, float) for value in ended.json["outcome"].values())


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(simulations.SIMULATIONS))
def test_every_simulation_runs_with_its_defaults(run, name):
    assert run("simulate", name, "--json").json["outcome"]


def test_a_seed_decides_the_run(run):
    call = ("simulate", "weight_initialization", "--json", "--seed")
    assert run(*call, 1).out == run(*call, 1).out
    assert run(*call, 1).out != run(*call, 2).out


def test_parameters_are_set(run):
    call = ("simulate", "weight_initialization", "--json", "--set", "scheme=he_normal")
    count = run(*call, "--set", "n_in=10", "--set", "n_out=20").json["outcome"]["count"]
    assert count == 200


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("n_in=abc", "n_in = abc: expected a number."),
        ("n_in=-1", "n_in = -1: expected at least 2."),
        ("n_in=nan", "n_in = nan: expected a number."),
        ("n_in=2.5", "n_in = 2.5: expected a whole number."),
        ("scheme=magic", "scheme = magic: expected one of "),
        ("nothing=1", "nothing = 1: expected one of "),
        ("n_in", "“--set n_in”: expected name=value."),
    ],
)
def test_a_setting_that_does_not_fit_is_one_sentence(run, setting, told):
    ended = run("simulate", "weight_initialization", "--set", setting)
    assert ended.code == 2
    assert ended.err.startswith(told)
    assert ended.err.count("\n") == 1


def test_a_simulation_that_is_not_there_is_named_with_those_that_are(run):
    ended = run("simulate", "magic")
    assert ended.code == 2
    assert "weight_initialization" in ended.err


def test_a_simulation_that_raises_is_one_sentence(run, monkeypatch):
    def fail(parameters, rng):
        raise ZeroDivisionError("a division")

    broken = dataclasses.replace(simulations.SIMULATIONS["weight_initialization"], run=fail)
    monkeypatch.setitem(simulations.SIMULATIONS, "weight_initialization", broken)
    ended = run("simulate", "weight_initialization")
    assert ended.code == 1
    assert "a division" in ended.err
    assert ended.err.count("\n") == 1
