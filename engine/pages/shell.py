"""What surrounds every page: set-up, navigation, the language switch."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import streamlit as st

from engine import configuration
from engine.configuration import ConfigurationError
from engine.pages import clock, edit, guard, lab, library, practice, settings, sources, style, today
from engine.pages import visit as visits
from engine.pages.recovering import come_back_after
from engine.storage import StorageError
from engine.words import LANGUAGES, say

log = logging.getLogger("simcards")


def run() -> None:
    """One run of the script: who is here, where they are, and that page."""
    st.set_page_config(page_title="Simcards", page_icon="🎴")
    try:
        visit = visits.enter()
    except (ConfigurationError, StorageError) as error:
        log.error("%s", error)
        style.apply(visits.detected_language())
        guard.say_trouble(error.message)
        come_back_after(error)
        return
    except LookupError:
        style.apply(visits.detected_language())
        guard.say_trouble(
            say(
                "This browser sent no cookie, so the app cannot tell learners apart. Allow cookies "
                "for this address and reload the page."
            )
        )
        return
    style.apply(visit.person.language)
    translate = visit.translate
    visit.pages = {
        "today": st.Page(today.page, title=translate(say("Today")), default=True),
        "practice": st.Page(practice.page, title=translate(say("Practice")), url_path="practice"),
        "library": st.Page(library.page, title=translate(say("Library")), url_path="library"),
        "sources": st.Page(sources.page, title=translate(say("Sources")), url_path="sources"),
        "lab": st.Page(lab.page, title=translate(say("Lab")), url_path="lab"),
        **(
            {"edit": st.Page(edit.page, title=translate(say("Edit")), url_path="edit")}
            if configuration.may_edit(visit.person.id)
            else {}
        ),
        "settings": st.Page(settings.page, title=translate(say("Settings")), url_path="settings"),
    }
    page = st.navigation(list(visit.pages.values()), position="top")
    # Said once: a run that a click cuts short must not leave the page half as wide.
    st.set_page_config(layout="wide" if page.url_path == "edit" else "centered")
    if visit.here != page.url_path:
        visit.pinned.clear()
    visit.here = page.url_path
    _language_switch(visit)
    _watching(visit.study.version(clock.now()))
    page.run()


@st.fragment(run_every=timedelta(seconds=4))
def _watching(seen: str) -> None:
    """Shows nothing; draws the page anew when an instructor saved something.

    Running by itself, it also makes the browser draw the page anew when it finds a server that was
    restarted, which would not know the buttons of before.
    """
    try:
        visit = visits.current()
        if visit.study.version(clock.now()) != seen:
            st.rerun()
    except (KeyError, StorageError):  # the next click says what is wrong
        return


def _language_switch(visit: visits.Visit) -> None:
    with st.container(horizontal=True, horizontal_alignment="right", key="language"):
        for code, name in LANGUAGES.items():
            if code != visit.person.language:
                st.button(
                    name, key=f"language-{code}", type="tertiary", on_click=_speak, args=(code,)
                )


@guard.guarded_click
def _speak(code: str) -> None:
    visit = visits.current()
    chosen = replace(visit.person.settings, language=code)
    visit.study.store.save_settings(visit.person.id, chosen)
