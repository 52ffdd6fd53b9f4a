"""What an operator set wrongly stops the start, in words, whatever is started."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from engine import configuration
from engine.configuration import VARIABLES, ConfigurationError, allowed_hosts, may_edit
from tests.browser.conftest import ROOT

WRONG = [
    ("SIMCARDS_INSTRUCTORS", "", "set but empty"),
    ("SIMCARDS_INSTRUCTORS", "  ", "set but empty"),
    ("SIMCARDS_INSTRUCTORS", "k7m2q-9xw4t,", "empty place"),
    ("SIMCARDS_INSTRUCTORS", ",", "empty place"),
    ("SIMCARDS_INSTRUCTORS", "k7m2q-9xw4t,,local", "empty place"),
    ("SIMCARDS_INSTRUCTORS", "mina", "no id looks like"),
    ("SIMCARDS_INSTRUCTORS", "k7m2q-9xw4t;local", "no id looks like"),
    ("SIMCARDS_INSTRUCTORS", "*,local", "everybody"),
    ("SIMCARDS_INSTRUCTORS", "0123456789abcdef0123456789abcdef", "learner instructors"),
    ("SIMCARDS_LEARNERS", "", "set but empty"),
    ("SIMCARDS_LEARNERS", "browsers", "expected “one”"),
    ("SIMCARDS_HOSTS", "https://cards.example.org", "no name of a host"),
    ("SIMCARDS_HOSTS", "cards.example.org:443", "no name of a host"),
    ("SIMCARDS_HOSTS", "cards.example.org,", "empty place"),
    ("SIMCARDS_HOST", "0.0.0.0", "STOP: other machines"),
    ("SIMCARDS_HOST", "", "set but empty"),
    ("SIMCARDS_DATABASE_URL", "", "set but empty"),
    ("SIMCARDS_DATA", " ", "set but empty"),
    ("SIMCARDS_CONTENT", "", "set but empty"),
    ("SIMCARDS_INSTRUCTOR", "*", "Did you mean SIMCARDS_INSTRUCTORS"),
]


#: What stands where a folder is named, and the words that refuse it.
NO_FOLDERS = [
    ("SIMCARDS_CONTENT", "nothing", "no course.toml"),
    ("SIMCARDS_CONTENT", "file", "no course.toml"),
    ("SIMCARDS_CONTENT", "file/below", "no course.toml"),
    ("SIMCARDS_CONTENT", "empty", "no course.toml"),
    ("SIMCARDS_CONTENT", "x" * 300, "no course.toml"),
    ("SIMCARDS_DATA", "file", "is a file"),
    ("SIMCARDS_DATA", "file/below/it", "is a file"),
]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_a_wrong_value_is_refused_in_words(monkeypatch, name, value, words):
    configuration.check()
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=words.replace("*", ".")):
        configuration.check()


@pytest.fixture
def places(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(("name", "place", "words"), NO_FOLDERS)
def test_a_folder_that_is_none_is_refused_in_words(monkeypatch, places, name, place, words):
    monkeypatch.setenv(name, str(places / place))
    with pytest.raises(ConfigurationError, match=f"{name} is “.*{words}"):
        configuration.check()


def test_a_data_folder_is_made_on_the_first_start(monkeypatch, places):
    for place in ("empty", "not/there/yet"):
        monkeypatch.setenv("SIMCARDS_DATA", str(places / place))
        configuration.check()


def test_every_folder_that_can_be_set_is_looked_at():
    """A new setting that names a folder or a file gets its cases above."""
    import inspect

    of_paths = {
        name
        for name, told in inspect.getmembers(configuration, inspect.isfunction)
        if inspect.signature(told).return_annotation == "Path"
    }
    assert of_paths == {"content_folder", "data_folder"}


@pytest.mark.parametrize(
    "command",
    [["-c", "import engine.server"], ["-m", "engine", "content", "status"]],
    ids=["server", "command line"],
)
@pytest.mark.parametrize("name", ["SIMCARDS_CONTENT", "SIMCARDS_DATA"])
def test_a_start_without_its_folder_ends_with_the_words(places, command, name):
    folder = places / ("nothing" if name == "SIMCARDS_CONTENT" else "file")
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "SIMCARDS_DATA": str(places / "empty"), name: str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode != 0
    assert f"{name} is “{folder}”" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list((places / "empty").iterdir()) == []


@pytest.mark.parametrize("learner", ["", "local", "mina", "*", "k7m2q-9xw4t"])
@pytest.mark.parametrize("told", ["", ",", "local,", "mina", None])
def test_nobody_becomes_an_instructor_by_a_wrong_value(monkeypatch, learner, told):
    monkeypatch.setenv("SIMCARDS_LEARNERS", "browser")
    if told is None:
        assert not may_edit(learner)
        return
    monkeypatch.setenv("SIMCARDS_INSTRUCTORS", told)
    with pytest.raises(ConfigurationError):
        may_edit(learner)


def test_instructors_are_those_who_are_named(monkeypatch):
    monkeypatch.setenv("SIMCARDS_INSTRUCTORS", "k7m2q-9xw4t, local")
    assert may_edit("local")
    assert may_edit("k7m2q-9xw4t")
    assert not may_edit("k7m2q-9xw4u")
    assert not may_edit("")
    monkeypatch.setenv("SIMCARDS_INSTRUCTORS", "*")
    assert may_edit("anybody")
    assert not may_edit("")


def test_hosts_come_from_both_settings(monkeypatch):
    assert allowed_hosts() == {"127.0.0.1"}
    monkeypatch.setenv("SIMCARDS_LEARNERS", "one")
    monkeypatch.setenv("SIMCARDS_HOST", "0.0.0.0")
    monkeypatch.setenv("SIMCARDS_HOSTS", "Cards.example.org., *.lab.example.org,10.0.0.7")
    configuration.check()
    assert allowed_hosts() == {"0.0.0.0", "cards.example.org", "*.lab.example.org", "10.0.0.7"}


@pytest.mark.parametrize(
    "command",
    [
        ["-c", "import engine.server"],
        ["-m", "engine", "draw", "xavier-normal/sigma", "--seed", "7"],
    ],
    ids=["server", "command line"],
)
def test_a_start_ends_with_the_words(tmp_path, command):
    environment = {**os.environ, "SIMCARDS_INSTRUCTORS": "local,", "SIMCARDS_DATA": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "SIMCARDS_INSTRUCTORS has an empty place" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("address", ["mysql://u:hidden@h/d", "nothing at all"])
def test_an_address_of_no_use_stops_the_server(tmp_path, address):
    ended = subprocess.run(
        [sys.executable, "-c", "import engine.server"],
        cwd=ROOT,
        env={**os.environ, "SIMCARDS_DATABASE_URL": address, "SIMCARDS_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode != 0
    assert "SIMCARDS_DATABASE_URL is not an address" in ended.stderr
    assert "hidden" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_make_run_for_other_machines_asks_who_is_who(tmp_path):
    """`make run HOST=0.0.0.0`, without and with an answer to that."""

    def importing(**more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "import engine.server"],
            cwd=ROOT,
            env={**os.environ, "SIMCARDS_HOST": "0.0.0.0", **more},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert "SIMCARDS_HOST=$(HOST)" in (ROOT / "Makefile").read_text()
    refused = importing()
    assert refused.returncode != 0
    assert "STOP" in refused.stderr
    told = importing(SIMCARDS_LEARNERS="one")
    assert told.returncode == 0
    assert "ATTENTION" in told.stderr
    assert importing(SIMCARDS_LEARNERS="browser").returncode == 0


def test_every_setting_that_the_code_reads_is_one_that_the_check_knows():
    import re

    source = "".join(path.read_text() for path in (ROOT / "engine").rglob("*.py"))
    read = set(re.findall(r"SIMCARDS_[A-Z_]*[A-Z]", source)) - {"SIMCARDS_"}
    assert read <= set(VARIABLES)
