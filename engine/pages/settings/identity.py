"""Settings of a person: their id and name, and their other browsers."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import streamlit as st

from engine.i18n import Message, say, say_count
from engine.identity import LONGEST_NAME, code_as_typed, fresh_code, tidy_name
from engine.pages import clock
from engine.pages import visit as visits
from engine.pages.formatting import moment
from engine.pages.guard import guarded_click
from engine.pages.visit import Visit

KEY = "whoami"
#: So many wrong codes, and then a pause. A code cannot be guessed in any case.
TRIES, PAUSE = 5, timedelta(minutes=10)
MOST_WATCHED = 1000


class Tries:
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
def _tries() -> Tries:
    return Tries()


@dataclass
class Shown:
    """What this part of the page says. code: shown to its owner, once asked for."""

    code: str | None = None
    until: datetime | None = None
    said: Message | None = None
    wrong: Message | None = None
    learner: str = field(default="")


def _shown(visit: Visit) -> Shown:
    shown = st.session_state.get(KEY)
    if not isinstance(shown, Shown) or shown.learner != visit.person.id:
        shown = st.session_state[KEY] = Shown(learner=visit.person.id)
    return shown


def whoami(visit: Visit) -> None:
    """Id, name, a code for another browser, a code from another browser, signing others out."""
    translate, shown = visit.translate, _shown(visit)
    st.header(translate(say("You, and your other browsers")), anchor=False)
    st.markdown(translate(say("Your id here: {id}", id=f"`{visit.person.id}`")))
    st.caption(translate(say("It names you to instructors. It lets nobody in.")))
    names = visit.study.store.learners.names([visit.person.id])
    st.text_input(
        translate(say("Your name (optional; instructors see it beside what you write)")),
        value=names.get(visit.person.id, ""),
        max_chars=LONGEST_NAME,
        key="setting-name",
        on_change=_keep_name,
        autocomplete="nickname",
    )
    _give(visit, shown)
    _take(visit)
    _others(visit)
    if shown.wrong is not None:
        st.warning(translate(shown.wrong), icon=":material/edit:")
    if shown.said is not None:
        st.success(translate(shown.said), icon=":material/check_circle:")


def _give(visit: Visit, shown: Shown) -> None:
    translate = visit.translate
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
                    when=moment(shown.until, visit.person),
                )
            )
        )


def _take(visit: Visit) -> None:
    translate = visit.translate
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            translate(say("Transfer code from your other browser")),
            key="whoami-typed",
            max_chars=40,
            on_change="ignore",
            autocomplete="off",
        )
        st.button(translate(say("Go on here")), key="whoami-redeem", on_click=_redeem)
    if visit.study.can_undo(visit.person):
        st.caption(
            translate(
                say(
                    "You have answered items in this browser. After a transfer it shows the other "
                    "one's instead; to come back to these, show a transfer code here first, or "
                    "note down your id."
                )
            )
        )


def _others(visit: Visit) -> None:
    count = visit.study.store.credentials.browsers(visit.person.id, clock.now()) - 1
    if count > 0:
        told = say_count("{count} other browser is you.", "{count} other browsers are you.", count)
        st.caption(visit.translate(told))
        st.button(
            visit.translate(say("Sign the other browsers out")),
            key="whoami-sign-out",
            on_click=_sign_out,
        )


@guarded_click
def _keep_name() -> None:
    visit = visits.current()
    name = tidy_name(str(st.session_state.get("setting-name") or ""))
    visit.study.store.learners.save_name(visit.person.id, name)


@guarded_click
def _make_code() -> None:
    visit = visits.current()
    code = fresh_code()
    until = visit.study.store.credentials.keep_code(visit.person.id, code, clock.now())
    st.session_state[KEY] = Shown(code, until, learner=visit.person.id)


@guarded_click
def _redeem() -> None:
    visit, now = visits.current(), clock.now()
    shown = st.session_state[KEY] = Shown(learner=visit.person.id)
    if _tries().too_many(visit.person.id, now):
        shown.wrong = say("Too many codes were wrong. Wait ten minutes, then try again.")
        return
    code = code_as_typed(str(st.session_state.get("whoami-typed") or ""))
    if code is None:
        shown.wrong = say("A code has twelve letters and digits, such as “bcdf-2345-ghjk”.")
        return
    learner = visit.study.store.credentials.redeem(visits.token(), code, now)
    if learner is None:
        _tries().wrong(visit.person.id, now)
        shown.wrong = say(
            "This code is not good: it was used, replaced by a newer one, or is older than fifteen "
            "minutes. Let the other browser show a new one."
        )
        return
    st.session_state[KEY] = Shown(
        said=say("This browser goes on where the other one is."), learner=learner
    )


@guarded_click
def _sign_out() -> None:
    visit = visits.current()
    visit.study.store.credentials.sign_out(visit.person.id, keep=visits.token())
    st.session_state[KEY] = Shown(
        said=say("The other browsers are signed out."), learner=visit.person.id
    )
