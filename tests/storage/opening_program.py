"""A program that opens a store, answers, and says how it went.

    opening_program.py FOLDER [URL [UID]]

It runs in a process of its own: beside others that do the same, or as a user with few rights.
"""

from __future__ import annotations

import os
import sys

from engine.storage import StorageError, open_store
from tests.storage.samples import give


def main(folder: str, url: str = "", uid: str = "") -> None:
    if uid:
        os.setgroups([])
        os.setgid(int(uid))
        os.setuid(int(uid))
    sys.stdin.read(1)  # until everybody is ready
    try:
        with open_store(url or None, folder) as store:
            firsts = sum(give(store, number).first for number in range(20))
        print("first", firsts)
    except StorageError as error:
        print(type(error).__name__, error)


main(*sys.argv[1:])
