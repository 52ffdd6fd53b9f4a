"""A percent sign is written one way everywhere: 25%, which no line breaks in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from engine.pages.formatting import percent
from engine.questions import quantity
from tests.words.catalogue import ROOT, sentences

PARTED = re.compile(r"[0-9}]\s+%(?![0-9A-F]{2})")


def written() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "content").rglob("*")):
        if path.suffix in (".md", ".toml", ".po"):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    for said in sentences():
        yield f"{said.file}:{said.line}", f"{said.id} {said.plural or ''}"


def test_no_text_parts_a_percent_sign_from_its_number() -> None:
    found = [
        (where, text[max(match.start() - 20, 0) : match.end()])
        for where, text in written()
        for match in PARTED.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("told", [percent(0.25), quantity("25", "%"), quantity("25", "(%)")])
def test_the_program_writes_a_share_in_the_same_way(told: str) -> None:
    assert told == "25%"
