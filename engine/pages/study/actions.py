"""What a click on the study page does. Every click is one use case, which is one transaction."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from engine.i18n import say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress
from engine.pages.guard import guarded_click
from engine.pages.session import Session
from engine.questions import Malformed
from engine.scheduling import Rating
from engine.study import Presentation, PresentedFlashcard, PresentedQuestion, has_lesson


def go(address: StudyAddress) -> None:
    """Goes to an address."""
    st.query_params.from_dict(address.query())


def answer_key(shown: Presentation, option: str = "") -> str:
    """The Streamlit key of the answer's widget (of one option's, for several)."""
    return f"answer-{shown.id}-{option}" if option else f"answer-{shown.id}"


def given_answer(shown: PresentedQuestion) -> str:
    """What the learner has put into the widgets, as text for `questions.parse`."""
    variant = shown.variant
    assert variant is not None
    # A widget of the whole answer holds a text or several ids; else each option has its own.
    ticked = [o.id for o in variant.options if st.session_state.get(answer_key(shown, o.id))]
    given = st.session_state.get(answer_key(shown)) or ticked
    return given if isinstance(given, str) else " ".join(given)


@guarded_click
def submit(shown: PresentedQuestion, address: StudyAddress, level: int) -> None:
    """One of the confidence buttons under a question."""
    session = sessions.current()
    if session.too_soon(shown.id):
        return
    given = given_answer(shown)
    result = session.study.answer_question(
        session.person,
        shown,
        given,
        level,
        session.milliseconds(shown.id),
        clock.now(),
    )
    if isinstance(result, Malformed):
        session.complaint = (shown.id, result.why)
        session.refusals += 1
        return
    session.complaint = None
    _note(session, shown, f"{given} {level}", counted=result.counted)
    _settle(session, shown, address)


def _note(session: Session, shown: Presentation, given: str, *, counted: bool) -> None:
    """Remembers an answer that did not count, to be told; but not the same one given twice here.

    A double click, or a click that the browser sent again, has answered what it was meant to.
    """
    twice = session.last_answer == (shown.id, given)
    session.uncounted = None if counted or twice else shown.id
    session.last_answer = (shown.id, given)


def _settle(session: Session, shown: Presentation, address: StudyAddress) -> None:
    """After an answer in the check that stands in place of a lesson."""
    if address.check:
        now = clock.now()
        course = session.study.course(now)
        session.study.lessons.settle_check(session.person, course, shown.card.id, now)


@guarded_click
def turn(shown: Presentation, address: StudyAddress, level: int) -> None:
    """One of the confidence buttons on a flashcard's front."""
    session = sessions.current()
    if not session.too_soon(shown.id):
        go(replace(address, sure=level))


@guarded_click
def rate(shown: PresentedFlashcard, address: StudyAddress, rating: Rating) -> None:
    """One of the ratings on a flashcard's back; goes on to the next item."""
    session = sessions.current()
    if session.too_soon(f"{shown.id}-back"):
        return
    result = session.study.answer_flashcard(
        session.person,
        shown,
        rating,
        address.sure or 0,
        session.milliseconds(shown.id),
        clock.now(),
    )
    _note(session, shown, f"{rating} {address.sure}", counted=result.counted)
    _settle(session, shown, address)
    _next(session, address)


@guarded_click
def unrank(shown: Presentation) -> None:
    """Takes the last option out of the order again."""
    key = answer_key(shown)
    st.session_state[key] = (st.session_state.get(key) or [])[:-1]


@guarded_click
def go_on(shown_id: str, address: StudyAddress) -> None:
    """Next."""
    session = sessions.current()
    if not session.too_soon(f"{shown_id}-reveal"):
        _next(session, address)


def _next(session: Session, address: StudyAddress) -> None:
    # An address that names what is being practised is the practice page's.
    if address.cards:
        next_practice(session, address)
    elif address.check and address.item is not None:
        next_of_check(session, address.item.partition("/")[0], address)
    else:
        next_today(session, address)


@guarded_click
def start_today(address: StudyAddress) -> None:
    """Start or carry on with today's items."""
    next_today(sessions.current(), address)


@guarded_click
def study_more(address: StudyAddress) -> None:
    """Another portion of minutes, after the day is done."""
    session = sessions.current()
    more = session.study.more_for(session.person, clock.now(), address.more + 1)
    if more is None:
        session.notice = say(
            "Nothing more can come today: what is new builds on what is still settling. Practise "
            "any concept as you like."
        )
        return
    next_today(session, replace(address, more=more))


def next_today(session: Session, address: StudyAddress) -> None:
    """To the next item of today's queue, or to the overview when there is none."""
    now = clock.now()
    day = session.study.today(session.person, now, more=address.more)
    entry = day.next
    if day.lesson is not None:
        _to_lesson(session, day.lesson, address)
    elif entry is None:
        go(StudyAddress(more=address.more))
    else:
        seed = session.study.next_seed(session.person, entry.item)
        go(StudyAddress(item=entry.item, seed=seed, more=address.more))


def _to_lesson(session: Session, card: str, address: StudyAddress) -> None:
    """To a concept's lesson; to its items at once, where there is nothing to read."""
    now = clock.now()
    if has_lesson(session.study.course(now).cards[card]):
        go(StudyAddress(lesson=card, more=address.more))
        return
    session.study.lessons.read(session.person, card, now)
    next_today(session, address)


def next_of_check(session: Session, card: str, address: StudyAddress) -> None:
    """To the next question of the check; once it is over to today, where the lesson still comes
    if one answer was wrong or a question cannot be shown.
    """
    now = clock.now()
    study, course = session.study, session.study.course(now)
    check = study.lessons.check(session.person, course, card, now)
    for item in () if check.failed else check.left:
        seed = study.next_seed(session.person, item)
        if study.can_show(session.person, item, seed, now):
            go(StudyAddress(item=item, seed=seed, more=address.more, check=True))
            return
    if check.passed or not (card in course.cards and has_lesson(course.cards[card])):
        next_today(session, address)
    else:
        go(StudyAddress(lesson=card, more=address.more))


def next_practice(session: Session, address: StudyAddress) -> None:
    """To another question of the practised cards, with fresh numbers."""
    course = session.study.course(clock.now())
    pool = [item for item in course.templates if course.by_id[item].card in address.cards]
    others = [item for item in pool if item != address.item] or pool
    first = clock.fresh_seed() % len(others) if others else 0
    for item in (*others[first:], *others[:first]):
        seed = clock.fresh_seed()
        if session.study.can_show(session.person, item, seed, clock.now()):
            go(replace(address, item=item, seed=seed, attempt=0, sure=None))
            return
    session.trouble = say("No question of these concepts can be shown just now. Choose others.")
    go(StudyAddress(cards=address.cards, scheduled=address.scheduled))


@guarded_click
def put_aside(shown: Presentation, address: StudyAddress, *, suspend: bool = False) -> None:
    """Puts an item off to tomorrow, or suspends it, and goes on to the next one."""
    session = sessions.current()
    if session.too_soon(shown.id):
        return
    session.study.asides.put(session.person, shown.item, clock.now(), suspend=suspend)
    _next(session, address)
    session.notice = (
        say("Suspended. Undo takes it back, and so does its card's page in the library.")
        if suspend
        else say("Put off to tomorrow. Undo takes it back.")
    )


@guarded_click
def beside_the_schedule(address: StudyAddress) -> None:
    """The item that stands there, with its numbers, as practice."""
    go(replace(address, again=True, sure=None))


@guarded_click
def undo(expected: str | None, address: StudyAddress) -> None:
    """Takes back the newest answer, or what was put aside since, and shows its item again."""
    session = sessions.current()
    if expected is None and (item := session.study.asides.undo(session.person)):
        session.notice = say("Undone. The item is no longer put aside.")
        seed = session.study.next_seed(session.person, item)
        go(replace(address, item=item, seed=seed, attempt=0, sure=None, again=False))
        return
    undone = session.study.undo(session.person, clock.now(), expected=expected)
    if undone is None:
        session.notice = say("There is nothing left to undo.")
        return
    session.notice = say("Undone. The schedule is as it was before that answer.")
    go(
        replace(
            address,
            item=undone.answer.item,
            seed=undone.answer.seed,
            attempt=session.study.attempt(session.person, undone.answer.item, undone.answer.seed),
            sure=None,
            again=not undone.scheduled,
        )
    )


@guarded_click
def same_numbers(shown: Presentation, address: StudyAddress) -> None:
    """The same variant once more, beside the schedule."""
    session = sessions.current()
    tries = session.study.attempt(session.person, shown.item, shown.seed)
    go(replace(address, attempt=tries, again=True, sure=None))


@guarded_click
def new_numbers(address: StudyAddress) -> None:
    """The same question with fresh numbers, beside the schedule."""
    go(replace(address, seed=clock.fresh_seed(), attempt=0, again=True, sure=None))
