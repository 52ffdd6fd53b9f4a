"""What every simulation is made of."""

from __future__ import annotations

from engine.simulations.kit.base import report, reporting


def test_what_a_run_reports_reaches_whoever_listens():
    heard = []
    with reporting(heard.append):
        report(0.25)
        report(2.0)
    report(0.5)
    assert heard == [0.25, 1.0]


def test_nobody_has_to_listen():
    report(0.5)
