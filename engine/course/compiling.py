"""A card's questions compiled, and the one place where what came of a card is remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from threading import Lock

from engine import charts
from engine.content import (
    Card,
    ContentError,
    Problem,
    Question,
    Reading,
    card_formulas,
    digest,
    read_card,
)
from engine.course.playing import drawing_problems, read_play, trials_of
from engine.i18n import say
from engine.questions import Template, check_drawing, compile_question, palette

#: A card's questions by item id, and what kept others from being compiled.
Compiled = tuple[dict[str, Template], tuple[Problem, ...]]
#: The languages a card was read for, and the digest of its files.
Key = tuple[tuple[str, ...], str]
#: Cards that are in no course (yet) and are remembered, at most.
AHEAD = 4096
#: Draws of each question before a save; where a draw runs the simulation, so many.
DRAWS, RUNS = 30, 3
#: Draws of each question of a file that is taken in, of which there may be thousands.
GLANCE = 8


class CompiledCard:
    """What comes of a card's texts by themselves, whatever the other cards are.

    It is read. Its questions are compiled, and drawn, when somebody first asks for that.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._thorough: tuple[Problem, ...] | None = None

    @property
    def card(self) -> Card | None:
        """None where card.md has an error."""
        return self.reading.card

    @cached_property
    def _compiled(self) -> Compiled:
        return ({}, ()) if self.card is None else compile_card(self.card)

    @property
    def templates(self) -> Mapping[str, Template]:
        """The questions that can be drawn, by item id."""
        return self._compiled[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What kept questions from being compiled."""
        return self._compiled[1]

    @cached_property
    def at_a_glance(self) -> tuple[Problem, ...]:
        """What a few draws tell of its questions."""
        return tuple(undrawable(self.templates, GLANCE, 0))

    def thorough(self, texts: Mapping[str, str]) -> tuple[Problem, ...]:
        """What many draws tell, and every formula of its texts."""
        if self._thorough is None and self.card is not None:
            self._thorough = (
                *undrawable(self.templates, DRAWS, RUNS, formulas=True),
                *card_formulas(self.card.id, texts),
                *drawing_problems(self.card),
            )
        return self._thorough or ()


class CardCache:
    """What came of cards, by the digest of their files: the same texts are not read twice.

    Those of the course as it was last read stay. Of others, as of earlier versions and of what
    somebody is typing, the latest stay. Safe to share between threads.
    """

    def __init__(self, remember: int) -> None:
        """remember: earlier versions that are kept when the course is read again."""
        self._remember = remember
        self._lock = Lock()
        self._kept: OrderedDict[Key, CompiledCard] = OrderedDict()
        self._current: frozenset[Key] = frozenset()
        #: How many cards were parsed so far.
        self.parsed = 0

    def of(
        self, card: str, files: Mapping[str, bytes | Problem], languages: Sequence[str]
    ) -> tuple[Key | None, CompiledCard]:
        """What comes of a card with these files; the key is None where one cannot be read."""
        if any(isinstance(content, Problem) for content in files.values()):
            return None, CompiledCard(read_card(card, files, languages, palette()))
        key = tuple(languages), digest(card, files)
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return key, known
        made = CompiledCard(read_card(card, files, languages, palette()))
        with self._lock:
            self.parsed += 1
            # Of two threads that read the same at once both get what the first made.
            made = self._kept.setdefault(key, made)
            if len(self._kept) > len(self._current) + AHEAD:
                self._forget()
        return key, made

    def settle(self, current: Iterable[Key | None]) -> None:
        """The course was read, and these are its cards."""
        with self._lock:
            self._current = frozenset(key for key in current if key is not None)
            self._forget()

    def _forget(self) -> None:
        past = [key for key in self._kept if key not in self._current]
        for key in past[: max(len(past) - self._remember, 0)]:
            del self._kept[key]


def compile_card(card: Card) -> Compiled:
    """Every question of a card, compiled, by item id; and what kept others from it."""
    templates: dict[str, Template] = {}
    problems: list[Problem] = []
    for question in card.questions:
        try:
            template = compile_question(card.id, question)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        except Exception as error:  # one question must not take the course down
            problems.append(_unreadable(question, error))
            continue
        problems.extend(_chart_problems(template))
        templates[template.item] = template
    for trial in trials_of(card):
        problems.extend(read_play(card, trial)[1])
    return templates, tuple(problems)


def _unreadable(question: Question, error: Exception) -> Problem:
    return Problem(
        "error",
        question.spec_place,
        "unreadable-question",
        say("a question that cannot be read ({why})", why=f"{type(error).__name__}: {error}"[:200]),
        say("a question as docs/writing-cards.md describes it"),
        say("Take out what was added last, and add it again bit by bit."),
    )


def _chart_problems(template: Template) -> tuple[Problem, ...]:
    """The charts stand beside the questions, not below them, so their names are checked here."""
    if template.chart is None or template.chart in charts.CHARTS:
        return ()
    return (
        Problem(
            "error",
            template.question.spec_place,
            "unknown-chart",
            say("the chart “{name}”", name=template.chart),
            say("one of {names}", names=", ".join(sorted(charts.CHARTS))),
            say("Write one of these names after “chart:”."),
        ),
    )


def undrawable(
    templates: Mapping[str, Template], draws: int, runs: int, *, formulas: bool = False
) -> list[Problem]:
    """What keeps questions, or with `formulas` a formula, from being shown with some seed."""
    return [
        problem
        for template in templates.values()
        for problem in check_drawing(template, range(draws), range(runs), formulas=formulas)
    ]
