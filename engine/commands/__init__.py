"""The commands of the command line, one module a command, imported when it is called.

`engine.commands.NAME` declares the command's arguments (`add_arguments`) and says what runs it.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Every command and what `--help` says of it, in the order in which it lists them.
COMMANDS: Mapping[str, str] = {
    "check": "look for errors in the cards and their questions",
    "content": "revisions in the database and files in the folder",
    "draw": "draw a question and print it",
    "grade": "draw a question and grade an answer to it",
    "simulate": "run a simulation and print what it found",
    "plan": "a simulated learner goes through the course, day by day",
    "replay": "memories from a CSV of reviews",
    "reproduce": "run the course's figures again, as a table",
    "learner": "a transfer code, signing out, new ids",
    "fit": "fits FSRS's parameters to a learner's own answers",
    "rebuild": "makes what is remembered again from the log of answers",
    "backup": "copies the database, while the app runs",
    "restore": "puts a backup in the place of the database",
}
