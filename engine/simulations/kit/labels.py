"""English words for what is shown, with the context in which catalogues have them.

Simulations know one language. Whoever shows a label to a reader of another looks it up in the
catalogue (`say_label` of `engine.i18n`): there the same English can be different words in different
contexts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.simulations.kit.columns import CELLS, COLUMNS, TABLES
from engine.simulations.kit.naming import CHOICES


class Label(NamedTuple):
    """Words, and what they are said of: `simulation:rate_race`, `column:loss`."""

    context: str
    text: str


def choice_label(choice: str) -> Label:
    """A choice that several simulations know; itself, where it is a name in every language."""
    return Label(f"choice:{choice}", CHOICES.get(choice, choice))


def table_label(table: str) -> Label:
    """The title of a table; its own name until somebody has given it words."""
    return Label(f"table:{table}", TABLES.get(table, _plain(table)))


def column_label(column: str) -> Label:
    """The head of a column; its own name until somebody has given it words."""
    return Label(f"column:{column}", COLUMNS.get(column, _plain(column)))


def cell_label(text: str) -> Label:
    """A word in a cell; itself, where it is a name in every language."""
    return Label(f"cell:{text}", CELLS[text]) if text in CELLS else choice_label(text)


def shared_labels() -> Iterator[Label]:
    """The labels that belong to no simulation alone."""
    yield from map(choice_label, CHOICES)
    yield from map(table_label, TABLES)
    yield from map(column_label, COLUMNS)
    yield from map(cell_label, CELLS)


def _plain(name: str) -> str:
    return name.replace("_", " ")
