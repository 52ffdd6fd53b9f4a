"""`draw ITEM --seed N` and `grade ITEM --seed N --answer TEXT`: one question at the terminal."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine import questions
from engine.commands.failing import Failure
from engine.commands.finding import find_template
from engine.commands.simulate import seed
from engine.commands.terminal import tell
from engine.questions import Malformed, Template, Variant
from engine.study import SimulationFailed, accepted_words, draw_chart, misconception_feedback
from engine.words import Message, Translator, say

VERDICTS: Mapping[str, Message] = {
    "correct": say("Correct."),
    "close": say("Close, but outside the accepted interval. Check the rounding and the formula."),
    "misconception": say("Not right. A common misconception leads to this answer:"),
    "wrong": say("Not right."),
}


def add_arguments(commands: Any, languages: Sequence[str]) -> None:
    """Declares both commands."""
    for name, run, help in (
        ("draw", draw, "draw a question and print it"),
        ("grade", grade, "draw a question and grade an answer to it"),
    ):
        command = commands.add_parser(name, help=help)
        command.add_argument("item", help="card/question, such as xavier-normal/sigma")
        command.add_argument("--seed", type=seed, required=True)
        command.add_argument("--lang", choices=languages, default="en")
        command.add_argument("--json", action="store_true", help="print JSON")
        if name == "grade":
            command.add_argument("--answer", required=True, help="as a learner would type it")
        command.set_defaults(run=run)


def draw(given: argparse.Namespace) -> int:
    """Prints the variant; with --json also its key and its chart."""
    template, variant = _drawn(given)
    if not given.json:
        tell(variant.prompt)
        for number, option in enumerate(variant.options, 1):
            tell(f"  {number}) {option.text}")
        if variant.axis is not None:
            low, high = (questions.number_text(e) for e in (variant.axis.low, variant.axis.high))
            tell(f"  {low} … {high} ({variant.axis.scale}): {variant.axis.title}")
        return 0
    told = {
        "item": variant.item,
        "seed": variant.seed,
        "kind": variant.kind,
        "parameters": dict(variant.parameters),
        "prompt": variant.prompt,
        "answer": variant.answer,
        "accepted": variant.accepted,
        "options": [{"id": option.id, "text": option.text} for option in variant.options],
        "misconceptions": dict(variant.misconceptions),
        "chart": _chart(template, variant),
    }
    if variant.axis is not None:
        told["axis"] = asdict(variant.axis)
    print(json.dumps(told, ensure_ascii=False))
    return 0


def _chart(template: Template, variant: Variant) -> dict[str, Any] | None:
    try:
        drawn = draw_chart(template, variant, None, "light")
    except SimulationFailed as error:
        raise Failure(error.message, code=1) from error
    if drawn is None:
        return None
    specification, description = drawn
    return {"name": template.chart, "description": description, "specification": specification}


def grade(given: argparse.Namespace) -> int:
    """Prints what came of the answer. Exit code 1 if it could not be read."""
    template, variant = _drawn(given)
    translate = Translator(given.lang)
    response = questions.parse(variant, given.answer)
    outcome, name = "malformed", None
    if isinstance(response, Malformed):
        feedback: str | None = translate(response.why)
    else:
        result = questions.grade(variant, response)
        outcome, name = str(result.verdict), result.misconception
        feedback = misconception_feedback(template, variant, name, given.lang) if name else None
    if given.json:
        told = {
            "outcome": outcome,
            "misconception": name,
            "accepted": variant.accepted,
            "feedback": feedback,
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        _print_grade(translate, outcome, name, feedback, variant)
    return 1 if outcome == "malformed" else 0


def _print_grade(
    translate: Translator, outcome: str, name: str | None, feedback: str | None, variant: Variant
) -> None:
    if outcome in VERDICTS:
        tell(translate(VERDICTS[outcome]), *([name] if name else []))
    if feedback:
        tell(feedback)
    if outcome != "malformed" and variant.accepted is not None:
        tell(translate(accepted_words(variant)))


def _drawn(given: argparse.Namespace) -> tuple[Template, Variant]:
    folder: Path = given.content
    template = find_template(folder, given.item)
    try:
        return template, questions.draw(template, given.seed, given.lang)
    except questions.DrawError as error:
        raise Failure(error.message, code=1) from error
