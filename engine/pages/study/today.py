"""Today: what is due and new, one item at a time, and what the day came to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import streamlit as st
from streamlit.errors import StreamlitAPIException

from engine.i18n import Message, in_language, say
from engine.pages import address, clock
from engine.pages import visit as visits
from engine.pages.address import Place
from engine.pages.components.keys import Keys, key_handler
from engine.pages.guard import TOLD, apart, guarded, page_title, title_if_none
from engine.pages.study import actions, question, reveal, summary
from engine.pages.study.report import report_box
from engine.pages.visit import Visit
from engine.study import Feedback, Presentation, Today, Unshowable

log = logging.getLogger("simcards")
#: Each has a place of its own on the page, and says that the others are empty: where one stands in
#: the place of another, the browser may keep children of it (it does when another part of the page
#: is drawn at the same moment), and the last answer's buttons stay on the next question.
STAGES = ("asked", "turned", "answered")
FAILED = say("Your answer is kept and graded, but not all that belongs to it can be shown.")


@guarded
def page() -> None:
    """The page; all of it that changes with an answer is one fragment."""
    _study()


@st.fragment(key="study")
@guarded
def _study() -> None:
    visit = visits.current()
    place = address.read(st.query_params.to_dict())
    notices(visit)
    with st.container(key="item"):
        if place.item is None or place.seed is None:
            summary.overview(visit, place)
            return
        try:
            place, shown = standing(visit, place, _presented)
        except Unshowable as error:
            instead(visit, place, error.message)
            return
        with apart():
            _progress(visit, place)
        show(visit, shown, place)


def standing(
    visit: Visit, place: Place, presented: Callable[[Visit, Place], Presentation]
) -> tuple[Place, Presentation]:
    """What the address names; after an undo, the next try at the same numbers.

    The browser's Back, a second tab or a bookmark still have the address of the answer that was
    undone. The log holds its id, so it could not be answered there again.
    """
    shown = presented(visit, place)
    logged = visit.study.store.log.answer(shown.id)
    if logged is None or not logged.undone:
        return place, shown
    tries = visit.study.attempt(visit.person, shown.item, shown.seed)
    place = replace(place, attempt=tries, sure=None)
    actions.go(place)
    return place, presented(visit, place)


def notices(visit: Visit) -> None:
    """What the last click left to say, in a place of its own: what stands below is not made anew
    when it goes, and keeps the focus and what is typed.
    """
    with st.container(key="notices"):
        trouble, said = st.empty(), st.empty()
    if visit.trouble is not None:
        trouble.error(visit.translate(visit.trouble), icon=":material/warning:")
    if visit.said is not None:
        said.info(visit.translate(visit.said), icon=":material/undo:")
    visit.trouble = visit.said = None


def _progress(visit: Visit, place: Place) -> None:
    """How much of today is done; beside the schedule it says so instead."""
    if place.again:
        st.caption(visit.translate(say("Extra practice. The schedule stays as it is.")))
        return
    now = clock.now()
    day = visit.study.today(visit.person, now, more=place.more)
    whole = day.answered + day.counts.answers
    added = visit.study.added(visit.person, now)
    guessed = added > 0 and visit.study.guessed(visit.person)
    st.progress(
        day.answered / whole if whole else 1.0,
        text=visit.translate(_counted(day, added, guessed=guessed)),
    )


def _counted(day: Today, added: int, *, guessed: bool) -> Message:
    """Answers given and to come; where the last answer changed that by more than one, why.

    guessed: whether the last answer was right, but its learner only guessed.
    """
    told = say("{done} answered, {left} to go", done=day.answered, left=day.counts.answers)
    if added > 0 and guessed:
        return say("{counted} (+{more}: a guess is asked again)", counted=told, more=added)
    if added > 0:
        return say("{counted} (+{more}: the last item comes back)", counted=told, more=added)
    if added < 0:
        return say("{counted} (−{fewer}: the last item was easy)", counted=told, fewer=-added)
    return told


def _presented(visit: Visit, place: Place) -> Presentation:
    """The item of the address: today's own, or one that somebody else's address names."""
    assert place.item is not None
    assert place.seed is not None
    todays = not place.again and visit.study.is_todays(
        visit.person, place.item, place.seed, place.attempt
    )
    return visit.present(
        place.item,
        place.seed,
        place.attempt,
        mode="today" if todays else "practice",
        scheduled=todays,
    )


def show(visit: Visit, shown: Presentation, place: Place) -> None:
    """The item to answer, or its feedback once it is answered; words where it fails."""
    heading(visit, shown)
    feedback = visit.study.result(shown)
    with st.container(key="again"):
        if feedback is None and visit.study.comes_again(visit.person, shown):
            st.badge(visit.translate(say("again")), color="orange")
        else:
            st.empty()
    now = _stage(shown, feedback, place)
    for stage in STAGES:
        if stage != now:
            st.empty()
            continue
        with st.container(key=f"stage-{stage}"):
            _shown_or_passed_over(visit, shown, feedback, place)


def _stage(shown: Presentation, feedback: Feedback | None, place: Place) -> str:
    if feedback is not None:
        return "answered"
    return "turned" if shown.flashcard is not None and place.sure is not None else "asked"


def _shown_or_passed_over(
    visit: Visit, shown: Presentation, feedback: Feedback | None, place: Place
) -> None:
    try:
        _answered_or_not(visit, shown, feedback, place)
    except TOLD:
        raise
    except Exception as error:
        log.exception("while %s was shown", shown.item)
        if feedback is None:
            visit.study.pass_over(visit.person, shown.item, shown.seed, error, clock.now())
        instead(visit, place, FAILED if feedback is not None else Unshowable("").message)


def instead(visit: Visit, place: Place, message: Message) -> None:
    """What is said in place of an item that cannot be shown, and the way on."""
    title_if_none()
    st.warning(visit.translate(message), icon=":material/skip_next:")
    told = f"instead-{place.item}"
    with suppress(StreamlitAPIException), st.container(horizontal=True, key="instead"):
        reveal.next_button(visit, told, place)
        if visit.study.can_undo(visit.person):
            reveal.undo_button(visit, place, expected=None)
        key_handler(Keys(told, press={"Space": "next", "Enter": "next", "u": "undo"}))


def _answered_or_not(
    visit: Visit, shown: Presentation, feedback: Feedback | None, place: Place
) -> None:
    if feedback is not None:
        if shown.flashcard is None:
            reveal.reveal(visit, feedback, place)
        else:
            _rated(visit, shown, place)
        report_box(visit, shown)
        return
    if shown.flashcard is not None:
        question.flashcard(visit, shown, place)
    else:
        question.question(visit, shown, place)
    with apart():
        _first_meeting(visit, shown)
    report_box(visit, shown)
    if visit.study.can_undo(visit.person):
        reveal.undo_button(visit, place, expected=None)


def heading(visit: Visit, shown: Presentation) -> None:
    """Which concept this is about."""
    with st.container(key="heading"):
        page_title(in_language(shown.card.title, visit.person.language))


def _first_meeting(visit: Visit, shown: Presentation) -> None:
    """A concept never met before comes with its card, so that nobody has to guess blindly."""
    new = visit.study.is_new_concept(visit.person, shown.card)
    label = say("New concept: read the card first") if new else say("Read the card")
    # The card is sent when it is opened: its formulas would slow down every item.
    with st.container(key="card"):
        card = st.expander(
            f"{visit.translate(label)} **c**",
            key=f"card-{shown.id}",
            icon=":material/menu_book:",
            on_change="rerun",
        )
        if card.open:
            card.markdown(in_language(shown.card.prose, visit.person.language))


def _rated(visit: Visit, shown: Presentation, place: Place) -> None:
    """A flashcard that was rated before the page was reloaded."""
    assert shown.flashcard is not None
    st.markdown(in_language(shown.flashcard.front, visit.person.language))
    st.divider()
    st.markdown(in_language(shown.flashcard.back, visit.person.language))
    st.info(visit.translate(say("You have rated this card.")))
    with st.container(horizontal=True, key="actions"):
        reveal.next_button(visit, shown.id, place)
        reveal.undo_button(visit, place, expected=shown.id)
    key_handler(Keys(f"{shown.id}-rated", press={"Space": "next", "Enter": "next", "u": "undo"}))
