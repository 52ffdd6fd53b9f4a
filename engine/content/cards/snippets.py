"""What the palette inserts: a whole card, and each thing a card is made of, ready to be filled.

A translation has the same headings, in English, and its own words; the logic stays in card.md. The
snippet of a question stands with its kind, in `engine.questions.kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.content.files.yaml_writer import write_mapping
from engine.i18n import DEFAULT_LANGUAGE, Message, Translator, say

#: What a new card begins with: two steps, one flashcard, one question.
NEW_BODY = """\
The problem that this concept solves, in plain words.

### The idea, as a title of a few words
One idea, in plain words. A formula, a reason, a worked number.

$$y=x^2$$

## Flashcard: first
```flashcard
level: core
step: 2
```
What is asked?

---
What is answered.

## Question: first-question
```question
kind: number
parameters:
  x: {integer: [3, 40]}
level: core
step: 2
answer: x ** 2
tolerance: 1%
misconceptions:
  doubled: 2 * x
```
What is the square of {{ x }}?

### Hint
Multiply the number by itself.

### doubled
You doubled {{ x }}. The square is {{ x }} times {{ x }}.

### Explanation
${{ x }}\\cdot{{ x }}={{ answer }}$.
"""


def new_card(title: str, unit: str, position: int) -> str:
    """A card to begin with. position: where in its unit. Its translation is begun from it later:
    a sentence that only holds a place would be read by learners as the card.
    """
    front: dict[str, object] = {"title": title, "unit": unit, "requires": [], "sources": []}
    front |= {"position": position} if position else {}
    front["status"] = "draft"
    return f"---\n{write_mapping(front)}---\n{NEW_BODY}"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Something that the palette inserts; its words are in the catalogue of each language.

    label: what the palette calls it. heading: as it stands in the files of all languages. body:
    the text below it; of a flashcard with a back, front and back. logic: what stands in the
    ```question block. sections: what follows, by its headings. only_english: what stands in card.md
    alone, and is no words.
    """

    label: Message
    heading: str | Message
    body: tuple[Message, ...]
    logic: str = ""
    sections: Mapping[str, Message] = field(default_factory=dict)
    only_english: str = ""

    def text(self, language: str) -> str:
        """What to insert into the file of a language: in a translation words only, under the same
        headings; in English where nobody has translated them. Empty where it has no place there.
        """
        if self.only_english:
            return self.only_english if language == DEFAULT_LANGUAGE else ""
        translate = Translator(language)
        logic = self.logic if language == DEFAULT_LANGUAGE else ""
        block = f"```question\n{logic}```\n" if logic else ""
        body = "\n\n---\n".join(translate(words) for words in self.body)
        sections = "".join(
            f"\n### {heading}\n{translate(words)}\n" for heading, words in self.sections.items()
        )
        heading = self.heading if isinstance(self.heading, str) else translate(self.heading)
        above = f"{heading}\n" if heading else ""
        return f"{above}{block}{body}\n{sections}"


#: What stands in a card's text, at its top, or in a flashcard.
IN_TEXT: Mapping[str, Snippet] = {
    "step": Snippet(
        say("Step of the text"),
        say("### A title that says the idea"),
        (say("What this step explains, in plain words."),),
    ),
    "picture": Snippet(
        say("Picture in the text"), "", (say("![What to look for, in one sentence.](picture:try)"),)
    ),
    "pictures": Snippet(
        say("Picture's properties, at the top"),
        "",
        (),
        only_english="pictures:\n  new-picture: {simulation: gradient_descent, "
        "settings: {learning_rate: 0.3}, controls: [learning_rate]}\n",
    ),
    "level": Snippet(
        say("Flashcard's level and step"),
        "",
        (),
        only_english="```flashcard\nlevel: core\nstep: 1\n```\n",
    ),
}
#: What stands in a card beside its questions.
BESIDE: Mapping[str, Snippet] = {
    "flashcard": Snippet(
        say("Flashcard"),
        "## Flashcard: new-flashcard",
        (say("What is asked?"), say("What is answered.")),
    ),
    "cloze": Snippet(
        say("Flashcard with a gap"),
        "## Flashcard: new-gap",
        (say("The variance of ReLU's output is {{{{c1::half}}}} of its input's."),),
    ),
}
#: What is put into a question of any kind.
WITHIN: Mapping[str, Snippet] = {
    "misconception": Snippet(
        say("Misconception's feedback"),
        "### new-misconception",
        (say("What goes wrong in this thought, and what is right instead."),),
    ),
    "hint": Snippet(say("Hint"), "### Hint", (say("A step on the way, not the answer."),)),
}

_BLOCK = re.compile(
    r"^```(?:question|flashcard)\b[^\n]*\n.*?^```[^\n]*\n?", re.MULTILINE | re.DOTALL
)


def without_logic(text: str) -> str:
    """The text without its ```question and ```flashcard blocks."""
    return _BLOCK.sub("", text)
