"""A PostgreSQL server of the tests' own: in a temporary folder, on a free port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

HOW_TO_GET_IT = "no PostgreSQL on this machine; to get one: apt-get install postgresql"
PASSWORD = "correct-horse"


def binaries() -> Path | None:
    """The folder with initdb and postgres: on the PATH, or where Debian keeps it."""
    for found in filter(None, [shutil.which("initdb")]):
        if shutil.which("postgres"):
            return Path(found).parent
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    usable = [folder for folder in versions if (folder / "initdb").exists()]
    return max(usable, key=lambda folder: float(folder.parent.name), default=None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgreSQL:
    """Starts when made; `stop` ends it."""

    def __init__(self, bin: Path) -> None:
        self._bin = bin
        self._numbers = count(1)
        self.folder = Path(tempfile.mkdtemp(prefix="simcards-postgresql-"))
        self.port = free_port()
        self._as_whom = self._give_to_somebody_unprivileged()
        self._initialize()
        self._log = (self.folder / "log").open("wb")
        self._process = self._start()
        self._wait()

    def url(self, database: str) -> str:
        return f"postgresql://simcards:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """-> the address of an empty database"""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)

    def halt(self) -> None:
        """Ends it for a while, with what it keeps; `resume` starts it again."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)

    def resume(self) -> None:
        self._process = self._start()
        self._wait()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGQUIT)  # at once: nobody needs the data any more
        self._process.wait(timeout=30)
        self._log.close()
        shutil.rmtree(self.folder)

    def _give_to_somebody_unprivileged(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return {}
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _initialize(self) -> None:
        password = self.folder / "password"
        password.write_text(PASSWORD)
        options = ["-U", "simcards", "-A", "scram-sha-256", f"--pwfile={password}"]
        options += ["-E", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run(
            [self._bin / "initdb", "-D", self.folder / "data", *options],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._as_whom,
        )

    def _start(self) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": "off",  # the machine does not fail in these tests, programs do
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return subprocess.Popen(
            [self._bin / "postgres", "-D", self.folder / "data", *options],
            stdout=self._log,
            stderr=self._log,
            cwd=self.folder,
            **self._as_whom,
        )

    def _wait(self) -> None:
        for _ in range(600):
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text())
