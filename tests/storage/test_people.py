"""Tokens, transfer codes and names, over SQLite and PostgreSQL alike."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.identity import digest, fresh_code, fresh_id, fresh_token
from engine.storage.credentials import CODE_LASTS, REPLACED_LASTS, ROTATED_AFTER, TOKEN_LASTS
from engine.storage.schema import credentials, learners
from tests.storage.samples import NOW

DAY = timedelta(days=1)


def issued(store, now=NOW):
    token = fresh_token()
    store.credentials.issue(token, now)
    return token


def arrived(store, now=NOW):
    """(token, id) of a new learner."""
    token = issued(store, now)
    return token, store.credentials.enter(token, now, fresh_id)


def rows(store, table):
    with store.database.engine.connect() as connection:
        return connection.execute(select(table)).mappings().all()


def test_a_token_becomes_a_learner_only_when_somebody_comes_with_it(store):
    before = len(rows(store, learners))
    token = issued(store)
    assert len(rows(store, learners)) == before
    id = store.credentials.enter(token, NOW, fresh_id)
    assert store.credentials.enter(token, NOW, fresh_id) == id
    assert len(rows(store, learners)) == before + 1


@pytest.mark.parametrize("made_up", ["", "mina", "local", "0" * 32, "x" * 43, "\ud800", "'; --"])
def test_a_token_that_was_not_made_here_is_nobody_and_leaves_nothing(store, made_up):
    before = len(rows(store, learners))
    assert store.credentials.enter(made_up, NOW, fresh_id) is None
    assert store.credentials.renew(made_up, fresh_token(), NOW) is None
    assert not store.credentials.exchange(made_up, fresh_token(), NOW)
    assert len(rows(store, learners)) == before


def test_neither_an_id_nor_a_hash_lets_anybody_in(store):
    token, id = arrived(store)
    for shown in (id, digest(token), digest(id)):
        assert store.credentials.enter(shown, NOW, fresh_id) is None
    assert token not in str(rows(store, credentials))


def test_two_tabs_that_come_with_the_same_new_token_are_one_learner(store):
    token = issued(store)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(store.credentials.enter(token, NOW, fresh_id)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert None not in found


def test_an_id_that_is_taken_is_not_given_again(store):
    _, first = arrived(store)
    ids = iter([first, "22222-22222"])
    assert store.credentials.enter(issued(store), NOW, lambda: next(ids)) == "22222-22222"


def test_a_visit_renews_a_token(store):
    token, id = arrived(store)
    now = NOW
    for _ in range(5):
        now += ROTATED_AFTER - DAY
        token = store.credentials.renew(token, fresh_token(), now)
    assert store.credentials.enter(token, now + TOKEN_LASTS - DAY, fresh_id) == id


def test_a_token_that_is_not_used_ends(store):
    token, _ = arrived(store)
    assert store.credentials.enter(token, NOW + TOKEN_LASTS + DAY, fresh_id) is None


def test_a_token_is_replaced_now_and_then_and_open_tabs_go_on(store):
    token, id = arrived(store)
    later = NOW + ROTATED_AFTER
    first, second = (store.credentials.renew(token, fresh_token(), later) for _ in range(2))
    assert len({token, first, second}) == 3  # two tabs at once
    for good in (token, first, second):
        assert store.credentials.enter(good, later + DAY, fresh_id) == id
    end = later + REPLACED_LASTS
    assert store.credentials.enter(token, end, fresh_id) is None
    assert store.credentials.enter(first, end, fresh_id) == id


def test_tokens_that_nobody_used_are_forgotten(store):
    for _ in range(20):
        issued(store)
    kept = issued(store, NOW + 2 * DAY)
    assert [r["hash"] for r in rows(store, credentials) if r["learner"] is None] == [digest(kept)]


def test_a_code_moves_a_learner_to_another_browser_once(store):
    _, mina = arrived(store)
    other, nobody = arrived(store)
    code = fresh_code()
    assert store.credentials.keep_code(mina, code, NOW) == NOW + CODE_LASTS
    assert store.credentials.redeem(other, code, NOW) == mina
    assert store.credentials.enter(other, NOW, fresh_id) == mina
    third, _ = arrived(store)
    assert store.credentials.redeem(third, code, NOW) is None
    assert nobody != mina
    # Whoever put a token of theirs into that browser loses it.
    assert store.credentials.renew(other, "f" * 43, NOW) == "f" * 43


def test_a_code_is_good_for_minutes_and_the_newest_alone(store):
    _, mina = arrived(store)
    other, _ = arrived(store)
    old, new = fresh_code(), fresh_code()
    store.credentials.keep_code(mina, old, NOW)
    store.credentials.keep_code(mina, new, NOW)
    assert store.credentials.redeem(other, old, NOW) is None
    assert store.credentials.redeem(other, new, NOW + CODE_LASTS) is None
    assert store.credentials.redeem("x" * 43, new, NOW) is None


def test_a_code_is_no_token_and_a_token_no_code(store):
    token, mina = arrived(store)
    other, _ = arrived(store)
    code = fresh_code()
    store.credentials.keep_code(mina, code, NOW)
    assert store.credentials.enter(code, NOW, fresh_id) is None
    assert store.credentials.redeem(other, token, NOW) is None
    with pytest.raises(KeyError):
        store.credentials.keep_code("nobody", code, NOW)


def test_other_browsers_are_signed_out(store):
    token, mina = arrived(store)
    other, _ = arrived(store)
    store.credentials.keep_code(mina, "code", NOW)
    store.credentials.redeem(other, "code", NOW)
    store.credentials.keep_code(mina, "another", NOW)
    assert store.credentials.browsers(mina, NOW) == 2
    assert store.credentials.sign_out(mina, keep=token) == 2
    assert store.credentials.browsers(mina, NOW) == 1
    assert store.credentials.enter(other, NOW, fresh_id) is None
    assert store.credentials.enter(token, NOW, fresh_id) == mina
    assert store.credentials.sign_out(mina) == 1
    assert store.credentials.enter(token, NOW, fresh_id) is None


def test_names_stand_beside_ids(store):
    store.learners.save_name("mina", "미나")
    assert store.learners.names(["mina", "nobody"]) == {"mina": "미나"}
    store.learners.save_name("mina", "")
    assert store.learners.names(["mina"]) == {}
    with pytest.raises(KeyError):
        store.learners.save_name("nobody", "x")


def test_two_databases_on_one_host_do_not_share_a_cookie(open_it, tmp_path):
    from engine.storage import open_store

    store = open_it()
    with open_store(None, tmp_path / "another") as other:
        assert store.credentials.cookie != other.credentials.cookie
        assert store.credentials.cookie == open_it().credentials.cookie
