"""`draw ITEM --seed N`: one question at the terminal."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine import questions
from engine.commands.errors import Failure
from engine.commands.lookup import find_template
from engine.commands.simulate import seed
from engine.commands.terminal import tell
from engine.i18n import DEFAULT_LANGUAGE
from engine.questions import Template, Variant
from engine.study import SimulationFailed, draw_chart


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    question_arguments(command, languages)
    command.set_defaults(run=run)


def question_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares which question is drawn, and how it is shown."""
    command.add_argument("item", help="card/question, such as xavier-normal/sigma")
    command.add_argument("--seed", type=seed, required=True)
    command.add_argument("--lang", choices=languages, default=DEFAULT_LANGUAGE)
    command.add_argument("--json", action="store_true", help="print JSON")


def run(given: argparse.Namespace) -> int:
    """Prints the variant; with --json also its key and its chart."""
    template, variant = drawn(given)
    if not given.json:
        tell(variant.prompt)
        for number, option in enumerate(variant.options, 1):
            tell(f"  {number}) {option.text}")
        if variant.axis is not None:
            low, high = (questions.number_text(e) for e in (variant.axis.low, variant.axis.high))
            tell(f"  {low} … {high} ({variant.axis.scale}): {variant.axis.title}")
        return 0
    data = {
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
        data["axis"] = asdict(variant.axis)
    print(json.dumps(data, ensure_ascii=False))
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


def drawn(given: argparse.Namespace) -> tuple[Template, Variant]:
    """The question that was named, and its variant. Raises Failure where it cannot be drawn."""
    folder: Path = given.content
    template = find_template(folder, given.item)
    try:
        return template, questions.draw(template, given.seed, given.lang)
    except questions.DrawError as error:
        raise Failure(error.message, code=1) from error
