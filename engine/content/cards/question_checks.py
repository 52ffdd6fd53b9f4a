"""Whether a question's words and its logic belong together, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.content.cards.sheet import SECTIONS, ItemHead, Sheet, Slot
from engine.content.files.problems import Diagnostics, as_id, clip, did_you_mean, is_id
from engine.content.files.yaml_reader import Node
from engine.i18n import Message, say


def check_question(
    head: ItemHead, sheet: Sheet, diagnostics: Diagnostics, kinds: Sequence[str]
) -> None:
    """Adds the problems of one question of card.md. What the logic means is not looked at.

    kinds: those that a question can be of.
    """
    logic = head.logic
    if logic is None:
        if head.logic_line == head.line:  # otherwise it is there but cannot be read
            diagnostics.error(
                head.line,
                "no-logic",
                say("a question “{id}” without a ```question block", id=head.id),
                say("a ```question block below the heading"),
                say("Write the block with at least “kind:” and “answer:”."),
            )
        return
    _check_kind(head, logic, diagnostics, kinds)
    options = {**_names(logic, "options", diagnostics), **_names(logic, "items", diagnostics)}
    misconceptions = _names(logic, "misconceptions", diagnostics)
    _check_options(head, sheet, options, diagnostics)
    _check_feedback(head, sheet, misconceptions, diagnostics)
    _check_complete(head, sheet, "chart" in logic, diagnostics)


def _check_kind(
    head: ItemHead, logic: Mapping[str, Node], diagnostics: Diagnostics, kinds: Sequence[str]
) -> None:
    kind = logic.get("kind")
    if kind is None or not isinstance(kind.value, str):
        line = head.logic_line if kind is None else kind.line
        diagnostics.error(
            line,
            "no-kind",
            say("a question “{id}” without a kind", id=head.id),
            say("“kind:” with one of {kinds}", kinds=", ".join(kinds) or "…"),
            say("Write “kind: number”, for example."),
        )


def _names(logic: Mapping[str, Node], key: str, diagnostics: Diagnostics) -> dict[str, int]:
    """The ids below a key, and their lines."""
    node = logic.get(key)
    if node is None or not isinstance(node.value, Mapping):
        return {}
    for name, value in node.value.items():
        if not is_id(name):
            diagnostics.error(
                value.line,
                "bad-id",
                say("the id “{id}”", id=clip(name)),
                say("small letters and digits, joined by hyphens, at most 64"),
                say("Write “{id}”, for example.", id=as_id(name)),
            )
    return {name: value.line for name, value in node.value.items()}


def _slots(head: ItemHead, sheet: Sheet, kind: str) -> dict[str, int]:
    """The ids of an item's slots of one kind, and the lines of their headings."""
    return {
        slot.name.removeprefix(kind): line
        for slot, line in sheet.lines.items()
        if slot.item == head.id and slot.name.startswith(kind)
    }


def _check_options(
    head: ItemHead, sheet: Sheet, options: Mapping[str, int], diagnostics: Diagnostics
) -> None:
    written = _slots(head, sheet, "option:")
    for id, line in options.items():
        if id not in written:
            diagnostics.error(
                line,
                "missing-option",
                say("an option “{id}” without words", id=clip(id)),
                say("“### Option: {id}” with the option's words below it", id=clip(id)),
                say("Write the heading and the words, or delete the option here."),
            )
    for id, line in written.items():
        if id not in options:
            _unknown(diagnostics, line, f"Option: {id}", id, options, say("options"))


def _check_feedback(
    head: ItemHead, sheet: Sheet, misconceptions: Mapping[str, int], diagnostics: Diagnostics
) -> None:
    written = _slots(head, sheet, "feedback:")
    for id, line in misconceptions.items():
        if id not in written:
            diagnostics.warning(
                line,
                "missing-feedback",
                say("a misconception “{id}” without feedback", id=clip(id)),
                say("“### {id}” with a text below it", id=clip(id)),
                say("Write what is wrong with that answer, and why."),
            )
    for id, line in written.items():
        if id not in misconceptions:
            names = [*misconceptions, *SECTIONS]
            _unknown(diagnostics, line, id, id, names, say("misconceptions"))


def _unknown(
    diagnostics: Diagnostics, line: int, heading: str, id: str, names: Iterable[str], what: Message
) -> None:
    names = list(names)
    diagnostics.error(
        line,
        "unknown-heading",
        say("the heading “### {heading}”", heading=clip(heading)),
        say("an id listed below “{what}:” in the ```question block", what=what),
        did_you_mean(id, names, say("List the id there, or delete the section.")),
    )


def _check_complete(head: ItemHead, sheet: Sheet, chart: bool, diagnostics: Diagnostics) -> None:
    wanted = {
        "hint:1": ("Hint", say("Help the learner one step on without giving the answer.")),
        "explanation": ("Explanation", say("Write why the answer is right, with its numbers.")),
    }
    if chart:
        wanted["chart-description"] = (
            "Chart description",
            say("Say in words what the chart shows, for those who cannot see it."),
        )
    for name, (heading, mend) in wanted.items():
        if Slot(head.id, name) not in sheet.slots:
            diagnostics.warning(
                head.line,
                "missing-section",
                say("a question “{id}” without “### {heading}”", id=head.id, heading=heading),
                say("“### {heading}” with a text below it", heading=heading),
                mend,
            )
