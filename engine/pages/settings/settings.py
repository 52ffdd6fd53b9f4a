"""Settings: what a learner may choose. Each change is kept at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import available_timezones

import streamlit as st

from engine import configuration
from engine.i18n import LANGUAGES, in_language, say
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.guard import guarded, guarded_click, page_title
from engine.pages.session import Session
from engine.pages.settings.fitting import fitted_to_you
from engine.pages.settings.identity import whoami
from engine.pages.study.report import my_reports
from engine.scheduling import HIGHEST_RETENTION, LOWEST_RETENTION
from engine.study import FARTHEST_EXAM, LEAST_MINUTES, MOST_MINUTES, MOST_NEW

DETECT = ""
BOUND = "setting-new_per_day"
EXAM_DAY, EXAM_UNITS = "setting-exam_day", "setting-exam_units"


@guarded
def page() -> None:
    """Every setting with its present value."""
    session = sessions.current()
    translate = session.translate
    page_title(translate(say("Settings")))
    _language_and_zone(session)
    _amounts(session)
    _exam(session)
    if session.trouble is not None:
        st.error(translate(session.trouble), icon=":material/warning:")
        session.trouble = None
    else:
        st.caption(
            translate(say("Changes are kept at once. Light or dark follows your system's setting."))
        )
    fitted_to_you(session)
    my_reports(session)
    if configuration.learners_by_browser():
        whoami(session)


def _language_and_zone(session: Session) -> None:
    """Language, time zone, and when a day begins."""
    translate, settings = session.translate, session.person.settings
    _select(
        "language",
        translate(say("Language")),
        {DETECT: translate(say("As the browser says")), **LANGUAGES},
        settings.language or DETECT,
    )
    zones = {
        DETECT: translate(
            say("As the browser says ({timezone})", timezone=sessions.detected_timezone())
        ),
        **{zone: zone.replace("_", " ") for zone in sorted(available_timezones())},
    }
    _select("timezone", translate(say("Time zone")), zones, settings.timezone or DETECT)
    _select(
        "rollover",
        translate(say("A new study day begins at")),
        {hour: f"{hour:02}:00" for hour in range(24)},
        settings.rollover,
    )


def _amounts(session: Session) -> None:
    """How much a day brings, and how well it is to be kept."""
    translate, settings = session.translate, session.person.settings
    st.number_input(
        translate(say("Minutes a day")),
        min_value=LEAST_MINUTES,
        max_value=MOST_MINUTES,
        value=min(max(settings.minutes_a_day, LEAST_MINUTES), MOST_MINUTES),
        step=5,
        key="setting-minutes_a_day",
        on_change=_keep,
        args=("minutes_a_day",),
        help=translate(
            say(
                "New concepts come only as far as reviews leave room, today and in the fortnight "
                "to come."
            )
        ),
    )
    bound = settings.new_per_day
    # Not its `value`: a field that has one cannot be emptied.
    st.session_state.setdefault(BOUND, None if bound is None else min(max(bound, 0), MOST_NEW))
    st.number_input(
        translate(say("At most so many new items a day")),
        min_value=0,
        max_value=MOST_NEW,
        value=None,
        placeholder=translate(say("no bound: the minutes decide")),
        key=BOUND,
        on_change=_keep,
        args=("new_per_day",),
        help=translate(
            say(
                "Only if you want a bound besides the minutes; leave it empty otherwise. 0 means: "
                "only what you have met before."
            )
        ),
    )
    st.slider(
        translate(say("Desired retention")),
        min_value=round(LOWEST_RETENTION * 100),
        max_value=round(HIGHEST_RETENTION * 100),
        value=round(settings.desired_retention * 100),
        format="%d%%",
        key="setting-desired_retention",
        on_change=_keep,
        args=("desired_retention",),
        help=translate(
            say(
                "The chance that you still know an item when it comes back. Higher means more "
                "reviews: 97% takes several times the work of 85%."
            )
        ),
    )


def _exam(session: Session) -> None:
    """A day by which it all has to be known, for those who have one."""
    translate, settings = session.translate, session.person.settings
    tomorrow = session.person.calendar.day(clock.now()) + timedelta(days=1)
    farthest = tomorrow + FARTHEST_EXAM - timedelta(days=1)
    day = settings.exam_day
    st.date_input(
        translate(say("Exam date, if there is one")),
        value=day,
        min_value=min(tomorrow, day or tomorrow),  # an exam that is over is still shown
        max_value=max(farthest, day or farthest),
        format="YYYY-MM-DD",
        key=EXAM_DAY,
        on_change=_keep_exam,
        help=translate(
            say(
                "All that it covers is met early enough, and in the last days reviews are laid so "
                "that you remember on that day. Today then shows how it will go."
            )
        ),
    )
    if day is None:
        return
    if day < tomorrow - timedelta(days=1):
        st.caption(translate(say("This exam is over. Choose another date, or none.")))
    units = {unit.id: unit.title for unit in session.study.course(clock.now()).units}
    st.pills(
        translate(say("What does the exam cover? Nothing picked means all of it.")),
        list(units),
        selection_mode="multi",
        default=[unit for unit in settings.exam_units if unit in units],
        format_func=lambda id: in_language(units[id], session.person.language),
        key=EXAM_UNITS,
        on_change=_keep_exam,
    )
    st.button(
        translate(say("No exam")),
        key="setting-no-exam",
        icon=":material/event_busy:",
        type="tertiary",
        on_click=_no_exam,
    )


def _select(name: str, label: str, options: dict[str, str] | dict[int, str], value: object) -> None:
    ids = list(options)
    st.selectbox(
        label,
        ids,
        index=ids.index(value) if value in ids else 0,
        format_func=lambda id: options[id],
        key=f"setting-{name}",
        on_change=_keep,
        args=(name,),
    )


@guarded_click
def _keep(name: str) -> None:
    session = sessions.current()
    value = st.session_state[f"setting-{name}"]
    if name == "desired_retention":
        value = value / 100
    elif value == DETECT:
        value = None
    changed = replace(session.person.settings, **{name: value})
    session.study.save_settings(session.person, changed)


@guarded_click
def _keep_exam() -> None:
    session = sessions.current()
    state = st.session_state
    units = state.get(EXAM_UNITS, session.person.settings.exam_units)
    session.study.choose_exam(session.person, state[EXAM_DAY], tuple(units), clock.now())


@guarded_click
def _no_exam() -> None:
    session = sessions.current()
    session.study.choose_exam(session.person, None, (), clock.now())
    for key in (EXAM_DAY, EXAM_UNITS):  # what they hold would be shown instead of what is kept
        st.session_state.pop(key, None)
