"""What the learner would have to press: the right answer to the question an address names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from engine import questions
from engine.course import CourseFolder
from engine.questions import Variant
from engine.storage import LoggedAnswer, Store, open_store
from engine.study.presentation import seed_for

CONTENT = Path(__file__).resolve().parents[2] / "content"
_folder = CourseFolder(CONTENT)


def item_and_seed(url: str) -> tuple[str, int]:
    """The item and the seed in a page's address."""
    query = parse_qs(urlsplit(url).query)
    return query["item"][0], int(query["seed"][0])


def variant_at(url: str, language: str = "en") -> Variant:
    """The question that an address shows."""
    item, seed = item_and_seed(url)
    template = _folder.current(datetime.now(UTC)).templates[item]
    return questions.draw(template, seed, language)


def keys_for(variant: Variant, verdict: str = "correct") -> list[str]:
    """The keys that give an answer with this verdict, without Enter and the sureness."""
    sample = next(
        s for s in questions.samples(variant) if s.grade is not None and s.grade.verdict == verdict
    )
    if variant.kind in ("number", "estimate"):
        return list(sample.text.replace("−", "-"))
    response = questions.parse(variant, sample.text)
    assert isinstance(response, questions.Response)
    picked = response.value if isinstance(response.value, tuple) else (response.value,)
    ids = [option.id for option in variant.options]
    return [str(ids.index(str(id)) + 1) for id in picked]


def todays_seed(learner: str, item: str) -> int:
    """The numbers with which today shows an item that was never answered."""
    return seed_for(learner, item, 0)


def store_in(data: Path) -> Store:
    """The server's store, to look into."""
    return open_store(None, data)


def answers_of(data: Path, learner: str) -> list[LoggedAnswer]:
    """Every answer of a learner, undone ones included, oldest first."""
    with store_in(data) as store:
        return [row for row in store.log.changes_since(learner, 0) if isinstance(row, LoggedAnswer)]
