"""The oracles: what PyTorch says, recorded once and, where PyTorch is installed, computed again.

A family `f` has `tests/oracles/record_f.py` with one function `compute() -> dict[str, array]`,
inputs and outputs together, and beside it the record it made, `f.npz`. Make its inputs with
`np.random.RandomState`, whose stream NumPy has frozen, so that record and live run are the same.

    def test_it_agrees(oracle):
        torch = oracle("initialization")
        np.testing.assert_allclose(propagate(torch["x"], ...), torch["out"], rtol=1e-10)

runs such a test twice: on the record, and live (marker `torch`, skipped without PyTorch).
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import missing

ORACLES = Path(__file__).resolve().parent.parent / "oracles"
Values = Mapping[str, np.ndarray[Any, Any]]


@pytest.fixture(params=["recorded", pytest.param("live", marks=pytest.mark.torch)])
def oracle(request: pytest.FixtureRequest) -> Callable[[str], Values]:
    """family -> {name: array}, from the record and again from PyTorch itself."""
    if request.param == "recorded":
        return recorded
    if importlib.util.find_spec("torch") is None:
        missing("PyTorch is not installed: pip install torch")
    return computed


@functools.cache
def recorded(family: str) -> Values:
    """What `record_<family>.py` wrote."""
    with np.load(ORACLES / f"{family}.npz") as file:
        return {name: file[name] for name in file.files}


@functools.cache
def computed(family: str) -> Values:
    """The same, computed now."""
    path = ORACLES / f"record_{family}.py"
    spec = importlib.util.spec_from_file_location(f"oracle_{family}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    values: Values = module.compute()
    return values
