"""One bad item blocks nobody: whatever a database holds as sound, every sound item is reached."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.course import texts_digest
from engine.storage import NewRevision
from engine.study import Unshowable
from tests.authoring.conftest import NOW, Shop
from tests.kinds_of_trouble import NUMBER, UNCOMPILED, UNDRAWABLE, card
from tests.study.conftest import Desk

EVERY = {**UNDRAWABLE, **UNCOMPILED}


def put(shop: Shop, name: str, text: str) -> None:
    """Makes a text the newest revision that learners see, as an older version would have."""
    head = shop.store.revisions.head(name)
    new = NewRevision(
        card=name,
        texts={"en": text},
        digest=texts_digest(name, {"en": text}),
        sound=True,
        author="mina",
        origin="app",
        at=NOW,
    )
    shop.store.revisions.save(new, base=head.newest if head else None)


def a_day(shop: Shop, name: str = "ara") -> tuple[Desk, set[str]]:
    """Answers whatever a day brings, asking for more until nothing is left. -> what was met"""
    desk = Desk(shop.workshop.study, name, minutes_a_day=240)
    begun = desk.now
    met: set[str] = set()
    more: int | None = 0
    while more is not None:
        while (shown := desk.next(more=more)) is not None:
            met.add(shown.item)
            desk.answer(shown)
            desk.now = begun + timedelta(seconds=len(met))  # all of it within one study day
            assert len(met) < 1000
        more = desk.study.more_for(desk.person, desk.now, more + 1)
    return desk, met


def test_there_are_forty_kinds_of_them():
    assert len(EVERY) >= 50
    assert len(set(EVERY.values())) == len(EVERY)


def test_a_day_with_every_kind_of_them_reaches_every_sound_item(shop: Shop):
    for name, spec in EVERY.items():
        put(shop, f"bad-{name}", card(spec, name))
    course = shop.course()
    broken = {f"bad-{name}/broken" for name in UNDRAWABLE}
    assert broken <= set(course.by_id)
    desk, met = a_day(shop)
    assert met == set(course.by_id) - broken
    assert desk.study.passed_over(desk.person, desk.now) == broken
    reports = shop.store.reports.find()
    assert sorted(report.item for report in reports) == sorted(broken)
    assert all(report.text and report.by_app for report in reports)
    assert shop.store.reports.by("ara") == []


@pytest.mark.parametrize("name", UNDRAWABLE)
def test_its_address_and_practice_say_so_and_report_it_once(shop: Shop, name: str):
    put(shop, "bad", card(UNDRAWABLE[name]))
    shop.course()
    for learner in ("ara", "ben"):
        desk = Desk(shop.workshop.study, learner)
        for seed in (0, 1):
            with pytest.raises(Unshowable):
                desk.practise("bad/broken", seed)
    assert len(shop.store.reports.find("bad")) == 1


def test_another_server_or_visit_reports_it_no_second_time(
    shop: Shop, open_shop: Callable[[], Shop]
):
    put(shop, "bad", card(UNDRAWABLE["never-met"]))
    for place in (shop, open_shop()):
        place.course()
        with pytest.raises(Unshowable):
            Desk(place.workshop.study).practise("bad/broken")
    (report,) = shop.store.reports.find()
    shop.store.reports.close(report.id, "mina", "", NOW)
    again = open_shop()
    with pytest.raises(Unshowable):
        Desk(again.workshop.study).practise("bad/broken")
    assert again.store.reports.find() == []


def test_what_was_learned_of_it_is_kept_and_it_comes_back_when_it_is_mended(shop: Shop):
    put(shop, "bad", card(NUMBER))
    shop.course()
    desk, met = a_day(shop)
    assert "bad/broken" in met
    before = desk.memory("bad/broken")
    put(shop, "bad", card(UNDRAWABLE["misconception-is-key"]))
    desk.now += timedelta(days=60)
    shop.now = desk.now
    shop.course()
    due = {shown.item for shown in _all_due(desk)}
    assert "bad/sound" in due
    assert "bad/broken" not in due
    assert desk.memory("bad/broken") == before
    put(shop, "bad", card(NUMBER + "misconceptions: {near: 9 * x}"))
    desk.now += timedelta(seconds=5)
    assert "bad/broken" in {shown.item for shown in _all_due(desk)}


def _all_due(desk: Desk):
    while (shown := desk.next(more=1)) is not None:
        yield shown
        desk.answer(shown)
        desk.now += timedelta(seconds=1)


@pytest.mark.parametrize(
    "error", [ZeroDivisionError, MemoryError, RecursionError, KeyError, AssertionError, OSError]
)
def test_whatever_is_raised_while_it_is_drawn_is_passed_over(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
):
    put(shop, "bad", card(NUMBER))
    shop.course()
    drawing = sys.modules["engine.questions.drawing"]  # which a function of that name hides
    solve = drawing._solve

    def fails(template, seed, values):
        if template.item == "bad/broken":
            raise error("broken")
        return solve(template, seed, values)

    monkeypatch.setattr(drawing, "_solve", fails)
    _, met = a_day(shop)
    assert "bad/broken" not in met
    assert {"bad/sound", "bad/card", "small-card/one"} <= met
