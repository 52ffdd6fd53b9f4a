"""Each room of the engine hands out what the others use, and that is written down here."""

from __future__ import annotations

import configparser
import importlib
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = tomllib.loads(Path(__file__).with_name("front_doors.toml").read_text())
#: Nobody is above the pages and the commands, who could enter them; serving is the server's.
TOP = {"pages", "commands", "serving", "reproduction"}


def rooms() -> set[str]:
    return {path.parent.name for path in (ROOT / "engine").glob("*/__init__.py")}


def test_every_room_has_a_door() -> None:
    assert rooms() - TOP == set(DOORS)


@pytest.mark.parametrize("room", sorted(DOORS))
def test_a_door_hands_out_what_is_written_down(room: str) -> None:
    door = importlib.import_module(f"engine.{room}")
    assert sorted(door.__all__) == sorted(DOORS[room]), "meant? change front_doors.toml"


@pytest.mark.parametrize("room", sorted(DOORS))
def test_everything_at_a_door_is_there_and_no_module(room: str) -> None:
    door = importlib.import_module(f"engine.{room}")
    for name in door.__all__:
        assert not isinstance(getattr(door, name), ModuleType), name
        # A function called like a module beside it hides that module.
        assert not (ROOT / "engine" / room / f"{name}.py").exists(), name


@pytest.mark.parametrize("room", sorted(DOORS))
def test_the_import_rules_hold_every_door(room: str) -> None:
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter")
    rule = rules[f"importlinter:contract:door-{room}"]
    assert rule["type"] == "protected"
    assert rule["protected_modules"] == f"engine.{room}.**"
