"""`content`: files and revisions, for somebody who never opens the app."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.authoring import Author, Saved, open_workshop
from engine.commands.content import SIGNS, diff_lines
from engine.course import ContentReader, word_diff
from engine.storage import open_store
from tests.commands.conftest import CARD, KOREAN

NOW = datetime(2026, 3, 2, tzinfo=UTC)
MINA = Author("mina", "Mina", may_edit=True)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of the test's own."""
    monkeypatch.delenv("SIMCARDS_DATABASE_URL", raising=False)
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def save_in_app(folder: Path, data: Path):
    """Saves the English text as the app does; `write`: whether the file gets it too."""

    def save(text: str, *, write: bool, card: str = "halves") -> Saved:
        with open_store(None, data) as store:
            workshop = open_workshop(folder, store)
            workshop.study.course(NOW)
            if not write:
                workshop.editor.sync.root = folder / "course.toml" / "nowhere"
            opened = workshop.editor.open(MINA, card)
            texts = {**opened.texts, "en": text}
            base = opened.base.id if opened.base else None
            saved = workshop.editor.save(MINA, card, base, texts, NOW, note="wording")
            assert isinstance(saved, Saved), saved
            return saved

    return save


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "cards" / "halves" / "card.md"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def state(run) -> str:
    (line,) = [line for line in run("content", "status").out.splitlines() if "halves" in line]
    return line.removeprefix("halves").strip()


def test_a_new_file_is_taken_in_and_then_in_step(run):
    assert state(run).startswith("only a file")
    assert run("content", "status").code == 1
    imported = run("content", "import")
    assert imported.code == 0
    assert imported.out.splitlines() == ["halves: new, as revision 1", "Taken in: 1."]
    ended = run("content", "status")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "halves  in step",
        "Cards: 1. In step: 1. To be looked at: 0.",
    ]
    assert run("content", "import").out == "Taken in: 0.\n"


def test_status_takes_nothing_in(run, folder: Path):
    run("content", "import")
    edit(folder, "Text.", "Words.")
    assert state(run).startswith("the file was changed")
    assert run("content", "status").code == 1
    assert "halves: taken in as revision 2" in run("content", "import").out


def test_a_save_that_did_not_reach_the_file_is_told_and_exported(run, folder: Path, save_in_app):
    run("content", "import")
    save_in_app(CARD.replace("Text.", "Saved."), write=False)
    assert state(run).startswith("newer in the database")
    assert run("content", "status").code == 0
    assert run("content", "export", folder).code == 2  # not empty
    ended = run("content", "export", folder, "--force")
    assert ended.code == 0
    assert ended.out == f"Wrote 2 files of 1 cards to {folder}.\n"
    assert "Saved." in (folder / "cards/halves/card.md").read_text(encoding="utf-8")
    assert state(run) == "in step"
    assert run("content", "import").out == "Taken in: 0.\n"


def test_a_card_that_is_only_in_the_database_is_told(run, folder: Path, save_in_app):
    save_in_app(CARD, write=False, card="thirds")
    assert re.search(r"^thirds +only in the database", run("content", "status").out, re.MULTILINE)


def test_a_file_that_contradicts_a_save_waits(run, folder: Path, save_in_app):
    run("content", "import")
    save_in_app(CARD.replace("Text.", "Saved."), write=False)
    edit(folder, "Text.", "From the file.")
    ended = run("content", "import")
    assert ended.code == 1
    assert ended.out.startswith("halves: contradicts what was saved")
    assert state(run).startswith("a file that contradicts")
    refused = run("content", "export", folder, "--force")
    assert refused.code == 1
    assert "halves" in refused.err
    assert "From the file." in (folder / "cards/halves/card.md").read_text(encoding="utf-8")
    assert "(waits)" in run("content", "history", "halves").out


def test_a_file_that_agrees_with_a_save_is_put_together(run, folder: Path, save_in_app):
    run("content", "import")
    save_in_app(CARD.replace("Text.", "Saved."), write=False)
    edit(folder, "So it is.", "So it must be.")
    ended = run("content", "import")
    assert ended.code == 0
    assert "put together" in ended.out
    assert state(run).startswith("newer in the database")


def test_a_file_that_is_no_text_is_told_with_its_line(run, folder: Path):
    (folder / "cards/halves/card.md").write_bytes(b"fine\n\xff\xfe")
    status = run("content", "status")
    assert status.code == 1
    assert "the file cannot be read" in status.out
    assert "cards/halves/card.md:2: error [encoding]" in status.out
    imported = run("content", "import")
    assert imported.code == 1
    assert "card.md:2: error [encoding]" in imported.out


def test_a_file_with_an_error_is_kept_and_learners_keep_what_they_had(run, folder: Path, spoil):
    run("content", "import")
    spoil("answer: 1 / n", "answer: 1 / m")
    ended = run("content", "import")
    assert ended.code == 1
    assert "halves: taken in as revision 2" in ended.out
    assert "cards/halves/card.md:20: error [bad-expression]" in ended.out
    assert "Learners keep seeing" in ended.out
    assert "#1" in next(r for r in run("content", "history", "halves").out.splitlines() if "(" in r)


def test_the_history_tells_who_when_and_why_newest_first(run, save_in_app):
    run("content", "import")
    save_in_app(CARD.replace("Text.", "Saved."), write=True)
    first, second = run("content", "history", "halves").out.splitlines()
    assert re.fullmatch(r"#2 +2026-03-02 00:00 UTC +app +mina +wording \(learners see it\)", first)
    assert re.match(r"#1 +\S+ \S+ UTC +file +file$", second)


def test_a_difference_is_shown_by_word(run, save_in_app):
    run("content", "import")
    save_in_app(CARD.replace("What is half of two?", "What is half of four?"), write=True)
    ended = run("content", "history", "halves", "--diff", 1, 2)
    assert ended.code == 0
    assert ended.out.splitlines()[0] == "--- cards/halves/card.md #1 → #2"
    assert "What is half of [-two-]{+four+}?" in ended.out
    assert "So it is." not in ended.out  # far from the change
    assert run("content", "history", "halves", "--diff", 2, 2).out == "The two are the same.\n"


def test_a_difference_cannot_command_the_terminal():
    lines = diff_lines(word_diff("a\n", "a\n\x1b[2Jb\n"), SIGNS)
    assert "\x1b" not in "".join(lines)


def test_every_changed_line_is_marked_and_others_are_left_out():
    before = "".join(f"line {n}\n" for n in range(20))
    after = before.replace("line 10\nline 11\n", "row x\nrow y\n")
    assert diff_lines(word_diff(before, after), SIGNS) == [
        "…",
        "line 8",
        "line 9",
        "[-line-]{+row+} [-10-]{+x+}",
        "[-line-]{+row+} [-11-]{+y+}",
        "line 12",
        "line 13",
        "…",
    ]


@pytest.mark.parametrize("name", ["nowhere", "../halves", "A", "a\0b"])
def test_a_card_that_is_not_there_is_one_sentence(run, name):
    ended = run("content", "history", name)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("The database has no card")


def test_a_revision_of_another_card_is_not_shown(run):
    run("content", "import")
    ended = run("content", "history", "halves", "--diff", 1, 9)
    assert ended.code == 2
    assert ended.err == "The card “halves” has no revision 9.\n"
    assert run("content", "history", "halves", "--diff", 1, "x").code == 2


def test_an_export_is_a_course_like_the_one_it_was_made_from(run, folder: Path, tmp_path: Path):
    run("content", "import")
    target = tmp_path / "new" / "export"
    assert run("content", "export", target).code == 0
    for name, text in (("card.md", CARD), ("card.ko.md", KOREAN)):
        assert (target / "cards/halves" / name).read_text(encoding="utf-8") == text
    for name in ("course.toml", "sources.toml"):
        (target / name).write_bytes((folder / name).read_bytes())
    here, there = ContentReader(folder).read(), ContentReader(target).read()
    assert here.cards["halves"].digest == there.cards["halves"].digest
    assert [p.name for p in target.parent.iterdir()] == ["export"]


def test_an_export_that_fails_leaves_nothing_behind(run, tmp_path: Path, monkeypatch):
    run("content", "import")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.authoring.sync_status.write_card", full)
    ended = run("content", "export", tmp_path / "out" / "export")
    assert ended.code == 2
    assert "No space left on device" in ended.err
    assert list((tmp_path / "out").iterdir()) == []


def test_an_export_leaves_other_files_alone(run, tmp_path: Path):
    run("content", "import")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "mine.txt").write_text("mine", encoding="utf-8")
    refused = run("content", "export", tmp_path / "export")
    assert refused.code == 2
    assert "not empty" in refused.err
    assert not (tmp_path / "export" / "cards").exists()
    assert run("content", "export", tmp_path / "export", "--force").code == 0
    assert (tmp_path / "export" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "export" / "cards/halves/card.md").exists()


def test_an_export_follows_no_link_out_of_its_folder(run, tmp_path: Path):
    run("content", "import")
    (tmp_path / "outside").mkdir()
    (tmp_path / "export" / "cards").mkdir(parents=True)
    (tmp_path / "export" / "cards" / "halves").symlink_to(tmp_path / "outside")
    assert run("content", "export", tmp_path / "export", "--force").code == 2
    assert list((tmp_path / "outside").iterdir()) == []


def test_an_export_of_nothing_says_so(run, tmp_path: Path):
    ended = run("content", "export", tmp_path / "export")
    assert ended.code == 1
    assert "content import" in ended.err
    assert not (tmp_path / "export").exists()


def test_a_file_is_no_folder_to_export_to(run, tmp_path: Path):
    run("content", "import")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("content", "export", tmp_path / "file").err == (
        f"{tmp_path / 'file'} is a file; name a folder.\n"
    )


def test_a_folder_that_is_not_there_and_a_database_that_does_not_answer_are_told(
    run, tmp_path: Path, monkeypatch
):
    ended = run("--content", tmp_path / "nowhere", "content", "status")
    assert ended.code == 2
    assert ended.err.startswith("There is no content folder")
    monkeypatch.setenv("SIMCARDS_DATABASE_URL", "postgresql://127.0.0.1:1/none")
    ended = run("content", "status", "--lang", "ko")
    assert ended.code == 2
    assert "SIMCARDS_DATABASE_URL" in ended.err
    assert "Traceback" not in ended.err


def test_the_report_is_in_the_language_asked_for(run):
    assert "파일" in run("content", "status", "--lang", "ko").out
    assert "개정" in run("content", "import", "--lang", "ko").out
