"""A question tried out: many draws, what became of them, and how near wrong methods come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.authoring.misconception_margins import Danger, Distance, dangers, distances
from engine.questions import DrawError, QuestionReport, Template, Variant, check_question, draw

#: Draws of a question, and of one whose simulation is so slow that they would take too long.
DRAWS, FEWEST = 200, 8
#: Seconds that the draws may take; what follows them takes up to half a second more.
SECONDS = 1.2
#: The first draws are timed, to tell how many there will be.
TIMED = 3


@dataclass(frozen=True)
class Tryout:
    """What came of trying a question.

    asked: how many draws were wanted; fewer were made where its simulation is slow. report: the
    engine's own check over them, its own samples graded. variants: those drawn, by seed.
    """

    template: Template
    asked: int
    report: QuestionReport
    variants: Mapping[int, Variant]
    distances: tuple[Distance, ...]
    dangers: tuple[Danger, ...]

    @property
    def slow(self) -> bool:
        """Whether fewer draws were made than asked for, because they take long."""
        return not self.stopped and self.report.seeds < self.asked

    @property
    def stopped(self) -> bool:
        """Whether a seed could not be drawn, after which no other is tried."""
        return any(problem.code == "no-draw" for problem in self.report.problems)

    @property
    def values(self) -> tuple[float, ...]:
        """The right values where the answer is one (number, estimate, a choice of values)."""
        answers = (v.key if v.key is not None else v.answer for v in self.variants.values())
        return tuple(value for value in answers if isinstance(value, float))

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each answer was right, the most frequent first; options by their ids."""
        answers: Counter[str] = Counter()
        for variant in self.variants.values():
            answer = variant.answer
            if isinstance(answer, tuple):
                answers[self.template.kind.form.joined(answer)] += 1
            else:
                answers[str(answer)] += 1
        return dict(answers.most_common())


@dataclass
class _Heard:
    variants: dict[int, Variant] = field(default_factory=dict)

    def __call__(self, variant: Variant) -> None:
        self.variants[variant.seed] = variant


def try_out(
    template: Template,
    clock: Callable[[], float],
    progress: Callable[[float], object] | None = None,
    *,
    draws: int = DRAWS,
    seconds: float = SECONDS,
) -> Tryout:
    """Draws a question `draws` times, or as often as fits into `seconds` by `clock`.

    progress: called with the share done, 0 to 1. The seeds are 0, 1, 2 and so on.
    """
    seeds = range(how_many(template, clock, draws, seconds))
    heard, done = _Heard(), 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done / len(seeds))

    report = check_question(template, seeds, step, clock, heard, FEWEST)
    return Tryout(
        template=template,
        asked=draws,
        report=report,
        variants=heard.variants,
        distances=distances(template, heard.variants),
        dangers=dangers(template, heard.variants, seeds[: report.seeds]),
    )


def how_many(
    template: Template, clock: Callable[[], float], draws: int = DRAWS, seconds: float = SECONDS
) -> int:
    """How many draws fit into `seconds`, told from the first few; at least FEWEST."""
    begun = clock()
    timed = min(TIMED, draws)
    try:
        for seed in range(timed):
            draw(template, seed)
    except DrawError:
        return draws  # the check stops at it
    except Exception:  # whatever a simulation may raise, which the check tells
        return draws
    spent = clock() - begun
    if not template.needs_outcome or spent <= 0:
        return draws
    return max(min(FEWEST, draws), min(draws, int((seconds - spent) / (spent / timed))))


def telling_seeds(trial: Tryout) -> list[int]:
    """Seeds worth a look: of answers that are smallest and largest, and where a wrong method is
    nearest.
    """
    found: list[int] = []
    by_value = sorted(
        (v.key if v.key is not None else v.answer, seed)
        for seed, v in trial.variants.items()
        if isinstance(v.key if v.key is not None else v.answer, float)
    )
    if by_value:
        found += [by_value[0][1], by_value[-1][1]]
    found += [distance.seed for distance in trial.distances]
    return list(dict.fromkeys(found))
