"""The program's words: found in the source, kept in engine/locale. `make words` brings the
catalogues up to date and lists what nobody has translated yet; until then it is read in English.

With the code of a language (`python -m tests.words.catalogue ja`) it begins a catalogue.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from engine.i18n import DEFAULT_LANGUAGE, DOMAIN, LANGUAGES, LOCALE_FOLDER, locale_of
from engine.simulations import SIMULATIONS, Label, shared_labels

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = tuple(code for code in LANGUAGES if code != DEFAULT_LANGUAGE)
#: Where the labels are that belong to no simulation alone.
SHARED = "engine/simulations/kit"
#: The header wants dates; today's would be a change in every commit.
MADE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """A sentence in the source; `plural` of one said with `say_count`, `context` of a label."""

    id: str
    plural: str | None
    file: str
    line: int = 0
    context: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        return place + (f"[{self.context}] " if self.context else "") + self.id


def messages() -> Iterator[Said]:
    """Everything that the program says: its sentences, and the labels of its simulations."""
    yield from sentences()
    for simulation in SIMULATIONS.values():
        file = simulation.parameters.__module__.replace(".", "/") + ".py"
        yield from (_said(label, file) for label in simulation.labels())
    yield from (_said(label, SHARED) for label in shared_labels())


def _said(label: Label, file: str) -> Said:
    return Said(label.text, None, file, context=label.context)


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


def po_file(language: str, folder: Path = LOCALE_FOLDER) -> Path:
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str, folder: Path = LOCALE_FOLDER) -> Catalog:
    with po_file(language, folder).open("rb") as file:
        return read_po(file, locale=locale_of(language))


def missing(language: str, folder: Path = LOCALE_FOLDER) -> list[Said]:
    """What the program says that has no translation in a catalogue, each where it stands first."""
    catalogue = read(language, folder)
    first = {(said.context, said.id): said for said in reversed(list(messages()))}
    return [said for said in reversed(first.values()) if not _is_translated(catalogue, said)]


def _is_translated(catalogue: Catalog, said: Said) -> bool:
    message = catalogue.get(said.id, said.context)
    string = message.string if message is not None else ""
    return all(string) if isinstance(string, tuple) else bool(string)


def update(language: str, folder: Path = LOCALE_FOLDER) -> None:
    """Brings a catalogue up to date with the source; it begins one that is not there."""
    fresh = Catalog(
        locale=locale_of(language),
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
    for said in messages():
        fresh.add(
            said.id if said.plural is None else (said.id, said.plural),
            locations=[(said.file, 0)],
            flags=["python-brace-format"] if "{" in said.id and not said.context else [],
            context=said.context,
        )
    path = po_file(language, folder)
    if path.exists():
        known = read(language, folder)
        for message in fresh:
            before = known.get(message.id, message.context)
            if message.id and before is not None:
                message.string = before.string
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, sort_by_file=True, width=100, include_lineno=False, omit_header=False)


if __name__ == "__main__":
    for language in sys.argv[1:] or TRANSLATED:
        update(language)
        gaps = missing(language)
        print(f"{language}: {len(gaps)} without a translation", *gaps, sep="\n")
