"""A picture of a card: one simulation, its chart, some of its parameters to play with.

The card's `try:` says which. A card without one plays with the simulation of its lead question,
never with the question itself, whose numbers include wrong answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from engine import questions, simulations
from engine.content import Card, Node, Place, Problem, Trial
from engine.course.experiments import Experiment, best_chart, charts_of, picture_of
from engine.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message, say
from engine.questions import Expression, Template
from engine.simulations import Range

#: The name of the picture that `try:` says, or the card's lead question.
TRY = "try"


@dataclass(frozen=True)
class Play:
    """Where a card's page begins, the chart it shows, and which parameters have a control."""

    experiment: Experiment
    chart: str
    controls: tuple[str, ...]

    def with_setting(self, values: Mapping[str, object], seed: int) -> Experiment:
        """The experiment with some values of its controls, as a learner set them.

        Raises LabError for a value out of range. Values of other parameters are left out.
        """
        chosen = {name: value for name, value in values.items() if name in self.controls}
        return Experiment.of(self.experiment.simulation, {**self.experiment.values, **chosen}, seed)


@lru_cache(maxsize=256)
def drawn_anew(play: Play) -> bool:
    """Whether another seed draws another chart. Raises what the simulation or chart raises."""
    begun, other = play.experiment, replace(play.experiment, seed=play.experiment.seed + 1)
    drawn = [picture_of(one, play.chart, "light", DEFAULT_LANGUAGE)[0] for one in (begun, other)]
    return drawn[0] != drawn[1]


def trials_of(card: Card) -> tuple[Trial, ...]:
    """All pictures that the card itself says."""
    return (*(() if card.trial is None else (card.trial,)), *card.pictures.values())


def play_of(card: Card, templates: Mapping[str, Template], name: str = TRY) -> Play | None:
    """A picture by its name, `try` what the card's page lets one play with.

    None where there is nothing, or an error.
    """
    if name != TRY:
        return read_play(card, card.pictures[name])[0] if name in card.pictures else None
    if card.trial is not None:
        return read_play(card, card.trial)[0]
    lead = lead_of(card, templates)
    return None if lead is None else _of_question(lead)


def lead_of(card: Card, templates: Mapping[str, Template]) -> Template | None:
    """The question whose simulation stands on the page of a card without `try:`."""
    if card.lead is not None:
        return templates.get(f"{card.id}/{card.lead}")
    mine = (templates.get(f"{card.id}/{question.id}") for question in card.questions)
    return next((t for t in mine if t is not None and t.simulation is not None), None)


def _of_question(template: Template) -> Play | None:
    """Its simulation as the question first sets it; what the question varies has a control.

    None where there is no simulation, or none that a chart shows.
    """
    if template.simulation is None or best_chart(template.simulation) is None:
        return None
    name, charts = template.simulation, charts_of(template.simulation)
    varied = [
        parameter
        for parameter in simulations.SIMULATIONS[name].ranges()
        if parameter in template.copied or _varies(template.settings.get(parameter))
    ]
    try:
        drawn = questions.settings_of(template, questions.draw(template, 0))
        experiment = Experiment.of(name, drawn, 0)
    except (questions.DrawError, ValueError):  # which the check of its questions tells
        experiment = Experiment.of(name, {}, 0)
    chart = template.chart if template.chart in charts else charts[0]
    return Play(experiment, chart, tuple(varied or experiment.values))


def _varies(setting: object) -> bool:
    return isinstance(setting, Expression) and bool(setting.names)


# -- as the card has it ----------------------------------------------------------------------


def read_play(card: Card, trial: Trial) -> tuple[Play | None, tuple[Problem, ...]]:
    """`try:`, or one of the pictures, of a card against what there is, without running it."""
    name = str(trial.simulation.value)
    if name not in simulations.SIMULATIONS:
        return None, (_unknown(card, trial.simulation, sorted(simulations.SIMULATIONS)),)
    experiment, problems = _experiment(card, name, trial)
    ranges = simulations.SIMULATIONS[name].ranges()
    controls = tuple(ranges)
    if trial.controls is not None:
        controls = tuple(dict.fromkeys(str(node.value) for node in trial.controls))
        unknown = (node for node in trial.controls if node.value not in ranges)
        problems += [_unknown(card, node, list(ranges)) for node in unknown]
    charts = charts_of(name)
    if not charts:
        return None, (*problems, _without_chart(card, trial.simulation))
    chart = charts[0] if trial.chart is None else str(trial.chart.value)
    if chart not in charts:
        assert trial.chart is not None
        problems.append(_unknown(card, trial.chart, charts))
    return None if problems else Play(experiment, chart, controls), tuple(problems)


def _experiment(card: Card, name: str, trial: Trial) -> tuple[Experiment, list[Problem]]:
    """The settings one by one, so that each error stands on its line."""
    ranges = simulations.SIMULATIONS[name].ranges()
    problems: list[Problem] = []
    values: dict[str, object] = {}
    for parameter, node in trial.settings.items():
        if parameter not in ranges:
            problems.append(_unknown(card, node, list(ranges), parameter))
            continue
        try:
            simulations.SIMULATIONS[name].make({parameter: node.plain()})
            values[parameter] = node.value
        except simulations.ParameterError as error:
            problems.append(_out_of_range(card, parameter, node, error.expected))
    return Experiment.of(name, values, 0), problems


def drawing_problems(card: Card, *, moved: bool = False) -> tuple[Problem, ...]:
    """Which of a card's pictures cannot be drawn in any of the languages, one problem each.

    moved: also with each control at its ends, which may take a while.
    """
    return tuple(
        _not_drawn(card, trial, why)
        for trial in trials_of(card)
        if (play := read_play(card, trial)[0]) is not None
        if (why := _undrawn(play, moved)) is not None
    )


def _not_drawn(card: Card, trial: Trial, why: str) -> Problem:
    found = say("a chart that cannot be drawn ({why})", why=why)
    expected = say("settings with which the simulation runs and its chart is drawn")
    mend = say("Try them in the lab, and write settings that work there.")
    place = Place(card.place.file, trial.line)
    return Problem("error", place, "chart-not-drawn", found, expected, mend)


@lru_cache(maxsize=1024)
def _undrawn(play: Play, moved: bool) -> str | None:
    """Why a picture cannot be drawn; None where it can. Remembered, as some take seconds."""
    for experiment, what in (play.experiment, ""), *(_moved(play) if moved else ()):
        try:
            for language in LANGUAGES:
                picture_of(experiment, play.chart, "light", language)
        except Exception as error:  # whatever a simulation or a chart may raise
            return f"{what}{type(error).__name__}: {error}"[:120]
    return None


def _moved(play: Play) -> Iterator[tuple[Experiment, str]]:
    """The experiment with each control at its ends, and what was moved."""
    ranges = simulations.SIMULATIONS[play.experiment.simulation].ranges()
    for name in play.controls:
        for end in _ends(ranges[name], play.experiment.values[name]):
            yield play.with_setting({name: end}, play.experiment.seed), f"{name} = {end}: "


def _ends(allowed: Range, value: object) -> tuple[object, ...]:
    if allowed.choices is not None:
        return tuple(allowed.choices)
    if isinstance(value, bool):
        return (True, False)
    bounds = (end for end in (allowed.low, allowed.high) if end is not None)
    return tuple(int(end) if isinstance(value, int) else end for end in bounds)


def _unknown(card: Card, node: Node, known: Iterable[str], name: str = "") -> Problem:
    found = say("the name “{name}”", name=(name or str(node.value))[:60])
    expected = say("one of {names}", names=", ".join(known))
    return _problem(card, node, "unknown-try", found, expected)


def _without_chart(card: Card, node: Node) -> Problem:
    found = say("the simulation “{name}”, which has no chart yet", name=str(node.value))
    return _problem(card, node, "unknown-try", found, say("a simulation that has a chart"))


def _out_of_range(card: Card, name: str, node: Node, expected: str) -> Problem:
    found = say("{name}: {value}", name=name, value=str(node.plain())[:60])
    return _problem(card, node, "setting-out-of-range", found, say("{expected}", expected=expected))


def _problem(card: Card, node: Node, code: str, found: Message, expected: Message) -> Problem:
    mend = say("Correct the name or value; the editor's Help lists those of every simulation.")
    return Problem("error", Place(card.place.file, node.line), code, found, expected, mend)
