"""The same mistakes in every TOML file of a course are told in the same way, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.content import Problem, load_cards
from engine.course import CourseFolder, check_notes
from tests.cards.notes.conftest import CARD, CONTRADICTIONS, COURSE, NOTE, OPEN

NOW = datetime(2026, 3, 2, tzinfo=UTC)
GLOSSARY = """\
[gain]
en = "gain"
ko = "게인"
text.en = "A factor."
text.ko = "배수입니다."
card = "halves"
"""
LAB = """\
[[finding]]
id = "one"
title.en = "One"
title.ko = "하나"
text.en = "First. Second."
text.ko = "첫째. 둘째."
simulation = "ece_noise"
chart = "ece_sizes"
settings = {bins = 10}
"""
SOURCES = """\
[a-note]
title.en = "A note"
title.ko = "노트"
kind = "note"

[a-paper]
title = "A paper"
kind = "paper"
year = 2010
"""


@dataclass(frozen=True)
class File:
    """A file without a problem. english, korean: one of its texts. code: of a wrong value."""

    name: str
    text: str
    english: str
    korean: str
    code: str
    #: Whether its entries are `[[…]]` with an id; else the id is the table's name.
    listed: bool = True
    #: What a file without a line lacks.
    empty: frozenset[str] = frozenset()

    @property
    def entry(self) -> str:
        """Its last entry, which can stand there twice."""
        head = "[[" if self.listed else "["
        return self.text[self.text.rindex(f"\n{head}") + 1 if f"\n{head}" in self.text else 0 :]


FILES = {
    file.name: file
    for file in (
        File(
            "course.toml",
            COURSE,
            'title.en = "Unit"',
            'title.ko = "단원"',
            "unit-title",
            empty=frozenset({"languages", "no-units"}),
        ),
        File(
            "sources.toml", SOURCES, 'title.en = "A note"', 'title.ko = "노트"', "bad-source", False
        ),
        File(
            "glossary.toml",
            GLOSSARY,
            'text.en = "A factor."',
            'text.ko = "배수입니다."',
            "bad-term",
            False,
        ),
        File("lab.toml", LAB, 'title.en = "One"', 'title.ko = "하나"', "bad-finding"),
        File(
            "notes/a-note.toml",
            NOTE,
            'why.en = "It is one."',
            'why.ko = "하나입니다."',
            "bad-note",
            empty=frozenset({"bad-note"}),
        ),
        File(
            "notes/contradictions.toml",
            CONTRADICTIONS,
            'ruling.en = "Both."',
            'ruling.ko = "둘 다."',
            "bad-note",
            empty=frozenset({"bad-note"}),
        ),
        File(
            "notes/open.toml",
            OPEN,
            'unknown.en = "How much less."',
            'unknown.ko = "얼마나 작은지."',
            "bad-note",
            empty=frozenset({"bad-note"}),
        ),
    )
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        **{f.name: f.text for f in FILES.values()},
        "cards/halves/card.md": CARD,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def told(folder: Path, name: str) -> list[Problem]:
    """What is wrong with one file, as the check, the app and the instructor hear of it."""
    content = load_cards(folder)
    course = CourseFolder(folder).current(NOW)
    assert list(content.cards) == list(course.cards) == ["halves"]  # which nothing takes down
    every = [*course.problems, *course.content.notes.problems, *check_notes(content)]
    found = [problem for problem in every if problem.place.file == name]
    lines = len((folder / name).read_bytes().split(b"\n")) if (folder / name).is_file() else 1
    for problem in found:
        assert 1 <= problem.place.line <= lines
        said = problem.describe(str)
        assert len(said) < 700
        assert "None" not in said
    return found


def test_the_files_have_no_problem(folder: Path) -> None:
    assert [p.describe(str) for name in FILES for p in told(folder, name)] == []


def replaced(old: str, new: str) -> Callable[[File], str]:
    """What replaces one of the file's texts, by the name of its attribute."""

    def spoilt(file: File) -> str:
        line = getattr(file, old)
        key = line.partition(" ")[0]
        assert file.text.count(line) == 1
        return file.text.replace(line, new.format(key=key, name=key.partition(".")[0]))

    return spoilt


HUGE = f"0x{'f' * 5000}"
#: What is done to a file, and the code of what is told; "" stands for the file's own.
MISTAKES: dict[str, tuple[Callable[[File], str | bytes], str]] = {
    "bad TOML": (lambda f: f"{f.text}\n[[[\n", "toml-syntax"),
    "brackets without end": (lambda f: f"{f.text}\nx = {'[' * 5000}", "toml-syntax"),
    "a number too long to be read": (lambda f: f"{f.text}\nx = {'9' * 5000}", "toml-syntax"),
    "no text": (replaced("english", ""), ""),
    "an empty text": (replaced("english", '{key} = " "'), ""),
    "a number for a text": (replaced("english", "{key} = 3"), ""),
    "a list for a text": (replaced("english", '{key} = ["a"]'), ""),
    "a number too long to be shown": (replaced("english", f"{{key}} = {HUGE}"), "toml-syntax"),
    "a number of more than 64 bits": (replaced("english", f"{{key}} = {2**63}"), "toml-syntax"),
    "not a number": (replaced("english", "{key} = nan"), ""),
    "a date for a text": (replaced("english", "{key} = 2026-03-02"), ""),
    "an unknown language": (replaced("korean", '{name}.kr = "글"'), ""),
    "a missing language": (replaced("korean", ""), "not-translated"),
    "an unknown key": (lambda f: f'{f.text}\ncolour = "red"\n', "unknown-property"),
    "an unknown key of the kind of a table": (
        lambda f: f"{f.text}\ncolour = {{}}\n",
        "unknown-property",
    ),
    "bytes that are no text": (lambda f: f.text.encode() + b"\n# \xff\n", "encoding"),
    "UTF-16": (lambda f: f.text.encode("utf-16"), "encoding"),
    "a character nobody sees": (lambda f: f"{f.text}\n# \0\n", "control-character"),
    "far too much": (lambda f: f.text + "#" * 300_000, "file-size"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_code(folder: Path, name: str, mistake: str) -> None:
    spoil, code = MISTAKES[mistake]
    spoilt = spoil(FILES[name])
    (folder / name).write_bytes(spoilt if isinstance(spoilt, bytes) else spoilt.encode())
    found = told(folder, name)
    assert (code or FILES[name].code) in {problem.code for problem in found}
    wrong = {problem.level for problem in found if problem.code == (code or FILES[name].code)}
    assert wrong == {"warning" if code == "not-translated" else "error"}


@pytest.mark.parametrize("name", FILES)
def test_what_stands_twice_is_told_on_its_line_and_read_once(folder: Path, name: str) -> None:
    file = FILES[name]
    (folder / name).write_text(file.text + "\n" + file.entry, encoding="utf-8")
    (problem,) = [p for p in told(folder, name) if p.level == "error"][:1]
    first = file.text.count("\n") + 2
    # TOML itself has no second table of a name, and then nothing of the file can be read.
    assert problem.place.line in (first, first + 1)
    assert "second time" in problem.describe(str) or problem.code == "toml-syntax"
    assert (problem.code == "toml-syntax") == (not file.listed)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("text", [b"", b"\n", b"# later\n", b"\xef\xbb\xbf"])
def test_an_empty_file_lacks_what_it_has_to_hold(folder: Path, name: str, text: bytes) -> None:
    (folder / name).write_bytes(text)
    errors = {p.code for p in told(folder, name) if p.level == "error"}
    assert errors == FILES[name].empty


@pytest.mark.parametrize("name", FILES)
def test_a_file_as_another_system_writes_it_is_the_same(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\xef\xbb\xbf" + FILES[name].text.replace("\n", "\r\n").encode())
    assert [p.describe(str) for p in told(folder, name)] == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_file_in_the_folder_is_told(folder: Path, tmp_path_factory, name: str) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    assert [p.code for p in told(folder, name) if p.level == "error"][:1] == ["not-a-file"]
    (folder / name).rmdir()
    outside = tmp_path_factory.mktemp("outside") / "secret.toml"
    outside.write_text(FILES[name].text, encoding="utf-8")
    (folder / name).symlink_to(outside)
    assert [p.code for p in told(folder, name) if p.level == "error"][:1] == ["outside"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("glossary.toml", 'card = "halves"', 'card = ["halves"]'),
        ("glossary.toml", 'card = "halves"', "card = 3"),
        ("lab.toml", 'id = "one"', "id = 1"),
        ("lab.toml", 'id = "one"', 'id = "One of them"'),
        ("lab.toml", "settings = {bins = 10}", f"settings = {{bins = {HUGE}}}"),
        ("lab.toml", "settings = {bins = 10}", f"seed = {HUGE}"),
        ("lab.toml", 'chart = "ece_sizes"', 'chart = ["ece_sizes"]'),
        ("sources.toml", "year = 2010", f"year = {HUGE}\nurl = 3"),
        ("sources.toml", 'kind = "paper"', 'kind = ["paper"]'),
        ("course.toml", 'id = "unit"', f"id = {HUGE}"),
        ("course.toml", 'languages = ["en", "ko"]', f'languages = ["en", {HUGE}]'),
        ("course.toml", 'languages = ["en", "ko"]', f"languages = ['en', 'ko']\nid = {HUGE}"),
        ("notes/a-note.toml", 'verdict = "true"', 'verdict = ["true"]'),
        ("notes/a-note.toml", 'cards = ["halves"]', 'cards = [["halves"]]'),
        ("notes/a-note.toml", "seed = 3", f"seed = {HUGE}"),
        ("notes/contradictions.toml", '{statement = "0-1"}', '{statement = ["0-1"]}'),
        ("notes/open.toml", 'sources = ["a-paper"]', "sources = [1]"),
    ],
)
def test_a_value_of_another_type_is_told_on_its_line(
    folder: Path, name: str, old: str, new: str
) -> None:
    text = FILES[name].text
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    errors = [problem for problem in told(folder, name) if problem.level == "error"]
    assert errors
    line = text[: text.index(old)].count("\n") + 1
    heads = [n for n, row in enumerate(text.split("\n")[:line], 1) if row.startswith("[")]
    begins = max((head for head in heads), default=1)
    assert all(begins <= problem.place.line <= line + 1 for problem in errors)
