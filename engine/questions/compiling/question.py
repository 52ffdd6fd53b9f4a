"""A question as written -> a template that can be drawn, or problems with their places."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from engine.content import ContentError, Question
from engine.i18n import Message, say
from engine.questions.checking.constancy import read_constant
from engine.questions.compiling.parameters import compile_parameters
from engine.questions.compiling.settings import outcome_names, read_settings, read_simulation
from engine.questions.compiling.spec import Block
from engine.questions.compiling.words import compile_words
from engine.questions.compiling.wrong_methods import KEY, compile_wrong_methods
from engine.questions.kinds import KINDS
from engine.questions.template import Template

#: What every block may say, with what an author is told of it.
COMMON_KEYS: Mapping[str, Message] = {
    "kind": say("what sort of question it is"),
    "simulation": say("the simulation that belongs to it"),
    "parameters": say(
        "what is drawn: choose, integer, uniform with decimals, cases; compute for what follows"
    ),
    "settings": say("the simulation's parameters, where they are not the question's own"),
    "require": say("conditions; draws that do not meet them are drawn again"),
    "format": say("how numbers are shown, such as .3g"),
    "chart": say("the chart that shows the answer"),
    KEY: say("name: what a wrong method answers, which must never be graded right"),
    "constant": say("a warning's code: why what it tells is meant"),
    "level": say("core: asked in the lesson; more: later; hard: once the core items are known"),
    "step": say("the number of the text's step that explains it; a wrong answer leads there"),
    "apart": say("ids of the card's items that give this answer away: not asked on the same day"),
}


def compile_question(card_id: str, question: Question) -> Template:
    """Raises ContentError with everything that is wrong with the question."""
    block = Block(question.spec, question.spec_place)
    name = block.word("kind") or ""
    if block.problems:
        raise ContentError(tuple(block.problems))
    if name not in KINDS:
        block.fail(
            "unknown-kind",
            block.line("kind"),
            say("the kind “{kind}”", kind=name),
            say("one of {kinds}", kinds=", ".join(KINDS)),
            say("Write one of them after “kind:”."),
        )
        raise ContentError(tuple(block.problems))
    kind = KINDS[name]
    block.only(*COMMON_KEYS, *kind.keys)
    simulation, chart = read_simulation(block), block.word("chart")
    parameters = compile_parameters(block)
    numbers = parameters.names - parameters.words
    outcomes = outcome_names(simulation)
    logic = kind.read(block, numbers | outcomes)
    requires = block.expressions("require", numbers | outcomes)
    requires.sort(key=lambda required: required.needs_outcome)  # the cheap ones first
    wrong_methods = compile_wrong_methods(block, kind, numbers | outcomes)
    settings, copied = read_settings(block, simulation, parameters)
    read_constant(block)
    words = compile_words(block, question, kind, parameters.names | outcomes)
    if block.problems or logic is None:
        raise ContentError(tuple(block.problems))
    item = f"{card_id}/{question.id}"
    drawing = [*requires, *logic.expressions()]
    return Template(
        item=item,
        kind=kind,
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
            tuple(words_of.options.values())
            for words_of in words.values()
            if any(text.names for text in words_of.options.values())
        ),
        entropy=int.from_bytes(hashlib.sha256(item.encode()).digest()[:16], "big"),
        whole=logic.is_whole(parameters),
        wrong_methods=wrong_methods,
        needs_outcome=any(e.needs_outcome for e in drawing)
        or any(text.needs_outcome for words_of in words.values() for text in words_of.before()),
        words_need_outcome=any(
            text.needs_outcome for words_of in words.values() for text in words_of.after()
        ),
    )
