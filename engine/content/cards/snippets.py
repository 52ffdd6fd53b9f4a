"""What the palette inserts: a whole card, and each thing a card is made of, ready to be filled.

A translation has the same headings, in English, and its own words; the logic stays in card.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.content.cards.snippets_ko import KOREAN
from engine.content.files.yaml_writer import write_mapping
from engine.i18n import DEFAULT_LANGUAGE, Message, say

#: What a new card begins with: one idea, one flashcard, one question.
NEW_BODY = """\
One idea, in plain words. A formula, a reason, a worked number.

$$y=x^2$$

## Flashcard: first
What is asked?

---
What is answered.

## Question: first-question
```question
kind: number
parameters:
  x: {integer: [3, 40]}
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


_BLOCK = re.compile(r"^```question[^\n]*\n.*?^```[^\n]*\n?", re.MULTILINE | re.DOTALL)

SNIPPETS: Mapping[str, tuple[Message, str]] = {
    "flashcard": (
        say("Flashcard"),
        "## Flashcard: new-flashcard\nWhat is asked?\n\n---\nWhat is answered.\n",
    ),
    "cloze": (
        say("Flashcard with a gap"),
        "## Flashcard: new-gap\nThe variance of ReLU's output is {{c1::half}} of its input's.\n",
    ),
    "number": (
        say("Question: a number"),
        """\
## Question: new-number
```question
kind: number
parameters:
  n: {integer: [10, 99]}
answer: sqrt(n)
tolerance: 1%
misconceptions:
  no-root: n
```
What is the root of {{ n }}?

### no-root
That is the number itself.

### Explanation
The root of {{ n }} is {{ answer }}.
""",
    ),
    "choice": (
        say("Question: one to pick"),
        """\
## Question: new-choice
```question
kind: choice
parameters:
  a: {integer: [1, 20]}
  b: {integer: [1, 20]}
require: a != b
options:
  first: a > b
  second: b > a
misconceptions:
  picks-first: first
  picks-second: second
```
Which is larger?

### Option: first
The first, {{ a }}.

### Option: second
The second, {{ b }}.

### picks-first
{{ a }} is less than {{ b }}.

### picks-second
{{ b }} is less than {{ a }}.

### Explanation
Compare {{ a }} with {{ b }}.
""",
    ),
    "several": (
        say("Question: all that are right"),
        """\
## Question: new-several
```question
kind: several
parameters:
  a: {integer: [2, 40]}
options:
  even: a == 2 * floor(a / 2)
  large: a > 20
misconceptions:
  sees-even: even
  sees-large: large
```
What is true of {{ a }}? Tick all of it.

### Option: even
It is even.

### Option: large
It is larger than 20.

### sees-even
Divide {{ a }} by 2.

### sees-large
Compare {{ a }} with 20.

### Explanation
Look at {{ a }} once more.
""",
    ),
    "order": (
        say("Question: an order"),
        """\
## Question: new-order
```question
kind: order
parameters:
  a: {uniform: [0.1, 0.9], decimals: 2}
items:
  once: a
  twice: a ** 2
  root: sqrt(a)
order: ascending
misconceptions:
  squares-grow: {once: "1", twice: "2", root: "0"}
```
From the smallest to the largest, for $a={{ a }}$:

### Option: once
$a$ itself

### Option: twice
$a$ squared

### Option: root
the root of $a$

### squares-grow
Below 1 a square is smaller than the number.

### Explanation
The order is **{{ answer }}**.
""",
    ),
    "estimate": (
        say("Question: an estimate"),
        """\
## Question: new-estimate
```question
kind: estimate
parameters:
  depth: {integer: [8, 32]}
axis: {low: 1e-12, high: 10, scale: log}
answer: 2 ** (-depth)
tolerance: 6%
format: .1g
misconceptions:
  nothing-is-lost: "1"
```
Something is halved {{ depth }} times. How much is left?

### Axis
What is left (share)

### nothing-is-lost
Every step takes half of it.

### Explanation
Halved {{ depth }} times, {{ answer }} is left.
""",
    ),
    "claim": (
        say("Question: a claim to judge"),
        """\
## Question: new-claim
```question
kind: claim
simulation: signal_propagation
parameters:
  depth: {integer: [20, 60]}
settings: {activation: sigmoid, initialization: xavier_normal}
verdict: "false"
settled: outcome.log10_delta_ratio < -8
misconceptions:
  xavier-fixes-sigmoid: "true"
```
A network has {{ depth }} sigmoid layers.

### Claim
Xavier initialization keeps its gradient.

### xavier-fixes-sigmoid
The slope of a sigmoid is at most a quarter, whatever the weights are.

### Explanation
The gradient at the first layer was {{ outcome.delta_ratio|.1g }} of that at the last.
""",
    ),
    "misconception": (
        say("Misconception's feedback"),
        "### new-misconception\nWhat goes wrong in this thought, and what is right instead.\n",
    ),
    "hint": (say("Hint"), "### Hint\nA step on the way, not the answer.\n"),
}

#: By language, the words of each snippet.
WORDS: Mapping[str, Mapping[str, str]] = {"ko": KOREAN}


def snippet(name: str, language: str) -> str:
    """What to insert into the file of a language: in a translation words only, under the headings
    that the English snippet has.
    """
    english = SNIPPETS[name][1]
    if language == DEFAULT_LANGUAGE:
        return english
    told = WORDS.get(language, {}).get(name)
    return told if told is not None else without_logic(english)


def without_logic(text: str) -> str:
    """The text without its ```question blocks."""
    return _BLOCK.sub("", text)
