"""Questions tried over many draws: counts, distances, dangers, and what keeps them out."""

from __future__ import annotations

import math
import time
from itertools import count

import pytest

from engine.authoring.adding_conditions import with_require
from engine.authoring.misconception_margins import dangers, distances
from engine.authoring.testing import DRAWS, FEWEST, how_many, telling_seeds, try_out
from engine.content import read_card
from engine.course import compile_card
from engine.questions import draw

HEAD = "---\ntitle: T\nunit: u\nsources: []\nstatus: draft\n---\nProse.\n\n"
NEAR = """\
## Question: near
```question
kind: number
parameters:
  n_in: {choose: [2, 3, 4, 8, 32, 128]}
answer: sqrt(2 / n_in)
tolerance: 1%
misconceptions:
  no-root: 2 / n_in
```
What is it for {{ n_in }}?

### no-root
That is no root.

### Explanation
{{ answer }}
"""

SLOW = """\
## Question: slow
```question
kind: number
simulation: signal_propagation
parameters:
  depth: {integer: [2, 4]}
settings: {width: 8, batch: 8}
answer: 3 * depth
tolerance: 1%
misconceptions:
  once: depth
```
What is three times {{ depth }}?

### once
Three times.

### Explanation
{{ answer }}
"""


def clock():
    """A clock that stands still."""
    return 0.0


def template_of(text, name="near"):
    reading = read_card("card", {"en": (HEAD + text).encode()})
    assert reading.card is not None, reading.problems
    templates, problems = compile_card(reading.card)
    assert f"card/{name}" in templates, problems
    return templates[f"card/{name}"]


def test_a_wrong_method_that_would_pass_is_told_with_its_seeds_and_a_condition():
    template = template_of(NEAR)
    trial = try_out(template, clock)
    assert (trial.report.seeds, trial.report.variants, trial.slow) == (DRAWS, 5, False)
    assert sum(trial.report.rejected.values()) > 10
    (danger,) = trial.dangers
    # With 2 inputs both are 1: those seeds were drawn again.
    assert danger.misconception == "no-root"
    assert danger.passing
    assert danger.near == ()
    assert danger.require == ("abs((2 / n_in) - (sqrt(2 / n_in))) > 0.05 * abs(sqrt(2 / n_in))")


@pytest.mark.parametrize(
    "before",
    [
        "",
        "require: n_in > 1\n",
        "require:\n  - n_in > 1\n  - n_in < 999\n",
        'require: ["n_in > 1"]\n',
    ],
)
def test_the_condition_put_into_the_source_keeps_the_wrong_method_out(before):
    text = NEAR.replace("answer: sqrt", before + "answer: sqrt")
    trial = try_out(template_of(text), clock)
    (danger,) = trial.dangers
    changed = with_require(HEAD + text, trial.template.question, danger.require)
    mended = template_of(changed.removeprefix(HEAD))
    assert try_out(mended, clock).dangers == ()
    assert len(mended.requires) == len(trial.template.requires) + 1
    # Nothing else was touched.
    kept = [
        line for line in (HEAD + text).split("\n") if "require" not in line and "n_in >" not in line
    ]
    assert [line for line in kept if line not in changed.split("\n")] == []


def test_a_block_in_one_line_is_left_alone():
    text = NEAR.replace(
        NEAR[NEAR.index("kind:") : NEAR.index("```\nWhat")],
        "{kind: number, parameters: {n_in: {choose: [2, 8]}}, answer: sqrt(2 / n_in), "
        "tolerance: 1%, misconceptions: {no-root: 2 / n_in}}\n",
    )
    reading = read_card("card", {"en": (HEAD + text).encode()})
    assert reading.card is not None
    question = reading.card.questions[0]
    assert with_require(HEAD + text, question, "n_in > 2") is None


def test_distances_are_the_smallest_and_name_their_seed():
    template = template_of(NEAR)
    variants = {seed: draw(template, seed) for seed in range(60)}
    (told,) = distances(template, variants)
    shares = {s: abs(2 / v.parameters["n_in"] - v.answer) / v.answer for s, v in variants.items()}
    assert math.isclose(told.share, min(shares.values()))
    assert shares[told.seed] == told.share


def test_what_is_drawn_but_near_is_told():
    text = NEAR.replace("2 / n_in\n```", "1.04 * sqrt(2 / n_in)\n```")
    trial = try_out(template_of(text), clock)
    (danger,) = trial.dangers
    assert len(danger.near) == DRAWS
    # A condition that leaves no draw is no advice.
    assert danger.require is None


def test_the_wrong_option_that_is_right_in_some_draws_is_told():
    text = """\
## Question: pick
```question
kind: choice
parameters:
  a: {integer: [1, 20]}
  b: {integer: [1, 20]}
require: a != b
options:
  first: a > b
  second: b > a
misconceptions:
  picks-first: first
  picks-second: second
```
Which?

### Option: first
{{ a }}

### Option: second
{{ b }}

### picks-first
No.

### picks-second
No.

### Explanation
So.
"""
    trial = try_out(template_of(text, "pick"), clock)
    told = {danger.misconception: len(danger.passing) for danger in trial.dangers}
    assert sum(told.values()) == DRAWS
    assert sum(trial.counts.values()) == DRAWS
    assert list(trial.counts.values()) == sorted(trial.counts.values(), reverse=True)
    assert trial.values == ()
    assert all(danger.require is None for danger in trial.dangers)


def test_a_slow_question_is_drawn_fewer_times():
    template = template_of(SLOW, "slow")
    object.__setattr__(template, "needs_outcome", True)
    ticks = count()
    slow = how_many(template, lambda: next(ticks) * 0.3)
    assert FEWEST <= slow < DRAWS
    assert how_many(template, lambda: next(ticks) * 60.0) == FEWEST
    object.__setattr__(template, "needs_outcome", False)
    assert how_many(template, lambda: next(ticks) * 60.0) == DRAWS


def test_a_question_that_cannot_be_drawn_says_so():
    trial = try_out(
        template_of(NEAR.replace("answer: sqrt", "require: n_in > 900\nanswer: sqrt")), clock
    )
    assert trial.stopped
    assert not trial.slow
    assert [problem.code for problem in trial.report.problems] == ["no-draw"]
    assert trial.variants == {}
    assert telling_seeds(trial) == []


def test_progress_goes_from_nothing_to_all():
    shares: list[float] = []
    try_out(template_of(NEAR), clock, shares.append)
    assert shares == sorted(shares)
    assert len(shares) == DRAWS
    assert shares[-1] == 1


@pytest.mark.slow
def test_slow_questions_of_the_course_are_drawn_fewer_times_but_often_enough():
    from engine.configuration import content_folder
    from engine.content import load_cards

    content = load_cards(content_folder())
    for item in ("symmetry-breaking/copied-units", "he-normal/any-sigma"):
        card = content.cards[item.partition("/")[0]]
        trial = try_out(compile_card(card)[0][item], time.process_time)
        assert FEWEST <= trial.report.seeds <= DRAWS


def test_estimates_are_measured_on_their_axis():
    text = """\
## Question: far
```question
kind: estimate
parameters:
  depth: {integer: [2, 30]}
axis: {low: 1e-12, high: 10, scale: log}
answer: 2 ** (-depth)
tolerance: 4%
misconceptions:
  nothing-is-lost: "1"
```
Halved {{ depth }} times?

### Axis
Left

### nothing-is-lost
No.

### Explanation
{{ answer }}
"""
    template = template_of(text, "far")
    variants = {seed: draw(template, seed) for seed in range(100)}
    (told,) = distances(template, variants)
    depth = variants[told.seed].parameters["depth"]
    assert math.isclose(told.share, depth * math.log10(2) / 13)
    (danger,) = dangers(template, variants, range(100))
    assert danger.require == "abs(log10(1 / (2 ** (-depth)))) > 0.1 * log10(10 / (1e-12))"
    mended = with_require(HEAD + text, template.question, danger.require)
    assert try_out(template_of(mended.removeprefix(HEAD), "far"), clock).dangers == ()
