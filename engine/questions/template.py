"""A compiled question: its logic ready to draw, its words ready to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.content import Question
from engine.i18n import DEFAULT_LANGUAGE
from engine.questions.expressions import Expression
from engine.questions.kinds.kind import Kind, Logic, WrongMethod
from engine.questions.parameters import Parameters
from engine.questions.placeholders import Text

#: A simulation's parameter: a constant, a word-valued parameter's name, or an expression.
Setting = Expression | float | int | str | bool


@dataclass(frozen=True, slots=True)
class WordsOf:
    """A question's texts in one language; what is not translated is English."""

    prompt: Text
    hints: tuple[Text, ...]
    explanation: Text | None
    chart_description: Text | None
    unit: str
    axis: Text | None
    claim: Text | None
    options: Mapping[str, Text]
    feedback: Mapping[str, Text]

    def after(self) -> tuple[Text, ...]:
        """What is said after the answer, without the chart's description."""
        texts = (self.explanation,) if self.explanation is not None else ()
        return (*texts, *self.feedback.values())

    def before(self) -> tuple[Text, ...]:
        """What the question itself says; a hint is filled when it is asked for."""
        texts = (text for text in (self.axis, self.claim) if text is not None)
        return (self.prompt, *texts, *self.options.values())


@dataclass(frozen=True, slots=True)
class Template:
    """A question that can be drawn.

    settings: simulation parameter -> what it is set to; the rest take their defaults.
    copied: simulation parameters that are word-valued parameters of the question.
    filled_options: by language, the options' texts, where values in them could make two alike.
    """

    item: str
    kind: Kind
    question: Question
    parameters: Parameters
    requires: tuple[Expression, ...]
    logic: Logic
    words: Mapping[str, WordsOf]
    chart: str | None
    simulation: str | None
    settings: Mapping[str, Setting]
    copied: Mapping[str, str]
    filled_options: tuple[tuple[Text, ...], ...]
    entropy: int
    whole: bool  # whether a number's answer is a whole one in every draw
    needs_outcome: bool  # to draw
    words_need_outcome: bool = field(default=False)  # to explain
    #: Wrong methods by name, which only the check uses.
    wrong_methods: tuple[tuple[str, WrongMethod], ...] = ()

    @property
    def settled(self) -> Expression | None:
        """What must hold once the simulation has run."""
        return self.logic.settled

    @property
    def statement(self) -> str | None:
        """The id of the statement in the notes that is judged."""
        return self.logic.statement

    def words_in(self, language: str) -> WordsOf:
        """The texts in a language, or in English."""
        return self.words.get(language) or self.words[DEFAULT_LANGUAGE]
