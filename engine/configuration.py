"""What an operator sets, all of it through the environment.

SIMCARDS_DATABASE_URL   where answers are kept; unset: SQLite in data/simcards.db
SIMCARDS_DATA           the folder of that file; unset: data beside app.py
SIMCARDS_CONTENT        the content folder; unset: content beside app.py
                        (an installed package has no app.py: both in the current directory)
SIMCARDS_LEARNERS       "one" (default): whoever opens the app is the same learner;
                        "browser": every browser is a learner of its own, known by a cookie
SIMCARDS_INSTRUCTORS    ids of learners who may edit the course, separated by commas; "*": all.
                        Unset: the only learner may, and with "browser" nobody
SIMCARDS_HOST           the address the app is served on; unset: 127.0.0.1 (`make run` sets it)
SIMCARDS_HOSTS          names under which browsers reach it, separated by commas, beside that one

A value that cannot be meant stops the start (`check`); an empty one never means anything.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
from collections.abc import Callable
from pathlib import Path

from engine.i18n import Message, say
from engine.identity import is_former_id, is_public_id

ROOT = Path(__file__).resolve().parent.parent
#: Where data/ and content/ lie unless they are named: beside app.py, or where one stands. An
#: installed package has no app.py beside it, and nothing of anybody's is kept among packages.
HOME = ROOT if all((ROOT / name).is_file() for name in ("app.py", "pyproject.toml")) else Path.cwd()
LOOPBACK = "127.0.0.1"
#: Every name that an operator can set. The last is for the tests of the project itself.
VARIABLES = (
    "SIMCARDS_DATABASE_URL",
    "SIMCARDS_DATA",
    "SIMCARDS_CONTENT",
    "SIMCARDS_LEARNERS",
    "SIMCARDS_INSTRUCTORS",
    "SIMCARDS_HOST",
    "SIMCARDS_HOSTS",
    "SIMCARDS_REQUIRE_ALL",
)
_NAME = re.compile(r"(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_-]{1,63})*\.?")


class ConfigurationError(Exception):
    """Something an operator set cannot be used; `message` says how to mend it."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def check(*, course_needed: bool = True) -> None:
    """Raises ConfigurationError for anything in the environment that cannot be meant.

    course_needed: whether there has to be a course even where none is named.
    """
    for name in sorted(os.environ):
        if name.startswith("SIMCARDS_") and name not in VARIABLES:
            raise ConfigurationError(_unknown(name))
    checks: tuple[Callable[[], object], ...] = (
        database_url,
        data_folder,
        content_folder,
        lambda: folders_are_there(course_needed=course_needed),
        learners_by_browser,
        instructors,
        allowed_hosts,
        mode_is_chosen,
    )
    for one in checks:
        one()


def database_url() -> str | None:
    """The database's address, or None for the SQLite file."""
    return _setting("SIMCARDS_DATABASE_URL")


def data_folder() -> Path:
    """Where the SQLite file lies."""
    return Path(_setting("SIMCARDS_DATA") or HOME / "data")


def content_folder() -> Path:
    """Where course.toml, sources.toml and cards/ lie."""
    return Path(_setting("SIMCARDS_CONTENT") or HOME / "content")


def folders_are_there(*, course_needed: bool = True) -> None:
    """Raises ConfigurationError unless the folders that are named can be used.

    The data folder is made on the first start, so all that is asked is that it can be one.
    """
    content, data = content_folder(), data_folder()
    named = "SIMCARDS_CONTENT" in os.environ
    if (named or course_needed) and not _may_look(content / "course.toml"):
        raise ConfigurationError(_no_course_named(content) if named else no_course(content))
    there = next(folder for folder in (data, *data.absolute().parents) if folder.exists())
    if not there.is_dir():
        raise ConfigurationError(
            say(
                "SIMCARDS_DATA is “{folder}”, but “{file}” is a file. Name a folder, and start "
                "again; it is made if there is none.",
                folder=data,
                file=there,
            )
        )


def no_course(folder: Path) -> Message:
    """That a folder holds no course, and what to do."""
    return say(
        "“{folder}” holds no course: there is no course.toml that can be read. Go to the folder in "
        "which the course's folder “content” lies, or name the folder of a course with "
        "SIMCARDS_CONTENT, and start again.",
        folder=folder,
    )


def learners_by_browser() -> bool:
    """Whether every browser is a learner of its own. Raises ConfigurationError for another word."""
    setting = (_setting("SIMCARDS_LEARNERS") or "one").lower()
    if setting not in ("one", "browser"):
        raise ConfigurationError(
            say(
                "SIMCARDS_LEARNERS is “{told}”: expected “one” (everybody is the same learner) or "
                "“browser” (each browser is a learner of its own). Correct it and start again.",
                told=setting[:40],
            )
        )
    return setting == "browser"


def instructors() -> frozenset[str] | None:
    """The ids that may edit; {"*"}: all; None: not set. Raises ConfigurationError."""
    setting = _setting("SIMCARDS_INSTRUCTORS")
    if setting is None:
        return None
    named = _listed("SIMCARDS_INSTRUCTORS", setting)
    if "*" in named and len(named) > 1:
        raise ConfigurationError(
            say(
                "SIMCARDS_INSTRUCTORS names “*”, which is everybody, and others too. Write “*” "
                "alone, or the ids alone, and start again."
            )
        )
    for name in named:
        if is_former_id(name):
            raise ConfigurationError(_former(name))
        if name != "*" and not is_public_id(name):
            raise ConfigurationError(
                say(
                    "SIMCARDS_INSTRUCTORS names “{told}”, which no id looks like. An id is like "
                    "“k7m2q-9xw4t” (Settings shows everybody theirs), or “local”. Correct it and "
                    "start again.",
                    told=name[:40],
                )
            )
    return frozenset(named)


def may_edit(learner: str) -> bool:
    """Whether a learner is an instructor. Raises ConfigurationError for settings that are wrong."""
    named = instructors()
    if named is None:
        return not learners_by_browser()
    return bool(learner) and ("*" in named or learner in named)


def serving_host() -> str:
    """The address that the app is served on."""
    return (_setting("SIMCARDS_HOST") or LOOPBACK).lower().strip("[]")


def allowed_hosts() -> frozenset[str]:
    """Names and addresses under which browsers may come, beside the loopback ones.

    Raises ConfigurationError for what is none.
    """
    setting = _setting("SIMCARDS_HOSTS")
    named = [] if setting is None else _listed("SIMCARDS_HOSTS", setting.lower())
    for name in (*named, serving_host()):
        if not _is_host(name):
            raise ConfigurationError(
                say(
                    "“{told}” in SIMCARDS_HOST or SIMCARDS_HOSTS is no name of a host: expected "
                    "names such as “cards.example.org”, without https:// and without a port. "
                    "Correct it and start again.",
                    told=name[:60],
                )
            )
    return frozenset(name.strip("[]").rstrip(".") for name in (*named, serving_host()))


def is_loopback(address: str) -> bool:
    """Whether only this machine comes from, or is served on, this address."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return address.lower().rstrip(".") == "localhost"


def mode_is_chosen() -> None:
    """Raises ConfigurationError where other machines are served and nobody said who is who."""
    if not is_loopback(serving_host()):
        for_others()


def for_others() -> None:
    """Raises ConfigurationError unless somebody has said who is who: others are about to come."""
    if _setting("SIMCARDS_LEARNERS") is None:
        raise ConfigurationError(
            say(
                "STOP: other machines can reach this app, and nothing says who is who. As it is, "
                "everybody would be the same learner and could edit the course. Set "
                "SIMCARDS_LEARNERS=browser (each browser is a learner of its own), or "
                "SIMCARDS_LEARNERS=one if that is what you want, and start again."
            )
        )


def _no_course_named(folder: Path) -> Message:
    return say(
        "SIMCARDS_CONTENT is “{folder}”, where there is no course.toml that can be read. "
        "Name the folder of a course, with course.toml and a folder “cards” in it, and "
        "start again.",
        folder=folder,
    )


def _may_look(file: Path) -> bool:
    try:
        return file.is_file() and os.access(file, os.R_OK)
    except OSError:
        return False


def _setting(name: str) -> str | None:
    setting = os.environ.get(name)
    if setting is None:
        return None
    if not setting.strip():
        raise ConfigurationError(
            say("{name} is set but empty. Give it a value, or remove it.", name=name)
        )
    return setting.strip()


def _listed(name: str, setting: str) -> list[str]:
    found = [one.strip() for one in setting.split(",")]
    if "" in found:
        raise ConfigurationError(
            say(
                "{name} has an empty place: two commas in a row, or one at its end. Remove the "
                "comma and start again.",
                name=name,
            )
        )
    return found


def _is_host(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]").partition("%")[0])
    except ValueError:
        return len(name) <= 253 and _NAME.fullmatch(name) is not None
    return True


def _former(name: str) -> Message:
    return say(
        "SIMCARDS_INSTRUCTORS names “{told}…”, an id of an earlier version. Ids let nobody in any "
        "more, so everybody has a new one. “python -m engine learner instructors” says what to "
        "write instead.",
        told=name[:4],
    )


def _unknown(name: str) -> Message:
    near = difflib.get_close_matches(name, VARIABLES, n=1)
    return say(
        "{name} is no setting of Simcards. Did you mean {near}? Correct or remove it, and start "
        "again.",
        name=name[:60],
        near=near[0] if near else VARIABLES[0],
    )
