"""The package as others install it: all of it is there, and `simcards` works away from here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.metadata import Distribution
from pathlib import Path

import pytest
import yaml

from engine import __version__
from tests.packaging.requirements import ROOT, project

Call = Callable[..., subprocess.CompletedProcess[str]]
CARD = "content/cards/he-normal/card.md"


def pip(*arguments: str | Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--no-input", *map(str, arguments)],
        check=True,
        timeout=240,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"},
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with nothing of this checkout in it but the wheel."""
    folder = tmp_path_factory.mktemp("site")
    pip("install", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


@pytest.fixture
def simcards(site: Path, tmp_path: Path) -> Call:
    """Calls the installed command in an empty folder, or with `in_course=True` in a course's."""

    def call(
        *arguments: str, in_course: bool = False, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        if in_course and not (tmp_path / "content").exists():
            shutil.copytree(ROOT / "content", tmp_path / "content")
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SIMCARDS_")}
        return subprocess.run(
            [sys.executable, site / "bin" / "simcards", *arguments],
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": str(site), **variables},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return call


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "engine").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == ours
    kinds = {Path(name).suffix for name in held}
    assert {".py", ".js", ".css", ".svg", ".json", ".po", ".mako"} <= kinds


def test_the_package_says_what_it_needs(site):
    [found] = [one for one in Distribution.discover(path=[str(site)]) if one.name == "simcards"]
    told = project()["project"]
    plain = {re.sub(r"[\s]", "", line).lower() for line in found.requires or ()}
    assert {_split(line) for line in plain} == {_split(line) for line in told["dependencies"]}
    assert found.version == __version__
    assert found.metadata["Requires-Python"] == "<3.14,>=3.11"


def _split(requirement: str) -> tuple[str, frozenset[str]]:
    name, bounds = re.fullmatch(r"([\w.\[\]-]+?)([<>=].*)", requirement.lower()).groups()
    return name.replace("_", "-"), frozenset(bounds.split(","))


def test_the_installed_command_needs_no_course_for_what_uses_none(simcards, tmp_path):
    assert simcards("--help").stdout.startswith("usage: simcards ")
    assert "Traceback" not in simcards("simulate", "moving_average").stderr
    assert json.loads(simcards("simulate", "moving_average", "--json").stdout)["outcome"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "name the folder of a course"), ("ko", "폴더")]
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("draw", "xavier-normal/sigma", "--seed", "7"),
        ("grade", "xavier-normal/sigma", "--seed", "7", "--answer", "1"),
        ("content", "status"),
        ("check",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_without_a_course_it_says_where_one_is_looked_for(
    simcards, tmp_path, arguments, language, words
):
    ended = simcards(*arguments, "--lang", language)
    assert ended.returncode == 2
    assert str(tmp_path / "content") in ended.stderr
    assert "SIMCARDS_CONTENT" in ended.stderr
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_some_other_folder_content_is_no_course(simcards, tmp_path):
    (tmp_path / "content").mkdir()
    ended = simcards("content", "status")
    assert ended.returncode == 2
    assert "holds no course" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_the_course_is_found_where_one_stands_or_where_it_is_named(simcards, tmp_path):
    asked = ("draw", "xavier-normal/sigma", "--seed", "7", "--lang", "ko", "--json")
    named = simcards(*asked, SIMCARDS_CONTENT=str(ROOT / "content"))
    assert list(tmp_path.iterdir()) == []
    given = simcards("--content", str(ROOT / "content"), *asked)
    here = simcards(*asked, in_course=True)
    for ended in (named, given, here):
        assert (ended.returncode, ended.stderr) == (0, "")
        assert json.loads(ended.stdout)["chart"]["specification"]
    assert named.stdout == given.stdout == here.stdout


def test_what_is_kept_is_kept_beside_the_course_not_among_the_packages(simcards, site, tmp_path):
    before = {path.name for path in site.iterdir()}
    ended = simcards("content", "import", in_course=True)
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "data" / "simcards.db").is_file()
    assert {path.name for path in site.iterdir()} == before
    assert simcards("backup", "copy.db").returncode == 0


def test_served_from_the_package_it_says_where_the_app_is(site, tmp_path):
    shutil.copytree(ROOT / "content", tmp_path / "content")
    ended = subprocess.run(
        [sys.executable, "-c", "import engine.server"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 1
    assert "with app.py in it: say “make run” there" in ended.stderr
    assert "Traceback" not in ended.stderr


def documented(what: str) -> list[str]:
    """The calls of `simcards` in the YAML of hooks and workflows that people are told to copy."""
    found: list[str] = []
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for text in re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            if "simcards" in text:
                assert "PYTHONPATH" not in text, path
                found += _calls(yaml.safe_load(text), what)
    return found


def _calls(node: object, what: str) -> list[str]:
    if isinstance(node, dict):
        here = [str(node[what])] if str(node.get(what, "")).startswith("simcards ") else []
        return here + [call for value in node.values() for call in _calls(value, what)]
    return (
        [call for value in node for call in _calls(value, what)] if isinstance(node, list) else []
    )


def test_the_documented_hook_checks_the_files_that_are_committed(simcards, tmp_path):
    [hook] = documented("entry")
    ended = simcards(*hook.split()[1:], CARD, in_course=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    card = tmp_path / CARD
    card.write_text(card.read_text(encoding="utf-8").replace("kind: ", "kind: no-", 1), "utf-8")
    ended = simcards(*hook.split()[1:], CARD)
    assert ended.returncode == 1
    assert "he-normal/card.md:" in ended.stdout


def test_the_documented_workflow_remarks_on_the_lines(simcards, tmp_path):
    [step] = documented("run")
    assert step.split()[:2] == ["simcards", "check"]
    simcards("--help", in_course=True)
    cards = tmp_path / "content" / "cards"
    for folder in cards.iterdir():  # one card is enough; the course is checked elsewhere
        if folder.name != "he-normal":
            shutil.rmtree(folder)
    card = tmp_path / CARD
    card.write_text(card.read_text(encoding="utf-8").replace("kind: ", "kind: no-", 1), "utf-8")
    ended = simcards(*step.split()[1:], "--seeds", "5")
    assert ended.returncode == 1
    assert re.search(rf"^::error file={CARD},line=\d+,", ended.stdout, re.MULTILINE)
