"""The powers of ten in the lab's findings are those of the runs that a finding opens."""

from __future__ import annotations

import math
import re

import pytest

from engine.content import Finding, load_cards
from engine.course import run_experiment
from engine.study.lab import experiments_of
from tests.words.catalogue import ROOT

POWER = re.compile(r"(?:([0-9.]+)×)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
FINDINGS = [f for f in load_cards(ROOT / "content").findings if POWER.search(f.text["en"])]


def results(finding: Finding) -> list[float]:
    shown = (one for one in experiments_of(finding) if one is not None)
    return [value for one in shown for value in run_experiment(one).scalars.values()]


def fits(value: float, mantissa: str | None, power: int) -> bool:
    """Whether a value rounds to what is written, with as many digits as are written."""
    if not value > 0:
        return False
    if mantissa is None:
        return round(math.log10(value)) == power
    digits = len(mantissa.replace(".", "")) - 1
    return f"{value:.{digits}e}" == f"{float(mantissa) * 10.0**power:.{digits}e}"


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.id)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_finding_says_the_power_of_ten_that_its_run_has(finding: Finding, language: str) -> None:
    told = POWER.findall(finding.text[language])
    assert told
    for mantissa, power in told:
        exponent = int(power.translate(DIGITS))
        assert any(fits(value, mantissa or None, exponent) for value in results(finding)), (
            mantissa,
            exponent,
        )
