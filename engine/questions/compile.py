"""A question as written -> a template that can be drawn, or problems with their places."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from engine import simulations
from engine.cards import ContentError, Place, Problem, Question
from engine.questions.block import Block
from engine.questions.compile_logic import FORMAT, LOGICS
from engine.questions.compile_parameters import compile_parameters
from engine.questions.parameters import Parameters
from engine.questions.template import Setting, Template, WordsOf
from engine.questions.templates import TemplateError, Text, compile_text
from engine.words import Words, in_language, say

COMMON = ("kind", "simulation", "parameters", "settings", "require", "chart", "format")


def compile_question(card_id: str, question: Question) -> Template:
    """Raises ContentError with everything that is wrong with the question."""
    block = Block(question.spec, question.spec_place)
    kind = block.word("kind") or ""
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
    simulation = _simulation(block)
    parameters = compile_parameters(block)
    numbers = parameters.names - parameters.words
    outcomes = _outcome_names(simulation)
    logic = LOGICS[kind].compile(block, numbers | outcomes)
    requires = tuple(block.expressions("require", numbers | outcomes))
    settings, copied = _settings(block, simulation, parameters)
    _check_options(block, question)
    words = _words(block, question, parameters.names | outcomes)
    if block.problems or logic is None:
        raise ContentError(tuple(block.problems))
    item = f"{card_id}/{question.id}"
    drawing = [*requires, *logic.expressions()]
    return Template(
        item=item,
        kind=kind,  # type: ignore[arg-type]
        question=question,
        parameters=parameters,
        requires=requires,
        logic=logic,
        words=words,
        chart=block.word("chart"),
        simulation=simulation,
        settings=settings,
        copied=copied,
        entropy=int.from_bytes(hashlib.sha256(item.encode()).digest()[:16], "big"),
        shuffled=kind != "number",
        relative=bool(getattr(logic, "relative", False)),
        needs_outcome=any(e.needs_outcome for e in drawing)
        or any(text.needs_outcome for told in words.values() for text in told.before()),
        words_need_outcome=any(
            text.needs_outcome for told in words.values() for text in told.after()
        ),
    )


def _simulation(block: Block) -> str | None:
    name = block.word("simulation")
    if name is None or name in simulations.SIMULATIONS:
        return name
    block.fail(
        "unknown-simulation",
        block.line("simulation"),
        say("the simulation “{name}”", name=name),
        say("one of {names}", names=", ".join(sorted(simulations.SIMULATIONS))),
        block.nearest(name, simulations.SIMULATIONS),
    )
    return None


def _outcome_names(simulation: str | None) -> frozenset[str]:
    if simulation is None:
        return frozenset()
    return frozenset(f"outcome.{name}" for name in simulations.SIMULATIONS[simulation].scalars)


def _settings(
    block: Block, simulation: str | None, parameters: Parameters
) -> tuple[dict[str, Setting], dict[str, str]]:
    """What the simulation is told: the question's parameters of the same name, then `settings`."""
    written = block.mapping("settings")
    if simulation is None:
        if written:
            block.fail(
                "settings-without-simulation",
                block.line("settings"),
                say("settings without a simulation"),
                say("“simulation:” with the simulation that is set"),
                say("Name the simulation, or delete the settings."),
            )
        return {}, {}
    ranges = simulations.SIMULATIONS[simulation].ranges()
    settings: dict[str, Setting] = {}
    copied: dict[str, str] = {}
    numbers = parameters.names - parameters.words
    for name in ranges:
        if name in parameters.words:
            copied[name] = name
        elif name in numbers:
            settings[name] = block.expression_of(name, block.line("parameters"), numbers)
    for name, node in written.items():
        if name not in ranges:
            block.fail(
                "unknown-setting",
                node.line,
                say("the setting “{name}”", name=name),
                say("one of {names}", names=", ".join(ranges)),
                block.nearest(name, ranges),
            )
            continue
        value = node.value
        copied.pop(name, None)
        choices = ranges[name].choices or ()
        if isinstance(value, str) and value in parameters.words:
            settings.pop(name, None)
            copied[name] = value
        elif isinstance(value, str) and value not in choices:
            expression = block.expression_at(node, numbers)
            if expression is not None:
                settings[name] = expression
        elif isinstance(value, (str, int, float, bool)):
            settings[name] = value
            _check_setting(block, simulation, name, value, node.line)
    return settings, copied


def _check_setting(block: Block, simulation: str, name: str, value: object, line: int) -> None:
    try:
        simulations.SIMULATIONS[simulation].make({name: value})
    except simulations.ParameterError as error:
        block.fail(
            "setting-out-of-range",
            line,
            say("{name}: {value}", name=name, value=error.value),
            say("{expected}", expected=error.expected),
            say("Write a value in that range."),
        )


def _check_options(block: Block, question: Question) -> None:
    for key in ("options", "items"):
        group = block.spec[key].value if key in block.spec else None
        for id, node in group.items() if isinstance(group, Mapping) else ():
            if id not in question.options:
                block.fail(
                    "missing-option",
                    node.line,
                    say("an option “{id}” without words", id=id[:60]),
                    say("“### Option: {id}” with the option's words below it", id=id[:60]),
                    say("Write the heading and the words, or delete the option here."),
                )


def _words(block: Block, question: Question, names: frozenset[str]) -> dict[str, WordsOf]:
    """The texts in every language of the card, compiled."""
    pieces = [question.prompt, *question.hints, *question.options.values()]
    pieces += [w for w in (question.explanation, question.chart_description, question.unit) if w]
    languages = sorted(
        {"en", *(code for w in (*pieces, *question.feedback.values()) for code in w)}
    )
    format = block.word("format") or FORMAT
    return {language: _words_in(block, question, language, names, format) for language in languages}


def _words_in(
    block: Block, question: Question, language: str, names: frozenset[str], format: str
) -> WordsOf:
    before, after = names, names | {"answer"}

    def text(words: Words, allowed: frozenset[str], where: str) -> Text:
        written = in_language(words, language)
        try:
            return compile_text(written, allowed, answer_format=format)
        except TemplateError as error:
            place = question.place
            block.problems.append(
                Problem(
                    "error",
                    Place(place.file, place.line),
                    "bad-place",
                    say(
                        "{what} (in {where}, {language})",
                        what=error.message,
                        where=where,
                        language=language,
                    ),
                    say("a parameter, answer (after the answer) or outcome.name, and a format"),
                    say("Correct what stands between the double braces."),
                )
            )
            return compile_text("", ())

    unit = in_language(question.unit, language).strip() if question.unit else ""
    return WordsOf(
        prompt=text(question.prompt, before, "prompt"),
        hints=tuple(text(hint, before, "Hint") for hint in question.hints),
        explanation=_maybe(question.explanation, after, "Explanation", text),
        chart_description=_maybe(question.chart_description, after, "Chart description", text),
        unit=unit,
        options={id: text(w, before, f"Option: {id}") for id, w in question.options.items()},
        feedback={id: text(w, after, id) for id, w in question.feedback.items()},
    )


Compiler = Callable[[Words, frozenset[str], str], Text]


def _maybe(words: Words | None, names: frozenset[str], where: str, text: Compiler) -> Text | None:
    return None if words is None else text(words, names, where)
