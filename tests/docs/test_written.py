"""The documents as documents: short, whole, and with nothing that leads nowhere."""

from __future__ import annotations

import re

import pytest

from tests.docs.reading import DOCUMENTS, ROOT, rows, text

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
#: A file of the project, as documents name it. What an example makes is not there yet.
FILE = re.compile(r"`((?:engine|tests|content|docs)/[A-Za-z0-9_./-]+\.[a-z]+)`")
MADE = {
    "engine/simulations/gradients/bouncing.py",
    "engine/charts/gradients/bouncing.py",
    "content/cards/dropout-scale/card.md",
}


def anchors(document: str) -> set[str]:
    """The anchors of its headings, as GitHub makes them."""
    prose = re.sub(r"^(`{3,}).*?^\1$", "", text(document), flags=re.DOTALL | re.MULTILINE)
    heads = re.findall(r"^#+ (.*)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_readme_is_read_in_one_sitting():
    assert len(text("README.md").splitlines()) <= 130
    for command in ("make run", "make test"):
        assert command in text("README.md")


def test_the_readme_leads_to_every_document():
    linked = set(LINK.findall(text("README.md")))
    assert linked >= {name for name in DOCUMENTS if name != "README.md"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document):
    folder = (ROOT / document).parent
    for link in LINK.findall(text(document)):
        if link.startswith(("https://", "picture:")):  # a picture of an example card
            continue
        file, _, anchor = link.partition("#")
        target = (folder / file).resolve() if file else ROOT / document
        assert target.is_file(), link
        assert ROOT in target.parents, link
        if anchor:
            assert anchor in anchors(str(target.relative_to(ROOT))), link


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_is_there(document):
    named = sorted(set(FILE.findall(text(document))) - MADE)
    named = [name for name in named if not re.search(r"\b(ID|NAME|KIND|CODE)\b", name)]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_room_of_the_program_is_in_the_architecture():
    drawn = text("docs/architecture.md")
    for path in (ROOT / "engine").iterdir():
        if path.name.startswith("_") or path.name == "py.typed":
            continue
        name = f"{path.name}/" if path.is_dir() else path.name
        assert re.search(rf"^  {re.escape(name)} ", drawn, re.MULTILINE), name


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_rows_of_a_table_have_as_many_cells_as_its_head(document):
    wide: list[int] = []
    for line in text(document).split("\n"):
        if line.startswith("|"):
            wide.append(len(re.findall(r"(?<!\\)\|", re.sub(r"`[^`]*`", "", line))))
            assert wide[-1] == wide[0], line
        else:
            wide = []
    assert all(len(row) > 1 for row in rows(text(document)))


def test_pictures_are_small_and_every_one_is_shown():
    pictures = {path for path in (ROOT / "docs").rglob("*") if path.suffix in (".png", ".webp")}
    shown = {
        ((ROOT / document).parent / link).resolve()
        for document in DOCUMENTS
        for link in LINK.findall(text(document))
    }
    assert pictures
    assert pictures <= shown
    for path in pictures:
        assert path.stat().st_size < 200_000, path.name


def test_both_licences_are_whole_and_the_readme_names_them():
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    content = (ROOT / "content" / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in code
    assert "END OF TERMS AND CONDITIONS" in code
    assert content.startswith("Attribution 4.0 International")
    assert [f"Section {n} --" in content for n in range(1, 9)] == [True] * 8
    assert {"LICENSE", "content/LICENSE"} <= set(LINK.findall(text("README.md")))


def test_every_section_of_the_changelog_has_its_day_the_newest_first():
    heads = re.findall(r"^## (.*)$", text("CHANGELOG.md"), re.MULTILINE)
    assert heads
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", head) for head in heads)
    assert heads == sorted(set(heads), reverse=True)


def test_what_the_program_refers_to_is_there():
    """Messages and comments send people to a document; it has to be one."""
    files = [ROOT / "Makefile", ROOT / ".streamlit" / "config.toml", ROOT / "app.py"]
    files += [*(ROOT / "engine").rglob("*.py"), *(ROOT / "content").rglob("*.po")]
    named = {
        name
        for path in files
        for name in re.findall(r"\b(?:docs/[a-z-]+\.md|README\b)", path.read_text("utf-8"))
    }
    assert named
    assert named <= set(DOCUMENTS), "the README is for the first minutes; refer to docs/"
