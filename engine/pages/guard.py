"""No traceback reaches a learner: what goes wrong becomes a sentence that says what to do."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import ParamSpec, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException

from engine.authoring import EditError, NotAllowed
from engine.i18n import Message, Translator, say
from engine.pages import session as sessions
from engine.pages import style
from engine.pages.recovery import come_back_after
from engine.scheduling import SettingError
from engine.storage import StorageError
from engine.study import NotThere

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("simcards")

UNEXPECTED = say(
    "Something went wrong on our side. It has been written to the server's log. Reload the page; "
    "nothing you answered is lost."
)
PART = say(
    "This part of the page could not be shown. It has been written to the server's log; all else "
    "here works."
)
#: What says by itself what is wrong.
EXPLAINED = (StorageError, NotThere, NotAllowed, EditError, SettingError, sessions.UnknownLearner)


@contextmanager
def apart() -> Iterator[None]:
    """A part of a page: what goes wrong in it is said in its place, and the page goes on."""
    try:
        yield
    except EXPLAINED as error:
        log.error("%s", error)
        _say_once(error.message)
        come_back_after(error)
    except Exception:
        log.exception("in a part of a page")
        st.warning(Translator(_language())(PART), icon=":material/warning:")


def _say_once(message: Message) -> None:
    """Says it, unless another part of the same page or fragment has."""
    text = Translator(_language())(message)
    session = st.session_state.get(sessions.KEY)
    if session is None or text not in session.warnings:
        st.warning(text, icon=":material/warning:")
    if session is not None:
        session.warnings.add(text)


def guarded(draw: Callable[P, R]) -> Callable[P, R | None]:
    """A page, or the fragment that has its title, that says what is wrong instead of raising."""
    within = guarded_part(draw)

    @functools.wraps(draw)
    def safe(*args: P.args, **kwargs: P.kwargs) -> R | None:
        session = st.session_state.get(sessions.KEY)
        if session is not None:
            session.has_title = False
        return within(*args, **kwargs)

    return safe


def guarded_part(draw: Callable[P, R]) -> Callable[P, R | None]:
    """A fragment below its page's title that says what is wrong instead of raising."""

    @functools.wraps(draw)
    def safe(*args: P.args, **kwargs: P.kwargs) -> R | None:
        session = st.session_state.get(sessions.KEY)
        if session is not None:
            session.warnings.clear()
        try:
            return draw(*args, **kwargs)
        except StorageError as error:
            log.error("%s", error)
            say_trouble(error.message)
            come_back_after(error)
        except (NotThere, NotAllowed, EditError, sessions.UnknownLearner) as error:
            say_trouble(error.message)
        except Exception:
            log.exception("in %s", draw.__qualname__)
            say_trouble(UNEXPECTED)
        return None

    return safe


def guarded_click(act: Callable[P, None]) -> Callable[P, None]:
    """A callback that leaves a message for the page to show instead of raising.

    The page is drawn again with everything the learner had typed still in it.
    """

    @functools.wraps(act)
    def safe(*args: P.args, **kwargs: P.kwargs) -> None:
        session = st.session_state.get(sessions.KEY)
        if session is None:  # a button of before the server's restart; the page is drawn anew
            return
        session.trouble = None
        try:
            sessions.confirm(session)
            act(*args, **kwargs)
        except EXPLAINED as error:
            log.error("%s", error)
            session.trouble = error.message
        except Exception:
            log.exception("in %s", act.__qualname__)
            session.trouble = UNEXPECTED

    return safe


def page_title(text: str) -> None:
    """The page's heading of the first level, which a screen reader begins with: one a page."""
    session = st.session_state.get(sessions.KEY)
    if session is not None:
        session.has_title = True
    st.title(text, anchor=False)


def title_if_none() -> None:
    """The page's name over what is said in its place, unless its title stands there already."""
    session = st.session_state.get(sessions.KEY)
    if session is None or not session.pages:
        page_title(style.NAME)
    elif not session.has_title:
        page_title(session.pages[session.path or "today"].title)


def say_trouble(message: Message, name: str | None = None) -> None:
    """The message, and a way on. name: the page's; None: the one where this session is."""
    translate = Translator(_language())
    if name is None:
        title_if_none()
    else:
        page_title(name)
    st.error(translate(message), icon=":material/warning:")
    with suppress(StreamlitAPIException):  # another part of the page has the same buttons
        st.button(translate(say("Try again")), key="trouble-again")
        with st.container(key="trouble-today"):
            _way_back(translate(say("To today's items")))


def _way_back(label: str) -> None:
    session = st.session_state.get(sessions.KEY)
    if session is None or not session.pages:
        return  # without a database there is nowhere to go
    if session.path == "":  # a link to the page one is on keeps what is wrong with its address
        st.button(label, key="trouble-back", on_click=st.query_params.clear)
    else:
        st.page_link(session.pages["today"], label=label, icon=":material/arrow_back:")


def _language() -> str:
    try:
        return sessions.current().person.language
    except KeyError:
        return sessions.detected_language()
