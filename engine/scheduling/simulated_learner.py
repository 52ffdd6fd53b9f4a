"""A learner made up of chances, who goes through the course by the code that serves people."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from random import Random
from typing import Final

from engine.scheduling.day_plan import plan_day
from engine.scheduling.days import ONE_DAY, Calendar
from engine.scheduling.fsrs_memory import is_due, rating_for, retrievability, review
from engine.scheduling.item_times import ItemTimes, learn_times, usual_seconds
from engine.scheduling.memory import Memory
from engine.scheduling.queue import APART, Entry, LessonNext, Queue, build_queue
from engine.scheduling.standing import Standing
from engine.scheduling.syllabus import Concept, Item
from engine.scheduling.wishes import Wishes

CERTAIN: Final = 3
#: How far single times lie from their mean: the standard deviation of their logarithm.
SPREAD: Final = 0.35
#: The newest answers of a kind from which a learner's times are learned.
NEWEST: Final = 100
#: Learners' days without time zones: what is simulated is dates.
CALENDAR: Final = Calendar("UTC", 0)


@dataclass(frozen=True)
class Character:
    """What makes one learner another.

    first_right: how often a first answer is right. speed: seconds over the usual ones. forgetting:
    the power to which FSRS's retrievability is raised for the chance that this learner knows; 1 is
    FSRS's own.
    """

    first_right: float
    speed: float
    forgetting: float


LEARNERS: Final[Mapping[str, Character]] = {
    "good": Character(first_right=0.7, speed=0.8, forgetting=0.75),
    "average": Character(first_right=0.55, speed=1.0, forgetting=1.0),
    "forgetful": Character(first_right=0.4, speed=1.25, forgetting=1.3),
}


@dataclass(frozen=True)
class Review:
    """A review of an earlier day's memory: whole days since it, what FSRS said, days overdue."""

    item: str
    elapsed: int
    retrievability: float
    late: int


@dataclass(frozen=True)
class SimulatedDay:
    """What a day was.

    minutes: really; announced: said before the first answer. early: concepts begun before all that
    they require stood. close: items shown less than APART after a sibling, or after themselves,
    though others were there.
    """

    day: int
    minutes: float
    announced: int
    answers: int
    concepts: tuple[str, ...]
    due: int
    left_over: int
    delayed: int
    reviews: tuple[Review, ...]
    early: tuple[str, ...]
    close: tuple[str, ...]


@dataclass
class SimulatedLearner:
    """Somebody who studies every day and does all that is offered.

    begins: as they stand before the first day. times: what is known of their times from the start;
    None: these are learned from the answers, as of anybody.
    """

    concepts: Sequence[Concept]
    character: Character
    seed: int
    begins: Standing = field(default_factory=Standing)
    times: ItemTimes | None = None

    def __post_init__(self) -> None:
        self.memories = dict(self.begins.memories)
        self.lessons = dict(self.begins.lessons)
        self._chance = Random(self.seed)
        self._usual = self.times or ItemTimes()
        self._items = {item.id: item for concept in self.concepts for item in concept.items}
        self._by_id = {concept.id: concept for concept in self.concepts}
        self._own: dict[str, deque[float]] = {}
        self._steps: deque[float] = deque(maxlen=NEWEST)
        self._first: deque[bool] = deque(maxlen=NEWEST)

    def study(self, first: date, days: int, wishes: Wishes) -> Iterator[SimulatedDay]:
        """Lives through so many days."""
        for number in range(days):
            yield self.day(first + number * ONE_DAY, number + 1, wishes)

    def day(self, day: date, number: int, wishes: Wishes) -> SimulatedDay:
        """One day, to the end of what is offered."""
        standing = replace(self.begins, memories=dict(self.memories), lessons=dict(self.lessons))
        times = self.times or learn_times(
            self._own, usual_seconds(self.concepts), self._steps, self._first
        )
        plan = plan_day(self.concepts, standing, day, wishes, times)
        session = _Session(self, build_queue(self.concepts, plan, times), day, wishes, standing)
        announced = session.queue.counts().minutes
        session.run()
        due = [id for id, memory in standing.memories.items() if is_due(memory, day)]
        return SimulatedDay(
            day=number,
            minutes=session.seconds / 60,
            announced=announced,
            answers=session.answers,
            concepts=tuple(session.begun),
            due=len(due),
            left_over=sum(id not in session.answered for id in due),
            delayed=len(plan.delayed),
            reviews=tuple(session.reviews),
            early=tuple(card for card in session.begun if not self._stood(card, standing, day)),
            close=tuple(session.close),
        )

    def _stood(self, card: str, standing: Standing, day: date) -> bool:
        """Whether all that a concept requires stood at 0.8, reckoned item by item."""
        core = [i for name in self._by_id[card].requires for i in self._by_id[name].core]
        memories = [standing.memories.get(item.id) for item in core]
        return all(memory is not None and retrievability(memory, day) >= 0.8 for memory in memories)

    def takes(self, item: Item) -> float:
        """Seconds over an answer."""
        seconds = self._usual.of(item) * self._pace()
        self._own.setdefault(item.kind, deque(maxlen=NEWEST)).append(seconds)
        return seconds

    def reads(self, card: str) -> float:
        """Seconds over a lesson."""
        seconds = [self._usual.step * self._pace() for _ in range(self._by_id[card].steps)]
        self._steps.extend(seconds)
        return sum(seconds)

    def _pace(self) -> float:
        # The mean of such a chance is 1.
        return self.character.speed * self._chance.lognormvariate(-(SPREAD**2) / 2, SPREAD)

    def knows(self, memory: Memory | None, day: date, wishes: Wishes) -> bool:
        """Whether the answer is right, by chance."""
        if memory is None:
            right = self._chance.random() < self.character.first_right
            self._first.append(right)
            return right
        known = retrievability(memory, day, wishes.parameters)
        return bool(self._chance.random() < known**self.character.forgetting)

    def fuzz(self) -> int:
        """A seed for the spread of one interval."""
        return self._chance.getrandbits(32)


class _Session:
    """A day's answers, and what there is to say of their order."""

    def __init__(
        self,
        learner: SimulatedLearner,
        queue: Queue,
        day: date,
        wishes: Wishes,
        standing: Standing,
    ) -> None:
        self._learner, self._day, self._wishes, self._standing = learner, day, wishes, standing
        self._now = datetime.combine(day, time(12), UTC)
        self.queue = queue
        self.seconds = 0.0
        self.answers = 0
        self.begun: list[str] = []
        self.reviews: list[Review] = []
        self.close: list[str] = []
        self.answered: set[str] = set()
        self._open = {*queue.plan.reviews, *queue.plan.new}
        self._in_lesson: set[str] = set()
        self._recent: deque[str] = deque(maxlen=APART)

    def run(self) -> None:
        while (coming := self.queue.next()) is not None:
            if isinstance(coming, LessonNext):
                self._lesson(coming.card)
            else:
                self._answer(coming)

    def _lesson(self, card: str) -> None:
        self.seconds += self._learner.reads(card)
        self.begun.append(card)
        self._in_lesson.update(item.id for item in self._learner._by_id[card].core)
        self._learner.lessons[card] = "read"
        self.queue.lesson_over(card, "read")

    def _answer(self, entry: Entry) -> None:
        item = self._learner._items[entry.item]
        self._look_at_distance(item)
        memory = self._learner.memories.get(item.id)
        if memory is not None and memory.day < self._day:
            self._note(item, memory)
        right = self._learner.knows(memory, self._day, self._wishes)
        rating = rating_for(right, CERTAIN)
        self._learner.memories[item.id] = review(
            memory,
            rating,
            self._now,
            CALENDAR,
            desired_retention=self._wishes.desired_retention,
            parameters=self._wishes.parameters,
            fuzz_seed=self._learner.fuzz(),
        )
        self.seconds += self._learner.takes(item)
        self.answers += 1
        self.answered.add(item.id)
        self._open.discard(item.id)
        self._recent.append(item.id)
        self.queue.answered(item.id, rating)

    def _note(self, item: Item, memory: Memory) -> None:
        known = retrievability(memory, self._day, self._wishes.parameters)
        late = max(0, (self._day - memory.due_day).days)
        self.reviews.append(Review(item.id, (self._day - memory.day).days, known, late))

    def _look_at_distance(self, item: Item) -> None:
        items = self._learner._items
        cards = {items[other].card for other in self._recent}
        if item.card not in cards or item.id in self._in_lesson:
            return
        lessons = len(self.queue.plan.concepts) > len(self.begun)
        if lessons or any(items[other].card not in cards for other in self._open):
            self.close.append(item.id)
