"""Where a learner is, as their address says it; read strictly, because anyone may type one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.i18n import plain, say
from engine.study import LARGEST_SEED, STATED, NotThere

#: Portions of minutes that a day can be asked for.
MOST_MORE = 100
ITEM = re.compile(r"[a-z0-9-]{1,64}/[a-z0-9-]{1,64}")
CARD = re.compile(r"[a-z0-9-]{1,64}")


@dataclass(frozen=True)
class StudyAddress:
    """An item with its numbers: `?item=…&seed=…`; or a step of a lesson: `?lesson=…&step=…`.

    attempt: `try`, 0 for the first answer to these numbers. sure: on a flashcard's back, the
    confidence given on its front. again: shown beside today's queue, not part of it. more: how
    often the learner asked for more than today's minutes. scheduled: practice that counts for the
    schedule. cards: what is being practised. lesson: the card whose step (from 1) is read; with an
    item, the step is read again on the way back to it. check: the item is one of those that are
    asked in place of a lesson.
    """

    item: str | None = None
    seed: int | None = None
    attempt: int = 0
    sure: int | None = None
    again: bool = False
    more: int = 0
    scheduled: bool = False
    cards: tuple[str, ...] = ()
    lesson: str | None = None
    step: int = 1
    check: bool = False

    @property
    def presented(self) -> tuple[str, int] | None:
        """The item and the seed of its numbers; None where no item is named."""
        return None if self.item is None or self.seed is None else (self.item, self.seed)

    def query(self) -> dict[str, str]:
        """The address's parameters; what has its default is left out."""
        parameters: dict[str, str] = {}
        if self.cards:
            parameters["cards"] = ",".join(self.cards)
        if self.scheduled:
            parameters["schedule"] = "1"
        if self.more:
            parameters["more"] = str(self.more)
        if self.item is not None and self.seed is not None:
            parameters["item"] = self.item
            parameters["seed"] = str(self.seed)
            if self.attempt:
                parameters["try"] = str(self.attempt)
            if self.sure is not None:
                parameters["sure"] = str(self.sure)
            if self.again:
                parameters["again"] = "1"
            if self.check:
                parameters["check"] = "1"
        if self.lesson is not None:
            parameters["lesson"] = self.lesson
            parameters["step"] = str(self.step)
        return parameters


def read_address(query: Mapping[str, str]) -> StudyAddress:
    """What an address names. Raises NotThere, saying what to do about it."""
    item = query.get("item")
    if item is not None and not ITEM.fullmatch(item):
        raise NotThere(
            say(
                "“{item}” is not the name of an item; one looks like card/question.",
                item=plain(item[:80]),
            )
        )
    lesson = query.get("lesson")
    if lesson is not None and not CARD.fullmatch(lesson):
        raise NotThere(say("“{card}” is not the name of a card.", card=plain(lesson[:80])))
    return StudyAddress(
        item=item,
        seed=read_number(query, "seed", LARGEST_SEED) if item is not None else None,
        attempt=read_number(query, "try", 1_000_000) or 0,
        sure=read_number(query, "sure", len(STATED) - 1),
        again=query.get("again") == "1",
        more=min(read_number(query, "more", 1_000_000) or 0, MOST_MORE),
        scheduled=query.get("schedule") == "1",
        cards=tuple(c for c in query.get("cards", "").split(",") if c),
        lesson=lesson,
        step=max(1, read_number(query, "step", 1_000) or 1) if lesson is not None else 1,
        check=item is not None and query.get("check") == "1",
    )


def read_number(query: Mapping[str, str], name: str, most: int) -> int | None:
    """A whole number of an address; None without one. Raises NotThere for anything else."""
    text = query.get(name)
    if text is None:
        return None
    # int() reads "１２" and "1_2" too; an address has plain digits only.
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > most:
        raise NotThere(
            say(
                "“{name}={text}” in the address: expected a whole number from 0 to {most}.",
                name=name,
                text=plain(text[:80]),
                most=most,
            )
        )
    return int(text)
