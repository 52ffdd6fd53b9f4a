"""What was answered under an id that its learner no longer has is still answered."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from engine import questions
from engine.study import Feedback
from tests.study.conftest import FLASHCARD, SIGMA, Desk


@pytest.fixture
def renamed(study):
    """Gives a learner another id, as migration 0003 did with ids that were cookies."""

    def rename(old: str, new: str) -> Desk:
        settings = "created_at, language, timezone, rollover, new_per_day, desired_retention"
        with study.store.database.engine.begin() as connection:
            for statement in (
                f"INSERT INTO learner (id, {settings}) SELECT :new, {settings} FROM learner "
                "WHERE id = :old",
                "UPDATE log SET learner = :new WHERE learner = :old",
                "UPDATE memory SET learner = :new WHERE learner = :old",
                "DELETE FROM learner WHERE id = :old",
            ):
                connection.execute(text(statement), {"old": old, "new": new})
        return Desk(study, new)

    return rename


@pytest.mark.parametrize("item", [SIGMA, FLASHCARD])
@pytest.mark.parametrize("mode", ["today", "practice"])
def test_its_address_opens_the_answer(study, renamed, item, mode):
    before = Desk(study, "0123456789abcdef0123456789abcdef")
    scheduled = mode == "today"
    before.answer(before.show(item, mode=mode, scheduled=scheduled), "wrong")
    before.answer(before.show(item, attempt=1, mode=mode, scheduled=scheduled))
    after = renamed(before.person.id, "k7m2q-9xw4t")
    for attempt in (0, 1):
        told = study.result(after.show(item, attempt=attempt, mode=mode, scheduled=scheduled))
        assert isinstance(told, Feedback)
        assert told.logged.answer.attempt == attempt
    fresh = after.show(item, attempt=2, mode=mode, scheduled=scheduled)
    assert study.result(fresh) is None
    # The other mode's address and other numbers are other presentations.
    other = "practice" if scheduled else "today"
    assert study.result(after.show(item, mode=other, scheduled=not scheduled)) is None
    assert study.result(after.show(item, seed=8, mode=mode, scheduled=scheduled)) is None


def test_it_counts_once_and_can_be_undone(study, renamed):
    before = Desk(study, "0123456789abcdef0123456789abcdef")
    before.answer(before.show(SIGMA))
    after = renamed(before.person.id, "k7m2q-9xw4t")
    shown = after.show(SIGMA)
    assert not after.answer(shown, "wrong").counted
    assert study.store.log.answer_count(after.person.id, SIGMA) == 1
    assert after.undo(shown.id) is not None
    assert study.result(after.show(SIGMA)) is None
    assert after.memory() is None


def test_a_presentation_of_somebody_else_is_not_ones_own(study):
    mina, jun = Desk(study, "mina"), Desk(study, "jun")
    mina.answer(mina.show(SIGMA))
    assert study.result(jun.show(SIGMA)) is None


def test_an_answer_is_read_once_even_where_its_question_cannot_be_drawn_any_more(
    study, monkeypatch
):
    desk = Desk(study, "0123456789abcdef0123456789abcdef")
    shown = desk.show(SIGMA)
    desk.answer(shown)
    asked = []

    def fail(*_):
        raise ZeroDivisionError

    def heard(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT") and "FROM log" in statement:
            asked.append(statement)

    monkeypatch.setattr(questions, "draw", fail)
    event.listen(study.store.database.engine, "before_cursor_execute", heard)
    again = desk.show(SIGMA)
    assert (again.id, again.variant) == (shown.id, shown.variant)
    assert len(asked) == 1
