"""Template + seed -> Variant, the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine import simulations
from engine.i18n import DEFAULT_LANGUAGE, Message, say
from engine.questions.choosing_shown import show_some
from engine.questions.expressions import ExpressionError
from engine.questions.kinds.common import (
    PRINT_THE_SAME,
    At,
    Rejected,
    Solved,
    condition,
)
from engine.questions.model import Option, Variant
from engine.questions.parameters import Values
from engine.questions.template import Template, WordsOf

MOST_TRIES = 200
LARGEST_SEED = 2**32 - 1
#: One generator a purpose, so that a change in one leaves the others as they were.
PARAMETERS, OPTIONS, SIMULATION, SHOWN = range(4)


class Reasons(Counter[str]):
    """How often a draw was rejected, by its reason in English.

    messages: the same reasons, to be said in other languages.
    """

    def __init__(
        self,
        counts: Mapping[str, int] | None = None,
        messages: Mapping[str, Message] | None = None,
    ) -> None:
        super().__init__(counts or {})
        self.messages: dict[str, Message] = dict(messages or {})

    def __reduce__(self) -> tuple[type[Reasons], tuple[dict[str, int], dict[str, Message]]]:
        return Reasons, (dict(self), self.messages)

    def hear(self, reason: Message) -> None:
        """Counts one more rejected draw."""
        self[str(reason)] += 1
        self.messages.setdefault(str(reason), reason)


class DrawError(ValueError):
    """No draw met the question's constraints; `message` names the one in the way.

    at: where the question's block says it.
    """

    def __init__(self, message: Message, at: At = ()) -> None:
        super().__init__(str(message))
        self.message = message
        self.at = at


def generator(entropy: int, seed: int, stream: int) -> np.random.Generator:
    """The generator of one purpose for one seed of a question."""
    sequence = np.random.SeedSequence(entropy, spawn_key=(seed, stream))
    return np.random.Generator(np.random.PCG64(sequence))


def draw(
    template: Template, seed: int, language: str = DEFAULT_LANGUAGE, rejected: Reasons | None = None
) -> Variant:
    """The variant of a seed (0 to 2**32 - 1), with its words in `language`.

    Draws that were not fit are counted in `rejected` by their reason. Raises DrawError when
    MOST_TRIES of them were not, naming the constraint that was in the way most.
    """
    return _variant(template, seed, language, *_find(template, seed, rejected))


def _find(
    template: Template, seed: int, rejected: Reasons | None
) -> tuple[Values, Mapping[str, object], Solved]:
    """The first draw that is fit: its values, the same with the outcome, and its logic."""
    if not 0 <= seed <= LARGEST_SEED:
        raise DrawError(
            say("the seed {seed} is not from 0 to {most}", seed=seed, most=LARGEST_SEED)
        )
    rng = generator(template.entropy, seed, PARAMETERS)
    unfit: list[Rejected] = []
    found = None
    while found is None and len(unfit) < MOST_TRIES:
        try:
            values = template.parameters.draw(rng)
            found = values, *_solve(template, seed, values)
        except Rejected as reason:
            unfit.append(reason)
        except ExpressionError as error:
            unfit.append(Rejected(error.message, "parameters"))
        except (ArithmeticError, LookupError) as error:
            unfit.append(Rejected(say("numbers that can be computed ({why})", why=repr(error))))
    if rejected is not None:
        for unmet in unfit:
            rejected.hear(unmet.constraint)
    if found is None:
        raise _none_found(template, unfit)
    return found


def _none_found(template: Template, unfit: Sequence[Rejected]) -> DrawError:
    """What to say of the constraint that was in the way most often."""
    worst, times = Counter(str(reason.constraint) for reason in unfit).most_common(1)[0]
    reason = next(reason for reason in unfit if str(reason.constraint) == worst)
    return DrawError(
        say(
            "No numbers for “{item}” were found in {tries} draws: {times} times this did not hold: "
            "{constraint}. Loosen it, or give the parameters more values.",
            item=template.item,
            tries=len(unfit),
            times=times,
            constraint=reason.constraint,
        ),
        reason.at,
    )


def _solve(template: Template, seed: int, values: Values) -> tuple[Mapping[str, object], Solved]:
    known: Mapping[str, object] = values
    for required in template.requires:
        if required.needs_outcome and known is values:
            known = _with_run(template, seed, values)
        if not condition(required, known, "require"):
            raise Rejected(say("require: {text}", text=required.text), "require")
    if template.needs_outcome and known is values:
        known = _with_run(template, seed, values)
    solved = template.logic.draw(known)
    for texts in template.filled_options:
        if len({text.fill(known) for text in texts}) < len(texts):
            raise Rejected(PRINT_THE_SAME, "options")
    return known, solved


def _with_run(template: Template, seed: int, values: Values) -> Mapping[str, object]:
    return with_outcome(values, run(template, seed, values))


def with_outcome(
    values: Mapping[str, object], outcome: simulations.Outcome | None
) -> dict[str, object]:
    """The values with the outcome's scalars beside them, as `outcome.name`."""
    known = dict(values)
    if outcome is not None:
        known.update((f"outcome.{name}", float(value)) for name, value in outcome.scalars.items())
    return known


def settings(template: Template, values: Mapping[str, object]) -> dict[str, object]:
    """All parameters of the simulation behind these values, defaults included.

    Raises ExpressionError or simulations.ParameterError where a value is out of range.
    """
    assert template.simulation is not None
    simulation = simulations.SIMULATIONS[template.simulation]
    given: dict[str, object] = {}
    for name, setting in template.settings.items():
        if isinstance(setting, (str, bool, int, float)):
            given[name] = setting
        else:
            value = setting.value(values)
            whole = isinstance(value, float) and value.is_integer()
            given[name] = int(value) if whole else value
    given.update((name, values[source]) for name, source in template.copied.items())
    made = simulation.make(given)
    return {name: getattr(made, name) for name in simulation.ranges()}


def run(template: Template, seed: int, values: Mapping[str, object]) -> simulations.Outcome:
    """The simulation behind these values.

    Raises Rejected where its parameters are out of range, DrawError where it fails.
    """
    assert template.simulation is not None
    try:
        chosen = settings(template, values)
    except (ExpressionError, simulations.ParameterError) as error:
        why = say("the simulation's range: {why}", why=str(error))
        raise Rejected(why, "settings") from error
    try:
        return run_with(template, seed, chosen)
    except Exception as error:
        raise DrawError(
            say(
                "The simulation “{name}” behind “{item}” failed: {why}",
                name=template.simulation,
                item=template.item,
                why=repr(error)[:200],
            ),
            ("simulation",),
        ) from error


def run_with(template: Template, seed: int, chosen: Mapping[str, object]) -> simulations.Outcome:
    """The template's simulation with all its parameters `chosen`; the last runs are kept."""
    assert template.simulation is not None
    simulation = simulations.SIMULATIONS[template.simulation]
    items = tuple(sorted(chosen.items()))
    return _run_once(simulation.name, simulation.run, items, template.entropy, seed)


@lru_cache(maxsize=64)
def _run_once(
    name: str,
    work: Callable[[Any, np.random.Generator], simulations.Outcome],
    chosen: tuple[tuple[str, object], ...],
    entropy: int,
    seed: int,
) -> simulations.Outcome:
    """Finding the numbers, saying them, the chart and a reload share one run."""
    parameters = simulations.SIMULATIONS[name].parameters(**dict(chosen))
    return work(parameters, generator(entropy, seed, SIMULATION))


def _variant(
    template: Template,
    seed: int,
    language: str,
    values: Values,
    known: Mapping[str, object],
    solved: Solved,
) -> Variant:
    words = template.words_in(language)
    if solved.show:
        solved = show_some(solved, generator(template.entropy, seed, SHOWN))
    options = _options(template, seed, words, solved, known)
    axis = solved.axis
    if axis is not None and words.axis is not None:
        axis = replace(axis, title=words.axis.fill(known))
    return Variant(
        item=template.item,
        seed=seed,
        kind=template.kind.name,
        language=language,
        parameters=values,
        prompt=_prompt(words, known),
        answer=solved.answer,
        answer_text=_answer_text(template, solved, options),
        accepted=solved.accepted,
        unit=words.unit,
        options=options,
        misconceptions=solved.misconceptions,
        relative=solved.relative,
        whole=template.whole,
        key=solved.key,
        axis=axis,
        units=tuple(dict.fromkeys(w.unit for w in template.words.values() if w.unit)),
    )


def _prompt(words: WordsOf, known: Mapping[str, object]) -> str:
    """The question, and below it the sentence that is judged, as a quotation."""
    prompt = words.prompt.fill(known)
    if words.claim is None:
        return prompt
    quoted = "\n".join(f"> {line}".rstrip() for line in words.claim.fill(known).split("\n"))
    return f"{prompt}\n\n{quoted}"


def _answer_text(template: Template, solved: Solved, options: tuple[Option, ...]) -> str:
    if solved.answer_text or isinstance(solved.answer, (int, float)):
        return solved.answer_text
    return template.kind.form.in_words(solved.answer, options)


def _options(
    template: Template,
    seed: int,
    words: WordsOf,
    solved: Solved,
    known: Mapping[str, object],
) -> tuple[Option, ...]:
    if not solved.options:
        return ()
    options = [
        Option(id, text if text is not None else words.options[id].fill(known))
        for id, text in solved.options
    ]
    if solved.fixed:
        return tuple(options)
    order = generator(template.entropy, seed, OPTIONS).permutation(len(options))
    return tuple(options[place] for place in order)
