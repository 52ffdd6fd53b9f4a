"""Who is here, and what this session keeps between two clicks."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Any, cast

import streamlit as st

from engine import configuration
from engine.charts import Theme
from engine.i18n import Message, Translator, say, spoken
from engine.identity import ONLY_LEARNER, fresh_id, is_token
from engine.pages import clock
from engine.pages.resources import open_study
from engine.scheduling import Calendar, SettingError
from engine.storage import Settings
from engine.study import Mode, Person, Presentation, Study, presentation_id

KEY = "simcards_session"
#: What a session keeps when its browser becomes another learner's: what was said about that.
KEPT = ("whoami",)
#: How long what proves somebody is taken to stand, without asking the database again.
CERTAIN_SECONDS = 5.0
NO_COOKIE = say(
    "This browser sent no cookie, so the app cannot tell learners apart. Allow cookies for this "
    "address and reload the page. (The app has to be served with “make run”.)"
)
NOT_KNOWN = say(
    "The app does not know this browser any more: it was signed out, or was away for very long. "
    "Reload the page to begin anew, or ask for a transfer code to come back to what you learned."
)


@dataclass
class Session:
    """What one session keeps: one plain object, read once a run, so that no second click tears it.

    first_shown: presentation id -> when it was first sent, for the dwell guard and the time taken.
    complaint: what is wrong with the answer to a presentation, to say beside its field.
    refusals: how many answers could not be read, so that the keys notice each.
    trouble: what kept the last click from being carried out; notice: what else it came to.
    warnings: what parts of the page have said is wrong with them, in the run that is going on.
    uncounted: the presentation whose second answer was set aside. last_answer: that was given
    here, with its presentation.
    reported: the presentation that a report was just sent about.
    pinned: what stands before the learner, by presentation id: it stays as it was shown even if an
    instructor saves the card meanwhile.
    predicted: where in the lab a prediction was made, and the prediction.
    id: another one for every session; commits: the key of a text field -> how often its text
    arrived for good.
    pages: the app's pages by name, for links between them; path: of the one shown.
    has_title: whether the page that is being drawn has its title.
    confirmed: when it was last certain who is here; cookie: by what.
    """

    study: Study
    person: Person
    translate: Translator
    first_shown: dict[str, float] = field(default_factory=dict)
    complaint: tuple[str, Message] | None = None
    refusals: int = 0
    trouble: Message | None = None
    warnings: set[str] = field(default_factory=set)
    uncounted: str | None = None
    last_answer: tuple[str, str] | None = None
    notice: Message | None = None
    reported: str | None = None
    predicted: tuple[Any, Any] | None = None
    pinned: dict[str, Presentation] = field(default_factory=dict)
    pages: dict[str, Any] = field(default_factory=dict)
    path: str = ""
    has_title: bool = False
    confirmed: float = float("-inf")
    cookie: str | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    commits: dict[str, int] = field(default_factory=dict)

    def commit(self, *keys: str) -> None:
        """Notes that what was typed into these fields has arrived for good."""
        for key in keys:
            self.commits[key] = self.commits.get(key, 0) + 1

    def mark_shown(self, id: str) -> None:
        """Notes when something was first on the page; remembers only the last few."""
        self.first_shown.setdefault(id, clock.ticks())
        while len(self.first_shown) > 8:
            self.first_shown.pop(next(iter(self.first_shown)))

    def present(
        self, item: str, seed: int, attempt: int, *, mode: Mode, scheduled: bool
    ) -> Presentation:
        """What an address names; for as long as it stands there, as it was first shown.

        Raises NotThere.
        """
        id = presentation_id(self.person.id, mode, item, seed, attempt)
        shown = self.pinned.get(id)
        if shown is None:
            shown = self.study.present(
                self.person, item, seed, attempt, clock.now(), mode=mode, scheduled=scheduled
            )
        elif shown.language != self.person.language:
            shown = shown.in_language(self.person.language)
        shown = replace(shown, scheduled=scheduled)
        self.pinned[id] = shown
        while len(self.pinned) > 8:
            self.pinned.pop(next(iter(self.pinned)))
        return shown

    def too_soon(self, id: str) -> bool:
        """Whether a click on `id` must have begun before it was visible."""
        since = self.first_shown.get(id)
        return since is not None and clock.ticks() - since < clock.DWELL_SECONDS

    def milliseconds(self, id: str) -> int | None:
        """How long `id` has been on this page."""
        since = self.first_shown.get(id)
        return None if since is None else int((clock.ticks() - since) * 1000)


class UnknownLearner(Exception):
    """This browser cannot be told from others; `message` says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def learner_id(study: Study) -> str:
    """The learner behind this session.

    Raises UnknownLearner, StorageError and ConfigurationError.
    """
    address = st.context.ip_address  # None on the machine itself
    if isinstance(address, str) and not configuration.is_loopback(address):
        configuration.for_others()
    if not configuration.learners_by_browser():
        return ONLY_LEARNER
    credentials = study.store.credentials
    token = st.context.cookies.to_dict().get(credentials.cookie)
    if token is None:
        raise UnknownLearner(NO_COOKIE)
    id = credentials.enter(token, clock.now(), fresh_id) if is_token(token) else None
    if id is None:
        raise UnknownLearner(NOT_KNOWN)
    return id


def token() -> str:
    """What proves this session's learner; only where browsers are learners of their own."""
    return str(st.context.cookies[open_study().store.credentials.cookie])


def detected_language() -> str:
    """The browser's language, as far as the app speaks it."""
    return spoken([st.context.locale or ""])


def detected_timezone() -> str:
    """The browser's time zone; UTC where it does not tell."""
    return st.context.timezone or "UTC"


def calendar_of(settings: Settings) -> Calendar:
    """The learner's days; a zone this machine does not know falls back to UTC."""
    try:
        return Calendar(settings.timezone or detected_timezone(), settings.rollover)
    except SettingError:
        return Calendar("UTC", settings.rollover)


def enter() -> Session:
    """The session, with settings as they stand in the database. Once a full run.

    Raises StorageError when the database cannot be used, UnknownLearner, and ConfigurationError.
    """
    configuration.check()
    study = open_study()
    learner = study.learner(learner_id(study), clock.now())
    settings = learner.settings
    language = settings.language or detected_language()
    person = Person(learner.id, settings, language, calendar_of(settings))
    session = cast(Session | None, st.session_state.get(KEY))
    if session is None or session.person.id != person.id:
        if session is not None:
            # What another person left in this session is not this one's.
            for key in [key for key in st.session_state if key not in KEPT]:
                del st.session_state[key]
        session = Session(study, person, Translator(language))
        st.session_state[KEY] = session
    else:
        session.study, session.person = study, person
        if session.translate.language != language:
            session.translate = Translator(language)
    session.confirmed, session.cookie = clock.ticks(), _cookie(session)
    return session


def current() -> Session:
    """This session; `enter` has made it."""
    return cast(Session, st.session_state[KEY])


def confirm(session: Session) -> None:
    """Raises UnknownLearner if this session is no longer that of its person.

    A session outlives the run that `enter` began: clicks and fragments come after a browser was
    signed out, or with another browser's cookie.
    """
    if clock.ticks() - session.confirmed < CERTAIN_SECONDS and session.cookie == _cookie(session):
        return
    if learner_id(session.study) != session.person.id:
        raise UnknownLearner(NOT_KNOWN)
    session.confirmed, session.cookie = clock.ticks(), _cookie(session)


def _cookie(session: Session) -> str | None:
    """The token that came with this session; it stands in the session's memory alone."""
    if not configuration.learners_by_browser():
        return None
    return st.context.cookies.to_dict().get(session.study.store.credentials.cookie)


def theme() -> Theme:
    """Whether the page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def page_of(name: str) -> Any:
    """The page called `name` (today, practice, library, lab, settings), for a link."""
    return current().pages[name]
