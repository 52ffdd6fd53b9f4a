"""Whether what the notes, and the findings of the lab, point at is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine import charts
from engine.content import Content, Evidence, Finding, Place, Problem, clip, did_you_mean
from engine.course.experiments import Experiment, LabError, charts_of
from engine.i18n import Message, say
from engine.simulations import SIMULATIONS, ParameterError


def check_notes(content: Content) -> list[Problem]:
    """A problem for every card, question, simulation, setting, source or statement that is not
    there."""
    problems: list[Problem] = []
    notes, statements = content.notes, content.notes.statements
    for note in notes.notes.values():
        problems += _named((note.id,), content.sources, note.place, "source")
        for statement in note.statements:
            place = statement.place
            problems += _named(statement.cards, content.cards, place, "card")
            problems += _evidence(statement.evidence, content)
            if statements[statement.id] is not statement:
                problems.append(_twice(statement.id, place))
    for contradiction in notes.contradictions:
        sides = contradiction.sides
        named = [side.statement for side in sides if side.statement is not None]
        problems += _named(named, statements, contradiction.place, "statement")
        sources = [side.source for side in sides if side.source is not None]
        problems += _named(sources, content.sources, contradiction.place, "source")
        problems += _evidence(contradiction.evidence, content)
    for question in notes.questions:
        problems += _named(question.statements, statements, question.place, "statement")
        problems += _named(question.sources, content.sources, question.place, "source")
        problems += _evidence(question.evidence, content)
    return problems + _claims(statements, content)


def _claims(statements: Mapping[str, object], content: Content) -> list[Problem]:
    if not statements:  # a course without notes may still have claims
        return []
    return [
        problem
        for card in content.cards.values()
        for question in card.questions
        if (node := question.spec.get("statement")) is not None
        for problem in _named(
            (str(node.value),),
            statements,
            Place(question.spec_place.file, node.line),
            "statement",
        )
    ]


def _evidence(every: Iterable[Evidence], content: Content) -> list[Problem]:
    problems: list[Problem] = []
    for evidence in every:
        if evidence.kind == "simulation":
            problems += _simulation(evidence)
            continue
        card, _, item = evidence.name.partition("/")
        if card not in content.cards:
            problems += _named((card,), content.cards, evidence.place, "card")
        elif evidence.kind == "question":
            items = dict.fromkeys(content.cards[card].order)
            problems += _named((item,), items, evidence.place, "question")
    return problems


def _simulation(evidence: Evidence) -> list[Problem]:
    if evidence.name not in SIMULATIONS:
        return _named((evidence.name,), SIMULATIONS, evidence.place, "simulation")
    try:
        SIMULATIONS[evidence.name].make(evidence.settings)
    except ParameterError as error:
        found = say("{name} = {value}", name=clip(error.parameter), value=clip(error.value))
        expected = say("{what}", what=error.expected)
        mend = say("Correct the settings of “{name}”.", name=evidence.name)
        return [Problem("error", evidence.place, "bad-setting", found, expected, mend)]
    if evidence.chart is None:
        return []
    shown = dict.fromkeys(charts.LAB.get(evidence.name, ()))
    return _named((evidence.chart,), shown, evidence.place, "chart")


_KINDS: Mapping[str, Message] = {
    "card": say("card"),
    "question": say("question"),
    "simulation": say("simulation"),
    "chart": say("chart"),
    "source": say("source"),
    "statement": say("statement"),
}


def _named(
    names: Iterable[str], known: Mapping[str, object], place: Place, kind: str
) -> list[Problem]:
    return [
        Problem(
            "error",
            place,
            f"unknown-{kind}",
            say("the {kind} “{name}”", kind=_KINDS[kind], name=clip(name)),
            say("one that is there"),
            did_you_mean(name, known, say("Write it, or point to another one.")),
        )
        for name in names
        if name not in known
    ]


def _twice(id: str, place: Place) -> Problem:
    return Problem(
        "error",
        place,
        "duplicate-statement",
        say("the statement “{id}” in two notes", id=id),
        say("every id once"),
        say("Give one of the two another number."),
    )


def check_findings(
    findings: Iterable[Finding],
) -> tuple[tuple[Finding, ...], list[Problem]]:
    """The findings that can be shown, and what is wrong with the others."""
    wrong = {finding.id: _shown(finding) for finding in findings}
    good = tuple(finding for finding in findings if wrong[finding.id] is None)
    return good, [problem for problem in wrong.values() if problem is not None]


def _shown(finding: Finding) -> Problem | None:
    """Why a finding cannot be shown."""
    try:
        for settings in (finding.settings, finding.against or {}):
            Experiment.of(finding.simulation, settings, finding.seed)
    except LabError as error:
        expected = say("settings the simulation can run with")
        return _bad_finding(finding, say("{what}", what=error.message), expected)
    shown = charts_of(finding.simulation)
    if finding.chart in shown:
        return None
    expected = say("one of {names}", names=", ".join(shown))
    if not shown:
        expected = say("a simulation that has a chart")
    return _bad_finding(finding, say("the chart “{name}”", name=clip(finding.chart)), expected)


def _bad_finding(finding: Finding, found: Message, expected: Message) -> Problem:
    mend = say("Correct the finding that begins on this line.")
    return Problem("error", finding.place, "bad-finding", found, expected, mend)
