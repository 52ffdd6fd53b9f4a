"""`plan --days 180 --minutes 15`: a simulated learner goes through the course, day by day."""

from __future__ import annotations
