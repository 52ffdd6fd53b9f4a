"""What the course room hands out: all that other rooms may ask of it."""

from __future__ import annotations

import engine.course

DOOR = [
    "Change",
    "Checked",
    "Checker",
    "Chunk",
    "CompiledCard",
    "ContentReader",
    "Course",
    "CourseFolder",
    "Experiment",
    "FileSync",
    "LabError",
    "Merged",
    "OnDisk",
    "OtherCourse",
    "Play",
    "StoredCourse",
    "Written",
    "as_read",
    "best_chart",
    "charts_of",
    "check_chart",
    "check_findings",
    "check_notes",
    "compile_card",
    "difference",
    "drawing_problems",
    "drawn_anew",
    "experiment_chart",
    "is_language",
    "merge",
    "merge_texts",
    "number",
    "picture_of",
    "play_of",
    "run_experiment",
    "texts_digest",
    "stated_status",
    "word_diff",
    "write_card",
]


def test_the_door_hands_out_these() -> None:
    assert sorted(engine.course.__all__) == DOOR
    assert all(hasattr(engine.course, name) for name in DOOR)
