"""The command line itself: what it lists, and that nobody waits for what is not called."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from engine import commands
from engine.__main__ import main, simcards
from engine.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
#: What takes longest to import of what the commands need for their work.
HEAVY = ("altair", "numpy", "pandas", "sqlalchemy", "streamlit")
#: Runs the command line with these arguments, then prints which of the modules are there.
WATCH = """
import sys
from engine.__main__ import main
try:
    main(sys.argv[2:])
except SystemExit:
    pass
print("IMPORTED", *(name for name in sys.argv[1].split(",") if name in sys.modules))
"""


def imported(*arguments: str, of: tuple[str, ...]) -> list[str]:
    """Which of these modules a call of the command line imports, in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", WATCH, ",".join(of), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return ended.stdout.splitlines()[-1].split()[1:]


@pytest.mark.parametrize(
    "arguments", [("--help",), ("-h",), (), ("nonsense",), ("--content", "elsewhere", "--help")]
)
def test_without_a_command_nothing_of_its_work_is_imported(arguments):
    modules = tuple(f"engine.commands.{name}" for name in COMMANDS)
    assert imported(*arguments, of=(*HEAVY, "engine.content", *modules)) == []


def test_what_is_watched_for_is_seen_where_it_is_imported():
    assert imported("check", "--help", of=HEAVY[:3]) == list(HEAVY[:3])


def test_a_command_imports_no_other_command():
    others = tuple(f"engine.commands.{name}" for name in COMMANDS if name != "replay")
    assert imported("replay", "--help", of=(*others, "streamlit")) == []


def test_every_command_module_is_listed_and_every_listed_command_has_one():
    folder = Path(commands.__file__).parent
    declaring = {
        path.stem
        for path in folder.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == "add_arguments"
    }
    assert declaring == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_line_and_a_help_of_its_own(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert f"{name:<12}" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m engine {name} ")
    assert callable(import_module(f"engine.commands.{name}").add_arguments)


def test_the_installed_command_is_called_by_its_name(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["/somewhere/bin/simcards", "content", "--help"])
    with pytest.raises(SystemExit) as ended:
        simcards()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: simcards content ")


def test_a_mistyped_command_is_told_which_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["chekc"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "chekc" in told
    assert all(name in told for name in COMMANDS)
