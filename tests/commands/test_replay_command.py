"""`replay`: memories from a CSV of reviews."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

HEADER = "card_id,review_time,review_rating\n"
ROWS = HEADER + (
    "b,2026-01-03T10:00:00Z,3\na,2026-01-01T10:00:00Z,3\na,2026-01-01T10:30:00Z,3\n"
    "a,2026-01-09T10:00:00Z,1\n"
)
COLUMNS = [
    "card_id",
    "review_time",
    "review_rating",
    "elapsed_days",
    "retrievability",
    "stability",
    "difficulty",
    "due",
]


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    file = tmp_path / "reviews.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def test_every_review_comes_back_in_time_order(run, reviews):
    ended = run("replay", reviews)
    assert ended.code == 0
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert list(rows[0]) == COLUMNS
    assert [(row["card_id"], row["review_time"][8:16]) for row in rows] == [
        ("a", "01T10:00"),
        ("a", "01T10:30"),
        ("b", "03T10:00"),
        ("a", "09T10:00"),
    ]


def test_retrievability_is_empty_on_a_first_review_and_on_the_same_day(run, reviews):
    rows = list(csv.DictReader(io.StringIO(run("replay", reviews).out)))
    assert [row["retrievability"] == "" for row in rows] == [True, True, True, False]


def test_the_rollover_moves_the_day(run, tmp_path: Path):
    file = tmp_path / "reviews.csv"
    file.write_text(HEADER + "a,2026-01-01T01:00:00Z,3\na,2026-01-01T05:00:00Z,3\n", "utf-8")

    def days(*more: object) -> list[str]:
        told = run("replay", file, *more)
        return [row["elapsed_days"] for row in csv.DictReader(io.StringIO(told.out))]

    assert days() == ["0", "1"]
    assert days("--rollover", 0) == ["0", "0"]
    assert days("--timezone", "Asia/Seoul") == ["0", "0"]


def test_with_out_it_writes_a_file_and_prints_nothing(run, reviews, tmp_path: Path):
    printed = run("replay", reviews).out
    ended = run("replay", reviews, "--out", tmp_path / "out.csv")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == printed


def test_rows_that_anki_wrote_for_rescheduling_are_passed_over_and_counted(run, reviews):
    without = run("replay", reviews).out
    reviews.write_text(ROWS + "a,1767261600000,0\nc,1767261600000,0\n", encoding="utf-8")
    ended = run("replay", reviews)
    assert (ended.code, ended.out) == (0, without)
    assert "Passed over 2 rows with rating 0" in ended.err


def test_a_bad_row_is_named_by_its_line_and_nothing_is_written(run, reviews, tmp_path: Path):
    reviews.write_text(ROWS + "c,yesterday,3\nd,2026-01-01,5\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    out.write_text("as it was", encoding="utf-8")
    ended = run("replay", reviews, "--out", out)
    assert ended.code == 1
    assert f"{reviews}:6: error [review-time]" in ended.err
    assert f"{reviews}:7: error [review-rating]" in ended.err
    assert out.read_text(encoding="utf-8") == "as it was"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no columns"),
        (b"card_id,review_time\na,1\n", "review_rating"),
        (b"\xff\xfe\x00", "UTF-8"),
        (HEADER.encode() + b"a,\x00,3\n", "reviews.csv:2"),
    ],
)
def test_a_file_that_is_no_list_of_reviews_says_so(run, reviews, content, told):
    reviews.write_bytes(content)
    ended = run("replay", reviews)
    assert ended.code == 1
    assert ended.out == ""
    assert told in ended.err
    assert "Traceback" not in ended.err


def test_a_mark_before_the_first_column_is_not_part_of_its_name(run, reviews):
    reviews.write_bytes(b"\xef\xbb\xbf" + ROWS.encode())
    assert run("replay", reviews).code == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--timezone", "Mars/Base"], "Mars/Base"),
        (["--rollover", "24"], "24"),
        (["--rollover", "-1"], "-1"),
        (["--rollover", "noon"], "noon"),
    ],
)
def test_a_calendar_that_cannot_be_is_a_wrong_call(run, reviews, more, told):
    ended = run("replay", reviews, *more)
    assert ended.code == 2
    assert told in ended.err


def test_a_file_that_cannot_be_read_is_one_sentence(run, tmp_path: Path):
    for file in (tmp_path / "nowhere.csv", tmp_path):
        ended = run("replay", file)
        assert ended.code == 2
        assert ended.err.startswith(f"Cannot read {file}: ")
        assert ended.err.count("\n") == 1


def test_a_file_that_cannot_be_written_is_one_sentence(run, reviews, tmp_path: Path):
    ended = run("replay", reviews, "--out", tmp_path / "nowhere" / "out.csv")
    assert ended.code == 2
    assert ended.err.startswith("Cannot write ")
    assert ended.err.count("\n") == 1
