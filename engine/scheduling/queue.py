"""Today's queue: which item comes next.

The order of a study day is settled once, when the queue is built, and depends on nothing but the
learner's memories, the day's answers and the day: no chance, no clock. (Retrievability is a
function of whole study days, so it does not change while the day lasts.)

1. Learning items whose step is over: a failed item comes back in the same session.
   One of the last APART answers is passed over while there is anything else to show, so at least
   three other items lie between, however fast the clock of its step runs.
2. Due items, lowest retrievability first. Before new ones, as what is due is being forgotten while
   what is new can wait, so a learner who stops half way has done the half that could not.
3. New items in the order of the course, up to the day's limit.
4. When nothing else is left, learning items up to LEARN_AHEAD before their step is over.
5. When only what was just answered is left, of that what was answered longest ago.

A card offers one item a day: once one of its items was answered, or comes first by the order above,
its siblings wait for another day. Only an item answered today comes back itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from operator import attrgetter, itemgetter
from typing import Literal

from engine.scheduling.days import ONE_DAY, Calendar
from engine.scheduling.fsrs_memory import LEARN_AHEAD, answers_to_come
from engine.scheduling.memory import Memory

#: Answers that lie between two showings of an item, as long as there are other items.
APART = 3

Reason = Literal["learning", "due", "new"]


@dataclass(frozen=True, slots=True)
class Item:
    """A flashcard or question of the course. position: its place in the course's order.

    kind: "flashcard", or the question's. level: "core", "more" or "hard". apart: the items that are
    not asked on the same day. step: the step of the card's prose that explains it.
    """

    id: str
    card: str
    position: int
    kind: str = "number"
    level: str = "core"
    apart: frozenset[str] = frozenset()
    step: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What comes next and why. ahead: shown before its learning step is over."""

    item: str
    reason: Reason
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items are left today, and how many answers they take if each is right.

    `answers` is what a learner is told is to come: right answers take it down to 0 one by one.
    """

    learning: int
    due: int
    new: int
    answers: int

    @property
    def items(self) -> int:
        """All items left today."""
        return self.learning + self.due + self.new


def build_queue(
    items: Sequence[Item],
    memories: Mapping[str, Memory],
    now: datetime,
    calendar: Calendar,
    *,
    new_limit: int,
    introduced: Collection[str] = (),
    answered_cards: Collection[str] = (),
    recent: Sequence[str] = (),
    more: bool = False,
) -> Queue:
    """The queue of the study day of `now`.

    items: the course, in any order. memories: by item id; those of items no longer in the course
    are passed over. new_limit: new items a day. introduced: items answered for the first time
    today, which count towards it. answered_cards: cards of which an item was answered today (those
    whose memories say so are known without). recent: the items answered today, one for each answer
    in the order they were given; those no longer in the course are passed over. more: the learner
    asked for siblings too; the limit still holds, so raise it if they asked for more new items.

    O(n log n); about a quarter of a second for 100,000 items.
    """
    day = calendar.day(now)
    piles = _Piles.of(sorted(items, key=attrgetter("position")), memories, day)
    one_a_card = _OneACard({*answered_cards, *piles.answered_cards}, more)
    leftover = one_a_card.choose(piles.leftover)
    learning = {item.id: memories[item.id] for item in (*piles.returning, *leftover)}
    known = {item.id: item for item in items}
    return Queue(
        day=day,
        ends=calendar.start(day + ONE_DAY),
        items=known,
        learning=learning,
        due=one_a_card.choose(piles.due),
        new=one_a_card.choose(piles.new),
        fresh={item.id for item in piles.new},
        allowance=new_limit - len(introduced),
        first_of_card=one_a_card.chosen,
        recent=[item for item in recent if item in known],
    )


class Queue:
    """What is left of one study day. Made by `build_queue`, changed by `answered` in place.

    A queue is of one `day`: build another when `calendar.day(now) != queue.day`, after an undo, and
    when answers were given elsewhere. Not for two threads at once.
    """

    def __init__(
        self,
        *,
        day: date,
        ends: datetime,
        items: Mapping[str, Item],
        learning: dict[str, Memory],
        due: Iterable[Item],
        new: Iterable[Item],
        fresh: set[str],
        allowance: int,
        first_of_card: dict[str, str],
        recent: Iterable[str],
    ) -> None:
        self.day = day
        self._ends = ends
        self._items = items
        self._learning = learning
        self._steps = [(m.due_at, items[id].position, id) for id, m in learning.items()]
        heapify(self._steps)
        self._due = _Line(due)
        self._new = _Line(new)
        self._fresh = fresh
        self._allowance = allowance
        self._first_of_card = first_of_card
        self._recent = deque(recent, maxlen=APART)

    def next(self, now: datetime) -> Entry | None:
        """What to show now. None: nothing; `waiting_until` says whether something is to come.

        O(log n), amortised. Changes nothing: until an answer is told it says the same, except that
        a learning item whose step has ended in the meantime comes first.
        """
        step = self._first_step()
        if step is not None and step[0] <= now:
            return Entry(step[-1], "learning")
        if (due := self._due.first()) is not None:
            return Entry(due, "due")
        if self._allowance > 0 and (new := self._new.first()) is not None:
            return Entry(new, "new")
        if step is not None and step[0] <= now + LEARN_AHEAD:
            return Entry(step[-1], "learning", ahead=True)
        return self._just_answered(now)

    def _just_answered(self, now: datetime) -> Entry | None:
        """Of what was just answered and comes back, what was answered longest ago."""
        last_at = {item: nth for nth, item in enumerate(self._recent)}
        for item in sorted(last_at, key=last_at.__getitem__):
            memory = self._learning.get(item)
            if memory is not None and memory.due_at <= now + LEARN_AHEAD:
                return Entry(item, "learning", ahead=memory.due_at > now)
        return None

    @property
    def waiting_until(self) -> datetime | None:
        """When the first learning step ends (UTC); None if there is none left."""
        step = self._first_step()
        steps = [self._learning[item].due_at for item in self._recent if item in self._learning]
        return min(steps if step is None else [*steps, step[0]], default=None)

    def counts(self, now: datetime) -> Counts:
        """What is left; learning counts the items that come back before the study day ends."""
        end = max(self._ends, now + LEARN_AHEAD)
        learning = [memory for memory in self._learning.values() if memory.due_at < end]
        due, new = self._due.left, max(0, min(self._allowance, self._new.left))
        steps = sum(map(answers_to_come, learning))
        return Counts(len(learning), due, new, answers=steps + due + new * answers_to_come(None))

    def answered(self, item: str, memory: Memory) -> None:
        """Takes in an answer: `memory` is the item's memory after it. O(log n).

        Leaves the queue as building it anew would. An item that is not in the course is ignored.
        """
        known = self._items.get(item)
        if known is None:
            return
        if item in self._fresh:
            self._fresh.remove(item)
            self._allowance -= 1
        self._take(item)
        first = self._first_of_card.pop(known.card, None)
        if first is not None:  # the first answer of this card today: the others wait
            self._take(first)
        if memory.state != "review":
            self._learning[item] = memory
        rested = self._recent[0] if len(self._recent) == APART else None
        self._recent.append(item)
        if rested is not None and rested not in self._recent and rested in self._learning:
            due_at, position = self._learning[rested].due_at, self._items[rested].position
            heappush(self._steps, (due_at, position, rested))

    def _take(self, item: str) -> None:
        self._learning.pop(item, None)
        self._due.take(item)
        self._new.take(item)

    def _first_step(self) -> tuple[datetime, int, str] | None:
        # A heap forgets nothing but its first, so steps that no longer hold go when they get there.
        # So do those of what was just answered; they are put back once enough others came.
        while self._steps and not self._holds(self._steps[0]):
            heappop(self._steps)
        return self._steps[0] if self._steps else None

    def _holds(self, step: tuple[datetime, int, str]) -> bool:
        at, _, item = step
        memory = self._learning.get(item)
        return memory is not None and memory.due_at == at and item not in self._recent


class _Line:
    """Items standing in line, any of which may leave; those that left are passed over lazily."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._backwards = [item.id for item in items][::-1]
        self._here = set(self._backwards)

    @property
    def left(self) -> int:
        return len(self._here)

    def first(self) -> str | None:
        while self._backwards and self._backwards[-1] not in self._here:
            self._backwards.pop()
        return self._backwards[-1] if self._backwards else None

    def take(self, item: str) -> None:
        self._here.discard(item)


@dataclass
class _OneACard:
    """Chooses at most one item of each card, unless the learner asked for more."""

    taken: set[str]
    more: bool
    chosen: dict[str, str] = field(default_factory=dict)  # card -> item

    def choose(self, items: list[Item]) -> list[Item]:
        if self.more:
            return items
        return [item for item in items if self._takes(item)]

    def _takes(self, item: Item) -> bool:
        if item.card in self.taken:
            return False
        self.taken.add(item.card)
        self.chosen[item.card] = item.id
        return True


@dataclass
class _Piles:
    """The course, sorted out; each pile in the order in which its items come."""

    returning: list[Item]  # learning, answered today
    leftover: list[Item]  # learning since an earlier day
    due: list[Item]
    new: list[Item]
    answered_cards: set[str]

    @classmethod
    def of(cls, course: Iterable[Item], memories: Mapping[str, Memory], day: date) -> _Piles:
        leftover: list[tuple[datetime, Item]] = []
        due: list[tuple[float, Item]] = []
        piles = cls([], [], [], [], set())
        today = day.toordinal()
        for item in course:
            memory = memories.get(item.id)
            if memory is None:
                piles.new.append(item)
                continue
            learning = memory.state != "review"
            # A day to come is one from which the learner's time zone or clock has gone back.
            if memory.day == day or (learning and memory.day > day):
                piles.answered_cards.add(item.card)
                if learning:
                    piles.returning.append(item)
            elif learning:
                leftover.append((memory.due_at, item))
            if not learning and memory.due_day <= day:
                due.append((_faded(memory, today), item))
        # Sorting is stable, so ties stay in the order of the course.
        leftover.sort(key=itemgetter(0))
        due.sort(key=itemgetter(0), reverse=True)
        piles.leftover = [item for _, item in leftover]
        piles.due = [item for _, item in due]
        return piles


def _faded(memory: Memory, today: int) -> float:
    """How far a memory has faded by a day (an ordinal): the more, the lower its retrievability.

    Days passed over stability: FSRS's forgetting curve depends on nothing else and only falls
    (https://github.com/open-spaced-repetition, FSRS-4.5 on), so its order needs no formula of ours,
    and 100,000 memories no 100,000 calls. A test compares the order with py-fsrs's.
    """
    return max(0, today - memory.day.toordinal()) / memory.stability
