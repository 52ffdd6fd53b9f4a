"""What `check --review` lists: numbers that a reader has to look at."""

from __future__ import annotations

from collections.abc import Iterable

from engine.commands.terminal import tell
from engine.i18n import Translator, say
from engine.questions import Template, remarks

#: Draws a question that are looked through; each runs its simulation.
REVIEWED = 20


def review(templates: Iterable[Template], seeds: int, translate: Translator) -> None:
    """Prints a line for each place, and how many there are."""
    count = 0
    for template in templates:
        for remark in remarks(template, range(seeds)):
            tell(translate(remark))
            count += 1
    tell(translate(say("Numbers to be reviewed: {count}.", count=count)))
