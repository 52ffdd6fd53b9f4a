from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pages.address import StudyAddress, read_address
from engine.study import LARGEST_SEED, NotThere

names = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
lessons = st.just((None, 1)) | st.tuples(names, st.integers(1, 1000))
items = st.builds(
    StudyAddress,
    item=st.builds("{}/{}".format, names, names),
    seed=st.integers(0, LARGEST_SEED),
    attempt=st.integers(0, 50),
    sure=st.none() | st.integers(0, 3),
    again=st.booleans(),
    more=st.integers(0, 100),
    scheduled=st.booleans(),
    cards=st.lists(names, max_size=3).map(tuple),
    check=st.booleans(),
)
places = st.builds(
    lambda place, lesson: replace(place, lesson=lesson[0], step=lesson[1]), items, lessons
)


@given(places)
def test_an_address_leads_back_to_its_place(place: StudyAddress) -> None:
    assert read_address(place.query()) == place


def test_an_empty_address_is_nowhere_in_particular() -> None:
    assert read_address({}) == StudyAddress()


@pytest.mark.parametrize("seed", ["abc", "", "-1", "1.5", "4294967296", "１２", "1_0", "9" * 500])
def test_a_seed_that_is_no_number_is_refused_in_words(seed: str) -> None:
    with pytest.raises(NotThere, match="seed"):
        read_address({"item": "card/question", "seed": seed})


@pytest.mark.parametrize("item", ["", "card", "Card/Question", "a/b/c", "../x", "a/" + "b" * 99])
def test_a_name_that_is_no_item_is_refused_in_words(item: str) -> None:
    with pytest.raises(NotThere, match="card/question"):
        read_address({"item": item, "seed": "1"})


def test_an_item_without_a_seed_has_none() -> None:
    assert read_address({"item": "card/question"}).seed is None


def test_a_lesson_begins_with_its_first_step() -> None:
    for query in ({"lesson": "hops"}, {"lesson": "hops", "step": "0"}):
        assert read_address(query) == StudyAddress(lesson="hops", step=1)
    assert StudyAddress(lesson="hops").query() == {"lesson": "hops", "step": "1"}


@pytest.mark.parametrize("lesson", ["", "Hops", "../x", "a/b", "a" * 65])
def test_a_name_that_is_no_card_is_refused_in_words(lesson: str) -> None:
    with pytest.raises(NotThere, match="card"):
        read_address({"lesson": lesson})


@pytest.mark.parametrize("step", ["abc", "-1", "1.5", "1001", "１"])
def test_a_step_that_is_no_number_is_refused_in_words(step: str) -> None:
    with pytest.raises(NotThere, match="step"):
        read_address({"lesson": "hops", "step": step})
