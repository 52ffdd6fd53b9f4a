"""The exam, on Today: how many days are left, how it will go, and what can be done about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from engine.i18n import Message, in_language, say, say_count
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.formatting import percent, short_date
from engine.pages.guard import guarded_click, guarded_part
from engine.pages.session import Session
from engine.scheduling import OTHER_MINUTES, ExamChoices
from engine.study import LEAST_MINUTES, MOST_MINUTES, ExamProspect, Working

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
    when = short_date(settings.exam_day, language)
    if days == 0:
        return say("Your exam is today.")
    text = say_count(
        "Exam in {count} day ({date})", "Exam in {count} days ({date})", days, date=when
    )
    titles = _titles(session, settings.exam_units)
    return say("{exam}: {units}", exam=text, units=titles) if titles else text


def _outlook(session: Session) -> None:
    found = _found(session)
    if isinstance(found, Working):
        _working()
    elif found is not None:
        _how_it_will_go(session, found)


def _found(session: Session) -> ExamProspect | Working | None:
    now = clock.now()
    return session.study.exams.of(session.person, session.study.course(now), now)


@st.fragment(run_every=timedelta(seconds=LOOK_SECONDS))
@guarded_part
def _working() -> None:
    """Shows how far it is worked out, about; draws the page anew when it is."""
    session = sessions.current()
    found = _found(session)
    if not isinstance(found, Working):
        st.rerun()
    assert session.person.settings.exam_day is not None
    id = f"exam-{session.person.settings.exam_day}-{session.person.settings.minutes_a_day}"
    session.mark_shown(id)
    passed = (session.milliseconds(id) or 0) / 1000
    text = session.translate(say("Working out how the exam will go. You need not wait for it."))
    st.progress(passed / (passed + found.seconds), text=text)


def _how_it_will_go(session: Session, found: ExamProspect) -> None:
    translate = session.translate
    if found.choices is None:
        st.markdown(translate(_expected_words(found)))
    else:
        st.warning(translate(_too_little(found)), icon=":material/event_upcoming:")
    if found.outlook.unmet:
        text = say_count(
            "{count} of its items will not have been met by then.",
            "{count} of its items will not have been met by then.",
            found.outlook.unmet,
        )
        st.caption(translate(text))
    with st.container(horizontal=True, key="exam-choices"):
        for minutes, recall in _amounts(found).items():
            _minutes_button(session, minutes, recall)
        if found.choices is not None:
            _other_choices(session, found.choices)


def _amounts(found: ExamProspect) -> dict[int, float | None]:
    """Other minutes a day to choose from, the fewest first, and what they come to where known."""
    outlook, minutes = found.outlook, found.minutes
    amounts: dict[int, float | None] = {}
    if outlook.fewer is not None and minutes - OTHER_MINUTES >= LEAST_MINUTES:
        amounts[minutes - OTHER_MINUTES] = outlook.fewer
    if minutes + OTHER_MINUTES <= MOST_MINUTES:
        amounts[minutes + OTHER_MINUTES] = outlook.more
    if found.choices is not None and found.choices.minutes is not None:
        amounts.setdefault(round(found.choices.minutes), None)
    return amounts


def _minutes_button(session: Session, minutes: int, recall: float | None) -> None:
    if recall is None:
        label = say("{minutes} minutes a day: enough", minutes=minutes)
    else:
        label = say("{minutes} minutes a day: {recall}", minutes=minutes, recall=percent(recall))
    st.button(
        session.translate(label),
        key=f"exam-minutes-{minutes}",
        on_click=_study_for,
        args=(minutes,),
    )


def _other_choices(session: Session, choices: ExamChoices) -> None:
    """Another day or fewer units that would do; where nothing would, the way to choose freely."""
    translate, language = session.translate, session.person.language
    if choices.later is not None:
        st.button(
            translate(
                say("The exam on {date}: enough time", date=short_date(choices.later, language))
            ),
            key="exam-later",
            on_click=_choose,
            args=(choices.later, session.person.settings.exam_units),
        )
    if choices.units:
        st.button(
            translate(say("Only {units}", units=_titles(session, choices.units))),
            key="exam-units",
            on_click=_choose,
            args=(session.person.settings.exam_day, tuple(sorted(choices.units))),
        )
    st.page_link(
        sessions.page_of("settings"),
        label=translate(say("Other units or another date")),
        icon=":material/edit_calendar:",
    )


def _titles(session: Session, units: Collection[str]) -> str:
    every = session.study.course(clock.now()).units
    language = session.person.language
    return ", ".join(in_language(unit.title, language) for unit in every if unit.id in units)


def _expected_words(found: ExamProspect) -> Message:
    return say(
        "With {minutes} minutes a day you will remember about **{recall}** of what it covers on "
        "the day (between {low} and {high}).",
        minutes=found.minutes,
        recall=percent(found.outlook.recall),
        low=percent(found.outlook.low),
        high=percent(found.outlook.high),
    )


def _too_little(found: ExamProspect) -> Message:
    return say(
        "{expected} You want {goal}. Better to know it now: study longer, or ask for less.",
        expected=_expected_words(found),
        goal=percent(found.goal),
    )


@guarded_click
def _study_for(minutes: int) -> None:
    session = sessions.current()
    changed = replace(session.person.settings, minutes_a_day=minutes)
    session.study.save_settings(session.person, changed)
    session.person = replace(session.person, settings=changed)


@guarded_click
def _choose(day: date, units: tuple[str, ...]) -> None:
    session = sessions.current()
    changed = session.study.choose_exam(session.person, day, units, clock.now())
    session.person = replace(session.person, settings=changed)
