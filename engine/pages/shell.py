"""What surrounds every page: set-up, navigation, the language switch."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import streamlit as st

from engine import configuration
from engine.configuration import ConfigurationError
from engine.i18n import LANGUAGES, Message, Translator, say
from engine.pages import clock, guard, style
from engine.pages import session as sessions
from engine.pages.components.fields import keep_fields
from engine.pages.components.naming import name_formulas
from engine.pages.edit import edit
from engine.pages.lab import lab
from engine.pages.library import library
from engine.pages.recovery import come_back_after
from engine.pages.settings import settings
from engine.pages.sources import sources
from engine.pages.study import practice, today
from engine.storage import StorageError

log = logging.getLogger("simcards")
#: The app's picture in the browser's tab; drawn here, because an emoji needs a font for it.
ICON = str(Path(__file__).with_name("icon.svg"))

#: Path -> what the navigation calls it, and its page.
TITLES: Mapping[str, Message] = {
    "": say("Today"),
    "practice": say("Practice"),
    "library": say("Library"),
    "sources": say("Sources"),
    "lab": say("Lab"),
    "edit": say("Edit"),
    "settings": say("Settings"),
}
PAGES: Mapping[str, ModuleType] = {
    "": today,
    "practice": practice,
    "library": library,
    "sources": sources,
    "lab": lab,
    "edit": edit,
    "settings": settings,
}


def run() -> None:
    """One run of the script: who is here, where they are, and that page."""
    st.set_page_config(page_icon=ICON)
    try:
        session = sessions.enter()
    except (ConfigurationError, StorageError, sessions.UnknownLearner) as error:
        log.error("%s", error)
        _stopped(error)
        return
    except Exception:  # a damaged database may be damaged in any way
        log.exception("at the start of a page")
        _stopped(None)
        return
    style.apply(session.person.language)
    translate = session.translate
    session.pages = {
        path or "today": st.Page(
            PAGES[path].page, title=translate(title), url_path=path, default=not path
        )
        for path, title in TITLES.items()
        if path != "edit" or configuration.may_edit(session.person.id)
    }
    page = st.navigation(list(session.pages.values()), position="top")
    # Said once: a run that a click cuts short must not leave the page half as wide.
    st.set_page_config(layout="wide" if page.url_path == "edit" else "centered")
    style.entitle(page.title)
    if session.path != page.url_path:
        session.pinned.clear()
    session.path = page.url_path
    keep_fields(session.id, session.commits)
    name_formulas(translate)
    _language_switch(session)
    with guard.apart():
        _watching(session.study.version(clock.now()))
    page.run()


def _stopped(error: ConfigurationError | StorageError | sessions.UnknownLearner | None) -> None:
    """Who is here is not known: the pages are named, and each of them says why it is empty.

    Their addresses stay as they are, for when the database answers again.
    """
    language = sessions.detected_language()
    style.apply(language)
    translate = Translator(language)

    def explained() -> None:
        guard.say_trouble(guard.UNEXPECTED if error is None else error.message, page.title)
        if isinstance(error, StorageError):
            come_back_after(error)

    pages = [
        st.Page(explained, title=translate(title), url_path=path, default=not path)
        for path, title in TITLES.items()
    ]
    page = st.navigation(pages, position="top")
    style.entitle(page.title)
    page.run()


@st.fragment(run_every=timedelta(seconds=clock.LOOK_SECONDS))
def _watching(seen: str) -> None:
    """Shows nothing; draws the page anew when an instructor saved something.

    Running by itself, it also makes the browser draw the page anew when it finds a server that was
    restarted, which would not know the buttons of before.
    """
    try:
        session = sessions.current()
        if session.study.version(clock.now()) != seen:
            st.rerun()
    except Exception:  # the next click says what is wrong
        return


def _language_switch(session: sessions.Session) -> None:
    with st.container(horizontal=True, horizontal_alignment="right", key="language"):
        for code, name in LANGUAGES.items():
            if code != session.person.language:
                st.button(
                    name, key=f"language-{code}", type="tertiary", on_click=_speak, args=(code,)
                )


@guard.guarded_click
def _speak(code: str) -> None:
    session = sessions.current()
    chosen = replace(session.person.settings, language=code)
    session.study.save_settings(session.person, chosen)
