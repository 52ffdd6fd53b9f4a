"""The command line's arguments. A command's own are declared by its module, once it is called."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from engine.commands import COMMANDS
from engine.i18n import LANGUAGES


class Command(argparse.ArgumentParser):
    """A command's parser. It knows the command's arguments when it has some to parse.

    So `--help` and a mistyped command wait for no command's imports.
    """

    def __init__(self, *, command: str | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self._undeclared = command

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As argparse does, after the command's module has declared its arguments."""
        if self._undeclared is not None:
            module = import_module(f"engine.commands.{self._undeclared}")
            self._undeclared = None
            module.add_arguments(self, sorted(LANGUAGES))
        return super().parse_known_args(args, namespace)


def add_commands(top: argparse.ArgumentParser) -> None:
    """Adds every command. The arguments name what runs the chosen one: `given.run(given)`."""
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=Command)
    for name, help in COMMANDS.items():
        commands.add_parser(name, help=help, command=name)
