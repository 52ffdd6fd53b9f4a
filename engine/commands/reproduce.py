"""`reproduce [--only R1,R8] [--quick]`: the course's figures, by its own simulations."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from tqdm import tqdm

from engine.commands.errors import Failure
from engine.commands.simulate import seed
from engine.commands.terminal import tell
from engine.i18n import DEFAULT_LANGUAGE, Translator, say
from engine.reproduction import EXPERIMENTS, SECTIONS, Experiment, Row, Runner


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument("--only", default="", metavar="R1,R8", help="only these sections")
    command.add_argument("--quick", action="store_true", help="a third of the repeated runs")
    command.add_argument("--seed", type=seed, default=0)
    command.add_argument(
        "--lang", choices=languages, default=DEFAULT_LANGUAGE, help="language of the report"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints a row a figure and a closing line; 1 if one figure does not agree."""
    experiments = _chosen(given.only)
    translate = Translator(given.lang)
    rows: list[tuple[str, Row]] = []
    for experiment, found in measured(experiments, Runner(given.seed, given.quick)):
        rows.extend((experiment.section, row) for row in found)
    for line in table(rows, translate):
        tell(line)
    wrong = sum(not row.agrees for _, row in rows)
    tell(
        translate(
            say(
                "Figures: {figures}. Agree: {agree}. Do not agree: {wrong}.",
                figures=len(rows),
                agree=len(rows) - wrong,
                wrong=wrong,
            )
        )
    )
    return 1 if wrong else 0


def _chosen(only: str) -> list[Experiment]:
    wanted = [name.strip() for name in only.split(",") if name.strip()]
    there = [name for name in SECTIONS if any(e.section == name for e in EXPERIMENTS)]
    known = {name.lower(): name for name in there}
    for name in wanted:
        if name.lower() not in known:
            raise Failure(
                say(
                    "There is no section “{name}”. There are: {names}.",
                    name=name[:60],
                    names=", ".join(there),
                )
            )
    chosen = {known[name.lower()] for name in wanted} or set(there)
    return [experiment for experiment in EXPERIMENTS if experiment.section in chosen]


def measured(
    experiments: Sequence[Experiment], runner: Runner
) -> Iterator[tuple[Experiment, list[Row]]]:
    """Every experiment with its rows, in their order, behind a progress bar.

    As many run at once as there are cores: they spend their time in NumPy, which does not hold
    the others up.
    """
    bar = tqdm(
        total=len(experiments), unit="experiment", leave=False, disable=None, file=sys.stderr
    )

    def work(experiment: Experiment) -> list[Row]:
        try:
            rows = list(experiment.rows(runner))
        except Exception as error:
            name = f"{experiment.section} {experiment.title}"
            raise Failure(
                say("“{name}” failed: {why}", name=name, why=repr(error)), code=1
            ) from error
        bar.set_description(f"{experiment.section} {experiment.title}", refresh=False)
        bar.update()
        return rows

    with bar, ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        yield from zip(experiments, pool.map(work, experiments), strict=True)


def table(rows: Sequence[tuple[str, Row]], translate: Translator) -> list[str]:
    """Aligned lines: section, figure, expected, measured, error, agrees or not; notes below."""
    head = [
        "",
        translate(say("figure")),
        translate(say("expected")),
        translate(say("measured")),
        translate(say("error")),
        translate(say("agrees")),
    ]
    yes, no = translate(say("yes")), translate(say("NO"))
    cells = [
        [
            section,
            row.name,
            row.expected_text,
            f"{row.measured:.4g}",
            row.error_text,
            yes if row.agrees else no,
        ]
        for section, row in rows
    ]
    widths = [max(len(line[column]) for line in [head, *cells]) for column in range(len(head))]
    lines = [_aligned(head, widths)]
    for (_, row), line in zip(rows, cells, strict=True):
        lines.append(_aligned(line, widths))
        if row.note:
            lines.append(f"{'':{widths[0]}}  ({row.note})")
    return lines


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        f"{cell:>{width}}" if column in (2, 3, 4) else f"{cell:<{width}}"
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()
