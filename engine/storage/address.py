"""Which database: a file of our own, or what the operator names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

VARIABLE = "SIMCARDS_DATABASE_URL"
FILE_NAME = "simcards.db"
DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite",
}


@dataclass(frozen=True, slots=True)
class Address:
    """url: for SQLAlchemy; shown: for people, without password or options.

    file: of a SQLite database given by its path, which may have to be created.
    """

    url: URL
    shown: str
    file: Path | None = None

    @property
    def is_file(self) -> bool:
        return self.url.drivername == "sqlite"

    def without_password(self, text: str) -> str:
        """`text` with the password blotted out, wherever it stands."""
        secrets = [self.url.password, *map(str, self.url.query.values())]
        for secret in filter(None, secrets):
            text = text.replace(secret, "***")
        return text


class UnusableAddress(ValueError):
    """`shown` is as much of the address as certainly holds no password."""

    def __init__(self, shown: str) -> None:
        super().__init__(shown)
        self.shown = shown


def address_of(url: str | None, folder: Path) -> Address:
    """Where `url` leads; nothing given leads to `folder/simcards.db`.

    Raises UnusableAddress.
    """
    if url is None or not url.strip():
        file = folder / FILE_NAME
        return Address(URL.create("sqlite", database=str(file)), str(file), file)
    parsed = _parsed(url.strip())
    return _file(parsed) if parsed.drivername == "sqlite" else _server(parsed)


def _parsed(url: str) -> URL:
    scheme, colon, rest = url.partition("://")
    shown = f"{scheme}://…" if colon and re.fullmatch(r"[A-Za-z0-9+.-]{1,40}", scheme) else "…"
    # A second @ is one inside the password, the rest of which would be taken for the host.
    if scheme not in DRIVERS or rest.partition("?")[0].count("@") > 1:
        raise UnusableAddress(shown)
    try:
        return make_url(f"{DRIVERS[scheme]}://{rest}")
    except (ArgumentError, ValueError):
        raise UnusableAddress(shown) from None


def _file(url: URL) -> Address:
    path = url.database or ""
    if path in ("", ":memory:"):  # would be forgotten, and be another for every thread
        raise UnusableAddress("sqlite://…")
    if path.startswith("file:"):
        return Address(url, path.partition("?")[0])
    return Address(url, path, Path(path))


def _server(url: URL) -> Address:
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return Address(url, f"postgresql://{user}{url.host or ''}{port}/{url.database or ''}")
