"""Revisions, drafts, reports and renamed items, over SQLite and PostgreSQL alike."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from engine.storage import Draft, NewReport, NewRevision, Revision, Stale, StorageError, open_store
from tests.storage.samples import NOW, SIGMA, give, wrong_memories

CARD = "xavier-normal"
PHI = "xavier-normal/phi"


def state(text="one", *, digest=None, sound=True, origin="app", author="mina", minutes=0, note=""):
    return NewRevision(
        card=CARD,
        texts={"en": text, "ko": "하나"},
        digest=digest or f"digest of {text}",
        sound=sound,
        author=author,
        origin=origin,
        at=NOW + timedelta(minutes=minutes),
        note=note,
    )


def saved(store, text="one", base=None, **more):
    found = store.revisions.save(state(text, **more), base=base)
    assert isinstance(found, Revision)
    return found


def test_a_saved_state_is_kept_with_who_when_and_why(store):
    first = saved(store, note="begun")
    second = saved(store, "two", base=first.id, minutes=1, author="jun")
    assert [r.id for r in store.revisions.history(CARD)] == [second.id, first.id]
    assert (second.parent, second.author, second.at) == (
        first.id,
        "jun",
        NOW + timedelta(minutes=1),
    )
    assert first.note == "begun"
    assert store.revisions.texts(first.id) == {"en": "one", "ko": "하나"}
    assert store.revisions.texts(second.id)["en"] == "two"
    assert store.revisions.head(CARD).newest == second.id


def test_a_save_over_another_revision_than_the_one_begun_from_changes_nothing(store):
    first = saved(store)
    second = saved(store, "two", base=first.id)
    assert store.revisions.save(state("three"), base=first.id) == Stale(second.id)
    assert store.revisions.save(state("three"), base=None) == Stale(second.id)
    assert len(store.revisions.history(CARD)) == 2


def test_of_two_saves_at_once_one_is_told_to_look_again(store):
    first = saved(store)
    results = []
    ready = threading.Barrier(2)

    def save(text):
        ready.wait()
        results.append(store.revisions.save(state(text), base=first.id))

    threads = [threading.Thread(target=save, args=(text,)) for text in ("mine", "yours")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = [r for r in results if isinstance(r, Revision)]
    (refused,) = [r for r in results if isinstance(r, Stale)]
    assert refused.newest == kept.id


def test_learners_keep_the_newest_state_without_an_error(store):
    good = saved(store)
    broken = saved(store, "broken", base=good.id, sound=False)
    head = store.revisions.head(CARD)
    assert (head.newest, head.sound) == (broken.id, good.id)


def test_who_asks_what_is_new_hears_of_each_change_once(store):
    assert store.revisions.version() == 0
    assert store.revisions.heads() == []
    first = saved(store)
    version = store.revisions.version()
    assert [h.newest for h in store.revisions.heads()] == [first.id]
    assert store.revisions.heads(since=version) == []
    second = saved(store, "two", base=first.id)
    assert [h.newest for h in store.revisions.heads(since=version)] == [second.id]


def test_texts_that_are_not_there_are_a_key_error(store):
    with pytest.raises(KeyError):
        store.revisions.texts(12345)
    assert store.revisions.get(12345) is None
    assert store.revisions.head("nobody") is None


def test_texts_no_database_keeps_are_kept_as_well_as_they_can_be(store):
    first = saved(store, "nul \0 and half \ud800", digest="d")
    assert store.revisions.texts(first.id)["en"] == "nul \ufffd and half ?"


# -- files -------------------------------------------------------------------------------------


def test_what_a_file_holds_is_taken_in_once(store):
    new = state(origin="file", author="file")
    assert store.revisions.take_in(new, merged=None, base=None, since=None) is True
    head = store.revisions.head(CARD)
    assert head.newest == head.sound == head.seen
    assert store.revisions.take_in(new, merged=None, base=head.newest, since=head.newest) is False
    assert len(store.revisions.history(CARD)) == 1


def test_a_file_edited_after_a_save_that_reached_it_is_the_newest(store):
    first = saved(store)
    store.revisions.saw(CARD, first.digest, first.id)
    assert store.revisions.take_in(
        state("two", origin="file"), merged=None, base=first.id, since=first.id
    )
    newest = store.revisions.history(CARD)[0]
    assert store.revisions.head(CARD).newest == newest.id
    assert newest.parent == first.id


def test_a_file_and_an_edit_that_agree_are_merged(store):
    store.revisions.take_in(state("one", origin="file"), merged=None, base=None, since=None)
    base = store.revisions.head(CARD).newest
    mine = saved(store, "mine", base=base)
    both = state("both", origin="merge")
    assert store.revisions.take_in(
        state("file", origin="file"), merged=both, base=mine.id, since=base
    )
    newest, by_file, *_ = store.revisions.history(CARD)
    assert (newest.origin, newest.parent) == ("merge", mine.id)
    assert (by_file.origin, by_file.parent) == ("file", base)
    head = store.revisions.head(CARD)
    assert (head.newest, head.seen, head.pending) == (newest.id, by_file.id, None)


def test_a_file_and_an_edit_that_contradict_one_another_wait_for_somebody(store):
    store.revisions.take_in(state("one", origin="file"), merged=None, base=None, since=None)
    base = store.revisions.head(CARD).newest
    mine = saved(store, "mine", base=base)
    assert store.revisions.take_in(
        state("file", origin="file"), merged=None, base=mine.id, since=base
    )
    head = store.revisions.head(CARD)
    assert head.newest == head.sound == mine.id
    assert store.revisions.texts(head.pending)["en"] == "file"
    saved(store, "settled", base=mine.id)
    assert store.revisions.head(CARD).pending is None


def test_a_file_is_not_taken_in_over_an_edit_nobody_looked_at(store):
    mine = saved(store)
    assert (
        store.revisions.take_in(state("file", origin="file"), merged=None, base=None, since=None)
        is False
    )
    assert [r.id for r in store.revisions.history(CARD)] == [mine.id]


# -- drafts ------------------------------------------------------------------------------------


def draft(text, author="mina", base=None):
    return Draft(card=CARD, author=author, base=base, at=NOW, texts={"en": text})


def test_a_draft_is_one_an_author_and_the_last_counts(store):
    store.drafts.keep(draft("a"))
    store.drafts.keep(draft("ab"))
    store.drafts.keep(draft("theirs", author="jun"))
    assert store.drafts.get(CARD, "mina") == draft("ab")
    assert store.drafts.of("jun") == [draft("theirs", author="jun")]


def test_saving_takes_the_draft_with_it_and_leaves_those_of_others(store):
    store.drafts.keep(draft("a"))
    store.drafts.keep(draft("theirs", author="jun"))
    saved(store)
    assert store.drafts.get(CARD, "mina") is None
    assert store.drafts.get(CARD, "jun") is not None


def test_a_refused_save_keeps_the_draft(store):
    first = saved(store)
    store.drafts.keep(draft("a", base=None))
    assert store.revisions.save(state("a"), base=None) == Stale(first.id)
    assert store.drafts.get(CARD, "mina") is not None
    store.drafts.drop(CARD, "mina")
    assert store.drafts.get(CARD, "mina") is None


# -- renamed items -----------------------------------------------------------------------------


def test_the_same_knowledge_under_another_id_is_remembered(store):
    before = give(store, 1).memory
    saved_as(store, {SIGMA: PHI})
    assert store.memories.of_item("mina", PHI) == before
    assert store.memories.of_item("mina", SIGMA) == before
    assert wrong_memories(store) == 0
    assert store.memories.rebuild("mina") == []


def saved_as(store, same, base=None, text="renamed"):
    found = store.revisions.save(state(text), base=base, same_knowledge=same)
    assert isinstance(found, Revision)
    return found


def test_a_new_item_begins_with_nothing(store):
    give(store, 1)
    saved(store)
    assert store.memories.of_item("mina", PHI) is None


def test_an_answer_under_the_new_id_builds_on_the_old_and_is_undone_to_it(store):
    before = give(store, 1).memory
    saved_as(store, {SIGMA: PHI})
    assert give(store, 2, item=PHI).memory.stability == before.stability + 1
    assert wrong_memories(store) == 0
    undone = store.log.undo("mina", NOW + timedelta(hours=1))
    assert undone.memory == before
    assert store.memories.of_item("mina", PHI) == before
    assert wrong_memories(store) == 0


def test_what_is_answered_under_the_old_id_afterwards_stays_there(store):
    give(store, 1)
    saved_as(store, {SIGMA: PHI})
    give(store, 2)
    assert store.memories.of_item("mina", SIGMA).stability == 2
    assert store.memories.of_item("mina", PHI).stability == 1
    assert wrong_memories(store) == 0


def test_an_item_renamed_twice_is_still_remembered(store):
    before = give(store, 1).memory
    first = saved_as(store, {SIGMA: PHI})
    saved_as(store, {PHI: "xavier-normal/chi"}, base=first.id, text="again")
    assert store.memories.of_item("mina", "xavier-normal/chi") == before
    assert wrong_memories(store) == 0


def test_a_rename_onto_what_is_known_leaves_it_as_it_is(store):
    give(store, 1)
    give(store, 2, item=PHI)
    own = store.memories.of_item("mina", PHI)
    saved_as(store, {SIGMA: PHI})
    assert store.memories.of_item("mina", PHI) == own
    assert wrong_memories(store) == 0


# -- reports -----------------------------------------------------------------------------------


def reported(store, text="The key is wrong.", card=CARD):
    return store.reports.add(
        NewReport(
            learner="mina",
            presentation="p1",
            item=SIGMA,
            card=card,
            seed=7,
            card_digest="d",
            variant='{"answer": 1}',
            text=text,
            at=NOW,
        )
    )


def test_a_report_is_open_until_it_is_answered(store):
    made = reported(store)
    assert store.reports.find(CARD) == [made]
    assert store.reports.find("another") == []
    assert store.reports.close(made.id, "jun", "Mended, thank you.", NOW)
    assert store.reports.find() == []
    (closed,) = store.reports.find(closed=True)
    assert (closed.closed_by, closed.reply) == ("jun", "Mended, thank you.")
    assert store.reports.by("mina") == [closed]


def test_a_report_is_closed_once(store):
    made = reported(store)
    assert store.reports.close(made.id, "jun", "first", NOW)
    assert not store.reports.close(made.id, "ara", "second", NOW)
    assert not store.reports.close(made.id + 1000, "ara", "nothing", NOW)
    assert store.reports.find(closed=True)[0].reply == "first"


def test_everything_is_still_there_after_opening_again(open_it):
    store = open_it()
    store.learners.ensure("mina", NOW)
    first = saved(store)
    store.drafts.keep(draft("a", base=first.id))
    made = reported(store)
    store.close()
    again = open_it()
    assert again.revisions.texts(first.id)["en"] == "one"
    assert again.drafts.get(CARD, "mina").base == first.id
    assert again.reports.find() == [made]


def test_a_full_or_locked_disk_is_a_storage_error(folder):
    with open_store(None, folder) as store:
        store.close()
        for file in folder.iterdir():
            file.write_bytes(b"not a database" * 100)
        with pytest.raises(StorageError):
            store.revisions.save(state(), base=None)
