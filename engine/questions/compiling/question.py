"""A question as written -> a template that can be drawn, or problems with their places."""

from __future__ import annotations

import hashlib

from engine.content import ContentError, Question
from engine.i18n import say
from engine.questions.checking.constancy import read_constant
from engine.questions.compiling.logic import LOGICS
from engine.questions.compiling.parameters import compile_parameters
from engine.questions.compiling.settings import outcome_names, read_settings, read_simulation
from engine.questions.compiling.spec import Block
from engine.questions.compiling.words import compile_words
from engine.questions.compiling.wrong_methods import KEY, compile_wrong_methods
from engine.questions.kinds.claim import Claim
from engine.questions.kinds.number import Number
from engine.questions.numbers.whole import is_whole, whole_names
from engine.questions.template import Template

COMMON = (
    *("kind", "simulation", "parameters", "settings", "require", "chart", "format", "constant"),
    KEY,
)


def compile_question(card_id: str, question: Question) -> Template:
    """Raises ContentError with everything that is wrong with the question."""
    block = Block(question.spec, question.spec_place)
    kind = block.word("kind") or ""
    if block.problems:
        raise ContentError(tuple(block.problems))
    if kind not in LOGICS:
        block.fail(
            "unknown-kind",
            block.line("kind"),
            say("the kind “{kind}”", kind=kind),
            say("one of {kinds}", kinds=", ".join(LOGICS)),
            say("Write one of them after “kind:”."),
        )
        raise ContentError(tuple(block.problems))
    block.only(*COMMON, *LOGICS[kind].keys)
    simulation, chart = read_simulation(block), block.word("chart")
    parameters = compile_parameters(block)
    numbers = parameters.names - parameters.words
    outcomes = outcome_names(simulation)
    logic = LOGICS[kind].compile(block, numbers | outcomes)
    requires = block.expressions("require", numbers | outcomes)
    requires.sort(key=lambda required: required.needs_outcome)  # the cheap ones first
    wrong_methods = compile_wrong_methods(block, kind, numbers | outcomes)
    settings, copied = read_settings(block, simulation, parameters)
    read_constant(block)
    words = compile_words(block, question, parameters.names | outcomes)
    if block.problems or logic is None:
        raise ContentError(tuple(block.problems))
    item = f"{card_id}/{question.id}"
    drawing = [*requires, *logic.expressions()]
    return Template(
        item=item,
        kind=kind,  # type: ignore[arg-type]
        question=question,
        parameters=parameters,
        requires=tuple(requires),
        logic=logic,
        words=words,
        chart=chart,
        simulation=simulation,
        settings=settings,
        copied=copied,
        filled_options=tuple(
            tuple(told.options.values())
            for told in words.values()
            if any(text.names for text in told.options.values())
        ),
        entropy=int.from_bytes(hashlib.sha256(item.encode()).digest()[:16], "big"),
        relative=bool(getattr(logic, "relative", False)),
        whole=isinstance(logic, Number)
        and (logic.format.endswith("d") or is_whole(logic.answer, whole_names(parameters))),
        settled=logic.settled if isinstance(logic, Claim) else None,
        wrong_methods=wrong_methods,
        statement=logic.statement if isinstance(logic, Claim) else None,
        needs_outcome=any(e.needs_outcome for e in drawing)
        or any(text.needs_outcome for told in words.values() for text in told.before()),
        words_need_outcome=any(
            text.needs_outcome for told in words.values() for text in told.after()
        ),
    )
