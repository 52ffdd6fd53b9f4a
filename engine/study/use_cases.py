"""The use cases of studying: what is next, show it, answer it, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from engine import scheduling
from engine.content import Notes
from engine.course import Course, CourseFolder
from engine.questions import Malformed, Variant
from engine.scheduling import Entry, Fitting, LessonNext, Memory, Parameters, Rating
from engine.storage import Learner, LoggedAnswer, Mode, Recorded, Settings, Store
from engine.study import fitting, passed_over, stuck
from engine.study.asides import Asides
from engine.study.exam import ExamProspects
from engine.study.feedback import (
    FlashcardFeedback,
    QuestionFeedback,
    flashcard_feedback,
    question_feedback,
)
from engine.study.lessons import Lessons
from engine.study.person import NotThere, Person, Today
from engine.study.presentation import (
    Presentation,
    PresentedFlashcard,
    PresentedQuestion,
    in_words_of,
    seed_for,
)
from engine.study.queues import KEPT_QUEUES, Queues
from engine.study.settings import check_exam, check_settings
from engine.study.submission import Submission, graded, rated, row_of

#: So many portions are tried for one that brings something.
MOST_MORE = 12


class Study:
    """The use cases, over one course folder and one store. Threads may share it."""

    def __init__(self, folder: CourseFolder, store: Store) -> None:
        self.folder = folder
        self.store = store
        self._queues = Queues(store)
        self._passed_over = passed_over.PassedOver(store)
        #: The lessons before a concept's first items.
        self.lessons = Lessons(store, self._queues.forget)
        #: How learners' exams will go.
        self.exams = ExamProspects(store)
        #: What learners put aside.
        self.asides = Asides(store, self._queues.forget)
        #: What was last found to be showable, by learner.
        self._showable: dict[str, tuple[str, str, str, int]] = {}

    def course(self, now: datetime) -> Course:
        """The course as its files have it now."""
        return self.folder.current(now)

    def version(self, now: datetime) -> str:
        """Changes whenever the course does."""
        return self.folder.version(now)

    def notes(self, now: datetime) -> Notes:
        """What the notes say, as their files have it now."""
        return self.folder.notes(now)

    def warm(self, now: datetime) -> None:
        """Reads the course and the notes before anyone waits for them."""
        self.notes(now)

    def fit(self, person: Person, now: datetime) -> Fitting:
        """Fits FSRS's parameters to the learner's own answers; used from now on where better.

        Raises NotEnough.
        """
        found = fitting.fit_learner(self.store, person.id, now)
        self._queues.forget(person)
        return found

    def unfit(self, person: Person, now: datetime) -> None:
        """Goes back to the parameters that everybody begins with."""
        fitting.back_to_course(self.store, person.id, now)
        self._queues.forget(person)

    def save_settings(self, person: Person, settings: Settings) -> None:
        """Keeps a learner's choices. Raises SettingError for one that cannot be used."""
        check_settings(settings, person.settings)
        self.store.learners.save_settings(person.id, settings)

    def choose_exam(
        self, person: Person, day: date | None, units: tuple[str, ...], now: datetime
    ) -> Settings:
        """Keeps the day of an exam and the units that it covers (none: all). -> what is kept now

        day: None for no exam. Raises SettingError for a day that is no future one and for a unit
        that the course does not have.
        """
        settings = replace(person.settings, exam_day=day, exam_units=units if day else ())
        known = {unit.id for unit in self.course(now).units}
        check_exam(day, settings.exam_units, person.calendar.day(now), known)
        self.save_settings(person, settings)
        return settings

    def learner(self, id: str, now: datetime) -> Learner:
        """The learner's settings; made with the defaults on first use."""
        return self.store.learners.ensure(id, now)

    # -- what is next -----------------------------------------------------------------------

    def today(self, person: Person, now: datetime, *, more: int = 0) -> Today:
        """The day so far and what comes next: an item, or a lesson.

        more: how often the learner asked for more; each time is another portion of their minutes.
        What cannot be shown is passed over.
        """
        course, day = self.course(now), person.calendar.day(now)
        while True:
            without = self._passed_over.of(person, course, day)
            kept = self._queues.of(person, course, now, more=more, without=without)
            with kept.lock:
                counts, coming, mark = kept.queue.counts(), kept.queue.next(), kept.mark
                lessons = kept.queue.lessons
            entry = coming if isinstance(coming, Entry) else None
            if entry is None or self._can_show(person, entry, mark.log, now):
                break
        return Today(
            counts=counts,
            answered=self.store.log.answered_count(person.id, day),
            next=entry,
            lesson=coming.card if isinstance(coming, LessonNext) else None,
            concepts=lessons,
            passed_over=len(without),
        )

    def more_for(self, person: Person, now: datetime, more: int) -> int | None:
        """How many portions of minutes bring something, from `more` on; None: no number does."""
        for portions in range(more, more + MOST_MORE):
            day = self.today(person, now, more=portions)
            if day.next is not None or day.lesson is not None:
                return portions
        return None

    def added(self, person: Person, now: datetime) -> int:
        """By how much more than one the newest answer of today left to come.

        1 where it failed its item, which comes back.
        """
        newest = self.store.log.newest_answer(person.id)
        if newest is None or not newest.scheduled or newest.answer.mode != "today":
            return 0
        if newest.answer.study_day != person.calendar.day(now):
            return 0
        return int(newest.answer.rating == Rating.AGAIN)

    def advance(self, person: Person, logged: LoggedAnswer) -> None:
        """Moves the kept queue past one answer instead of building it again."""
        self._queues.advance(person, logged)

    # -- showing ----------------------------------------------------------------------------

    def next_seed(self, person: Person, item: str) -> int:
        """The numbers with which today's queue shows `item` next."""
        return seed_for(person.id, item, self.store.log.answer_count(person.id, item))

    def is_todays(self, person: Person, item: str, seed: int, attempt: int) -> bool:
        """Whether an address names today's presentation of an item, not just any of its variants.

        It does if these are the numbers the item comes with next, if they were answered today's
        way before (then the feedback is shown), or if that answer was undone.
        """
        newest = self.store.log.newest_answer_to(person.id, item, seed)
        if newest is None:
            return attempt == 0 and seed == self.next_seed(person, item)
        if newest.answer.mode != "today":
            return False
        return newest.answer.attempt == attempt or (
            newest.undone and newest.answer.attempt == attempt - 1
        )

    def attempt(self, person: Person, item: str, seed: int) -> int:
        """How often this learner has answered this item with these numbers."""
        return self.store.log.tries(person.id, item, seed)

    def present(
        self,
        person: Person,
        item: str,
        seed: int,
        attempt: int,
        now: datetime,
        *,
        mode: Mode,
        scheduled: bool,
    ) -> Presentation:
        """Item and seed as they stand before this learner.

        Raises NotThere for an item the course does not have or a seed out of range, and Unshowable
        for one that cannot be shown, which is then reported beside its card.
        """
        course = self.course(now)
        try:
            return passed_over.present(
                course, self.store, person, item, seed, attempt, mode=mode, scheduled=scheduled
            )
        except passed_over.Unshowable as error:
            self._passed_over.tell(person, course, item, seed, error.why, now)
            raise

    def pass_over(
        self, person: Person, item: str, seed: int, error: Exception, now: datetime
    ) -> None:
        """An item that failed while it was shown: today goes on without it, its author is told."""
        course = self.course(now)
        if item in course.by_id:
            self._passed_over.tell(person, course, item, seed, passed_over.reason(error), now)
            self._passed_over.add(person, course, person.calendar.day(now), item)

    def passed_over(self, person: Person, now: datetime) -> frozenset[str]:
        """The items that could not be shown to this learner today."""
        return self._passed_over.of(person, self.course(now), person.calendar.day(now))

    def can_show(self, person: Person, item: str, seed: int, now: datetime) -> bool:
        """Whether an item comes out with these numbers; if not, its author has been told."""
        try:
            self.present(person, item, seed, 0, now, mode="practice", scheduled=False)
        except NotThere:
            return False
        return True

    def _can_show(self, person: Person, entry: Entry, last_log: int, now: datetime) -> bool:
        """Whether what today's queue comes to can be shown; if not, it is passed over."""
        course = self.course(now)
        known = (entry.item, course.card_of(entry.item).digest, person.language, last_log)
        if self._showable.get(person.id) == known:
            return True
        seed = self.next_seed(person, entry.item)
        try:
            self.present(person, entry.item, seed, 0, now, mode="today", scheduled=True)
        except passed_over.Unshowable:
            self._passed_over.add(person, course, person.calendar.day(now), entry.item)
            return False
        self._showable.pop(person.id, None)
        self._showable[person.id] = known
        while len(self._showable) > KEPT_QUEUES:
            self._showable.pop(next(iter(self._showable)), None)
        return True

    # -- answering --------------------------------------------------------------------------

    def answer_question(
        self,
        person: Person,
        shown: PresentedQuestion,
        text: str,
        level: int,
        milliseconds: int | None,
        now: datetime,
    ) -> QuestionFeedback | Malformed:
        """Grades and records an answer; durable when this returns.

        level: index into STATED. A malformed answer is not recorded and spends no attempt. If the
        presentation was answered before, that answer counts and is what comes back.
        """
        submission = graded(shown.variant, text, level, milliseconds)
        if isinstance(submission, Malformed):
            return submission
        recorded = self._record(person, shown, submission, now)
        return _question_feedback(shown, recorded.logged, counted=recorded.first)

    def answer_flashcard(
        self,
        person: Person,
        shown: PresentedFlashcard,
        rating: Rating,
        level: int,
        milliseconds: int | None,
        now: datetime,
    ) -> FlashcardFeedback:
        """Records how a flashcard went; durable when this returns."""
        recorded = self._record(person, shown, rated(rating, level, milliseconds), now)
        return flashcard_feedback(shown, recorded.logged, counted=recorded.first)

    def _record(
        self, person: Person, shown: Presentation, submission: Submission, now: datetime
    ) -> Recorded:
        weights = self.store.parameters.weights(person.id)

        def schedule(memory: Memory | None) -> Memory:
            return _reviewed(person, shown, memory, submission.rating, now, weights)

        row = row_of(person, shown, submission, now)
        recorded = self.store.log.record(row, schedule if shown.scheduled else None)
        if recorded.first:
            self.advance(person, recorded.logged)
        return recorded

    def result(self, shown: Presentation) -> QuestionFeedback | FlashcardFeedback | None:
        """The feedback of a presentation answered before (and not undone), as it was shown."""
        logged = self.store.log.answer(shown.id)
        if logged is None or logged.undone:
            return None
        if isinstance(shown, PresentedFlashcard):
            return flashcard_feedback(shown, logged, counted=True)
        return _question_feedback(shown, logged, counted=True)

    def previews(
        self, person: Person, shown: Presentation, now: datetime
    ) -> Mapping[Rating, Memory]:
        """What each rating of a flashcard would do, for the buttons to say."""
        memory = self.store.memories.of_item(person.id, shown.item)
        weights = self.store.parameters.weights(person.id)
        return {rating: _reviewed(person, shown, memory, rating, now, weights) for rating in Rating}

    def undo(
        self, person: Person, now: datetime, *, expected: str | None = None
    ) -> LoggedAnswer | None:
        """Takes back the newest answer that still counts; None when there is none.

        expected: the presentation meant to be undone; another newest answer is left alone, so a
        double click takes back one.
        """
        undone = self.store.log.undo(person.id, now, expected=expected)
        self._queues.forget(person)
        return undone.logged if undone is not None and undone.first else None

    def can_undo(self, person: Person) -> bool:
        """Whether an answer of this learner stands, or something was put aside."""
        if self.store.log.newest_answer(person.id) is not None:
            return True
        return self.asides.newest(person) is not None

    def comes_again(self, person: Person, shown: Presentation, now: datetime) -> bool:
        """Whether an item is shown because its last answer of today was not right."""
        return shown.scheduled and stuck.failed_today(self.store, person, shown.item, now)

    def misses_to_help(self, person: Person, shown: Presentation, now: datetime) -> int:
        """How often an item was missed, where help comes in place of one more try; else 0."""
        return stuck.misses_to_help(self.store, person, shown, now)

    def easier(self, person: Person, item: str, now: datetime) -> str | None:
        """An easier item of the same concept, to practise."""
        memories = self.store.memories.of(person.id)
        day = person.calendar.day(now)
        return stuck.easier_sibling(self.course(now), memories, item, day)


def _reviewed(
    person: Person,
    shown: Presentation,
    memory: Memory | None,
    rating: Rating,
    now: datetime,
    parameters: Parameters | None,
) -> Memory:
    """What a rating makes of what is remembered of an item, with the learner's parameters."""
    return scheduling.review(
        memory,
        rating,
        now,
        person.calendar,
        desired_retention=person.settings.desired_retention,
        fuzz_seed=seed_for(person.id, shown.id, 0),
        parameters=parameters,
    )


def _question_feedback(
    shown: PresentedQuestion, logged: LoggedAnswer, *, counted: bool
) -> QuestionFeedback:
    """What was shown is what is explained, even if the card was edited in between."""
    stored = logged.answer.variant
    variant = shown.variant if stored is None else Variant.from_json(stored)
    if variant.language != shown.language:
        variant = in_words_of(shown.variant, variant)
    return question_feedback(replace(shown, variant=variant), logged, counted=counted)
