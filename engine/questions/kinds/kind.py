"""What is to be said of a kind of question, once and in one place: see `kinds/number.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from engine.content import Node, Snippet
from engine.i18n import Message, say
from engine.questions.compiling.spec import Block
from engine.questions.expressions import Expression
from engine.questions.kinds.common import At, Solved
from engine.questions.kinds.form import Form
from engine.questions.model import Answer, Grade, Malformed, Response, Sample, Variant
from engine.questions.parameters import Parameters

#: What expressions may name.
Names = Collection[str]


class Logic(Protocol):
    """What a kind makes of a question's block. Kinds derive theirs from it.

    key_at: where the block says what is right. key_varies: whether the answer's id can tell that
    it is the same in all draws (where options are values, the right one always has one id).
    """

    __slots__ = ()
    key_at: ClassVar[At] = ("answer",)
    key_varies: ClassVar[bool] = True

    def draw(self, values: Mapping[str, object]) -> Solved:
        """The key and what stands beside it. Raises kinds.common.Rejected."""
        ...

    def expressions(self) -> Iterator[Expression]:
        """All that has to have a value for a draw."""
        ...

    def is_whole(self, parameters: Parameters) -> bool:  # noqa: ARG002
        """Whether the answer is a whole number in every draw."""
        return False

    @property
    def measured(self) -> Measured | None:
        """The same, if misconceptions are values: how near they come to the answer."""
        return None

    @property
    def settled(self) -> Expression | None:
        """What must hold once the question's simulation has run."""
        return None

    @property
    def statement(self) -> str | None:
        """The id of a statement in the notes that the question is about."""
        return None


class Measured(Protocol):
    """Logic whose answer and misconceptions are values: how near they come to each other."""

    @property
    def answer(self) -> Expression: ...

    @property
    def misconceptions(self) -> tuple[tuple[str, Expression], ...]: ...

    @property
    def nearest(self) -> Message:
        """What distances are shares of."""
        ...

    def distances(self, variant: Variant) -> Mapping[str, float]:
        """How far each misconception's value is from the key, as a share."""
        ...

    def reach(self, variant: Variant) -> float:
        """How near, as `distances` measures it, is near."""
        ...

    def passes(self, values: Mapping[str, object], key: float, wrong: float) -> bool:
        """Whether a wrong value would be accepted, or could not be told from the right one."""
        ...

    def kept_apart(self, key: str, wrong: str) -> str:
        """A condition that keeps a wrong value away; both as expressions' text in brackets."""
        ...


class WrongMethod(Protocol):
    """What one who works in a wrong way answers."""

    def expressions(self) -> Iterator[Expression]: ...

    def answers(
        self, logic: Logic, variant: Variant, known: Mapping[str, object], /
    ) -> tuple[str, ...]:
        """Answers as they would be typed; nothing where it leads nowhere. Raises
        kinds.common.Rejected.
        """
        ...


@dataclass(frozen=True, slots=True)
class Section:
    """A section that questions of some kinds must have, and others must not.

    heading: one of those of `engine.content.cards.sheet`. mend: what to write there.
    """

    heading: str
    mend: Message


_VARY = say("Let the conditions turn on what is drawn.")


def _no_mistakes(_variant: Variant, _answer: Answer) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Kind:
    """A kind of question: all that the program knows of it but the widget of its answer.

    name: as a block says it after “kind:”. label: as a learner reads it. seconds: what an
    answer usually takes; the easier, the less. keys: what a block may
    say beside `COMMON_KEYS`, with what an author is told of it. snippet: what the editor inserts.
    form: what an answer is made of. read: a block's logic; None where something is wrong, which
    the block then says. read_wrong_method: one entry of `wrong_methods:`, likewise. parse, grade,
    samples: see `engine.questions`. mistakes: every misconception that an answer shows, where
    that can be more than the one it is graded by. section: one that its questions must have.
    own_options: options that the program words itself, in the order in which they always stand.
    in_lesson: the first questions of it belong to a card's lesson where the card does not say.
    predicts: a learner says what will come before it is shown. vary: how a right answer that is
    always the same is mended. mends: by a key of its own, what to do where draws fail over it.
    """

    name: str
    label: Message
    seconds: float
    keys: Mapping[str, Message]
    snippet: Snippet
    form: Form
    read: Callable[[Block, Names], Logic | None]
    read_wrong_method: Callable[[Block, Node, Names], WrongMethod | None]
    parse: Callable[[Variant, str], Response | Malformed]
    grade: Callable[[Variant, Response], Grade]
    samples: Callable[[Variant], Iterator[Sample]]
    mistakes: Callable[[Variant, Answer], Sequence[str]] = _no_mistakes
    section: Section | None = None
    own_options: Mapping[str, Message] = field(default_factory=dict)
    in_lesson: bool = False
    predicts: bool = False
    vary: Message = _VARY
    mends: Mapping[str, Message] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<kind {self.name}>"

    @property
    def hides_one(self) -> bool:
        """Whether one of several shuffled options is right, so that its place must not tell."""
        return not (self.form.is_number or self.form.many or self.own_options)
