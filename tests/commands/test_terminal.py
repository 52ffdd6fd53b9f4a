"""Nothing that a command prints of somebody's words is obeyed by the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.authoring import Author, Saved, open_workshop
from engine.commands.terminal import visible
from engine.storage import open_store

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HOSTILE = "a\x1b[2J\x9b1m\r\x08\u202eb"


def obeyed(text: str) -> str:
    return "".join(c for c in text if not c.isprintable() and c not in "\n\t\u3000\u00a0")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SIMCARDS_DATABASE_URL", raising=False)
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_history_shows_control_characters_and_does_not_send_them(run, folder, data):
    with open_store(None, data) as store:
        workshop = open_workshop(folder, store)
        workshop.study.course(NOW)
        who = Author(f"mina{HOSTILE}", "Mina", may_edit=True)
        opened = workshop.editor.open(who, "halves")
        texts = {**opened.texts, "en": opened.texts["en"] + "\nOne.\n"}
        base = opened.base.id if opened.base else None
        saved = workshop.editor.save(who, "halves", base, texts, NOW, note=f"why{HOSTILE}")
        assert isinstance(saved, Saved), saved
    ended = run("content", "history", "halves")
    assert ended.code == 0
    assert "why" in ended.out
    assert "\N{REPLACEMENT CHARACTER}[2J" in ended.out
    assert obeyed(ended.out) == ""


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--format", "github"),
        ("content", "status"),
        ("content", "import"),
        ("draw", "halves/share", "--seed", "1"),
        ("draw", f"{HOSTILE}/share"),
        ("content", "history", HOSTILE),
        ("content", "rename", "halves", HOSTILE),
        ("learner", "transfer-code", HOSTILE),
        ("restore", HOSTILE),
    ],
    ids=lambda command: " ".join(command).encode("unicode_escape").decode(),
)
def test_no_command_prints_what_a_terminal_obeys(run, spoil, command):
    spoil("What is one part of {{ n }}?", f"What {HOSTILE.replace(chr(13), '')} is {{{{ n }}}}?")
    spoil("tolerance: 1%", 'tolerance: "\\e[2J\\u202E"')
    ended = run(*command)
    assert ended.out + ended.err != ""
    assert obeyed(ended.out + ended.err) == ""


def test_words_of_any_language_stay_as_they_are():
    words = "한국어 σ = 0.1 — “a”\tb\n\u3000c\u00a0d"
    assert visible(words) == words
