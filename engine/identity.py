"""What names a person and what proves them, kept apart.

A person's *id* is public: Settings shows it, SIMCARDS_INSTRUCTORS names it, revisions carry it. It
lets nobody in. What does is a *token* of 256 random bits in a cookie that no script can read; the
database keeps its SHA-256 only. A *transfer code* is shown to its owner for a few minutes and
brings another browser to the same person, once.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

#: Followed by the database's mark: several apps may share a host, and cookies know no ports.
TOKEN_COOKIE = "simcards_token_"
#: Of earlier versions: its value was the id itself. It is exchanged for a token, once.
FORMER_COOKIE = "simcards_learner"
#: The learner where everybody is the same one.
ONLY_LEARNER = "local"

#: No letters and digits that are taken for one another, and no words.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_PUBLIC = re.compile(rf"[{_ALPHABET}]{{5}}-[{_ALPHABET}]{{5}}")
_FORMER = re.compile(r"[0-9a-f]{32}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_CODE_LENGTH = 12
LONGEST_NAME = 60


def fresh_id() -> str:
    """A public id, such as `k7m2q-9xw4t`."""
    return f"{_letters(5)}-{_letters(5)}"


def fresh_token() -> str:
    """What proves a person: 256 random bits."""
    return secrets.token_urlsafe(32)


def fresh_code() -> str:
    """A transfer code, 57 random bits in three groups that can be read aloud."""
    code = _letters(_CODE_LENGTH)
    return "-".join(code[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def digest(secret: str) -> str:
    """What the database keeps of a token, of a code or of an earlier version's cookie."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_public_id(text: str) -> bool:
    """Whether a person can have this id."""
    return text == ONLY_LEARNER or _PUBLIC.fullmatch(text) is not None


def is_former_id(text: str) -> bool:
    """Whether this is an id of earlier versions, which was its owner's cookie as well."""
    return _FORMER.fullmatch(text) is not None


def is_token(text: str) -> bool:
    """Whether a token can look like this; anything else is not worth asking the database."""
    return _TOKEN.fullmatch(text) is not None


def code_as_typed(text: str) -> str | None:
    """The code that somebody typed, however they grouped it; None for what cannot be one.

    >>> code_as_typed(" BCDF GHJK-mnpq ")
    'bcdf-ghjk-mnpq'
    """
    letters = re.sub(r"[\s-]", "", text[:60]).lower()
    if len(letters) != _CODE_LENGTH or set(letters) - set(_ALPHABET):
        return None
    return "-".join(letters[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def tidy_name(text: str) -> str:
    """A name as it is kept: one line, nothing invisible, not too long."""
    text = unicodedata.normalize("NFC", text[: 4 * LONGEST_NAME])
    seen = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def _letters(count: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(count))
