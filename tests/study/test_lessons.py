"""A concept begins with its lesson, then its first items; or with a check in its place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.course import CourseFolder
from engine.storage import LoggedAnswer, Store
from engine.study import NotThere, Presentation, Study
from engine.study.lessons import CHECKED, check_items
from tests.lessons_content import write_lessons
from tests.study.conftest import MORNING, Desk

ALL = ("hops/direction", "hops/side", "hops/factor")  # the core, easiest first
CHECK = ("hops/factor", "hops/side", "hops/later")


@pytest.fixture(scope="module")
def hops(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return CourseFolder(write_lessons(tmp_path_factory.mktemp("content")))


@pytest.fixture
def pupil(hops: CourseFolder, store: Store) -> Desk:
    """A learner who has read no lesson."""
    return Desk(Study(hops, store))


def item_of(desk: Desk) -> Presentation | None:
    """The item that comes now; None where a lesson does, or nothing."""
    entry = desk.today().next
    return (
        None
        if entry is None
        else desk.show(entry.item, desk.study.next_seed(desk.person, entry.item))
    )


def lesson_of(desk: Desk) -> str | None:
    return desk.today().lesson


def read(desk: Desk, card: str = "hops", seconds: int = 10) -> None:
    """Reads every step, and goes to the questions."""
    course = desk.study.course(desk.now)
    for number in range(1, len(course.cards[card].steps) + 1):
        shown = desk.study.lessons.step(course, card, number)
        desk.study.lessons.look(desk.person, shown, desk.now)
        desk.now += timedelta(seconds=seconds)
    desk.study.lessons.read(desk.person, card, desk.now)


def check(desk: Desk, item: str, verdict: str = "correct") -> Presentation:
    """Answers a question of the check."""
    shown = desk.show(item, desk.study.next_seed(desk.person, item))
    desk.answer(shown, verdict)
    course = desk.study.course(desk.now)
    desk.study.lessons.settle_check(desk.person, course, shown.card.id, desk.now)
    return shown


def log_of(desk: Desk) -> list[LoggedAnswer]:
    rows = desk.study.store.log.changes_since(desk.person.id, 0)
    return [row for row in rows if isinstance(row, LoggedAnswer)]


def test_the_first_day_begins_with_a_lesson_and_no_question(pupil: Desk) -> None:
    day = pupil.study.today(pupil.person, pupil.now)
    assert (day.lesson, day.next) == ("hops", None)


def test_a_lesson_is_the_steps_of_its_card(pupil: Desk) -> None:
    course, lessons = pupil.study.course(pupil.now), pupil.study.lessons
    steps = [lessons.step(course, "hops", n) for n in (1, 2, 3, 4)]
    assert [step.step.heading("ko") for step in steps] == [
        "",
        "한 번의 뜀",
        "계산 예",
        "너무 먼 뜀",
    ]
    assert [(step.number, step.of, step.is_last) for step in steps[2:]] == [
        (3, 4, False),
        (4, 4, True),
    ]


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-3, 1), (5, 4), (1000, 4)])
def test_a_number_beyond_the_steps_is_the_nearest(pupil: Desk, asked: int, shown: int) -> None:
    course = pupil.study.course(pupil.now)
    assert pupil.study.lessons.step(course, "hops", asked).number == shown


@pytest.mark.parametrize("card", ["nobody", "bare"])
def test_what_is_not_there_to_read_is_said(pupil: Desk, card: str) -> None:
    with pytest.raises(NotThere, match=card):
        pupil.study.lessons.step(pupil.study.course(pupil.now), card, 1)


def test_after_the_lesson_its_items_come_at_once_easiest_first(pupil: Desk) -> None:
    read(pupil)
    asked = []
    while (shown := item_of(pupil)) is not None and len(asked) < 9:
        asked.append(shown.item)
        pupil.answer(shown)
    assert tuple(asked[:3]) == ALL
    assert all(pupil.memory(item) is not None for item in ALL)


def test_each_item_of_a_lesson_comes_until_it_was_right_once(pupil: Desk) -> None:
    read(pupil)
    asked: list[str] = []
    while (shown := item_of(pupil)) is not None and len(asked) < 9:
        verdict = "correct" if shown.item in asked or shown.item != ALL[0] else "wrong"
        asked.append(shown.item)
        pupil.answer(shown, verdict)
    assert asked.count(ALL[0]) == 2
    assert set(ALL) <= set(asked)


def test_nothing_is_graded_or_kept_while_it_is_read_and_the_time_is_at_its_end(
    pupil: Desk,
) -> None:
    course, store = pupil.study.course(pupil.now), pupil.study.store
    pupil.study.lessons.look(pupil.person, pupil.study.lessons.step(course, "hops", 1), pupil.now)
    assert store.lessons.of("mina") == {}
    pupil.now += timedelta(seconds=5)
    read(pupil, seconds=10)
    assert log_of(pupil) == []
    kept = store.lessons.of("mina")["hops"]
    assert (kept.how, kept.milliseconds) == ("read", 45_000)
    assert kept.study_day == pupil.person.calendar.day(MORNING)


def test_a_lesson_that_is_read_again_later_asks_nothing_anew(pupil: Desk) -> None:
    read(pupil)
    while (shown := item_of(pupil)) is not None:
        pupil.answer(shown)
    before = pupil.study.store.lessons.of("mina")
    pupil.now += timedelta(hours=1)
    read(pupil)
    assert pupil.study.store.lessons.of("mina") == before
    assert item_of(pupil) is None


def test_a_lesson_of_any_concept_can_be_read(pupil: Desk) -> None:
    """Also of one whose turn is not yet."""
    read(pupil, "valleys")
    shown = item_of(pupil)
    assert shown is not None
    assert shown.item == "valleys/limit"


def test_what_a_concept_builds_on_is_told_until_it_is_known(pupil: Desk) -> None:
    course, lessons = pupil.study.course(pupil.now), pupil.study.lessons

    def missing() -> list[str]:
        cards = lessons.not_known_yet(pupil.person, course, course.cards["valleys"], pupil.now)
        return [card.id for card in cards]

    assert missing() == ["hops"]
    read(pupil)
    assert missing() == ["hops"]  # read, but its items were never answered
    while (shown := item_of(pupil)) is not None and shown.card.id == "hops":
        pupil.answer(shown)
    assert missing() == []
    pupil.now += timedelta(days=200)
    assert missing() == ["hops"]  # forgotten again


def test_what_is_suspended_does_not_keep_a_concept_from_being_known(pupil: Desk) -> None:
    """As for the plan, which then has the next concept's lesson."""
    course, lessons = pupil.study.course(pupil.now), pupil.study.lessons
    pupil.study.asides.put(pupil.person, ALL[0], pupil.now, suspend=True)
    read(pupil)
    while (shown := item_of(pupil)) is not None and shown.card.id == "hops":
        pupil.answer(shown)
    valleys = course.cards["valleys"]
    assert lessons.not_known_yet(pupil.person, course, valleys, pupil.now) == ()


# -- I know this already ------------------------------------------------------------------------


def test_a_check_asks_drawn_questions_of_the_core_first(pupil: Desk) -> None:
    assert check_items(pupil.study.course(pupil.now), "hops") == CHECK


def test_a_check_falls_back_to_what_there_is(pupil: Desk) -> None:
    course = pupil.study.course(pupil.now)
    assert check_items(course, "valleys") == ("valleys/half", "valleys/limit")
    assert check_items(course, "bare") == ("bare/word",)


def test_every_card_of_the_course_has_a_check(desk: Desk) -> None:
    course = desk.study.course(desk.now)
    for card in course.cards:
        items = check_items(course, card)
        kinds = {course.templates[id].kind.name for id in items}
        there = {t.kind.name for id, t in course.templates.items() if course.by_id[id].card == card}
        assert len(set(items)) == len(items) == CHECKED, card
        assert len(kinds) == min(CHECKED, len(there)) >= 2, card
        assert not any(course.by_id[id].apart & set(items) for id in items), card


def test_a_check_that_goes_well_begins_the_concept_with_its_answers(pupil: Desk) -> None:
    for item in CHECK:
        assert lesson_of(pupil) == "hops"
        check(pupil, item)
    assert pupil.study.store.lessons.of("mina")["hops"].how == "check"
    assert lesson_of(pupil) != "hops"
    assert all(row.scheduled for row in log_of(pupil))
    assert {row.answer.item for row in log_of(pupil)} == set(CHECK)
    assert pupil.memory("hops/factor") is not None
    assert pupil.study.lessons.has_met(pupil.person, "hops", pupil.now)


def test_a_wrong_answer_in_the_check_leads_to_the_lesson(pupil: Desk) -> None:
    course, lessons = pupil.study.course(pupil.now), pupil.study.lessons
    check(pupil, CHECK[0])
    check(pupil, CHECK[1], "misconception")
    assert pupil.study.store.lessons.of("mina")["hops"].how == "failed"
    assert lesson_of(pupil) == "hops"
    assert not lessons.may_check(pupil.person, course, "hops", pupil.now)
    read(pupil)
    assert pupil.study.store.lessons.of("mina")["hops"].how == "read"
    asked = []
    while (shown := item_of(pupil)) is not None and len(asked) < 9:
        asked.append(shown.item)
        pupil.answer(shown)
    assert asked[0] == ALL[0]
    assert CHECK[1] in asked  # what was wrong comes until it was right
    assert CHECK[0] not in asked  # what was right is known


def test_a_check_that_is_left_goes_on_where_it_was(pupil: Desk) -> None:
    course, lessons = pupil.study.course(pupil.now), pupil.study.lessons
    check(pupil, CHECK[0])
    assert lesson_of(pupil) == "hops"
    assert lessons.may_check(pupil.person, course, "hops", pupil.now)
    assert lessons.check(pupil.person, course, "hops", pupil.now).left == CHECK[1:]


def test_an_undone_mistake_lets_the_check_go_on(pupil: Desk) -> None:
    course, lessons = pupil.study.course(pupil.now), pupil.study.lessons
    check(pupil, CHECK[0], "misconception")
    pupil.undo()
    assert lessons.may_check(pupil.person, course, "hops", pupil.now)
    for item in CHECK:
        check(pupil, item)
    assert pupil.study.store.lessons.of("mina")["hops"].how == "check"


def test_a_concept_that_was_met_offers_no_check(pupil: Desk) -> None:
    course, lessons = pupil.study.course(pupil.now), pupil.study.lessons
    assert lessons.may_check(pupil.person, course, "hops", pupil.now)
    read(pupil)
    assert not lessons.may_check(pupil.person, course, "hops", pupil.now)


def test_what_was_learned_before_there_were_lessons_was_met(pupil: Desk) -> None:
    pupil.answer(pupil.show("hops/factor", pupil.study.next_seed(pupil.person, "hops/factor")))
    lessons = pupil.study.lessons
    assert not lessons.has_met(pupil.person, "hops", pupil.now)
    pupil.now += timedelta(days=1)
    assert lessons.has_met(pupil.person, "hops", pupil.now)


def test_another_server_comes_to_the_same(pupil: Desk, hops: CourseFolder, store: Store) -> None:
    other = Desk(Study(hops, store))
    assert lesson_of(other) == lesson_of(pupil) == "hops"
    read(pupil)
    other.now = pupil.now
    assert item_of(other) == item_of(pupil)
