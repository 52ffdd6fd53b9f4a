"""What a click on the study page does. Every click is one use case, which is one transaction."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from engine.i18n import say
from engine.pages import clock
from engine.pages import visit as visits
from engine.pages.address import Place
from engine.pages.guard import guarded_click
from engine.questions import Malformed
from engine.scheduling import Rating
from engine.study import Presentation


def go(place: Place) -> None:
    """Makes `place` the address."""
    st.query_params.from_dict(place.query())


def answer_key(shown: Presentation, option: str = "") -> str:
    """The Streamlit key of the answer's widget (of one option's, for several)."""
    return f"answer-{shown.id}-{option}" if option else f"answer-{shown.id}"


def given_answer(shown: Presentation) -> str:
    """What the learner has put into the widgets, as text for `questions.parse`."""
    variant = shown.variant
    assert variant is not None
    # A widget of the whole answer holds a text or several ids; else each option has its own.
    ticked = [o.id for o in variant.options if st.session_state.get(answer_key(shown, o.id))]
    given = st.session_state.get(answer_key(shown)) or ticked
    return given if isinstance(given, str) else " ".join(given)


@guarded_click
def submit(shown: Presentation, level: int) -> None:
    """One of the confidence buttons under a question."""
    visit = visits.current()
    if visit.too_soon(shown.id):
        return
    given = given_answer(shown)
    result = visit.study.answer_question(
        visit.person,
        shown,
        given,
        level,
        visit.milliseconds(shown.id),
        clock.now(),
    )
    if isinstance(result, Malformed):
        visit.complaint = (shown.id, result.why)
        visit.refusals += 1
        return
    visit.complaint = None
    _note(visit, shown, f"{given} {level}", counted=result.counted)


def _note(visit: visits.Visit, shown: Presentation, given: str, *, counted: bool) -> None:
    """Remembers an answer that did not count, to be told; but not the same one given twice here.

    A double click, or a click that the browser sent again, has answered what it was meant to.
    """
    twice = visit.given == (shown.id, given)
    visit.uncounted = None if counted or twice else shown.id
    visit.given = (shown.id, given)


@guarded_click
def turn(shown: Presentation, place: Place, level: int) -> None:
    """One of the confidence buttons on a flashcard's front."""
    visit = visits.current()
    if not visit.too_soon(shown.id):
        go(replace(place, sure=level))


@guarded_click
def rate(shown: Presentation, place: Place, rating: Rating) -> None:
    """One of the ratings on a flashcard's back; goes on to the next item."""
    visit = visits.current()
    if visit.too_soon(f"{shown.id}-back"):
        return
    result = visit.study.answer_flashcard(
        visit.person,
        shown,
        rating,
        place.sure or 0,
        visit.milliseconds(shown.id),
        clock.now(),
    )
    _note(visit, shown, f"{rating} {place.sure}", counted=result.counted)
    _next(visit, place)


@guarded_click
def unrank(shown: Presentation) -> None:
    """Takes the last option out of the order again."""
    key = answer_key(shown)
    st.session_state[key] = (st.session_state.get(key) or [])[:-1]


@guarded_click
def go_on(shown_id: str, place: Place) -> None:
    """Next."""
    visit = visits.current()
    if not visit.too_soon(f"{shown_id}-reveal"):
        _next(visit, place)


def _next(visit: visits.Visit, place: Place) -> None:
    # An address that names what is being practised is the practice page's.
    if place.cards:
        next_practice(visit, place)
    else:
        next_today(visit, place)


@guarded_click
def start_today(place: Place) -> None:
    """Start or carry on with today's items."""
    next_today(visits.current(), place)


def next_today(visit: visits.Visit, place: Place) -> None:
    """To the next item of today's queue, or to the overview when there is none."""
    now = clock.now()
    entry = visit.study.today(visit.person, now, more=place.more).next
    if entry is None:
        go(Place(more=place.more))
    else:
        seed = visit.study.next_seed(visit.person, entry.item)
        go(Place(item=entry.item, seed=seed, more=place.more))


def next_practice(visit: visits.Visit, place: Place) -> None:
    """To another question of the practised cards, with fresh numbers."""
    course = visit.study.course(clock.now())
    pool = [item for item in course.templates if course.by_id[item].card in place.cards]
    others = [item for item in pool if item != place.item] or pool
    first = clock.fresh_seed() % len(others) if others else 0
    for item in (*others[first:], *others[:first]):
        seed = clock.fresh_seed()
        if visit.study.can_show(visit.person, item, seed, clock.now()):
            go(replace(place, item=item, seed=seed, attempt=0, sure=None))
            return
    visit.trouble = say("No question of these concepts can be shown just now. Choose others.")
    go(Place(cards=place.cards, scheduled=place.scheduled))


@guarded_click
def undo(expected: str | None, place: Place) -> None:
    """Takes back the newest answer and shows its item again."""
    visit = visits.current()
    undone = visit.study.undo(visit.person, clock.now(), expected=expected)
    if undone is None:
        visit.said = say("There is nothing left to undo.")
        return
    visit.said = say("Undone. The schedule is as it was before that answer.")
    go(
        replace(
            place,
            item=undone.answer.item,
            seed=undone.answer.seed,
            attempt=visit.study.attempt(visit.person, undone.answer.item, undone.answer.seed),
            sure=None,
            again=not undone.scheduled,
        )
    )


@guarded_click
def same_numbers(shown: Presentation, place: Place) -> None:
    """The same variant once more, beside the schedule."""
    visit = visits.current()
    tries = visit.study.attempt(visit.person, shown.item, shown.seed)
    go(replace(place, attempt=tries, again=True, sure=None))


@guarded_click
def new_numbers(place: Place) -> None:
    """The same question with fresh numbers, beside the schedule."""
    go(replace(place, seed=clock.fresh_seed(), attempt=0, again=True, sure=None))
