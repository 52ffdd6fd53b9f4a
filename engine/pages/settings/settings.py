"""Settings: what a learner may choose. Each change is kept at once."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import available_timezones

import streamlit as st

from engine import configuration
from engine.i18n import LANGUAGES, say
from engine.pages import session as sessions
from engine.pages.guard import guarded, guarded_click, page_title
from engine.pages.session import Session
from engine.pages.settings.fitting import fitted_to_you
from engine.pages.settings.identity import whoami
from engine.pages.study.report import my_reports
from engine.scheduling import HIGHEST_RETENTION, LOWEST_RETENTION
from engine.study import MOST_NEW

DETECT = ""


@guarded
def page() -> None:
    """Every setting with its present value."""
    session = sessions.current()
    translate = session.translate
    page_title(translate(say("Settings")))
    _language_and_zone(session)
    _amounts(session)
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
        translate(say("New items a day")),
        min_value=0,
        max_value=MOST_NEW,
        value=settings.new_per_day,
        key="setting-new_per_day",
        on_change=_keep,
        args=("new_per_day",),
        help=translate(say("0 means: only what you have met before.")),
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
