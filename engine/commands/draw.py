"""`draw ITEM --seed N` and `grade ITEM --seed N --answer TEXT`: one question at the terminal."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine import questions
from engine.commands.failing import Failure
from engine.commands.simulate import seed
from engine.questions import Malformed, Template, Variant
from engine.study import CourseFolder, draw_chart, misconception_feedback
from engine.words import Translator, say

#: The course is read once, so any time will do.
ONCE = datetime(2000, 1, 1, tzinfo=UTC)


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
        print(variant.prompt)
        for number, option in enumerate(variant.options, 1):
            print(f"  {number}) {option.text}")
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
    print(json.dumps(told, ensure_ascii=False))
    return 0


def _chart(template: Template, variant: Variant) -> dict[str, Any] | None:
    drawn = draw_chart(template, variant, None, "light")
    if drawn is None:
        return None
    specification, description = drawn
    return {"name": template.chart, "description": description, "specification": specification}


def grade(given: argparse.Namespace) -> int:
    """Prints what came of the answer. Exit code 1 if it could not be read."""
    template, variant = _drawn(given)
    translate = Translator(given.lang)
    response = questions.parse(variant, given.answer)
    if isinstance(response, Malformed):
        told = {
            "outcome": "malformed",
            "misconception": None,
            "accepted": variant.accepted,
            "feedback": translate(response.why),
        }
    else:
        result = questions.grade(variant, response)
        name = result.misconception
        told = {
            "outcome": result.verdict,
            "misconception": name,
            "accepted": variant.accepted,
            "feedback": (
                misconception_feedback(template, variant, name, given.lang) if name else None
            ),
        }
    if given.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(told["outcome"] if told["misconception"] is None else told["misconception"])
        if told["feedback"]:
            print(told["feedback"])
        if variant.accepted is not None:
            print(
                translate(
                    say(
                        "accepted: {low} to {high}",
                        low=variant.accepted[0],
                        high=variant.accepted[1],
                    )
                )
            )
    return 1 if told["outcome"] == "malformed" else 0


def _drawn(given: argparse.Namespace) -> tuple[Template, Variant]:
    folder: Path = given.content
    course = CourseFolder(folder).current(ONCE)
    if given.item not in course.templates:
        raise Failure(
            say(
                "There is no question “{item}”. There are: {items}",
                item=given.item,
                items=", ".join(course.templates),
            )
        )
    template = course.templates[given.item]
    try:
        return template, questions.draw(template, given.seed, given.lang)
    except questions.DrawError as error:
        raise Failure(error.message, code=1) from error
