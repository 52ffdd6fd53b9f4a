"""What the code has of things that docs/ lists: problem codes, commands, and their options."""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

from engine.__main__ import parser

ROOT = Path(__file__).resolve().parents[2]
#: Where problems with content, and with a file of reviews, are told.
ROOMS = ("content", "course", "questions", "scheduling", "study")
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def problem_codes() -> tuple[set[str], set[str]]:
    """The codes that the source gives a problem, and patterns for those it puts together.

    A code is what is handed over for a parameter or a field called `code`, or what stands in a
    tuple before a message.
    """
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted((ROOT / "engine" / room).rglob("*.py"))
    }
    takers = [taker for tree in trees.values() for taker in _takers(tree)]
    shared = {name: place for name, place in takers if not name.startswith("_")}
    codes: set[str] = set()
    patterns: set[str] = set()
    for tree in trees.values():
        known = {**shared, **dict(_takers(tree))}
        for node in ast.walk(tree):
            told = _handed_over(node, known)
            if isinstance(told, ast.Constant) and isinstance(told.value, str):
                codes.add(told.value)
            elif isinstance(told, ast.JoinedStr):
                patterns.add(_pattern(told))
    return {code for code in codes if CODE.fullmatch(code)}, patterns


def _takers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """(name, which argument) of every function and class in a module that takes a `code`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            fields = [
                part.target.id
                for part in node.body
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
            ]
            if "code" in fields:
                yield node.name, fields.index("code")
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and "code" in _arguments(part):
                    name = node.name if part.name == "__init__" else part.name
                    yield name, _arguments(part).index("code")
        elif isinstance(node, ast.FunctionDef) and "code" in _arguments(node):
            yield node.name, _arguments(node).index("code")


def _arguments(function: ast.FunctionDef) -> list[str]:
    names = [argument.arg for argument in function.args.args]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _handed_over(node: ast.AST, takers: dict[str, int]) -> ast.expr | None:
    if isinstance(node, ast.Call):
        named = node.func
        name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
        place = takers.get(name)
        return node.args[place] if place is not None and place < len(node.args) else None
    if isinstance(node, ast.Tuple):
        for told, after in zip(node.elts, node.elts[1:], strict=False):
            if isinstance(told, ast.Constant) and "-" in str(told.value) and _is_message(after):
                return told
    return None


def _is_message(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"


def _pattern(told: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z-]+"
        for part in told.values
    )


def commands() -> dict[str, set[str]]:
    """Every command of the command line, as it is typed -> its options."""
    return dict(_commands(parser("simcards"), ""))


def _commands(of: argparse.ArgumentParser, before: str) -> Iterator[tuple[str, set[str]]]:
    if before:  # a command declares its arguments when it is called
        with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
            of.parse_args(["--help"])
    below = [a for a in of._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield before, _options(of)
    for action in below:
        for name, command in action.choices.items():
            yield from _commands(command, f"{before} {name}".strip())


def _options(of: argparse.ArgumentParser) -> set[str]:
    told = {option for action in of._actions for option in action.option_strings}
    return {option for option in told if option.startswith("--")} - {"--help"}
