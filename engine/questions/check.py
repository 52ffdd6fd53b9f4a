"""A question over many seeds: does every draw come out, and does every answer get its due?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.cards import Place, Problem
from engine.questions.draw import DrawError, draw
from engine.questions.kinds import KINDS
from engine.questions.model import Grade, Malformed, Sample, Variant
from engine.questions.saying import (
    chart_description,
    explanation,
    feedback,
    hints,
    settings_of,
    simulate,
)
from engine.questions.template import Template
from engine.words import Message, say

FEW = 20
#: Problems of one sort that are shown; more of them say nothing new.
MOST_ALIKE = 3
#: Position counts this unlikely under a uniform key (per cell, standard deviations) are reported.
SKEWED = 5.0


@dataclass
class QuestionReport:
    """What came of a question: problems, distinct variants, rejected draws by reason."""

    template: Template
    seeds: int = 0
    variants: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def summary(self) -> Message:
        """One line."""
        return say(
            "{item}: {variants} distinct variants of {seeds}, {rejected} draws rejected",
            item=self.template.item,
            variants=self.variants,
            seeds=self.seeds,
            rejected=sum(self.rejected.values()),
        )


@dataclass
class _Tally:
    """Where the right option stood, out of how many, and how often it was by far the longest."""

    places: Counter[int] = field(default_factory=Counter)
    options: int = 0
    longest: int = 0

    def add(self, variant: Variant) -> None:
        if isinstance(variant.answer, str):
            ids = [option.id for option in variant.options]
            self.options = len(ids)
            self.places[ids.index(variant.answer)] += 1
            self.longest += _key_is_longest(variant)


def check_question(
    template: Template, seeds: Sequence[int], progress: Callable[[], object] | None = None
) -> QuestionReport:
    """Draws every seed and grades the question's own samples; what is amiss is in `problems`.

    `progress` is called once for each seed. The first seed that cannot be drawn is the last tried.
    """
    report = QuestionReport(template)
    seen: set[tuple[object, ...]] = set()
    tally = _Tally()
    for seed in seeds:
        if progress is not None:
            progress()
        if any(problem.code == "no-draw" for problem in report.problems):
            continue
        report.seeds += 1
        try:
            variant = draw(template, seed, rejected=report.rejected)
        except DrawError as error:
            _report(report, "no-draw", error.message, say("a draw that meets every constraint"))
            continue
        seen.add((variant.prompt, variant.answer, tuple(sorted(o.text for o in variant.options))))
        tally.add(variant)
        _check_samples(report, variant)
        _check_settings(report, variant)
    _check_words(report, seeds)
    report.variants = len(seen)
    _check_chart(report)
    _check_variety(report)
    _check_places(report, tally)
    return report


def _report(
    report: QuestionReport,
    code: str,
    found: Message,
    expected: Message,
    *,
    level: str = "error",
    mend: Message | None = None,
) -> None:
    """Adds a problem, once for each code and text."""
    place = report.template.question.spec_place
    problem = Problem(
        "error" if level == "error" else "warning",
        Place(place.file, place.line),
        code,
        found,
        expected,
        mend or say("Correct the question, or add a “require:” that keeps such draws out."),
    )
    same = [p for p in report.problems if p.code == code]
    if len(same) < MOST_ALIKE and all(str(p.found) != str(found) for p in same):
        report.problems.append(problem)


def _check_samples(report: QuestionReport, variant: Variant) -> None:
    kind = KINDS[variant.kind]
    for sample in kind.samples(variant):
        got = kind.parse(variant, sample.text)
        if isinstance(got, Malformed):
            if sample.grade is not None:
                _sample_failed(report, variant, sample, say("it cannot be read"))
        elif sample.grade is None:
            _sample_failed(report, variant, sample, say("it was read as an answer"))
        else:
            grade = kind.grade(variant, got)
            if grade != sample.grade:
                _sample_failed(report, variant, sample, _told(grade))


def _check_settings(report: QuestionReport, variant: Variant) -> None:
    """The numbers drawn are within the simulation's ranges."""
    if report.template.simulation is None:
        return
    try:
        settings_of(report.template, variant)
    except ValueError as error:
        _report(
            report,
            "settings",
            say("with seed {seed}: {why}", seed=variant.seed, why=str(error)),
            say("parameters within the simulation's ranges"),
        )


def _sample_failed(
    report: QuestionReport, variant: Variant, sample: Sample, found: Message
) -> None:
    _report(
        report,
        "sample",
        say(
            "with seed {seed}, the answer “{text}”: {found}",
            seed=variant.seed,
            text=sample.text[:40],
            found=found,
        ),
        _told(sample.grade) if sample.grade else say("refused as unreadable"),
    )


def _told(grade: Grade) -> Message:
    return say("graded {verdict}", verdict=grade.misconception or grade.verdict)


def _check_words(report: QuestionReport, seeds: Sequence[int]) -> None:
    """Every text of every language can be filled, for a few seeds."""
    template = report.template
    for seed in list(seeds)[:3]:
        for language in template.words:
            try:
                variant = draw(template, seed, language)
                outcome = simulate(template, variant)
                hints(template, variant, language)
                explanation(template, variant, language, outcome)
                chart_description(template, variant, language, outcome)
                for name in variant.misconceptions:
                    feedback(template, variant, name, language, outcome)
            except DrawError:
                return
            except Exception as error:  # whatever a simulation may raise
                _report(
                    report,
                    "words",
                    say(
                        "with seed {seed} in {language}: {why}",
                        seed=seed,
                        language=language,
                        why=f"{type(error).__name__}: {error}",
                    ),
                    say("texts that can be filled with their values"),
                )


def _check_chart(report: QuestionReport) -> None:
    if report.template.chart is not None and report.template.simulation is None:
        _report(
            report,
            "chart-without-simulation",
            say("the chart “{name}” without a simulation", name=report.template.chart),
            say("“simulation:” with the simulation whose outcome it shows"),
            level="warning",
            mend=say("Name the simulation, or delete “chart:”."),
        )


def _check_variety(report: QuestionReport) -> None:
    drawn = bool(report.template.parameters.drawn)
    if drawn and report.seeds >= 200 and report.variants < FEW:
        _report(
            report,
            "few-variants",
            say("{count} distinct variants", count=report.variants),
            say("at least {few}", few=FEW),
            level="warning",
            mend=say("Give the parameters more values."),
        )


def _key_is_longest(variant: Variant) -> bool:
    texts = {option.id: len(option.text) for option in variant.options}
    key = texts.pop(str(variant.answer))
    return bool(texts) and key > 1.25 * max(texts.values())


def _check_places(report: QuestionReport, tally: _Tally) -> None:
    places, longest, count = tally.places, tally.longest, tally.options
    drawn = sum(places.values())
    if drawn < 100:
        return
    expected = drawn / count
    deviation = (expected * (1 - 1 / count)) ** 0.5
    worst = max(abs(places[n] - expected) for n in range(count))
    if worst > SKEWED * deviation:
        _report(
            report,
            "skewed-key",
            say(
                "the right option at one place {times} of {drawn} times",
                times=max(places.values()),
                drawn=drawn,
            ),
            say("every place about as often"),
            level="warning",
        )
    if longest > 0.8 * drawn:
        _report(
            report,
            "longest-option",
            say(
                "the right option is by far the longest in {times} of {drawn} draws",
                times=longest,
                drawn=drawn,
            ),
            say("options of like length"),
            level="warning",
            mend=say("Lengthen a wrong option or shorten the right one."),
        )
