"""The pictures of the README and of docs/, taken anew: `python -m tests.browser.docs_pictures`.

A learner of three weeks is made up, a server is started, and Chromium looks at some pages in the
light theme. Nothing of this machine is in the pictures, but the day on which they were taken.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from engine import questions
from engine.course import CourseFolder
from engine.scheduling import Calendar, Rating
from engine.storage import Settings, open_store
from engine.study import Person, Presentation, PresentedFlashcard, PresentedQuestion, Study
from tests.browser.conftest import ROOT, Server
from tests.browser.solving import CONTENT
from tests.browser.tab import Tab
from tests.chromium import ARGUMENTS, MISSING, find_chromium

PICTURES = ROOT / "docs" / "pictures"
LEARNER = "local"  # whom everybody is with SIMCARDS_LEARNERS=one
QUESTION = "/practice?item=xavier-normal/sigma&seed=7"
#: What one answers to it who takes the variance for the standard deviation.
VARIANCE = "0.00327"
WINDOW = {"width": 1000, "height": 1120}
DAYS, A_DAY = 21, 16
#: Every so many answers are wrong, and how sure the learner was goes round.
WRONG, SURE = 6, (3, 2, 3, 1)


def demo(data: Path, language: str) -> None:
    """Three weeks of a learner who gets most things right."""
    with open_store(None, data) as store:
        study = Study(CourseFolder(CONTENT), store)
        now = datetime.now(UTC) - timedelta(days=DAYS)
        settings = Settings(language=language, timezone="UTC", new_per_day=A_DAY)
        study.learner(LEARNER, now)
        store.learners.save_settings(LEARNER, settings)
        person = Person(LEARNER, settings, language, Calendar("UTC", settings.rollover))
        told = 0
        for day in range(DAYS):
            for minute in range(A_DAY):
                moment = now + timedelta(days=day, minutes=minute)
                entry = study.today(person, moment).next
                if entry is None:
                    break
                seed = study.next_seed(person, entry.item)
                shown = study.present(
                    person, entry.item, seed, 0, moment, mode="today", scheduled=True
                )
                told += 1
                _answer(study, person, shown, told, moment)


def _answer(study: Study, person: Person, shown: Presentation, told: int, moment: datetime) -> None:
    right, sure = told % WRONG != 0, SURE[told % len(SURE)]
    if isinstance(shown, PresentedFlashcard):
        rating = Rating.GOOD if right else Rating.AGAIN
        study.answer_flashcard(person, shown, rating, sure, 5000, moment)
        return
    assert isinstance(shown, PresentedQuestion)
    verdicts = ("correct",) if right else ("misconception", "wrong", "correct")
    text = next(
        sample.text
        for verdict in verdicts
        for sample in questions.samples(shown.variant)
        if sample.grade is not None and sample.grade.verdict == verdict
    )
    study.answer_question(person, shown, text, sure, 20_000, moment)


def feedback(tab: Tab) -> None:
    """A question answered as one with a misconception would."""
    tab.open(QUESTION)
    tab.fill(VARIANCE)
    tab.look().press("Enter")
    tab.step("4")


def library(tab: Tab) -> None:
    """The map of the concepts."""
    tab.open("/library")


def lab(tab: Tab) -> None:
    """Two settings side by side."""
    tab.open("/lab?simulation=signal_propagation&activation=sigmoid&compare=1&b.activation=tanh")


def editor(tab: Tab) -> None:
    """A card and its preview."""
    tab.open("/edit?card=he-normal")


#: The file's name, the language, what to do first.
TAKEN: tuple[tuple[str, str, Callable[[Tab], None]], ...] = (
    ("feedback-en", "en", feedback),
    ("feedback-ko", "ko", feedback),
    ("library", "en", library),
    ("lab", "en", lab),
    ("editor", "en", editor),
)


def take(browser: Browser, server: Server, name: str, prepare: Callable[[Tab], None]) -> None:
    """One picture of a page at rest."""
    context = browser.new_context(viewport=WINDOW, color_scheme="light", timezone_id="UTC")
    tab = Tab(context, server)
    prepare(tab)
    _at_rest(tab.page)
    tab.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    context.close()


def _at_rest(page: Page) -> None:
    """Charts are drawn after the page's script has ended."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(4000)


@contextmanager
def served(language: str) -> Iterator[Server]:
    """The app with the made-up learner in its database."""
    with tempfile.TemporaryDirectory() as folder:
        demo(Path(folder), language)
        server = Server(Path(folder), SIMCARDS_LEARNERS="one")
        try:
            yield server.start()
        finally:
            server.kill()


def main() -> None:
    """Takes them all."""
    found = find_chromium()
    if found is None:
        raise SystemExit(f"This {MISSING}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        for language in ("en", "ko"):
            with served(language) as server:
                for name, spoken, prepare in TAKEN:
                    if spoken == language:
                        take(browser, server, name, prepare)
        browser.close()


if __name__ == "__main__":
    main()
