from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.content.files.problems import ContentError
from engine.scheduling import Calendar, SettingError, read_reviews, replay, replay_file

HEADER = "card_id,review_time,review_rating\n"
MARCH_2 = 1_772_452_800  # 2026-03-02 12:00 UTC in seconds
quietly = settings(deadline=None, database=None, derandomize=True, max_examples=100)


def reviews_of(rows: str, header: str = HEADER):
    return read_reviews(io.StringIO(header + rows, newline=""))


def problems_of(rows: str, header: str = HEADER):
    with pytest.raises(ContentError) as refusal:
        reviews_of(rows, header)
    return refusal.value.problems


def replayed(rows: str, *settings, **options) -> list[dict[str, str]]:
    target = io.StringIO(newline="")
    replay_file(io.StringIO(HEADER + rows, newline=""), target, *settings, **options)
    return list(csv.DictReader(io.StringIO(target.getvalue())))


@pytest.mark.parametrize(
    "text",
    [
        "1772452800000",
        "1772452800",
        "2026-03-02T12:00:00Z",
        "2026-03-02T12:00:00+00:00",
        "2026-03-02T21:00:00+09:00",
        "2026-03-02 12:00:00",
        " 2026-03-02T12:00 ",
    ],
)
def test_a_review_time_is_read_as_it_is_usually_written(text):
    (review,) = reviews_of(f"a,{text},3\n")
    assert review.at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert review.at.tzinfo is UTC
    assert review.review_time == text


def test_milliseconds_are_exact():
    (review,) = reviews_of("a,1772452800001,3\n")
    assert review.at.microsecond == 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "1.7e12",
        "NaN",
        "9" * 30,
        "9" * 100_000,
        "-99999999999999999",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31",
        "2026-02-30",
        "2026-03-02T12:00:00+99:00",
    ],
)
def test_a_review_time_that_means_nothing_is_refused(text):
    (problem,) = problems_of(f"a,{text},3\n")
    assert problem.code == "review-time"
    assert problem.place.line == 2
    assert "review_time" in str(problem.found)
    assert "ISO 8601" in str(problem.expected)
    assert len(str(problem.found)) < 100


@pytest.mark.parametrize("rating", ["", "00", "0.0", "5", "3.0", "good", "-1", "33"])
def test_a_rating_that_is_none_of_the_four_is_refused(rating):
    (problem,) = problems_of(f"a,{MARCH_2},{rating}\n")
    assert (problem.code, problem.place.line) == ("review-rating", 2)
    assert "4 (Easy)" in str(problem.expected)


def test_rows_with_rating_0_are_passed_over_and_counted():
    told: list[int] = []
    rows = f"a,{MARCH_2},0\na,{MARCH_2},3\nb,never, 0 \n"
    source = io.StringIO(HEADER + rows, newline="")
    (review,) = read_reviews(source, told.append)
    assert (review.card_id, told) == ("a", [2])


def test_nothing_is_said_to_be_passed_over_where_every_row_is_a_review():
    told: list[int] = []
    read_reviews(io.StringIO(HEADER + f"a,{MARCH_2},3\n", newline=""), told.append)
    assert told == []


def test_a_review_of_no_card_is_refused():
    (problem,) = problems_of(f" ,{MARCH_2},3\n")
    assert problem.code == "card-id"


def test_every_problem_of_a_file_is_told_with_its_line():
    problems = problems_of(f"a,{MARCH_2},3\nb,soon,9\n\nc\n")
    assert [(problem.place.line, problem.code) for problem in problems] == [
        (3, "review-time"),
        (3, "review-rating"),
        (5, "review-time"),
        (5, "review-rating"),
    ]


def test_a_file_full_of_problems_is_given_up_after_a_hundred():
    assert 100 <= len(problems_of("a,soon,9\n" * 5000)) < 110


def test_missing_columns_are_named():
    problems = problems_of("a,3\n", header="card_id,rating\n")
    assert [str(problem.expected) for problem in problems] == [
        "one column review_time",
        "one column review_rating",
    ]
    assert "card_id, rating" in str(problems[0].found)


def test_a_column_that_is_there_twice_is_refused():
    (problem,) = problems_of("a,b,1,3\n", header="card_id,card_id,review_time,review_rating\n")
    assert str(problem.expected) == "one column card_id"


def test_an_empty_file_misses_its_columns():
    problems = problems_of("", header="")
    assert {str(problem.found) for problem in problems} == {"no columns"}


def test_a_file_that_is_not_text_is_refused_in_words():
    binary = io.TextIOWrapper(io.BytesIO(HEADER.encode() + b"\xff\xfe\x00,1,3\n"), encoding="utf-8")
    with pytest.raises(ContentError) as refusal:
        read_reviews(binary)
    assert refusal.value.problems[0].code == "unreadable"


def test_an_endless_cell_is_refused_in_words():
    assert problems_of("a" * 200_000 + ",1,3\n")[0].code == "unreadable"


def test_further_columns_their_order_and_a_byte_order_mark_do_not_matter():
    header = "\ufeffreview_rating,review_state, review_time ,card_id,x\n"
    (review,) = reviews_of(f"2,1,{MARCH_2},a,\n", header)
    assert (review.card_id, int(review.rating)) == ("a", 2)


def test_the_output_has_its_columns_in_order_and_a_row_a_review():
    rows = replayed(f"b,{MARCH_2 + 8 * 86400},3\na,{MARCH_2},4\na,{MARCH_2 + 8 * 86400},1\n")
    assert list(rows[0]) == [
        "card_id",
        "review_time",
        "review_rating",
        "elapsed_days",
        "retrievability",
        "stability",
        "difficulty",
        "due",
    ]
    assert [row["card_id"] for row in rows] == ["a", "b", "a"]
    assert [row["elapsed_days"] for row in rows] == ["0", "0", "8"]
    assert [row["retrievability"] == "" for row in rows] == [True, True, False]


def test_due_is_a_utc_time_at_the_rollover_or_after_a_step():
    easy, again = replayed(f"a,{MARCH_2},4\nb,{MARCH_2 + 1},1\n", "Asia/Seoul", 5)
    assert easy["due"] == "2026-03-09T20:00:00+00:00"
    assert again["due"] == "2026-03-02T12:01:01+00:00"


@quietly
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", 'b,"1"', "다"]), st.integers(0, 2 * 10**9))
        .map(lambda row: (*row, row[1] % 4 + 1))
        .map(lambda row: (row[0], str(row[1]), str(row[2])))
    )
)
def test_what_is_written_reads_back_as_what_was_replayed(rows):
    source, target = io.StringIO(newline=""), io.StringIO(newline="")
    csv.writer(source).writerows([HEADER.strip().split(","), *rows])
    source.seek(0)
    assert replay_file(source, target, "Europe/Berlin", 4) == len(rows)
    source.seek(0)
    expected = list(replay(read_reviews(source), Calendar("Europe/Berlin", 4)))
    target.seek(0)
    written = list(csv.DictReader(target))
    assert [float(row["stability"]) for row in written] == [r.memory.stability for r in expected]
    assert [row["review_time"] for row in written] == [r.review.review_time for r in expected]
    assert [datetime.fromisoformat(row["due"]) for row in written] == [
        result.memory.due_at for result in expected
    ]
    target.seek(0)
    again = io.StringIO(newline="")
    replay_file(target, again, "Europe/Berlin", 4)
    assert again.getvalue() == target.getvalue()


def test_progress_ends_with_all_reviews_done():
    told: list[tuple[int, int]] = []
    replayed(f"a,{MARCH_2},3\n" * 2500, "UTC", 4, lambda done, total: told.append((done, total)))
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]


@pytest.mark.parametrize(
    ("zone", "rollover", "options"),
    [("Mars", 4, {}), ("UTC", 24, {}), ("UTC", 4, {"desired_retention": 2.0})],
)
def test_settings_are_checked_before_the_file_is_read(zone, rollover, options):
    target = io.StringIO()
    with pytest.raises(SettingError):
        replay_file(io.StringIO("nonsense"), target, zone, rollover, **options)
    assert target.getvalue() == ""


def test_nothing_is_written_for_a_file_with_a_problem():
    target = io.StringIO()
    with pytest.raises(ContentError):
        replay_file(io.StringIO(HEADER + "a,soon,3\n"), target)
    assert target.getvalue() == ""
