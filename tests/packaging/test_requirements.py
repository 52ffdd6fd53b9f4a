"""What the project needs is named once, and the exact versions in constraints.txt fit it."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.requirements import ROOT, files, project

TOLD = project()
PYTHONS = ("3.11", "3.12", "3.13")
PINS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
NEEDED = [
    Requirement(line)
    for line in (*TOLD["project"]["dependencies"], *TOLD["dependency-groups"]["dev"])
]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def pinned(name: str, python: str) -> list[str]:
    """The versions that a Python of this system is given."""
    here = {"python_version": python, "python_full_version": f"{python}.9"}
    return [
        next(iter(pin.specifier)).version
        for pin in PINS
        if canonicalize_name(pin.name) == canonicalize_name(name)
        and (pin.marker is None or pin.marker.evaluate(here))
    ]


@pytest.mark.parametrize("name", files(TOLD))
def test_the_files_that_pip_reads_say_what_pyproject_says(name):
    """`make constraints` writes them."""
    assert (ROOT / name).read_text(encoding="utf-8") == files(TOLD)[name]


def test_the_build_needs_what_the_tests_build_with():
    assert set(TOLD["build-system"]["requires"]) <= set(TOLD["dependency-groups"]["dev"])


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.name)
def test_each_python_gets_one_version_of_what_is_needed_and_it_is_in_bounds(needed, python):
    [found] = pinned(needed.name, python)
    assert found in needed.specifier


@pytest.mark.parametrize("python", PYTHONS)
def test_nothing_is_pinned_to_two_versions(python):
    names = {pin.name for pin in PINS}
    assert {name: pinned(name, python) for name in names if len(pinned(name, python)) > 1} == {}


def test_every_line_is_a_name_and_its_exact_version():
    """No host, no hash, no path of some machine; and no PyTorch, which only records oracles."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        assert re.fullmatch(r"#.*|[a-z0-9._-]+==[0-9][0-9a-z.]*( ; [a-z_]+ .*)?", line), line
    assert not re.search(r"://|@|--|sha256|(?<!\w)/", text)
    assert not any(pin.name.startswith(("torch", "nvidia")) for pin in PINS)


def test_what_the_tests_run_with_is_what_stands_there():
    """Else a set-up is older than constraints.txt: `make test` brings it up to date."""
    python = version_here()
    wrong = {}
    for pin in PINS:
        try:
            installed = version(pin.name)
        except PackageNotFoundError:  # needed on another system
            continue
        if pinned(pin.name, python) not in ([], [installed]):
            wrong[pin.name] = installed
    assert wrong == {}


def version_here() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def test_every_set_up_keeps_to_these_versions():
    scripts = MAKEFILE + (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    installs = [line for line in scripts.splitlines() if "pip install" in line and "-m pip" in line]
    kept = [line for line in installs if "-c constraints.txt" in line]
    assert [line for line in installs if line not in kept and "'uv" not in line] == []
    assert [re.search(r"-r (\S+)", line)[1] for line in kept if "-r " in line] == [
        "requirements.txt",
        "requirements-dev.txt",
    ]
    assert re.search(r"^\.venv/run\.stamp:.* constraints\.txt", MAKEFILE, re.MULTILINE)
