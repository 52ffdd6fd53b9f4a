"""The only place where the time is read and where numbers are made at random."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime

from engine.study import LARGEST_SEED

#: A click that began before what it hits was visible is not meant for it.
DWELL_SECONDS = 0.35
#: How often an open page looks whether an instructor saved something.
LOOK_SECONDS = 4.0


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def ticks() -> float:
    """Seconds on a clock that never goes back; for durations."""
    return time.monotonic()


def fresh_seed() -> int:
    """A seed nobody has seen."""
    return secrets.randbelow(LARGEST_SEED + 1)
