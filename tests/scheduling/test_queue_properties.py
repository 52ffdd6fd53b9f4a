"""What holds in every session, whatever the course, the memories and the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.scheduling import (
    LEARN_AHEAD,
    Calendar,
    Entry,
    Item,
    Memory,
    Queue,
    Rating,
    answers_to_come,
    build_queue,
    retrievability,
    review,
)

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CALENDAR = Calendar("Europe/Berlin")
TODAY = CALENDAR.day(NOW)
quietly = settings(deadline=None, database=None, derandomize=True, max_examples=150)


@st.composite
def past_memories(draw) -> Memory | None:
    """None for a new item, or a memory after some answers on earlier days."""
    memory = None
    at = NOW - timedelta(days=40)
    for rating in draw(st.lists(st.sampled_from(Rating), max_size=3)):
        memory = review(memory, rating, at, CALENDAR, fuzz_seed=None)
        at += timedelta(days=draw(st.integers(0, 12)), minutes=draw(st.integers(0, 30)))
    return memory


@dataclass
class Session:
    """A learner's day, with what the storage would know of it."""

    items: list[Item]
    memories: dict[str, Memory]
    new_limit: int
    more: bool
    now: datetime = NOW
    introduced: set[str] = field(default_factory=set)
    answered_cards: set[str] = field(default_factory=set)
    recent: list[str] = field(default_factory=list)

    def build(self) -> Queue:
        return build_queue(
            self.items,
            self.memories,
            self.now,
            CALENDAR,
            new_limit=self.new_limit,
            introduced=self.introduced,
            answered_cards=self.answered_cards,
            recent=self.recent,
            more=self.more,
        )

    def answer(self, item: str, rating: Rating) -> Memory:
        before = self.memories.get(item)
        if before is None:
            self.introduced.add(item)
        self.answered_cards.add(item.split("/")[0])
        self.recent.append(item)
        self.memories[item] = review(before, rating, self.now, CALENDAR, fuzz_seed=None)
        return self.memories[item]


@st.composite
def sessions(draw) -> Session:
    ids = [f"c{card}/{n}" for card in range(5) for n in range(draw(st.integers(0, 4)))]
    items = [Item(id, id.split("/")[0], n) for n, id in enumerate(draw(st.permutations(ids)))]
    drawn = {id: draw(past_memories()) for id in ids}
    memories = {id: memory for id, memory in drawn.items() if memory is not None}
    return Session(items, memories, draw(st.integers(0, 6)), draw(st.booleans()))


answers = st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 15)), max_size=40)


def study(session: Session, given_answers) -> list[tuple[Entry, datetime]]:
    """The entries of a session and when they came."""
    queue, shown = session.build(), []
    for rating, minutes in given_answers:
        entry = queue.next(session.now)
        if entry is None:
            break
        shown.append((entry, session.now))
        queue.answered(entry.item, session.answer(entry.item, rating))
        session.now += timedelta(minutes=minutes)
    return shown


@quietly
@given(sessions(), answers, st.randoms(use_true_random=False))
def test_a_queue_that_took_in_answers_is_one_built_anew(session, given_answers, chance):
    queue = session.build()
    for rating, minutes in given_answers:
        entry = queue.next(session.now)
        # Now and then an item is answered that is not next, as from its address.
        elsewhere = session.items and (entry is None or chance.random() < 0.3)
        if not elsewhere and entry is None:
            break
        item = chance.choice(session.items).id if elsewhere else entry.item
        queue.answered(item, session.answer(item, rating))
        session.now += timedelta(minutes=minutes)
        anew = session.build()
        assert queue.next(session.now) == anew.next(session.now)
        assert queue.counts(session.now) == anew.counts(session.now)
        assert queue.waiting_until == anew.waiting_until


@quietly
@given(sessions(), answers)
def test_one_item_of_a_card_a_day_unless_asked_for_more(session, given_answers):
    shown = {entry.item for entry, _ in study(session, given_answers)}
    if not session.more:
        assert len(shown) == len({item.split("/")[0] for item in shown})


@quietly
@given(sessions(), answers)
def test_new_items_never_exceed_the_limit_and_follow_the_course(session, given_answers):
    position = {item.id: item.position for item in session.items}
    new = [e.item for e, _ in study(session, given_answers) if e.reason == "new"]
    assert len(new) <= session.new_limit
    assert [position[item] for item in new] == sorted(position[item] for item in new)


@quietly
@given(sessions(), answers)
def test_due_items_come_by_rising_retrievability(session, given_answers):
    before = dict(session.memories)
    due = [e.item for e, _ in study(session, given_answers) if e.reason == "due"]
    known = [retrievability(before[item], TODAY) for item in due]
    assert all(first <= then + 1e-12 for first, then in pairwise(known))
    assert all(before[item].due_day <= TODAY for item in due)


@quietly
@given(sessions(), answers)
def test_learning_items_are_shown_when_due_or_shortly_ahead(session, given_answers):
    queue = session.build()
    for rating, minutes in given_answers:
        entry = queue.next(session.now)
        if entry is None:
            break
        if entry.reason == "learning":
            wait = session.memories[entry.item].due_at - session.now
            assert entry.ahead == (wait > timedelta(0))
            assert wait <= LEARN_AHEAD
        queue.answered(entry.item, session.answer(entry.item, rating))
        session.now += timedelta(minutes=minutes)


@quietly
@given(sessions())
def test_a_failed_item_comes_back_until_it_is_known(session):
    queue = session.build()
    failed: set[str] = set()
    for _ in range(200):
        entry = queue.next(session.now)
        if entry is None:
            break
        rating = Rating.GOOD if entry.item in failed else Rating.AGAIN
        failed.add(entry.item)
        queue.answered(entry.item, session.answer(entry.item, rating))
        session.now += timedelta(minutes=1)
    assert queue.counts(session.now).answers == queue.counts(session.now).items == 0
    assert all(session.memories[item].state == "review" for item in failed)


@quietly
@given(sessions(), answers, st.randoms(use_true_random=False))
def test_the_order_of_a_day_is_always_the_same(session, given_answers, chance):
    shuffled = Session(
        chance.sample(session.items, len(session.items)),
        dict(chance.sample(list(session.memories.items()), len(session.memories))),
        session.new_limit,
        session.more,
    )
    assert study(session, given_answers) == study(shuffled, given_answers)


@quietly
@given(sessions(), answers)
def test_three_others_lie_between_two_showings_of_an_item_where_there_are_others(
    session, given_answers
):
    queue = session.build()
    for rating, minutes in given_answers:
        entry = queue.next(session.now)
        if entry is None:
            break
        if entry.item in session.recent[-3:]:
            # Then everything that may be shown was just answered.
            counts = queue.counts(session.now)
            assert (counts.due, counts.new) == (0, 0)
            rest = session.memories.keys() - set(session.recent[-3:])
            assert not any(
                session.memories[item].day == TODAY
                and session.memories[item].state != "review"
                and session.memories[item].due_at <= session.now + LEARN_AHEAD
                for item in rest
            )
        queue.answered(entry.item, session.answer(entry.item, rating))
        session.now += timedelta(minutes=minutes)


@quietly
@given(sessions(), answers)
def test_nothing_is_lost(session, given_answers):
    """Whatever was answered before, what the counts promise is shown."""
    queue = session.build()
    for rating, _ in given_answers:
        if (entry := queue.next(session.now)) is None:
            break
        queue.answered(entry.item, session.answer(entry.item, rating))
    counts = queue.counts(session.now)
    shown: set[str] = set()
    while (entry := queue.next(session.now)) is not None:
        shown.add(entry.item)
        queue.answered(entry.item, session.answer(entry.item, Rating.EASY))
    assert len(shown) == counts.items
    assert queue.counts(session.now).answers == queue.counts(session.now).items == 0
    assert queue.waiting_until is None


@quietly
@given(sessions(), answers)
def test_every_answer_takes_one_from_the_count_and_a_miss_adds_what_it_brings_back(
    session, given_answers
):
    queue = session.build()
    for rating, minutes in given_answers:
        entry = queue.next(session.now)
        if entry is None:
            break
        to_come = queue.counts(session.now).answers
        known = session.memories.get(entry.item)
        before, memory = answers_to_come(known), session.answer(entry.item, rating)
        queue.answered(entry.item, memory)
        after = 0 if memory.state == "review" else answers_to_come(memory)
        assert queue.counts(session.now).answers == to_come - before + after
        if rating is Rating.GOOD:
            assert after == before - 1
        session.now += timedelta(minutes=minutes)


@quietly
@given(sessions())
def test_right_answers_take_the_count_to_nothing_one_by_one(session):
    queue = session.build()
    promised = queue.counts(session.now).answers
    for left in range(promised, 0, -1):
        assert queue.counts(session.now).answers == left
        entry = queue.next(session.now)
        assert entry is not None
        queue.answered(entry.item, session.answer(entry.item, Rating.GOOD))
        session.now += timedelta(minutes=1)
    assert queue.next(session.now) is None
    assert queue.counts(session.now).answers == 0
