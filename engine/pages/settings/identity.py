"""Settings of a person: their id and name, and their other browsers."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import streamlit as st

from engine.i18n import Message, say, say_count
from engine.identity import LONGEST_NAME, code_as_typed, fresh_code, tidy_name
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.formatting import moment
from engine.pages.guard import guarded_click
from engine.pages.session import Session

KEY = "whoami"
#: So many wrong codes, and then a pause. A code cannot be guessed in any case.
TRIES, PAUSE = 5, timedelta(minutes=10)
MOST_WATCHED = 1000


class WrongCodes:
    """Counts wrong codes a learner. Of this process; bounded."""

    def __init__(self) -> None:
        self._times: dict[str, deque[datetime]] = {}

    def too_many(self, learner: str, now: datetime) -> bool:
        """Whether the learner has to wait."""
        times = self._times.get(learner, deque())
        while times and now - times[0] > PAUSE:
            times.popleft()
        return len(times) >= TRIES

    def wrong(self, learner: str, now: datetime) -> None:
        """Remembers a wrong code."""
        self._times.setdefault(learner, deque(maxlen=TRIES)).append(now)
        while len(self._times) > MOST_WATCHED:
            self._times.pop(next(iter(self._times)))


@st.cache_resource(show_spinner=False)
def _wrong_codes() -> WrongCodes:
    return WrongCodes()


@dataclass
class IdentityState:
    """What this part of the page says. code: shown to its owner, once asked for."""

    code: str | None = None
    until: datetime | None = None
    notice: Message | None = None
    wrong: Message | None = None
    learner: str = field(default="")


def _shown(session: Session) -> IdentityState:
    shown = st.session_state.get(KEY)
    if not isinstance(shown, IdentityState) or shown.learner != session.person.id:
        shown = st.session_state[KEY] = IdentityState(learner=session.person.id)
    return shown


def whoami(session: Session) -> None:
    """Id, name, a code for another browser, a code from another browser, signing others out."""
    translate, shown = session.translate, _shown(session)
    st.header(translate(say("You, and your other browsers")), anchor=False)
    st.markdown(translate(say("Your id here: {id}", id=f"`{session.person.id}`")))
    st.caption(translate(say("It names you to instructors. It lets nobody in.")))
    names = session.study.store.learners.names([session.person.id])
    st.text_input(
        translate(say("Your name (optional; instructors see it beside what you write)")),
        value=names.get(session.person.id, ""),
        max_chars=LONGEST_NAME,
        key="setting-name",
        on_change=_keep_name,
        autocomplete="nickname",
    )
    _give(session, shown)
    _take(session)
    _others(session)
    if shown.wrong is not None:
        st.warning(translate(shown.wrong), icon=":material/edit:")
    if shown.notice is not None:
        st.success(translate(shown.notice), icon=":material/check_circle:")


def _give(session: Session, shown: IdentityState) -> None:
    translate = session.translate
    st.button(
        translate(say("Show a transfer code")),
        key="whoami-code",
        on_click=_make_code,
        help=translate(
            say("With it another browser, on your phone perhaps, goes on where you are.")
        ),
    )
    if shown.code is not None and shown.until is not None and clock.now() < shown.until:
        st.code(shown.code, language=None)
        st.caption(
            translate(
                say(
                    "Type it into Settings in the other browser, before {when}. It works once. "
                    "Whoever has it becomes you, so show it to nobody.",
                    when=moment(shown.until, session.person),
                )
            )
        )


def _take(session: Session) -> None:
    translate = session.translate
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            translate(say("Transfer code from your other browser")),
            key="whoami-typed",
            max_chars=40,
            on_change="ignore",
            autocomplete="off",
        )
        st.button(translate(say("Go on here")), key="whoami-redeem", on_click=_redeem)
    if session.study.can_undo(session.person):
        st.caption(
            translate(
                say(
                    "You have answered items in this browser. After a transfer it shows the other "
                    "one's instead; to come back to these, show a transfer code here first, or "
                    "note down your id."
                )
            )
        )


def _others(session: Session) -> None:
    count = session.study.store.credentials.browsers(session.person.id, clock.now()) - 1
    if count > 0:
        text = say_count("{count} other browser is you.", "{count} other browsers are you.", count)
        st.caption(session.translate(text))
        st.button(
            session.translate(say("Sign the other browsers out")),
            key="whoami-sign-out",
            on_click=_sign_out,
        )


@guarded_click
def _keep_name() -> None:
    session = sessions.current()
    name = tidy_name(str(st.session_state.get("setting-name") or ""))
    session.study.store.learners.save_name(session.person.id, name)


@guarded_click
def _make_code() -> None:
    session = sessions.current()
    code = fresh_code()
    until = session.study.store.credentials.keep_code(session.person.id, code, clock.now())
    st.session_state[KEY] = IdentityState(code, until, learner=session.person.id)


@guarded_click
def _redeem() -> None:
    session, now = sessions.current(), clock.now()
    shown = st.session_state[KEY] = IdentityState(learner=session.person.id)
    if _wrong_codes().too_many(session.person.id, now):
        shown.wrong = say("Too many codes were wrong. Wait ten minutes, then try again.")
        return
    code = code_as_typed(str(st.session_state.get("whoami-typed") or ""))
    if code is None:
        shown.wrong = say("A code has twelve letters and digits, such as “bcdf-2345-ghjk”.")
        return
    learner = session.study.store.credentials.redeem(sessions.token(), code, now)
    if learner is None:
        _wrong_codes().wrong(session.person.id, now)
        shown.wrong = say(
            "This code is not good: it was used, replaced by a newer one, or is older than fifteen "
            "minutes. Let the other browser show a new one."
        )
        return
    st.session_state[KEY] = IdentityState(
        notice=say("This browser goes on where the other one is."), learner=learner
    )


@guarded_click
def _sign_out() -> None:
    session = sessions.current()
    session.study.store.credentials.sign_out(session.person.id, keep=sessions.token())
    st.session_state[KEY] = IdentityState(
        notice=say("The other browsers are signed out."), learner=session.person.id
    )
