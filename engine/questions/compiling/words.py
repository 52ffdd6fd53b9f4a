"""The words of a question in every language, with their places found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from engine.content import Problem, Question
from engine.i18n import DEFAULT_LANGUAGE, Translator, Words, in_language, say
from engine.questions.compiling.spec import Block
from engine.questions.kinds import KINDS
from engine.questions.kinds.kind import Kind
from engine.questions.placeholders import TemplateError, Text, compile_text
from engine.questions.template import WordsOf


def compile_words(
    block: Block, question: Question, kind: Kind, names: frozenset[str]
) -> dict[str, WordsOf]:
    """By language; what is not translated is English. `names`: what a text may tell."""
    _check_options(block, question)
    _check_sections(block, question, kind)
    pieces = [question.prompt, *question.hints, *question.options.values()]
    pieces += [w for w in _single(question) if w]
    pieces += question.feedback.values()
    languages = sorted({DEFAULT_LANGUAGE, *(code for words in pieces for code in words)})
    return {code: _Compiler(block, question, kind, code, names).words() for code in languages}


def _single(question: Question) -> tuple[Words | None, ...]:
    """The texts that a question has at most one of."""
    return (
        question.explanation,
        question.chart_description,
        question.unit,
        question.axis,
        question.claim,
    )


def _check_sections(block: Block, question: Question, kind: Kind) -> None:
    """A question has the section of its kind, such as an axis' title, and no other kind's."""
    if question.axis is not None and any("$" in text for text in question.axis.values()):
        place = question.places.get((DEFAULT_LANGUAGE, "axis"), question.place)
        block.fail(
            "axis-maths",
            place.line,
            say("a formula in “### Axis”"),
            say("plain words; a chart's axis does not show formulas"),
            say("Write it with letters and signs, such as σ² or 10⁻³."),
        )
    wanted = kind.section.heading if kind.section is not None else None
    written = {"Axis": question.axis, "Claim": question.claim}
    for section in filter(None, (other.section for other in KINDS.values())):
        heading, words = section.heading, written[section.heading]
        if (heading == wanted) == (words is not None):
            continue
        name = heading.lower()
        place = question.places.get((DEFAULT_LANGUAGE, name), question.place)
        if words is None:
            block.fail(
                f"missing-{name}",
                block.place.line,
                say("a question “{id}” without “### {heading}”", id=question.id, heading=heading),
                say("“### {heading}” with a text below it", heading=heading),
                section.mend,
            )
        else:
            block.fail(
                f"misplaced-{name}",
                place.line,
                say("“### {heading}” in a question of another kind", heading=heading),
                say(
                    "“### {heading}” only with “kind: {kind}”",
                    heading=heading,
                    kind=_with_section(heading),
                ),
                say("Delete the section, or correct the kind."),
            )


def _with_section(heading: str) -> str:
    """The kinds whose questions have it."""
    return ", ".join(
        kind.name
        for kind in KINDS.values()
        if kind.section is not None and kind.section.heading == heading
    )


def _check_options(block: Block, question: Question) -> None:
    for key in ("options", "items"):
        for id, node in block.mapping(key).items() if key in block.spec else ():
            if id not in question.options:
                block.fail(
                    "missing-option",
                    node.line,
                    say("an option “{id}” without words", id=id[:60]),
                    say("“### Option: {id}” with the option's words below it", id=id[:60]),
                    say("Write the heading and the words, or delete the option here."),
                )
            elif id.isdecimal():
                block.fail(
                    "bad-id",
                    node.line,
                    say("an option called “{id}”", id=id[:60]),
                    say("a word; options are also picked by the number they are shown with"),
                    say("Rename the option."),
                )


class _Compiler:
    """One language's texts. Where one cannot be filled, that is noted in the block."""

    def __init__(
        self, block: Block, question: Question, kind: Kind, language: str, names: frozenset[str]
    ) -> None:
        self.block = block
        self.question = question
        self.kind = kind
        self.language = language
        self.before = names
        self.after = names | {"answer"}

    def words(self) -> WordsOf:
        question = self.question
        self._check_apart()
        return WordsOf(
            prompt=self._text(question.prompt, self.before, "prompt"),
            hints=tuple(
                self._text(words, self.before, f"hint:{number}")
                for number, words in enumerate(question.hints, 1)
            ),
            explanation=self._maybe(question.explanation, "explanation", self.after),
            chart_description=self._maybe(
                question.chart_description, "chart-description", self.after
            ),
            unit=in_language(question.unit, self.language).strip() if question.unit else "",
            axis=self._maybe(question.axis, "axis", self.before),
            claim=self._maybe(question.claim, "claim", self.before),
            options=self._own_options() or self._each(question.options, self.before, "option"),
            feedback=self._each(question.feedback, self.after, "feedback"),
        )

    def _own_options(self) -> dict[str, Text]:
        """The options that the program words itself, as those of a claim."""
        translate = Translator(self.language)
        return {id: compile_text(translate(word), ()) for id, word in self.kind.own_options.items()}

    def _each(
        self, group: Mapping[str, Words], names: frozenset[str], slot: str
    ) -> dict[str, Text]:
        return {id: self._text(words, names, f"{slot}:{id}") for id, words in group.items()}

    def _maybe(self, words: Words | None, slot: str, names: frozenset[str]) -> Text | None:
        return None if words is None else self._text(words, names, slot)

    def _text(self, words: Words, names: frozenset[str], slot: str) -> Text:
        written = in_language(words, self.language)
        try:
            return compile_text(written, names, answer_format=self.block.format)
        except TemplateError as error:
            # What is not translated was told of in English.
            if self.language == DEFAULT_LANGUAGE or self.language in words:
                self._fail(error, slot)
            return compile_text("", ())

    def _fail(self, error: TemplateError, slot: str) -> None:
        place = self.question.places.get((self.language, slot), self.question.place)
        self.block.problems.append(
            Problem(
                "error",
                place,
                "bad-place",
                say(
                    "{what} (in {where}, {language})",
                    what=error.message,
                    where=slot,
                    language=self.language,
                ),
                say("a parameter, answer (after the answer) or outcome.name, and a format"),
                say("Correct what stands between the double braces."),
            )
        )

    def _check_apart(self) -> None:
        """Options that read the same are told now; those that may, at the draw."""
        texts = {
            id: " ".join(in_language(words, self.language).split())
            for id, words in self.question.options.items()
        }
        for one, other in combinations(texts, 2):
            if texts[one] == texts[other]:
                slot = (self.language, f"option:{other}")
                self.block.problems.append(
                    Problem(
                        "error",
                        self.question.places.get(slot, self.question.place),
                        "same-options",
                        say(
                            "the options “{one}” and “{other}” with the same words ({language})",
                            one=one,
                            other=other,
                            language=self.language,
                        ),
                        say("options that can be told apart"),
                        say("Reword one of them."),
                    )
                )
