"""One answer: graded, recorded once, and explained from what was stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.questions import Malformed
from engine.scheduling import Rating
from engine.study import STATED, Feedback, NotThere, PresentedQuestion, Study
from tests.study.conftest import CERTAIN, FLASHCARD, GUESSING, SIGMA, Desk, text_for


def test_an_answer_is_recorded_with_all_that_explains_it_later(desk: Desk) -> None:
    shown = desk.show(SIGMA)
    answer = desk.answer(shown, "misconception", level=1).logged.answer
    assert isinstance(shown, PresentedQuestion)
    assert answer.variant == shown.variant.to_json()
    assert answer.verdict == "misconception"
    assert answer.misconception in shown.variant.misconceptions
    assert (answer.confidence, answer.confidence_level) == (STATED[1], 1)
    assert (answer.milliseconds, answer.timezone, answer.rollover) == (4200, "Asia/Seoul", 4)
    assert (answer.card_digest, answer.seed) == (shown.card.digest, shown.seed)


def test_a_second_answer_to_one_presentation_changes_nothing(desk: Desk) -> None:
    shown = desk.show(SIGMA)
    first = desk.answer(shown, "wrong")
    remembered = desk.memory()
    second = desk.answer(shown, "correct")
    assert (first.counted, second.counted) == (True, False)
    assert second.grade.verdict == "wrong"
    assert second.your_answer == first.your_answer
    assert desk.memory() == remembered
    assert desk.study.store.log.answer_count("mina", SIGMA) == 1


def test_a_flashcard_rated_in_two_tabs_keeps_the_first_rating(desk: Desk) -> None:
    shown = desk.show(FLASHCARD)
    desk.rate(shown, Rating.EASY)
    second = desk.rate(shown, Rating.AGAIN)
    assert not second.counted
    assert second.logged.answer.rating == Rating.EASY


def test_two_learners_answer_the_same_numbers_apart(study: Study) -> None:
    mina, juho = Desk(study, "mina"), Desk(study, "juho")
    assert mina.answer(mina.show(SIGMA)).counted
    assert juho.answer(juho.show(SIGMA)).counted


@pytest.mark.parametrize("text", ["", "abc", "7,9", "1/0", "9" * 5000])
def test_an_answer_that_cannot_be_read_spends_no_attempt(desk: Desk, text: str) -> None:
    shown = desk.show(SIGMA)
    assert isinstance(desk.say(shown, text), Malformed)
    assert desk.study.result(shown) is None
    assert desk.study.attempt(desk.person, SIGMA, shown.seed) == 0
    assert desk.answer(shown).counted


@pytest.mark.parametrize(
    ("verdict", "level", "rating"),
    [
        ("wrong", CERTAIN, Rating.AGAIN),
        ("wrong", GUESSING, Rating.AGAIN),
        ("misconception", CERTAIN, Rating.AGAIN),
        ("close", CERTAIN, Rating.AGAIN),
        ("correct", GUESSING, Rating.HARD),
        ("correct", 1, Rating.GOOD),
        ("correct", CERTAIN, Rating.GOOD),
    ],
)
def test_the_grade_and_the_sureness_set_the_rating(
    desk: Desk, verdict: str, level: int, rating: Rating
) -> None:
    assert desk.answer(desk.show(SIGMA), verdict, level).logged.answer.rating == rating


def test_a_practice_answer_leaves_the_schedule_alone(desk: Desk) -> None:
    told = desk.answer(desk.practise(SIGMA))
    assert told.next_review is None
    assert desk.memory() is None


def test_practice_may_move_the_schedule(desk: Desk) -> None:
    told = desk.answer(desk.show(SIGMA, mode="practice", scheduled=True))
    assert told.next_review is not None
    assert desk.memory() is not None


def test_the_feedback_names_the_misconception_with_the_learners_numbers(desk: Desk) -> None:
    shown = desk.show(SIGMA)
    assert isinstance(shown, PresentedQuestion)
    wrong = str(shown.variant.misconceptions["variance-as-std"])
    told = desk.say(shown, wrong)
    assert isinstance(told, Feedback)
    assert told.grade.misconception == "variance-as-std"
    assert told.misconception is not None
    assert str(shown.variant.parameters["n_in"]) in told.misconception
    assert told.accepted == shown.variant.accepted
    assert wrong in told.your_answer.replace("\\", "")


def test_nothing_that_was_typed_becomes_formatting(desk: Desk) -> None:
    told = desk.say(desk.show(SIGMA), "2*3*4")
    assert isinstance(told, Feedback)
    assert told.your_answer == r"2\*3\*4 = 24"


def test_the_feedback_after_a_reload_is_what_it_was(desk: Desk) -> None:
    shown = desk.show(SIGMA)
    told = desk.answer(shown, "misconception")
    assert desk.study.result(desk.show(SIGMA)) == told


def test_feedback_explains_the_numbers_that_were_shown_even_after_the_card_was_edited(
    desk: Desk,
) -> None:
    shown = desk.show(SIGMA)
    told = desk.answer(shown)
    assert isinstance(shown, PresentedQuestion)
    # An edited card draws other numbers from the same seed.
    edited = replace(shown.variant, parameters={"n_in": 3, "n_out": 5}, answer=0.5)
    again = desk.study.result(replace(shown, variant=edited))
    assert again is not None
    assert again.presentation.variant == shown.variant
    assert (again.explanation, again.right_answer) == (told.explanation, told.right_answer)


def test_feedback_in_another_language_keeps_the_numbers(desk: Desk) -> None:
    told = desk.answer(desk.show(SIGMA), "misconception")
    korean = desk.speaking("ko").study.result(desk.show(SIGMA))
    assert korean is not None
    assert korean.presentation.variant.parameters == told.presentation.variant.parameters
    assert korean.explanation != told.explanation


def test_options_in_the_feedback_are_in_the_language_of_the_page(desk: Desk) -> None:
    """A learner who switches the language on the feedback sees no half of each."""
    item = next(
        i for i, t in desk.study.course(desk.now).templates.items() if t.kind.name == "several"
    )
    desk.answer(desk.show(item))
    korean = desk.speaking("ko").study.result(shown := desk.show(item))
    assert korean is not None
    assert isinstance(shown, PresentedQuestion)
    texts = {option.text for option in shown.variant.options}
    assert set(korean.right_answer.split(" · ")) <= texts
    assert set(korean.your_answer.split(" · ")) <= texts


def test_words_of_an_edited_card_are_not_put_beside_the_old_numbers(desk: Desk) -> None:
    shown = desk.show(SIGMA)
    desk.answer(shown)
    korean = desk.speaking("ko").show(SIGMA)
    assert isinstance(korean, PresentedQuestion)
    assert isinstance(shown, PresentedQuestion)
    edited = replace(korean.variant, parameters={"n_in": 3, "n_out": 5}, prompt="3, 5?")
    told = desk.study.result(replace(korean, variant=edited))
    assert told is not None
    assert told.presentation.variant.prompt == shown.variant.prompt


def test_an_item_that_is_not_in_the_course_says_so(desk: Desk) -> None:
    with pytest.raises(NotThere, match="no item “nobody/nothing”"):
        desk.show("nobody/nothing")


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_says_so(desk: Desk, seed: int) -> None:
    with pytest.raises(NotThere, match=str(seed)):
        desk.show(SIGMA, seed)


def test_the_previews_of_a_flashcard_are_what_the_ratings_then_do(desk: Desk) -> None:
    shown = desk.show(FLASHCARD)
    previews = desk.study.previews(desk.person, shown, desk.now)
    assert previews[Rating.AGAIN].due_at < previews[Rating.EASY].due_at
    desk.rate(shown, Rating.EASY)
    assert desk.memory(FLASHCARD).due_day == previews[Rating.EASY].due_day


@pytest.mark.parametrize("kind", ["number", "choice", "several", "order"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_kind_of_question_can_be_answered_and_explained(
    desk: Desk, kind: str, language: str
) -> None:
    templates = desk.speaking(language).study.course(desk.now).templates
    item = next(i for i, template in templates.items() if template.kind.name == kind)
    shown = desk.show(item)
    right = desk.answer(shown)
    assert right.grade.verdict == "correct"
    assert right.explanation
    other = desk.show(item, 8)
    if kind != "order":
        assert desk.say(other, text_for(other, "misconception")).misconception  # type: ignore[union-attr]
