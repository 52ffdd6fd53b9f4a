"""`grade ITEM --seed N --answer TEXT`: what comes of an answer to a question."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence

from engine import questions
from engine.commands.draw import drawn, question_arguments
from engine.commands.terminal import tell
from engine.i18n import Message, Translator, say
from engine.questions import Malformed, Variant
from engine.study import accepted_words, misconception_feedback

VERDICTS: Mapping[str, Message] = {
    "correct": say("Correct."),
    "close": say("Close, but outside the accepted interval. Check the rounding and the formula."),
    "misconception": say("Not right. A common misconception leads to this answer:"),
    "wrong": say("Not right."),
}


def add_arguments(command: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    question_arguments(command, languages)
    command.add_argument("--answer", required=True, help="as a learner would type it")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints what came of the answer. Exit code 1 if it could not be read."""
    template, variant = drawn(given)
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
        data = {
            "outcome": outcome,
            "misconception": name,
            "accepted": variant.accepted,
            "feedback": feedback,
        }
        print(json.dumps(data, ensure_ascii=False))
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
