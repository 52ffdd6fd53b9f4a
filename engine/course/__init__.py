"""What can be studied: content and revisions, kept in step, read, compiled and checked."""

from __future__ import annotations

from engine.course.checking import Checked, Checker, stated_status
from engine.course.compiling import CompiledCard, compile_card
from engine.course.experiments import (
    Experiment,
    LabError,
    best_chart,
    charts_of,
    check_chart,
    experiment_chart,
    number,
    picture_of,
    run_experiment,
)
from engine.course.folder import CourseFolder, StoredCourse
from engine.course.identity import OtherCourse
from engine.course.merging import Change, Chunk, Merged, merge, word_diff
from engine.course.model import Course
from engine.course.playing import TRY, Play, drawing_problems, drawn_anew, play_of
from engine.course.reader import ContentReader
from engine.course.references import check_findings, check_notes
from engine.course.sync import FileSync, OnDisk, Written
from engine.course.texts import as_read, difference, merge_texts, texts_digest
from engine.course.writing import is_language, write_card

__all__ = [
    "TRY",
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
    "stated_status",
    "texts_digest",
    "word_diff",
    "write_card",
]
