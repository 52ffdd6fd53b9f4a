"""The words of a question in every language, with their places found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from engine.cards import Problem, Question
from engine.questions.block import Block
from engine.questions.template import WordsOf
from engine.questions.templates import TemplateError, Text, compile_text
from engine.words import DEFAULT_LANGUAGE, Words, in_language, say


def compile_words(block: Block, question: Question, names: frozenset[str]) -> dict[str, WordsOf]:
    """By language; what is not translated is English. `names`: what a text may tell."""
    _check_options(block, question)
    pieces = [question.prompt, *question.hints, *question.options.values()]
    pieces += [w for w in (question.explanation, question.chart_description, question.unit) if w]
    pieces += question.feedback.values()
    languages = sorted({DEFAULT_LANGUAGE, *(code for words in pieces for code in words)})
    return {code: _Compiler(block, question, code, names).words() for code in languages}


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
        self, block: Block, question: Question, language: str, names: frozenset[str]
    ) -> None:
        self.block = block
        self.question = question
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
            explanation=self._maybe(question.explanation, "explanation"),
            chart_description=self._maybe(question.chart_description, "chart-description"),
            unit=in_language(question.unit, self.language).strip() if question.unit else "",
            options=self._each(question.options, self.before, "option"),
            feedback=self._each(question.feedback, self.after, "feedback"),
        )

    def _each(
        self, group: Mapping[str, Words], names: frozenset[str], slot: str
    ) -> dict[str, Text]:
        return {id: self._text(words, names, f"{slot}:{id}") for id, words in group.items()}

    def _maybe(self, words: Words | None, slot: str) -> Text | None:
        return None if words is None else self._text(words, self.after, slot)

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
