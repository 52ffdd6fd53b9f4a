"""Ids that were cookies: after the migration they stand nowhere, and each can be exchanged once."""

from __future__ import annotations

import secrets
from contextlib import ExitStack
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from engine.identity import fresh_id, fresh_token, is_former_id, is_public_id
from engine.storage import open_store
from engine.storage.address import address_of
from engine.storage.credentials import EXCHANGED_LASTS
from engine.storage.migrating import alembic_config
from tests.storage.samples import NOW

MINA, JUN = secrets.token_hex(16), secrets.token_hex(16)
AT = "2026-03-01T09:30:15.000000Z"
FORMER = [
    "INSERT INTO learner VALUES ('{who}', '{at}', 'ko', NULL, 5, 7, 0.9)",
    "INSERT INTO log (learner, type, presentation, item, scheduled, at) "
    "VALUES ('{who}', 'answer', 'p-{who}', 'card/item', true, '{at}')",
    "INSERT INTO memory VALUES "
    "('{who}', 'card/item', 'review', NULL, 1, 5, '2026-03-01', '{at}', '2026-03-04', '{at}', 1)",
    "INSERT INTO revision (card, origin, author, note, at, digest, sound, files) "
    "VALUES ('card', 'app', '{who}', '', '{at}', 'd', true, '{{}}')",
    "INSERT INTO draft VALUES ('card', '{who}', NULL, '{at}', '{{}}')",
    "INSERT INTO report (learner, presentation, item, card, seed, card_digest, text, at, closed_by)"
    " VALUES ('{who}', 'p', 'card/item', 'card', 7, 'd', 'wrong', '{at}', '{who}')",
]


@pytest.fixture
def migrated(database, folder):
    """A database of the version before, with three learners in it, opened by this one."""
    folder.mkdir()
    engine = create_engine(address_of(database, folder).url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0002")
        for who in (MINA, JUN, "local"):
            for statement in FORMER:
                if who == "local" and "presentation, item" in statement:
                    continue
                connection.execute(text(statement.format(who=who, at=AT)))
    engine.dispose()
    with ExitStack() as stack:
        yield stack.enter_context(open_store(database, folder))


def everything(store):
    with store.database.engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT * FROM {table}")).mappings().all()
            for table in ("learner", "log", "memory", "revision", "draft", "report", "credential")
        }


def test_no_old_id_can_be_read_anywhere(migrated):
    found = everything(migrated)
    found["log"] = [{**row, "presentation": None} for row in found["log"]]
    assert MINA not in str(found)
    assert JUN not in str(found)
    ids = {row["id"] for row in found["learner"]}
    assert len(ids) == 3
    assert "local" in ids
    assert all(is_public_id(id) and not is_former_id(id) for id in ids)
    for table, column in (("revision", "author"), ("draft", "author"), ("memory", "learner")):
        assert {row[column] for row in found[table]} == ids


def test_an_old_cookie_is_exchanged_once_and_brings_its_history(migrated):
    token = fresh_token()
    public = migrated.credentials.id_now(MINA)
    assert migrated.credentials.exchange(MINA, token, NOW)
    assert migrated.credentials.enter(token, NOW, fresh_id) == public
    assert [row.answer.item for row in migrated.log.changes_since(public, 0)] == ["card/item"]
    assert set(migrated.memories.of(public)) == {"card/item"}
    assert migrated.learners.ensure(public, NOW).settings.language == "ko"
    # A tab opened at the same time, or an answer that got lost.
    assert migrated.credentials.exchange(MINA, fresh_token(), NOW + timedelta(seconds=10))
    assert not migrated.credentials.exchange(MINA, fresh_token(), NOW + EXCHANGED_LASTS)
    assert migrated.credentials.enter(token, NOW + EXCHANGED_LASTS, fresh_id) == public


def test_an_old_id_is_no_token_and_local_is_no_cookie(migrated):
    for claimed in (MINA, "local"):
        assert migrated.credentials.enter(claimed, NOW, fresh_id) is None
    assert not migrated.credentials.exchange("local", fresh_token(), NOW)


def test_whoever_was_signed_out_cannot_exchange_either(migrated):
    migrated.credentials.sign_out(migrated.credentials.id_now(JUN))
    assert not migrated.credentials.exchange(JUN, fresh_token(), NOW)
