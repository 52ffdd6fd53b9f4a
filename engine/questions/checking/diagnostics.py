"""What many draws of a question have in common that they should not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from engine.i18n import Message, say
from engine.questions.kinds.common import At
from engine.questions.model import Variant
from engine.questions.template import Template

#: Distinct variants in 200 draws that are few.
FEW = 20
#: Draws below which nothing is said about what is always so.
ENOUGH = 20
#: Position counts this unlikely under a uniform key (per cell, standard deviations) are reported.
SKEWED = 5.0
#: Share of draws with one right order above which it can be learned by heart.
SAME_ORDER = 0.9


class Warned(NamedTuple):
    """A warning about a question as a whole."""

    code: str
    found: Message
    expected: Message
    mend: Message | None = None
    #: What of the question's block it is about.
    at: At = ()


class Tally:
    """Counts over the variants of one question."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._seen: set[tuple[object, ...]] = set()
        self._draws = 0
        #: Where the right option stood, out of how many, and how often it was by far the longest.
        self._places: Counter[int] = Counter()
        self._options = 0
        self._longest = 0
        self._keys: Counter[object] = Counter()
        #: several, and choices of written options: how often each option was right.
        self._ticked: Counter[str] = Counter()

    @property
    def variants(self) -> int:
        """How many distinct variants there were."""
        return len(self._seen)

    def add(self, variant: Variant) -> None:
        """Counts one draw."""
        self._draws += 1
        options = tuple(sorted(option.text for option in variant.options))
        self._seen.add((variant.prompt, variant.answer, options))
        self._keys[variant.answer] += 1
        if self._template.kind.hides_one:
            ids = [option.id for option in variant.options]
            self._options = len(ids)
            self._places[ids.index(str(variant.answer))] += 1
            self._longest += _key_is_longest(variant)
        if "options" in self._template.question.spec:
            right = variant.answer if isinstance(variant.answer, tuple) else (variant.answer,)
            self._ticked.update({option.id: 0 for option in variant.options})
            self._ticked.update(right)  # type: ignore[arg-type]

    def warnings(self) -> Iterator[Warned]:
        """All that is amiss."""
        drawn = bool(self._template.parameters.drawn)
        if drawn and self._draws >= 200 and self.variants < FEW:
            yield Warned(
                "few-variants",
                say("{count} distinct variants", count=self.variants),
                say("at least {few}", few=FEW),
                say("Give the parameters more values."),
            )
        if self._draws >= ENOUGH:
            yield from self._always(drawn)
        if sum(self._places.values()) >= 100:
            yield from self._sync_status()

    def _always(self, drawn: bool) -> Iterator[Warned]:
        """Keys that can be learned by heart."""
        kind, logic = self._template.kind, self._template.logic
        if drawn and len(self._keys) == 1 and logic.key_varies and not kind.form.ranked:
            yield Warned(
                "constant-key",
                say("the same right answer in all {drawn} draws", drawn=self._draws),
                say("a right answer that depends on the numbers"),
                kind.vary,
                logic.key_at,
            )
        elif drawn:
            for id, times in sorted(self._ticked.items()):
                if times in (0, self._draws):
                    always = say("always right") if times else say("never right")
                    yield Warned(
                        "constant-option",
                        say("the option “{id}”: {always}", id=id, always=always),
                        say("options that are right in some draws and wrong in others"),
                        kind.vary,
                        (*logic.key_at, id),
                    )
        if kind.form.ranked:
            times = self._keys.most_common(1)[0][1]
            if times > SAME_ORDER * self._draws:
                yield Warned(
                    "constant-order",
                    say(
                        "the same right order in {times} of {drawn} draws",
                        times=times,
                        drawn=self._draws,
                    ),
                    say("a right order that depends on the numbers"),
                    say("Let the numbers change places between the options."),
                    logic.key_at,
                )

    def _sync_status(self) -> Iterator[Warned]:
        """Where the right option stands, and how long it is."""
        drawn = sum(self._places.values())
        expected = drawn / self._options
        deviation = (expected * (1 - 1 / self._options)) ** 0.5
        worst = max(abs(self._places[n] - expected) for n in range(self._options))
        if worst > SKEWED * deviation:
            yield Warned(
                "skewed-key",
                say(
                    "the right option at one place {times} of {drawn} times",
                    times=max(self._places.values()),
                    drawn=drawn,
                ),
                say("every place about as often"),
            )
        if self._longest > 0.8 * drawn:
            yield Warned(
                "longest-option",
                say(
                    "the right option is by far the longest in {times} of {drawn} draws",
                    times=self._longest,
                    drawn=drawn,
                ),
                say("options of like length"),
                say("Lengthen a wrong option or shorten the right one."),
            )


def _key_is_longest(variant: Variant) -> bool:
    texts = {option.id: len(option.text) for option in variant.options}
    key = texts.pop(str(variant.answer))
    return bool(texts) and key > 1.25 * max(texts.values())
