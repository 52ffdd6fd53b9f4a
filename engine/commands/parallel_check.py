"""Many questions checked, many pictures drawn: in as many processes as there are cores, or in one.

What is found does not depend on which of the two it is.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from time import monotonic
from typing import TypeVar

from engine import questions
from engine.content import Card, Problem, Question
from engine.course import drawing_problems
from engine.i18n import Message
from engine.threads import one_thread_each

#: Draws for which starting processes takes longer than it saves.
FEW_DRAWS = 4000
#: Cards of whose pictures the same holds.
FEW_CARDS = 4
T = TypeVar("T")
#: Called with a question's item id and how many more of its seeds are done.
Progress = Callable[[str, int], object]


@dataclass(frozen=True)
class QuestionResult:
    """What came of a question, without the question."""

    summary: Message
    problems: tuple[Problem, ...]


def check_questions(
    asked: Sequence[tuple[str, Question]],
    seeds: int,
    progress: Progress,
    *,
    processes: int | None = None,
) -> list[QuestionResult]:
    """Checks questions (card, question) over so many seeds; the reports in the same order.

    processes: how many to start; None: as many as there are cores if there is work for them.
    """
    if processes is None:
        processes = cores() if len(asked) * seeds > FEW_DRAWS else 1
    processes = min(processes, len(asked))
    if processes > 1:
        order = sorted(range(len(asked)), key=lambda place: not _runs(asked[place][1]))
        jobs = [partial(_check, card, question, seeds) for card, question in asked]

        def done(place: int) -> None:
            card, question = asked[place]
            progress(f"{card}/{question.id}", seeds)

        return _side_by_side(jobs, order, done, processes)
    return [
        _check(card, question, seeds, partial(progress, f"{card}/{question.id}", 1))
        for card, question in asked
    ]


def draw_pictures(
    cards: Sequence[Card], *, moved: bool, processes: int | None = None
) -> list[Problem]:
    """Which pictures of the cards cannot be drawn; moved: also with controls at their ends."""
    if processes is None:
        processes = cores() if moved and len(cards) > FEW_CARDS else 1
    jobs = [partial(drawing_problems, card, moved=moved) for card in cards]
    processes = min(processes, len(jobs))
    if processes > 1:
        found = _side_by_side(jobs, range(len(jobs)), lambda place: place, processes)
    else:
        found = [job() for job in jobs]
    return [problem for problems in found for problem in problems]


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _side_by_side(
    jobs: Sequence[Callable[[], T]],
    order: Sequence[int],
    done: Callable[[int], object],
    processes: int,
) -> list[T]:
    """What comes of each job, in their order. order: in which they begin. done: a job's place."""
    # A fresh interpreter each, because a forked one would inherit the threads of the progress bar.
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=fresh, initializer=_begin)
    results: dict[int, T] = {}
    try:
        with _deaf_to_ctrl_c():  # which processes that start now inherit
            places = {pool.submit(jobs[place]): place for place in order}
        for finished in as_completed(places):
            place = places[finished]
            results[place] = finished.result()
            done(place)
    except BaseException:  # Ctrl+C too: nobody waits for the question that is being checked
        for process in multiprocessing.active_children():
            process.terminate()
        # The pool's own thread waits for them: of two who wait for a process one misses its end.
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()
    return [results[place] for place in range(len(jobs))]


def _runs(question: Question) -> bool:
    """Whether the simulation may run at every draw. Such questions begin, the quick ones follow."""
    return any("outcome." in str(node.plain()) for node in question.spec.values())


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Ctrl+C is heard only after this, where the system can put it off."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """A process at its beginning: Ctrl+C is its parent's to hear, and it ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    one_thread_each()
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _check(
    card: str, question: Question, seeds: int, progress: Callable[[], object] | None = None
) -> QuestionResult:
    template = questions.compile_question(card, question)
    report = questions.check_question(template, range(seeds), progress=progress, clock=monotonic)
    return QuestionResult(report.summary(), tuple(report.problems))
