"""The page of the notes: filters that live in the address, and ways to the evidence."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.configuration import content_folder
from engine.content.notes import STATEMENT_VERDICTS, Wanted
from engine.i18n import Translator
from engine.pages.sources.sources import FIRST
from engine.pages.sources.sources_address import VIEWS, SourcesAddress, read
from tests.pages.conftest import Visit, button, words

IDS = re.compile(r":gray\[([0-9]+-[0-9]+) ·")


def shown(test: AppTest) -> list[str]:
    """The ids of the statements on the page."""
    return [id for part in test.get("markdown") for id in IDS.findall(str(part.value))]


def links(test: AppTest) -> list[tuple[str, str]]:
    """(page, address) of every link."""
    return [(link.proto.page, link.proto.query_string) for link in test.get("page_link")]


def address(test: AppTest) -> dict[str, str]:
    found = {name: test.query_params[name] for name in test.query_params}
    return {name: v[0] if isinstance(v, list) else v for name, v in found.items()}


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("query", [{}, {"all": "1"}, *({"view": view} for view in VIEWS)])
def test_every_view_is_drawn(visit: Visit, query: dict[str, str], language: str) -> None:
    test = visit("sources", query=query, language=language)
    assert not test.exception
    assert not test.error
    assert not test.warning
    assert len(words(test)) > 1000


def test_the_first_statements_are_shown_and_then_all(visit: Visit) -> None:
    test = visit("sources", language="en")
    assert len(shown(test)) == FIRST
    button(test, "sources-all").click().run()
    assert len(set(shown(test))) == 121
    assert address(test) == {"all": "1"}


def test_filters_narrow_down_and_are_kept_in_the_address(visit: Visit) -> None:
    test = visit("sources", language="en")
    test.selectbox(key="sources-note").set_value("seed-001").run()
    test.pills(key="sources-verdict").set_value(["false"]).run()
    assert shown(test) == ["1-1", "1-2", "1-5", "1-6", "1-7", "1-9", "1-16", "1-25"]
    test.selectbox(key="sources-concept").set_value("covariate-shift").run()
    assert shown(test) == ["1-2", "1-6", "1-7"]
    test.text_input(key="sources-words").set_value("polynomial").run()
    assert shown(test) == ["1-6"]
    told = {"note": "seed-001", "verdict": "false", "concept": "covariate-shift"}
    assert address(test) == {**told, "words": "polynomial"}
    again = visit("sources", query=address(test), language="ko")
    assert shown(again) == ["1-6"]
    assert again.text_input(key="sources-words").value == "polynomial"


def test_a_verdict_says_how_many_there_are(visit: Visit) -> None:
    test = visit("sources", query={"note": "seed-001", "verdict": "open"}, language="en")
    labels = [option.content for option in test.pills(key="sources-verdict").proto.options]
    assert "False 8" in labels
    assert "Open question 7" in labels
    assert len(shown(test)) == 7


def test_filters_outlast_a_look_at_the_contradictions(visit: Visit) -> None:
    test = visit("sources", query={"words": "polynomial"}, language="en")
    test.segmented_control(key="sources-view").set_value("contradictions").run()
    assert address(test) == {"view": "contradictions", "words": "polynomial"}
    test.segmented_control(key="sources-view").set_value("statements").run()
    assert shown(test) == ["1-6"]


def test_where_nothing_matches_one_click_shows_everything(visit: Visit) -> None:
    test = visit("sources", query={"words": "zebra"}, language="en")
    assert shown(test) == []
    assert "No statement matches" in test.info[0].value
    button(test, "sources-clear").click().run()
    assert address(test) == {}
    assert test.text_input(key="sources-words").value == ""
    assert len(shown(test)) == FIRST


@pytest.mark.parametrize("name", ["note", "verdict", "concept", "view"])
def test_what_an_address_names_wrongly_is_told_and_left_out(visit: Visit, name: str) -> None:
    test = visit("sources", query={name: "![x](http://e.org)"}, language="en")
    assert not test.exception
    assert "not here" in test.warning[0].value
    assert "![x]" not in test.warning[0].value
    assert len(shown(test)) == FIRST


def test_a_statement_leads_to_its_card_question_and_experiment(visit: Visit) -> None:
    test = visit("sources", query={"words": "1-25"}, language="en")
    practice, lab, judge = links(test)
    assert practice[0].endswith("practice")
    assert "item=moving-average%2Fwho-weighs-what" in practice[1]
    assert lab[0].endswith("lab")
    assert "simulation=moving_average" in lab[1]
    assert "chart=ema_weights" in lab[1]
    assert "item=moving-average%2Fsame-influence" in judge[1]


def test_an_experiments_address_opens_the_lab_with_its_settings(visit: Visit) -> None:
    test = visit("sources", query={"words": "1-7"}, language="en")
    query = next(query for page, query in links(test) if page.endswith("lab"))
    opened = dict(pair.split("=") for pair in query.split("&"))
    assert opened["std"] == "3.0"
    lab = visit("lab", query=opened, language="en")
    assert not lab.exception
    assert not lab.error


def test_a_cards_page_says_what_the_notes_say_about_it(visit: Visit) -> None:
    test = visit("library", query={"card": "under-confidence"}, language="en")
    assert shown(test) == ["3-21", "3-22", "3-23"]
    here = [query for page, query in links(test) if query == "card=under-confidence"]
    assert here == []


CLAIM = """
## Question: judged
```question
kind: claim
statement: 3-24
simulation: calibration
settings: {scale: 2}
parameters: {n: {integer: [2, 9]}}
verdict: "true"
settled: outcome.gap > 0
misconceptions: {no-matter: "false"}
```
There are {{ n }} models.

### Claim
It matters how sure a model is.

### Hint
Think.

### no-matter
It does.

### Explanation
It does.
"""


def test_a_statement_can_be_judged_by_oneself_where_a_question_asks_for_it(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(content_folder(), folder)
    monkeypatch.setenv("SIMCARDS_CONTENT", str(folder))
    with (folder / "cards" / "calibration" / "card.md").open("a", encoding="utf-8") as file:
        file.write(CLAIM)
    test = visit("sources", query={"words": "3-24"}, language="en")
    labels = [link.proto.label for link in test.get("page_link")]
    assert labels[-1] == "Judge it yourself"
    assert "item=calibration%2Fjudged" in links(test)[-1][1]


def test_broken_notes_leave_the_rest_of_the_page(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(content_folder(), folder)
    monkeypatch.setenv("SIMCARDS_CONTENT", str(folder))
    file = folder / "notes" / "seed-001.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("settings = {beta = 0.9, window", "settings = {beta = 99, window")
    text = text.replace('verdict = "open"', 'verdict = "opened"', 1)
    file.write_text(text, encoding="utf-8")
    (folder / "notes" / "seed-002.toml").write_text("id =", encoding="utf-8")
    test = visit("sources", query={"all": "1"}, language="en")
    assert not test.exception
    assert not test.error
    assert len(shown(test)) == 121 - 1 - 25
    for view in ("contradictions", "open"):
        assert not visit("sources", query={"view": view}).exception


def test_a_course_without_notes_says_so(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(content_folder(), folder)
    shutil.rmtree(folder / "notes")
    monkeypatch.setenv("SIMCARDS_CONTENT", str(folder))
    assert "no notes" in visit("sources", language="en").info[0].value
    assert not visit("library", query={"card": "calibration"}).exception


PLACE = SourcesAddress("open", Wanted("a", frozenset({"true", "open"}), "card", "two words"), True)


@pytest.mark.parametrize("place", [SourcesAddress(), PLACE, SourcesAddress(all=True)])
def test_an_address_leads_back_to_its_place(place: SourcesAddress) -> None:
    assert read(place.query(), {"a"}, {"card"}) == (place, ())


def test_every_verdict_has_a_name_of_its_own_in_korean() -> None:
    translate = Translator("ko")
    names = {translate(name) for name in STATEMENT_VERDICTS.values()}
    assert len(names) == len(STATEMENT_VERDICTS)
    assert all(re.search("[가-힣]", name) for name in names)
