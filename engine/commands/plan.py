"""`plan --days 180 --minutes 15`: a simulated learner goes through the course, day by day."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import Any, Final

from tqdm import tqdm

from engine.commands.errors import Failure
from engine.commands.lookup import folder_there
from engine.commands.terminal import tell
from engine.course import CourseFolder
from engine.i18n import DEFAULT_LANGUAGE, Translator, say
from engine.scheduling import (
    LEARNERS,
    Exam,
    SimulatedDay,
    SimulatedLearner,
    Wishes,
    expected_recall,
)
