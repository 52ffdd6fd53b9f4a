"""The interface's words: found in the source, kept in engine/locale. `make words` brings the
catalogues up to date; what is new in them is empty until somebody translates it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "engine" / "locale"
TRANSLATED = ("ko",)
#: The header wants dates; today's would be a change in every commit.
MADE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """A sentence in the source; `plural` of one said with `say_count`."""

    id: str
    plural: str | None
    file: str
    line: int


def sentences() -> Iterator[Said]:
    """Every `say("…")` and `say_count("…", "…", n)` of the program.

    Raises ValueError for one whose sentence is not written out, which nobody could translate.
    """
    for path in [ROOT / "app.py", *sorted((ROOT / "engine").rglob("*.py"))]:
        file = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            wanted = {"say": 1, "say_count": 2}.get(node.func.id)
            if wanted is None:
                continue
            texts = [a.value for a in node.args[:wanted] if isinstance(a, ast.Constant)]
            if len(texts) != wanted or not all(isinstance(text, str) for text in texts):
                raise ValueError(
                    f"{file}:{node.lineno}: write the sentence out inside {node.func.id}()"
                )
            yield Said(texts[0], texts[1] if wanted == 2 else None, file, node.lineno)


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "simcards.po"


def read(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> int:
    """Brings a catalogue up to date with the source. -> how many messages lack a translation"""
    fresh = Catalog(
        locale=language,
        project="Simcards",
        version="1",
        charset="utf-8",
        fuzzy=False,
        header_comment="# What the interface says. `make words` brings it up to date.",
        msgid_bugs_address="-",
        last_translator="Simcards",
        language_team="Simcards",
        creation_date=MADE,
        revision_date=MADE,
    )
    for said in sentences():
        fresh.add(
            said.id if said.plural is None else (said.id, said.plural),
            locations=[(said.file, 0)],
            flags=["python-brace-format"] if "{" in said.id else [],
        )
    path = po_file(language)
    if path.exists():
        known = read(language)
        for message in fresh:
            before = known.get(message.id)
            if message.id and before is not None:
                message.string = before.string
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, sort_by_file=True, width=100, include_lineno=False, omit_header=False)
    return sum(1 for message in fresh if message.id and not _is_translated(message.string))


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    for language in TRANSLATED:
        print(f"{language}: {update(language)} without a translation")
