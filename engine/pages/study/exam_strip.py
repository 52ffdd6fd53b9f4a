"""The exam, on Today: how many days are left, how it will go, and what can be done about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from engine.i18n import Message, in_language, say, say_count
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.formatting import percent, short_date
from engine.pages.guard import guarded_click, guarded_part
from engine.pages.session import Session
from engine.study import ExamOutlook, Expected, Working

LOOK_SECONDS = 1.0


def exam_strip(session: Session) -> None:
    """What there is to say of the learner's exam; nothing where they have none to come."""
    settings = session.person.settings
    today = session.person.calendar.day(clock.now())
    if settings.exam_day is None or settings.exam_day < today:
        return
    with st.container(border=True, key="exam"):
        st.markdown(f"**{session.translate(_when(session))}**")
        if settings.exam_day > today:
            _outlook(session)


def _when(session: Session) -> Message:
    """How many days are left, and what it covers."""
    settings, language = session.person.settings, session.person.language
    assert settings.exam_day is not None
    days = (settings.exam_day - session.person.calendar.day(clock.now())).days
    date = short_date(settings.exam_day, language)
    if days == 0:
        return say("Your exam is today.")
    text = say_count(
        "Exam in {count} day ({date})", "Exam in {count} days ({date})", days, date=date
    )
    units = session.study.course(clock.now()).units
    titles = [in_language(u.title, language) for u in units if u.id in settings.exam_units]
    return say("{exam}: {units}", exam=text, units=", ".join(titles)) if titles else text


def _outlook(session: Session) -> None:
    found = session.study.exams.of(session.person, session.study.course(clock.now()), clock.now())
    if isinstance(found, Working):
        _working()
    elif found is not None:
        _how_it_will_go(session, found)


@st.fragment(run_every=timedelta(seconds=LOOK_SECONDS))
@guarded_part
def _working() -> None:
    """Shows how far it is worked out; draws the page anew when it is."""
    session = sessions.current()
    found = session.study.exams.of(session.person, session.study.course(clock.now()), clock.now())
    if not isinstance(found, Working):
        st.rerun()
    text = session.translate(say("Working out how the exam will go. You need not wait for it."))
    st.progress(min(max(found.done, 0.0), 1.0), text=text)


def _how_it_will_go(session: Session, found: ExamOutlook) -> None:
    translate = session.translate
    if found.is_reached:
        st.markdown(translate(_expected_words(found.now)))
    else:
        st.warning(translate(_too_little(found)), icon=":material/event_upcoming:")
    with st.container(horizontal=True, key="exam-choices"):
        for expected in _amounts(found):
            st.button(
                translate(
                    say(
                        "{minutes} minutes a day: {recall}",
                        minutes=expected.minutes,
                        recall=percent(expected.recall),
                    )
                ),
                key=f"exam-minutes-{expected.minutes}",
                on_click=_study_for,
                args=(expected.minutes,),
            )
        if not found.is_reached:
            st.button(
                translate(say("The exam is a week later")),
                key="exam-later",
                on_click=_a_week_later,
            )
            st.page_link(
                sessions.page_of("settings"),
                label=translate(say("Other units or another date")),
                icon=":material/edit_calendar:",
            )


def _amounts(found: ExamOutlook) -> list[Expected]:
    """Other amounts of minutes to choose from, each once, the fewest first."""
    others = {e.minutes: e for e in (found.fewer, found.more, found.enough) if e is not None}
    return [others[minutes] for minutes in sorted(others)]


def _expected_words(expected: Expected) -> Message:
    return say(
        "With {minutes} minutes a day you will remember about **{recall}** of what it covers on "
        "the day (between {low} and {high}).",
        minutes=expected.minutes,
        recall=percent(expected.recall),
        low=percent(expected.low),
        high=percent(expected.high),
    )


def _too_little(found: ExamOutlook) -> Message:
    return say(
        "{expected} You want {goal}. Better to know it now: study longer, or ask for less.",
        expected=_expected_words(found.now),
        goal=percent(found.goal),
    )


@guarded_click
def _study_for(minutes: int) -> None:
    session = sessions.current()
    changed = replace(session.person.settings, minutes_a_day=minutes)
    session.study.save_settings(session.person, changed)
    session.person = replace(session.person, settings=changed)


@guarded_click
def _a_week_later() -> None:
    session = sessions.current()
    settings = session.person.settings
    assert settings.exam_day is not None
    changed = session.study.choose_exam(
        session.person, settings.exam_day + timedelta(days=7), settings.exam_units, clock.now()
    )
    session.person = replace(session.person, settings=changed)
