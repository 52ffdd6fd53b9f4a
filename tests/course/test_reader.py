from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.content import Content, load_cards
from engine.course import ContentReader
from tests.cards.written_cards import ENGLISH, KOREAN, small, write_card, write_content

BOTH = {"card.md": ENGLISH, "card.ko.md": KOREAN}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {"xavier": BOTH, "small": {"card.md": small()}})


def codes(content: Content) -> list[tuple[str, str]]:
    return [(problem.place.file, problem.code) for problem in content.problems]


def test_a_folder_becomes_its_content(folder: Path) -> None:
    content = load_cards(folder)
    assert list(content.cards) == ["small", "xavier"]
    assert [unit.id for unit in content.syllabus.units] == ["initialization", "confidence"]
    assert content.syllabus.languages == ("en", "ko")
    assert content.sources["glorot-2010"].year == 2010
    assert codes(content) == [("cards/small/card.md", "no-translation")]


def test_nothing_is_parsed_twice(folder: Path) -> None:
    reader = ContentReader(folder)
    first = reader.read()
    assert reader.parsed == 2
    assert reader.read() is first
    assert reader.parsed == 2


def test_a_touched_file_is_read_but_not_parsed(folder: Path) -> None:
    reader = ContentReader(folder)
    before = reader.read()
    os.utime(folder / "cards" / "small" / "card.md", ns=(1, 1))
    after = reader.read()
    assert reader.parsed == 2
    assert after.cards["small"] is before.cards["small"]


def test_only_the_changed_card_is_parsed(folder: Path) -> None:
    reader = ContentReader(folder)
    before = reader.read()
    write_card(folder, "small", {"card.md": small().replace("Front.", "A longer front.")})
    after = reader.read()
    assert reader.parsed == 3
    assert after.cards["xavier"] is before.cards["xavier"]
    assert after.cards["small"].flashcards[0].front["en"] == "A longer front."


def test_going_back_to_an_earlier_version_parses_nothing(folder: Path) -> None:
    reader = ContentReader(folder)
    reader.read()
    for text in (small() + "\nMore.", small(), small() + "\nMore."):
        write_card(folder, "small", {"card.md": text})
        reader.read()
    assert reader.parsed == 3


def test_the_memory_of_earlier_versions_is_bounded(folder: Path) -> None:
    reader = ContentReader(folder, remember=2)
    for version in range(5):
        write_card(folder, "small", {"card.md": f"{small()}\n{version}"})
        reader.read()
    parsed = reader.parsed
    for version, again in ((2, 0), (0, 1)):
        write_card(folder, "small", {"card.md": f"{small()}\n{version}"})
        reader.read()
        assert reader.parsed - parsed == again


def test_a_translation_that_appears_is_seen(folder: Path) -> None:
    reader = ContentReader(folder)
    reader.read()
    words = "---\ntitle: 작은\n---\n글.\n\n## Flashcard: one\n앞.\n\n---\n뒤.\n"
    write_card(folder, "small", {"card.ko.md": words})
    content = reader.read()
    assert content.cards["small"].title["ko"] == "작은"
    assert content.problems == ()


def test_a_card_that_disappears_is_gone(folder: Path) -> None:
    reader = ContentReader(folder)
    reader.read()
    (folder / "cards" / "small" / "card.md").unlink()
    content = reader.read()
    assert list(content.cards) == ["xavier"]
    assert codes(content) == [("cards/small/card.md", "no-card")]


def test_one_broken_card_leaves_the_others(folder: Path) -> None:
    write_card(folder, "broken", {"card.md": "nothing"})
    content = load_cards(folder)
    assert list(content.cards) == ["small", "xavier"]
    assert ("cards/broken/card.md", "no-front-matter") in codes(content)


def test_a_broken_translation_leaves_the_card(folder: Path) -> None:
    write_card(folder, "xavier", {"card.ko.md": "nothing"})
    content = load_cards(folder)
    assert content.cards["xavier"].languages == ("en",)
    assert ("cards/xavier/card.ko.md", "no-front-matter") in codes(content)


@pytest.mark.parametrize("file", ["course.toml", "sources.toml"])
@pytest.mark.parametrize("text", [None, "[[[", "languages = 3", "\x00"])
def test_a_broken_course_or_sources_file_leaves_the_cards(
    folder: Path, file: str, text: str | None
) -> None:
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(text)
    content = load_cards(folder)
    assert list(content.cards) == ["small", "xavier"]
    assert content.syllabus.unit("initialization") is not None
    assert {name for name, _ in codes(content)} >= {file}


def test_a_link_that_leaves_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(small())
    (folder / "cards" / "linked").mkdir()
    (folder / "cards" / "linked" / "card.md").symlink_to(tmp_path / "secret.md")
    content = load_cards(folder)
    assert "linked" not in content.cards
    assert ("cards/linked/card.md", "outside") in codes(content)


def test_a_folder_that_is_a_link_out_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "card.md").write_text(small())
    (folder / "cards" / "linked").symlink_to(tmp_path / "elsewhere")
    content = load_cards(folder)
    assert ("cards/linked/card.md", "outside") in codes(content)


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "cards" / "again").mkdir()
    (folder / "cards" / "again" / "card.md").symlink_to(folder / "cards" / "small" / "card.md")
    assert load_cards(folder).cards["again"].title == {"en": "Small"}


def test_a_link_to_nowhere_is_a_problem(folder: Path) -> None:
    (folder / "cards" / "lost").symlink_to(folder / "cards" / "nowhere")
    (folder / "cards" / "small" / "card.ko.md").symlink_to("nowhere.md")
    content = load_cards(folder)
    assert ("cards/lost/card.md", "no-card") in codes(content)
    assert ("cards/small/card.ko.md", "unreadable") in codes(content)
    assert "small" in content.cards


def test_what_is_not_a_file_is_not_opened(folder: Path) -> None:
    (folder / "cards" / "pipe").mkdir()
    os.mkfifo(folder / "cards" / "pipe" / "card.md")
    (folder / "cards" / "nested" / "card.md").mkdir(parents=True)
    found = codes(load_cards(folder))
    assert ("cards/pipe/card.md", "not-a-file") in found
    assert ("cards/nested/card.md", "not-a-file") in found


def test_an_unreadable_file_is_a_problem(folder: Path) -> None:
    # A link to itself cannot be opened, not even by root.
    (folder / "cards" / "small" / "card.md").unlink()
    (folder / "cards" / "small" / "card.md").symlink_to("card.md")
    content = load_cards(folder)
    assert ("cards/small/card.md", "unreadable") in codes(content)
    assert list(content.cards) == ["xavier"]


def test_a_folder_whose_name_is_no_id_is_a_problem(folder: Path) -> None:
    write_card(folder, "Big Idea", {"card.md": small()})
    os.mkdir(os.fsencode(folder) + b"/cards/\xff")  # noqa: PTH102
    (folder / "cards" / ".hidden").mkdir()
    (folder / "cards" / "README.md").write_text("about the cards")
    content = load_cards(folder)
    assert list(content.cards) == ["small", "xavier"]
    assert ("cards/Big Idea", "bad-id") in codes(content)
    assert ("cards/?", "bad-id") in codes(content)


def test_a_file_that_nobody_reads_is_a_warning(folder: Path) -> None:
    write_card(folder, "small", {"card.kr.md": "글"})
    (problem,) = (p for p in load_cards(folder).problems if p.code == "unknown-file")
    assert str(problem.mend) == "Did you mean “card.ko.md”?"


def test_a_folder_without_anything_is_only_problems(tmp_path: Path) -> None:
    content = load_cards(tmp_path / "nowhere")
    assert dict(content.cards) == {}
    assert {code for _, code in codes(content)} == {"no-cards", "no-file"}


def test_problems_come_in_the_order_of_files_and_lines(folder: Path) -> None:
    for id in ("b", "a", "c"):
        write_card(folder, id, {"card.md": small().replace("unit: initialization\n", "")})
    places = [problem.place for problem in load_cards(folder).problems]
    assert places == sorted(places)
    assert load_cards(folder) == load_cards(folder)


def test_two_thousand_cards_load_and_the_second_time_nothing_is_parsed(tmp_path: Path) -> None:
    cards = {
        f"card-{number}": {"card.md": small(f"[card-{number - 1}]" if number else "[]")}
        for number in range(2000)
    }
    reader = ContentReader(write_content(tmp_path / "content", cards))
    first = reader.read()
    assert len(first.cards) == reader.parsed == 2000
    assert reader.read() is first
    assert reader.parsed == 2000
