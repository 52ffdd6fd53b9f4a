"""The documents as tests read them: tables, blocks of code, what stands in backquotes."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: All that is written for people who read, beside the course itself.
DOCUMENTS = (
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md"),
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def section(document: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    begun = re.split(rf"^{re.escape(heading)}$", text(document), maxsplit=1, flags=re.MULTILINE)
    assert len(begun) == 2, f"{document} has no heading “{heading}”"
    return re.split(rf"^#{{1,{level}}} ", begun[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(part: str) -> list[list[str]]:
    """The cells of every row of its tables, without heads and rules."""
    told: list[list[str]] = []
    lines = [line.strip() for line in part.split("\n")]
    for number, line in enumerate(lines):
        head = number + 1 < len(lines) and re.fullmatch(r"\|[-|: ]+\|", lines[number + 1])
        if not line.startswith("|") or re.fullmatch(r"\|[-|: ]+\|", line) or head:
            continue
        told.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return told


def quoted(part: str) -> set[str]:
    """What stands between backquotes, blocks of code left out."""
    prose = re.sub(r"^(`{3,}).*?^\1$", "", part, flags=re.DOTALL | re.MULTILINE)
    return set(re.findall(r"`([^`]+)`", prose))


def first_column(part: str) -> set[str]:
    """What stands between backquotes in the first column of its tables."""
    return {name for row in rows(part) for name in quoted(row[0])}


def blocks(part: str, language: str) -> list[str]:
    """Its blocks of code in one language."""
    fence = r"^(`{3,})" + language + r"\n(.*?)^\1$"
    return [code for _, code in re.findall(fence, part, re.DOTALL | re.MULTILINE)]
