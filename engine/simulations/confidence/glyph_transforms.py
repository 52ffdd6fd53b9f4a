"""Which changes of a picture keep its label: small drawn glyphs, mirrored, turned and moved.

A change is safe for a glyph if the picture that comes out is not one of another class of its own
set, and if nothing of it leaves the frame. Pictures are compared wherever they lie in the frame.
(LeCun et al. 1998 and Shorten & Khoshgoftaar 2019, section on the safety of an augmentation: 6 and
9 under rotation.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.simulations.kit.base import Outcome, Simulation, parameter

Pixels = NDArray[np.bool_]

FRAME = 9  # pixels

#: set -> name -> rows; within a set every picture is a class of its own
SETS: Mapping[str, Mapping[str, str]] = {
    "digits": {  # seven segments
        "0": "### #.# #.# #.# ###",
        "1": "..# ..# ..# ..# ..#",
        "2": "### ..# ### #.. ###",
        "3": "### ..# ### ..# ###",
        "4": "#.# #.# ### ..# ..#",
        "5": "### #.. ### ..# ###",
        "6": "### #.. ### #.# ###",
        "7": "### ..# ..# ..# ..#",
        "8": "### #.# ### #.# ###",
        "9": "### #.# ### ..# ###",
    },
    "letters": {
        "b": "#... #... ###. #..# ###.",
        "d": "...# ...# .### #..# .###",
        "p": "###. #..# ###. #... #...",
        "q": ".### #..# .### ...# ...#",
        "n": "#### #..# #..# #..# #..#",
        "u": "#..# #..# #..# #..# ####",
        "s": "#### #... #### ...# ####",
        "z": "#### ...# #### #... ####",
        "x": "#..# #..# .##. #..# #..#",
        "c": "#### #... #... #... ####",
    },
    "arrows": {
        "←": "..#.. .#... ##### .#... ..#..",
        "→": "..#.. ...#. ##### ...#. ..#..",
        "↑": "..#.. .###. #.#.# ..#.. ..#..",
        "↓": "..#.. ..#.. #.#.# .###. ..#..",
    },
}
GLYPHS = tuple(f"{group}/{name}" for group, names in SETS.items() for name in names)
GLYPH_NAMES = {glyph: glyph.partition("/")[2] for glyph in GLYPHS}


def pixels(rows: str) -> Pixels:
    """Rows of # and . as a picture (height, width)."""
    return np.array([[mark == "#" for mark in row] for row in rows.split()])


CHANGES: Mapping[str, Callable[[Pixels], Pixels]] = {
    "mirror": lambda picture: picture[:, ::-1],
    "flip": lambda picture: picture[::-1],
    "turn": lambda picture: picture[::-1, ::-1],
}


def becomes(glyph: str, change: str) -> str | None:
    """The name of the class whose picture comes out; None if it is none of the set."""
    group, name = glyph.split("/")
    changed = CHANGES[change](pixels(SETS[group][name]))
    for other, rows in SETS[group].items():
        if np.array_equal(changed, pixels(rows)):
            return other
    return None


@dataclass(frozen=True)
class Parameters:
    glyph: str = parameter("digits/6", "Picture", choices=GLYPH_NAMES)
    step: int = parameter(1, "Pixels to the right", low=0, high=9)


def run(parameters: Parameters, rng: np.random.Generator) -> Outcome:  # noqa: ARG001
    """Changes the picture in its frame; a scalar `x_keeps` is 1 where the label stays, else 0."""
    p = parameters
    name = p.glyph.split("/")[1]
    results = {change: becomes(p.glyph, change) for change in CHANGES}
    picture = _framed(p.glyph)
    moved = np.zeros_like(picture)
    moved[:, p.step :] = picture[:, : FRAME - p.step]
    inside = bool(moved.sum() == picture.sum())
    scalars = {f"{change}_keeps": float(r in (None, name)) for change, r in results.items()}
    scalars["shift_keeps"] = float(inside)
    scalars["kept"] = sum(scalars.values())
    panels = {"original": picture}
    panels.update({change: work(picture) for change, work in CHANGES.items()})
    panels["shift"] = moved
    keeps = {"original": True, "shift": inside}
    keeps.update({change: r in (None, name) for change, r in results.items()})
    gives = {"original": name, "shift": name if inside else ""}
    gives.update({change: r or "" for change, r in results.items()})
    return Outcome(scalars=scalars, tables={"pixels": _table(panels, keeps, gives)})


def _framed(glyph: str) -> Pixels:
    """The picture in the middle of its frame."""
    group, name = glyph.split("/")
    small = pixels(SETS[group][name])
    top, left = (FRAME - small.shape[0]) // 2, (FRAME - small.shape[1]) // 2
    frame = np.zeros((FRAME, FRAME), dtype=np.bool_)
    frame[top : top + small.shape[0], left : left + small.shape[1]] = small
    return frame


def _table(
    panels: Mapping[str, Pixels], keeps: Mapping[str, bool], gives: Mapping[str, str]
) -> dict[str, NDArray[np.generic]]:
    """One row a pixel; `gives` is the class that the panel shows, or nothing."""
    rows, columns = np.divmod(np.arange(FRAME * FRAME), FRAME)
    size = len(rows)
    return {
        "panel": np.repeat(list(panels), size),
        "row": np.tile(rows, len(panels)),
        "column": np.tile(columns, len(panels)),
        "ink": np.concatenate([panel.ravel() for panel in panels.values()]),
        "keeps": np.repeat([keeps[name] for name in panels], size),
        "gives": np.repeat([gives[name] for name in panels], size),
    }


SIMULATION = Simulation(
    "Pictures that change their label",
    Parameters,
    run,
    {
        "mirror_keeps": "1 if mirroring keeps the label",
        "flip_keeps": "1 if turning upside down by a mirror keeps it",
        "turn_keeps": "1 if half a turn keeps it",
        "shift_keeps": "1 if moving keeps it",
        "kept": "Changes that keep the label",
    },
)
