"""Every use case of an instructor, called directly by somebody who is none: not one is allowed."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from engine import authoring
from engine.authoring import Author, Editor, NotAllowed, card_list, gone
from tests.authoring.conftest import CARD, LEARNER, NOW, TEXT, Shop

#: What a call may be given, by the name of its argument; everything in it is valid.
VALID: dict[str, Any] = {
    "card": CARD,
    "base": None,
    "texts": {"en": TEXT},
    "known": None,
    "now": NOW,
    "new": "small-card",
    "old": CARD,
    "status": "retired",
    "revision": 1,
    "report": 1,
    "reply": "Thank you",
    "language": "en",
}
#: They say what is right with a text that the caller has already, or whether an id is taken.
FOR_ALL = {"check", "free_id"}
METHODS = {
    name: method
    for name, method in inspect.getmembers(Editor, inspect.isfunction)
    if not name.startswith("_")
}
BESIDE = {
    name: function
    for module in (authoring, gone, card_list)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if "who" in inspect.signature(function).parameters
    and name != "require"
    and not name.startswith("_")
}
NOBODIES = [LEARNER, Author("", "", may_edit=False), Author("mina", "Mina", may_edit=False)]


def arguments(function: Any, shop: Shop, who: Author) -> dict[str, Any]:
    given = {**VALID, "who": who, "editor": shop.editor, "course": shop.course()}
    wanted = inspect.signature(function).parameters.values()
    return {
        one.name: given[one.name]
        for one in wanted
        if one.name != "self" and one.default is inspect.Parameter.empty
    }


def rows(shop: Shop) -> list[Any]:
    with shop.store.database.engine.connect() as connection:
        return [
            connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").all()
            for table in ("revision", "head", "draft", "report", "rename", "memory")
        ]


def test_every_use_case_of_the_editor_says_who_calls_it():
    without = {n for n, m in METHODS.items() if "who" not in inspect.signature(m).parameters}
    assert without == FOR_ALL
    assert len(METHODS) > 15
    assert {"rename_card", "retire_card", "put_back"} <= set(BESIDE)


@pytest.mark.parametrize("who", NOBODIES, ids=["learner", "empty", "named alike"])
@pytest.mark.parametrize("name", sorted(set(METHODS) - FOR_ALL))
def test_nobody_else_may_call_the_editor(shop, name, who):
    given, before = arguments(METHODS[name], shop, who), rows(shop)
    with pytest.raises(NotAllowed):
        METHODS[name](shop.editor, **given)
    assert rows(shop) == before
    assert shop.file() == TEXT


@pytest.mark.parametrize("who", NOBODIES, ids=["learner", "empty", "named alike"])
@pytest.mark.parametrize("name", sorted(BESIDE))
def test_nobody_else_may_call_what_stands_beside_it(shop, name, who):
    given, before = arguments(BESIDE[name], shop, who), rows(shop)
    with pytest.raises(NotAllowed):
        BESIDE[name](**given)
    assert rows(shop) == before
    assert shop.file() == TEXT
