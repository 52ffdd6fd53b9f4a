"""What surrounds every page: set-up, navigation, the language switch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from engine.configuration import ConfigurationError
from engine.pages import guard, lab, library, practice, settings, sources, style, today
from engine.pages import visit as visits
from engine.storage import StorageError
from engine.words import LANGUAGES, say


def run() -> None:
    """One run of the script: who is here, where they are, and that page."""
    st.set_page_config(page_title="Simcards", page_icon="🎴", layout="centered")
    try:
        visit = visits.enter()
    except (ConfigurationError, StorageError) as error:
        style.apply(visits.detected_language())
        guard.say_trouble(error.message)
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
        "settings": st.Page(settings.page, title=translate(say("Settings")), url_path="settings"),
    }
    page = st.navigation(list(visit.pages.values()), position="top")
    visit.here = page.url_path
    _language_switch(visit)
    _reconnecting()
    page.run()


@st.fragment(run_every=timedelta(hours=12))
def _reconnecting() -> None:
    """Shows nothing; makes the browser draw the page anew when it finds the server again.

    Streamlit does that only where something runs by itself. Elsewhere the page of before is left
    standing, and a server that was restarted does not know its buttons: clicks do nothing.
    """


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
