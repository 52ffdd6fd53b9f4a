"""A question over many seeds: does every draw come out, and does every answer get its due?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.content import Problem
from engine.i18n import DEFAULT_LANGUAGE, Message, say
from engine.questions.checking.constancy import unexcused
from engine.questions.checking.diagnostics import Tally, Warned
from engine.questions.checking.formulas import FormulaCheck
from engine.questions.checking.guessing import Guesses
from engine.questions.checking.placing import mend_of, place_of
from engine.questions.drawing import DrawError, Reasons, draw
from engine.questions.kinds import KINDS
from engine.questions.kinds.common import At
from engine.questions.model import Grade, Malformed, Sample, Variant
from engine.questions.template import Template
from engine.questions.texts import (
    chart_description,
    explanation,
    feedback,
    hints,
    settings_of,
    simulate,
    was_settled,
)
from engine.questions.wrong_methods import Passing, needs_outcome

#: Problems of one sort that are shown; more of them say nothing new.
MOST_ALIKE = 3
#: The simulation behind a claim is run for so many seeds, and for more within these seconds.
RUNS, RUN_SECONDS = 20, 0.6
#: Draws whose samples are graded before a save, which takes longer than drawing.
GRADED = 2
#: Draws after which a reason given under `constant:` can be told to be needless.
SURE = 100


@dataclass
class QuestionReport:
    """What came of a question: problems, distinct variants, rejected draws by reason."""

    template: Template
    seeds: int = 0
    variants: int = 0
    rejected: Reasons = field(default_factory=Reasons)
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


def check_question(
    template: Template,
    seeds: Sequence[int],
    progress: Callable[[], object] | None = None,
    clock: Callable[[], float] | None = None,
    heard: Callable[[Variant], object] | None = None,
    runs: int = RUNS,
) -> QuestionReport:
    """Draws every seed and grades the question's own samples; what is amiss is in `problems`.

    `progress` is called once for each seed, `heard` with each variant drawn. clock: seconds; with
    it the simulation behind a claim is run for as many seeds as there is time for, and at least
    for `runs`. The first seed that cannot be drawn is the last tried.
    """
    report = QuestionReport(template)
    tally, guesses, passing = Tally(template), Guesses(template), Passing(template)
    formulas = FormulaCheck(template)
    for seed in seeds:
        if progress is not None:
            progress()
        if any(problem.code == "no-draw" for problem in report.problems):
            continue
        report.seeds += 1
        try:
            variant = draw(template, seed, rejected=report.rejected)
        except DrawError as error:
            _undrawn(report, error)
            continue
        tally.add(variant)
        passing.add(variant)
        guesses.add(variant)
        if heard is not None:
            heard(variant)
        _check_samples(report, variant)
        _check_settings(report, variant)
        formulas.look(variant, simulate(template, variant) if template.needs_outcome else None)
    _check_words(report, seeds, formulas)
    report.problems.extend(formulas.problems)
    report.variants = tally.variants
    report.problems.extend(passing.problems())
    _check_chart(report)
    _check_settled(report, seeds, clock, runs)
    warned = [*tally.warnings(), *guesses.warnings()]
    for warning in unexcused(template, warned, sure=report.seeds >= SURE):
        _warn(report, warning)
    return report


def check_drawing(
    template: Template, seeds: Sequence[int], runs: Sequence[int], *, formulas: bool = False
) -> tuple[Problem, ...]:
    """What keeps a question from being shown, looked for quickly enough to do so at every save.

    Draws `seeds`, or where a draw has to run the simulation, `runs`; whatever is raised is told.
    formulas: also those that would be red, as far as no simulation has to run for them.
    """
    report, passing = QuestionReport(template), Passing(template)
    looked = FormulaCheck(template) if formulas else None
    slow = template.needs_outcome or needs_outcome(template)
    for seed in runs if slow else seeds:
        try:
            variant = draw(template, seed, rejected=report.rejected)
            passing.add(variant)
            if looked is not None and not template.needs_outcome:
                looked.look(variant)
            _check_settings(report, variant)
            if seed in seeds[:GRADED]:
                _check_samples(report, variant)
        except DrawError as error:
            _undrawn(report, error)
            break
        except Exception as error:  # whatever a simulation may raise
            _raised(report, seed, DEFAULT_LANGUAGE, error)
            break
    else:
        _check_words(report, seeds[:1], simulate_too=template.needs_outcome)
    report.problems.extend(passing.problems())
    report.problems.extend(looked.problems if looked is not None else ())
    return tuple(problem for problem in report.problems if problem.level == "error")


def _warn(report: QuestionReport, warning: Warned) -> None:
    _report(
        report,
        warning.code,
        warning.found,
        warning.expected,
        level="warning",
        mend=warning.mend,
        at=warning.at,
    )


def _undrawn(report: QuestionReport, error: DrawError) -> None:
    _report(
        report, "no-draw", error.message, say("a draw that meets every constraint"), at=error.at
    )


def _report(
    report: QuestionReport,
    code: str,
    found: Message,
    expected: Message,
    *,
    level: str = "error",
    mend: Message | None = None,
    at: At = (),
) -> None:
    """Adds a problem, once for each code and text. at: what of the question's block it is about."""
    problem = Problem(
        "error" if level == "error" else "warning",
        place_of(report.template, at),
        code,
        found,
        expected,
        mend or mend_of(report.template, at),
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
            at=("settings",),
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


def _check_words(
    report: QuestionReport,
    seeds: Sequence[int],
    formulas: FormulaCheck | None = None,
    *,
    simulate_too: bool = True,
) -> None:
    """Every text of every language can be filled, for a few seeds; `formulas` looks at them too.

    simulate_too: also those that tell what the simulation found.
    """
    template = report.template
    for seed in list(seeds)[:3]:
        for language in template.words:
            try:
                variant = draw(template, seed, language)
                if not simulate_too and _tells_outcome(template):
                    continue
                outcome = simulate(template, variant) if simulate_too else None
                hints(template, variant, language)
                explanation(template, variant, language, outcome)
                chart_description(template, variant, language, outcome)
                for name in variant.misconceptions:
                    feedback(template, variant, name, language, outcome)
                if formulas is not None:
                    formulas.look(variant, outcome)
            except DrawError:
                return
            except Exception as error:  # whatever a simulation may raise
                _raised(report, seed, language, error)


def _raised(report: QuestionReport, seed: int, language: str, error: Exception) -> None:
    _report(
        report,
        "words",
        say(
            "with seed {seed} in {language}: {why}",
            seed=seed,
            language=language,
            why=f"{type(error).__name__}: {error}"[:200],
        ),
        say("texts that can be filled with their values"),
    )


def _tells_outcome(template: Template) -> bool:
    """Whether a text around the question says what the simulation found."""
    return template.words_need_outcome or any(
        text is not None and text.needs_outcome
        for words in template.words.values()
        for text in (*words.hints, words.chart_description)
    )


def _check_settled(
    report: QuestionReport, seeds: Sequence[int], clock: Callable[[], float] | None, runs: int
) -> None:
    """The simulation behind a claim bears the verdict out."""
    template = report.template
    if template.settled is None:
        return
    begun = clock() if clock is not None else 0.0
    for count, seed in enumerate(seeds):
        if count >= runs and (clock is None or clock() - begun > RUN_SECONDS):
            return
        try:
            variant = draw(template, seed)
            holds = was_settled(template, variant, simulate(template, variant))
        except DrawError:
            return  # which was told
        except Exception as error:  # whatever a simulation may raise
            _unsettled(report, seed, f"{type(error).__name__}: {error}")
            return
        if not holds:
            _unsettled(report, seed, say("“{text}” does not hold", text=template.settled.text))


def _unsettled(report: QuestionReport, seed: int, why: Message | str) -> None:
    _report(
        report,
        "unsettled",
        say("with seed {seed}: {why}", seed=seed, why=why),
        say("a simulation that bears the verdict out"),
        mend=say("Correct the verdict or “settled:”, or keep such draws out with “require:”."),
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
