"""A card checked among the others has the problems it has when all are checked together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.content import read_card
from engine.content.between_cards import check_among, check_together
from engine.content.sources import read_sources
from engine.content.syllabus import read_syllabus
from tests.cards.written_cards import COURSE, SOURCES

IDS = ("a", "b", "c", "d", "e")
REQUIRES = st.lists(st.sampled_from([*IDS, "gone"]), max_size=3, unique=True)


def written(requires: list[str], unit: str) -> bytes:
    listed = f"requires: [{', '.join(requires)}]\n" if requires else ""
    text = f"---\ntitle: x\nunit: {unit}\n{listed}sources: [nowhere]\nstatus: ready\n---\nText.\n"
    return text.encode()


@given(
    st.fixed_dictionaries(dict.fromkeys(IDS, REQUIRES)),
    st.sampled_from(["initialization", "unknown"]),
)
def test_it_has_the_same_problems(requires: dict[str, list[str]], unit: str) -> None:
    syllabus, sources = read_syllabus(COURSE.encode())[0], read_sources(SOURCES.encode())[0]
    readings = {id: read_card(id, {"en": written(r, unit)}) for id, r in requires.items()}
    together = check_together(readings, syllabus, sources)
    for id in IDS:
        mine = [p for p in together if p.place.file.startswith(f"cards/{id}/")]
        found = check_among(id, readings, syllabus, sources)
        key = lambda p: (p.place, p.code, str(p.found))  # noqa: E731
        assert sorted(found, key=key) == sorted(mine, key=key)
    assert any(p.code == "unknown-source" for p in together) or all(
        reading.card is None for reading in readings.values()
    )
