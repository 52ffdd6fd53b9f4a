"""Today: what is due and new, one item at a time, and what the day came to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import streamlit as st
from streamlit.errors import StreamlitAPIException

from engine.i18n import Message, in_language, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.address import StudyAddress, read_address
from engine.pages.components.keys import Keys, key_handler
from engine.pages.components.prose import show_prose
from engine.pages.guard import EXPLAINED, apart, guarded, page_title, title_if_none
from engine.pages.session import Session
from engine.pages.study import actions, lesson, question, reveal, summary
from engine.pages.study.aside_menu import aside_menu
from engine.pages.study.report import report_box
from engine.pages.study.stuck import stuck
from engine.study import (
    FlashcardFeedback,
    Presentation,
    PresentedFlashcard,
    QuestionFeedback,
    Today,
    Unshowable,
)

log = logging.getLogger("simcards")
#: Each has a place of its own on the page, and says that the others are empty: where one stands in
#: the place of another, the browser may keep children of it (it does when another part of the page
#: is drawn at the same moment), and the last answer's buttons stay on the next question.
STAGES = ("asked", "turned", "answered", "lesson")
FAILED = say("Your answer is kept and graded, but not all that belongs to it can be shown.")


@guarded
def page() -> None:
    """The page; all of it that changes with an answer is one fragment."""
    _study()


@st.fragment(key="study")
@guarded
def _study() -> None:
    session = sessions.current()
    address = read_address(st.query_params.to_dict())
    notices(session)
    with st.container(key="item"):
        if address.lesson is not None:
            lesson.lesson(session, address)
            return
        named = address.presented
        if named is None:
            summary.overview(session, address)
            return
        try:
            address, shown = standing(session, address, named, _presented)
        except Unshowable as error:
            instead(session, address, error.message)
            return
        with apart():
            _progress(session, shown, address)
        show(session, shown, address)


def standing(
    session: Session,
    address: StudyAddress,
    named: tuple[str, int],
    presented: Callable[[Session, StudyAddress, str, int], Presentation],
) -> tuple[StudyAddress, Presentation]:
    """What the address names; after an undo, the next try at the same numbers.

    The browser's Back, a second tab or a bookmark still have the address of the answer that was
    undone. The log holds its id, so it could not be answered there again.
    """
    shown = presented(session, address, *named)
    logged = session.study.store.log.answer(shown.id)
    if logged is None or not logged.undone:
        return address, shown
    tries = session.study.attempt(session.person, shown.item, shown.seed)
    address = replace(address, attempt=tries, sure=None)
    actions.go(address)
    return address, presented(session, address, *named)


def notices(session: Session) -> None:
    """What the last click left to say, in a place of its own: what stands below is not made anew
    when it goes, and keeps the focus and what is typed.
    """
    with st.container(key="notices"):
        trouble, notice = st.empty(), st.empty()
    if session.trouble is not None:
        trouble.error(session.translate(session.trouble), icon=":material/warning:")
    if session.notice is not None:
        notice.info(session.translate(session.notice), icon=":material/undo:")
    session.trouble = session.notice = None


def _progress(session: Session, shown: Presentation, address: StudyAddress) -> None:
    """How much of today is done; beside the schedule it says so instead."""
    if address.check and shown.scheduled:
        lesson.check_progress(session, shown.item)
        return
    if address.again:
        st.caption(session.translate(say("Extra practice. The schedule stays as it is.")))
        return
    now = clock.now()
    day = session.study.today(session.person, now, more=address.more)
    whole = day.answered + day.counts.answers
    added = session.study.added(session.person, now)
    st.progress(
        day.answered / whole if whole else 1.0,
        text=session.translate(_counted(day, added)),
    )


def _counted(day: Today, added: int) -> Message:
    """Answers given and to come; where the last answer left one more to come, why."""
    text = say("{done} answered, {left} to go", done=day.answered, left=day.counts.answers)
    if added > 0:
        return say("{counted} (+{more}: the last item comes back)", counted=text, more=added)
    return text


def _presented(session: Session, address: StudyAddress, item: str, seed: int) -> Presentation:
    """The item of the address: today's own, or one that somebody else's address names."""
    todays = not address.again and session.study.is_todays(
        session.person, item, seed, address.attempt
    )
    return session.present(
        item,
        seed,
        address.attempt,
        mode="today" if todays else "practice",
        scheduled=todays,
    )


def show(session: Session, shown: Presentation, address: StudyAddress) -> None:
    """The item to answer, or its feedback once it is answered; words where it fails."""
    heading(session, shown)
    feedback = session.study.result(shown)
    with st.container(key="again"):
        if feedback is None and session.study.comes_again(session.person, shown, clock.now()):
            st.badge(session.translate(say("again")), color="orange")
        else:
            st.empty()
    now = _stage(shown, feedback, address)
    for stage in STAGES:
        if stage != now:
            st.empty()
            continue
        with st.container(key=f"stage-{stage}"):
            _shown_or_passed_over(session, shown, feedback, address)


def _stage(
    shown: Presentation,
    feedback: QuestionFeedback | FlashcardFeedback | None,
    address: StudyAddress,
) -> str:
    if feedback is not None:
        return "answered"
    return (
        "turned" if isinstance(shown, PresentedFlashcard) and address.sure is not None else "asked"
    )


def _shown_or_passed_over(
    session: Session,
    shown: Presentation,
    feedback: QuestionFeedback | FlashcardFeedback | None,
    address: StudyAddress,
) -> None:
    try:
        _answered_or_not(session, shown, feedback, address)
    except EXPLAINED:
        raise
    except Exception as error:
        log.exception("while %s was shown", shown.item)
        if feedback is None:
            session.study.pass_over(session.person, shown.item, shown.seed, error, clock.now())
        instead(session, address, FAILED if feedback is not None else Unshowable("").message)


def instead(session: Session, address: StudyAddress, message: Message) -> None:
    """What is said in place of an item that cannot be shown, and the way on."""
    title_if_none()
    st.warning(session.translate(message), icon=":material/skip_next:")
    id = f"instead-{address.item}"
    with suppress(StreamlitAPIException), st.container(horizontal=True, key="instead"):
        reveal.next_button(session, id, address)
        if session.study.can_undo(session.person):
            reveal.undo_button(session, address, expected=None)
        key_handler(Keys(id, press={"Space": "next", "Enter": "next", "u": "undo"}))


def _answered_or_not(
    session: Session,
    shown: Presentation,
    feedback: QuestionFeedback | FlashcardFeedback | None,
    address: StudyAddress,
) -> None:
    if feedback is not None:
        if isinstance(feedback, QuestionFeedback):
            reveal.reveal(session, feedback, address)
        else:
            _rated(session, feedback.presentation, address)
    elif misses := session.study.misses_to_help(session.person, shown, clock.now()):
        stuck(session, shown, address, misses)
    else:
        if isinstance(shown, PresentedFlashcard):
            question.flashcard(session, shown, address)
        else:
            question.question(session, shown, address)
        with apart():
            _card(session, shown)
    with st.container(horizontal=True, key="beside"):
        report_box(session, shown)
        if not address.check:
            aside_menu(session, shown, address)
        if feedback is None and session.study.can_undo(session.person):
            reveal.undo_button(session, address, expected=None)


def heading(session: Session, shown: Presentation) -> None:
    """Which concept this is about."""
    with st.container(key="heading"):
        page_title(in_language(shown.card.title, session.person.language))


def _card(session: Session, shown: Presentation) -> None:
    """The card to look things up."""
    # The card is sent when it is opened: its formulas would slow down every item.
    with st.container(key="card"):
        card = st.expander(
            session.translate(say("Read the card **c**")),
            key=f"card-{shown.id}",
            icon=":material/menu_book:",
            on_change="rerun",
        )
        if card.open:
            course = session.study.course(clock.now())
            with card:
                show_prose(session, course, shown.card, f"card-{shown.id}", heading=st.subheader)


def _rated(session: Session, shown: PresentedFlashcard, address: StudyAddress) -> None:
    """A flashcard that was rated before the page was reloaded."""
    st.markdown(in_language(shown.flashcard.front, session.person.language))
    st.divider()
    st.markdown(in_language(shown.flashcard.back, session.person.language))
    st.info(session.translate(say("You have rated this card.")))
    with st.container(horizontal=True, key="actions"):
        reveal.next_button(session, shown.id, address)
        reveal.undo_button(session, address, expected=shown.id)
    key_handler(Keys(f"{shown.id}-rated", press={"Space": "next", "Enter": "next", "u": "undo"}))
