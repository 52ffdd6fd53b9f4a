"""A program whose children answer and undo without end, and are killed at random moments.

    killing_program.py FOLDER URL ROUNDS SEED

Prints what was acknowledged to them, a line each, and at the end how many were killed. They are
forked, because importing anew would take longer than they live.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time

from engine.storage import migrating, open_store  # noqa: F401  (imported here for the children)
from tests.storage.samples import NOW, give

LEARNERS = ("mina", "jun")


def answer_for_ever(folder: str, url: str, learner: str, first: int, acknowledge: int) -> None:
    """Every fourth answer is undone. Each of the two is acknowledged once it is durable."""
    store = open_store(url or None, folder)
    number = first
    while True:
        presentation = f"{learner}-{number}"
        give(store, number, learner=learner, presentation=presentation, item=f"i/{number % 3}")
        os.write(acknowledge, f"answer {presentation}\n".encode())
        if number % 4 == 0:
            undone = store.log.undo(learner, NOW, expected=presentation)
            assert undone is not None
            os.write(acknowledge, f"undo {presentation}\n".encode())
        number += 1


def start(folder: str, url: str, learner: str, first: int, acknowledge: int) -> int:
    """-> process id of a new child"""
    child = os.fork()
    if child == 0:
        try:
            answer_for_ever(folder, url, learner, first, acknowledge)
        except BaseException as error:
            os.write(acknowledge, f"failed {error!r}\n".encode())
        os._exit(1)
    return child


def kill(child: int) -> bool:
    """-> whether it was alive until then"""
    os.kill(child, signal.SIGKILL)
    return os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


class Pipe:
    """Through which children acknowledge, a line for each thing that is durable."""

    def __init__(self) -> None:
        self._heard, self.acknowledge = os.pipe()
        os.set_blocking(self._heard, False)
        self.lines: list[str] = []

    def listen(self, more: int, seconds: float) -> None:
        """Until that many more lines, or nothing for so long."""
        enough = len(self.lines) + more
        while len(self.lines) < enough and select.select([self._heard], [], [], seconds)[0]:
            # Lines are short enough for the system to write each whole.
            self.lines += os.read(self._heard, 65536).decode().splitlines()


def wait(chance: random.Random, pipe: Pipe) -> None:
    """Until a moment of its start, or into one of its first answers."""
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0, 0.05))
    else:
        pipe.listen(chance.randint(1, 20), seconds=20)
        time.sleep(chance.uniform(0, 0.003))


def first_number(learner: str, lines: list[str]) -> int:
    """A little before what was last acknowledged: as one who lost the connection would."""
    told = [line.rpartition("-")[2] for line in lines if line.startswith(f"answer {learner}-")]
    return max([int(number) - 3 for number in told] + [1])


def main(folder: str, url: str, rounds: str, seed: str) -> None:
    chance, pipe, killed = random.Random(int(seed)), Pipe(), 0
    for _ in range(int(rounds)):
        children = [
            start(folder, url, learner, first_number(learner, pipe.lines), pipe.acknowledge)
            for learner in LEARNERS
        ]
        for child in chance.sample(children, len(children)):
            wait(chance, pipe)
            killed += kill(child)
        pipe.listen(1_000_000, seconds=0)
    print(*pipe.lines, f"killed {killed}", sep="\n")


main(*sys.argv[1:])
