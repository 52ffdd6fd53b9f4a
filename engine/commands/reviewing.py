"""What `check --review` lists: numbers that a reader has to look at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.cards import ContentReader
from engine.commands.terminal import tell
from engine.questions import remarks
from engine.study.course import compile_card
from engine.words import Translator, say

#: Draws a question that are looked through; each runs its simulation.
REVIEWED = 20


def review(wanted: Mapping[Path, set[str] | None], seeds: int, translate: Translator) -> None:
    """Prints a line for each place, and how many there are."""
    count = 0
    for folder, only in wanted.items():
        for id, card in ContentReader(folder).read().cards.items():
            if only is not None and id not in only:
                continue
            for template in compile_card(card)[0].values():
                for remark in remarks(template, range(seeds)):
                    tell(translate(remark))
                    count += 1
    tell(translate(say("Numbers to be reviewed: {count}.", count=count)))
