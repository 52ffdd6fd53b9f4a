"""Questions that cannot be asked, each broken in a way of its own, for tests of what comes of them.

UNDRAWABLE can be compiled and not drawn; UNCOMPILED cannot be compiled; FAILING can be drawn, and
something about them is not as it should be.
"""

from __future__ import annotations

#: Asked on the first day, whatever its kind.
CORE = "level: core\n"
NUMBER = "kind: number\nparameters: {x: {integer: [2, 50]}}\nanswer: x + 1\ntolerance: 1%\n"
AXIS = "kind: estimate\nparameters: {x: {integer: [2, 50]}}\nanswer: x\ntolerance: 5%\n"
CHOICE = "kind: choice\nparameters: {x: {integer: [2, 50]}}\n"
ORDER = "kind: order\nparameters: {x: {integer: [2, 50]}}\norder: ascending\n"
CLAIM = "kind: claim\nparameters: {x: {integer: [2, 50]}}\n"

UNDRAWABLE: dict[str, str] = {
    "misconception-is-key": NUMBER + "misconceptions: {same: 1 + x}",
    "misconception-near-key": NUMBER + "misconceptions: {near: 1.001 * (x + 1)}",
    "two-misconceptions-alike": NUMBER + "misconceptions: {one: 9 * x, two: x * 9}",
    "never-met": NUMBER + "require: x > 60",
    "never-met-list": NUMBER + "require: [x > 1, x < 2]",
    "requires-nothing-true": NUMBER + "require: x != x",
    "division-by-zero": NUMBER.replace("x + 1", "1 / (x - x)"),
    "root-of-negative": NUMBER.replace("x + 1", "sqrt(-x)"),
    "log-of-zero": NUMBER.replace("x + 1", "log(0 * x)"),
    "overflow": NUMBER.replace("x + 1", "exp(1000 * x)"),
    "power-overflow": NUMBER.replace("x + 1", "x ** 5000"),
    "infinite": NUMBER.replace("x + 1", "1e308 * x"),
    "not-a-number": NUMBER.replace("x + 1", "1e308 * x - 1e308 * x"),
    "no-width": NUMBER.replace("x + 1", "x - x"),
    "endless-interval": NUMBER.replace("x + 1", "1.7e308 + 0 * x").replace("1%", "40%"),
    "misconception-infinite": NUMBER + "misconceptions: {huge: exp(999 * x)}",
    "require-has-no-value": NUMBER + "require: 1 / (x - x) > 0",
    "computed-has-no-value": NUMBER.replace("50]}}", "50]}, y: {compute: log(-x)}}"),
    "axis-from-zero": AXIS + "axis: {low: 0, high: 100, scale: log}",
    "axis-below-zero": AXIS + "axis: {low: -5, high: 100, scale: log}",
    "axis-backwards": AXIS + "axis: {low: 100, high: 1, scale: linear}",
    "axis-without-length": AXIS + "axis: {low: 5, high: 5, scale: linear}",
    "axis-infinite": AXIS + "axis: {low: 1, high: exp(999), scale: log}",
    "answer-off-axis": AXIS + "axis: {low: 1000, high: 2000, scale: linear}",
    "answer-at-the-end": AXIS.replace("answer: x", "answer: 100")
    + "axis: {low: 1, high: 100, scale: linear}",
    "misconception-off-axis": AXIS
    + "axis: {low: 1, high: 100, scale: log}\nmisconceptions: {far: 1000 * x}",
    "misconception-below-log-axis": AXIS
    + "axis: {low: 1, high: 100, scale: log}\nmisconceptions: {minus: 0 - x}",
    "misconception-on-the-answer": AXIS
    + "axis: {low: 1, high: 100, scale: linear}\nmisconceptions: {same: x}",
    "options-print-alike": CHOICE.replace("{integer: [2, 50]}", "{choose: [11, 12, 13]}")
    + "answer: x\nformat: .1g\nmisconceptions: {near: 1.06 * x}",
    "options-too-close": CHOICE + "answer: x\nmisconceptions: {near: 1.01 * x}",
    "no-option-right": CHOICE + "options: {a: x < 0, b: x < 1}\nmisconceptions: {one: a, two: b}",
    "both-options-right": CHOICE
    + "options: {a: x > 0, b: x > 1}\nmisconceptions: {one: a, two: b}",
    "all-ticked": "kind: several\nparameters: {x: {integer: [2, 50]}}\n"
    "options: {a: x > 0, b: x > 1}\nmisconceptions: {one: a, two: b}",
    "none-ticked": "kind: several\nparameters: {x: {integer: [2, 50]}}\n"
    "options: {a: x < 0, b: x < 1}\nmisconceptions: {one: a, two: b}",
    "order-tied": ORDER + "items: {a: x, b: x}",
    "misconception-in-order": ORDER
    + "items: {a: x, b: 9 * x}\nmisconceptions: {same: {a: 1, b: 2}}",
    "misconception-sees-a-tie": ORDER
    + "items: {a: x, b: 9 * x}\nmisconceptions: {tie: {a: 1, b: 1}}",
    "no-verdict": CLAIM
    + 'verdicts: {"true": x < 0, "false": x < 1}\nmisconceptions: {no: "false"}',
    "both-verdicts": CLAIM
    + 'verdicts: {"true": x > 0, "false": x > 1}\nmisconceptions: {no: "false"}',
}
UNCOMPILED: dict[str, str] = {
    "unknown-kind": "kind: riddle\nanswer: 1",
    "unknown-name": NUMBER.replace("x + 1", "y + 1"),
    "python": NUMBER.replace("x + 1", "().__class__"),
    "no-answer": "kind: number\ntolerance: 1%",
    "backwards-range": NUMBER.replace("[2, 50]", "[50, 2]"),
    "nothing-to-choose": NUMBER.replace("{integer: [2, 50]}", "{choose: []}"),
    "unknown-simulation": NUMBER + "simulation: no_such_thing",
    "unknown-chart": NUMBER + "chart: no_such_chart",
    "zero-tolerance": NUMBER.replace("1%", "0%"),
    "bad-format": NUMBER + "format: .99q",
    "nested-brackets": NUMBER.replace("x + 1", "(" * 160 + "x" + ")" * 160),
}


def block(spec: str) -> str:
    """A question's logic with all the words that its kind wants."""
    words = ["What is it?", "", "### Explanation", "So it is.", ""]
    for section in ("Axis",) if "kind: estimate" in spec else ():
        words += [f"### {section}", "x", ""]
    if "kind: claim" in spec:
        words += ["### Claim", "It holds.", ""]
    for name in ("a", "b"):
        if "options: {" in spec or "items: {" in spec:
            words += [f"### Option: {name}", f"The option {name}", ""]
    for name in ("same", "near", "one", "two", "huge", "far", "minus", "tie", "no"):
        if f"{name}:" in spec:
            words += [f"### {name}", "No.", ""]
    return f"```question\n{spec}\n```\n" + "\n".join(words)


def card(spec: str, title: str = "Trouble") -> str:
    """A ready card: a question of this kind, a sound one and a flashcard."""
    return (
        f"---\ntitle: {title}\nunit: initialization\nstatus: ready\n---\nA text.\n\n"
        f"## Question: broken\n{block(CORE + spec)}\n"
        f"## Question: sound\n{block(NUMBER)}\n"
        "## Flashcard: card\nFront.\n\n---\nBack.\n"
    )
