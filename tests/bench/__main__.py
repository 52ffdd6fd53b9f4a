"""Runs every benchmark, or those named: `python -m tests.bench [draw record next …]`."""

from __future__ import annotations

import sys

from tests.bench import browser, command_line, editing, load, plain
from tests.bench.row import Row, table

BENCHMARKS = {
    "draw": plain.draw,
    "record": plain.record,
    "next": plain.next_item,
    "editing": editing.editing,
    "start": editing.start,
    "help": command_line.help_,
    "propagation": plain.propagation,
    "click": browser.click,
    "load": load.learners,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}.")
        return 2
    rows: list[Row] = []
    for name in names or BENCHMARKS:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows.extend(BENCHMARKS[name]())
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
