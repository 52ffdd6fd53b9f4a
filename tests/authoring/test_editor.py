"""Editing: what is saved, what is refused, what two people do to one another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.authoring import (
    AskRenames,
    Conflict,
    EditError,
    NotAllowed,
    Refused,
    Saved,
    decided_texts,
)
from engine.storage import open_store
from tests.authoring.conftest import BROKEN, CARD, JUN, KOREAN, LEARNER, MINA, NOW, TEXT


def save(shop, who, base, text, **more):
    return shop.editor.save(who, CARD, base, {"en": text, "ko": KOREAN}, shop.now, **more)


def base_of(shop, who=MINA):
    return shop.editor.open(who, CARD).base.id


def test_what_is_saved_is_what_learners_see_and_what_the_file_holds(shop):
    before = base_of(shop)
    result = shop.save(TEXT.replace("Keep the variance.", "Keep the spread."), note="wording")
    assert result.place == "file"
    assert result.revision.parent == before
    assert shop.course().cards[CARD].prose["en"] == "Keep the spread."
    assert "Keep the spread." in shop.file()
    newest = shop.editor.history(MINA, CARD)[0]
    assert (newest.author, newest.note, newest.at) == (
        "mina",
        "wording",
        shop.now - timedelta(seconds=5),
    )


def test_a_written_file_is_not_taken_in_again(shop):
    shop.save(TEXT.replace("Keep", "Hold"))
    shop.course()
    assert [r.origin for r in shop.editor.history(MINA, CARD)] == ["app", "file"]


def test_a_card_for_learners_is_not_saved_with_an_error(shop):
    result = save(shop, MINA, base_of(shop), BROKEN)
    assert isinstance(result, Refused)
    assert any("m_in" in problem.describe(str) for problem in result.problems)
    assert len(shop.editor.history(MINA, CARD)) == 1
    assert shop.file() == TEXT


def test_a_draft_may_be_broken_and_learners_do_not_see_it(shop):
    draft = BROKEN.replace("status: ready", "status: draft")
    assert isinstance(save(shop, MINA, base_of(shop), draft), Saved)
    course = shop.course()
    assert CARD not in course.cards
    assert [p for p in course.problems if p.level == "error"] == []
    assert shop.editor.open(MINA, CARD).texts["en"] == draft


def test_a_retired_card_is_gone_for_learners_and_its_history_stays(shop):
    assert isinstance(shop.editor.set_status(MINA, CARD, "retired", shop.now), Saved)
    assert CARD not in shop.course().cards
    assert len(shop.editor.history(MINA, CARD)) == 2
    assert isinstance(shop.editor.set_status(MINA, CARD, "ready", shop.now), Saved)
    assert CARD in shop.course().cards


def test_somebody_who_is_no_instructor_can_do_nothing(shop):
    editor, now = shop.editor, shop.now
    tries = [
        lambda: editor.open(LEARNER, CARD),
        lambda: editor.save(LEARNER, CARD, base_of(shop), {"en": TEXT}, now),
        lambda: editor.keep_draft(LEARNER, CARD, None, {"en": TEXT}, now),
        lambda: editor.drop_draft(LEARNER, CARD),
        lambda: editor.create(LEARNER, "new-card", {"en": TEXT}, now),
        lambda: editor.duplicate(LEARNER, CARD, "new-card", now),
        lambda: editor.set_status(LEARNER, CARD, "retired", now),
        lambda: editor.restore(LEARNER, CARD, 1, now),
        lambda: editor.settle(LEARNER, CARD),
        lambda: editor.history(LEARNER, CARD),
        lambda: editor.texts(LEARNER, 1),
        lambda: editor.reports(LEARNER),
        lambda: editor.close_report(LEARNER, 1, "", now),
        lambda: editor.heads(LEARNER),
    ]
    for act in tries:
        with pytest.raises(NotAllowed):
            act()
    assert len(editor.history(MINA, CARD)) == 1


@pytest.mark.parametrize("id", ["", "../secret", "a/b", "A", "a" * 65, "..", "카드", "a\0b"])
def test_an_id_cannot_leave_the_content_folder(shop, id):
    for act in (
        lambda: shop.editor.open(MINA, id),
        lambda: shop.editor.create(MINA, id, {"en": TEXT}, shop.now),
        lambda: shop.editor.duplicate(MINA, CARD, id, shop.now),
        lambda: shop.editor.keep_draft(MINA, id, None, {"en": ""}, shop.now),
    ):
        with pytest.raises(EditError):
            act()
    assert {p.name for p in (shop.folder / "cards").iterdir()} == {CARD, "small-card"}


def test_a_card_larger_than_256_kb_is_refused_and_its_draft_kept(shop):
    large = TEXT.replace("Keep the variance.", "x" * 300_000)
    shop.editor.keep_draft(MINA, CARD, base_of(shop), {"en": large}, shop.now)
    assert isinstance(save(shop, MINA, base_of(shop), large), Refused)
    assert shop.editor.open(MINA, CARD).draft.texts["en"] == large


# -- two people -------------------------------------------------------------------------------


def test_two_instructors_who_change_different_places_are_merged(shop):
    base = base_of(shop)
    theirs = TEXT.replace("Keep the variance.", "Keep the spread.")
    assert isinstance(save(shop, JUN, base, theirs), Saved)
    mine = TEXT.replace("That is the variance.", "You forgot the root.")
    result = save(shop, MINA, base, mine)
    assert isinstance(result, Conflict)
    assert result.newest.author == "jun"
    assert "Keep the spread." in result.texts["en"]
    assert "You forgot the root." in result.texts["en"]
    after = shop.editor.save(MINA, CARD, result.newest.id, result.texts, shop.now, origin="merge")
    assert isinstance(after, Saved)
    assert shop.course().cards[CARD].prose["en"] == "Keep the spread."


def test_two_instructors_who_change_the_same_line_are_asked_and_nothing_is_overwritten(shop):
    base = base_of(shop)
    theirs = TEXT.replace("Keep the variance.", "Theirs.")
    save(shop, JUN, base, theirs)
    result = save(shop, MINA, base, TEXT.replace("Keep the variance.", "Mine."))
    assert isinstance(result, Conflict)
    assert result.texts is None
    assert shop.editor.open(MINA, CARD).texts["en"] == theirs
    (conflict,) = result.merged["en"].conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        ("Keep the variance.\n",),
        ("Mine.\n",),
        ("Theirs.\n",),
    )
    decided = decided_texts(result, {"en": ["Ours.\n"]})
    assert decided["en"] == TEXT.replace("Keep the variance.", "Ours.")
    with pytest.raises(ValueError, match="decisions"):
        decided_texts(result, {})


def test_an_instructor_and_a_text_editor_are_merged_where_they_agree(shop):
    base = base_of(shop)
    # The app could not write the file, so that the file is behind.
    shop.editor.sync.root = shop.folder / "cards" / CARD / "card.md" / "nowhere"
    mine = TEXT.replace("Keep the variance.", "Keep the spread.")
    assert save(shop, MINA, base, mine).place == "unwritable"
    shop.editor.sync.root = shop.folder
    shop.edit_file(TEXT.replace("That is the variance.", "You forgot the root."))
    card = shop.course().cards[CARD]
    assert card.prose["en"] == "Keep the spread."
    text = shop.editor.open(MINA, CARD).texts["en"]
    assert "You forgot the root." in text
    assert [r.origin for r in shop.editor.history(MINA, CARD)] == ["merge", "file", "app", "file"]


def test_an_instructor_and_a_text_editor_who_contradict_one_another_are_asked(shop):
    base = base_of(shop)
    shop.editor.sync.root = shop.folder / "cards" / CARD / "card.md" / "nowhere"
    save(shop, MINA, base, TEXT.replace("Keep the variance.", "Mine."))
    shop.editor.sync.root = shop.folder
    shop.edit_file(TEXT.replace("Keep the variance.", "From the file."))
    assert shop.course().cards[CARD].prose["en"] == "Mine."
    conflict = shop.editor.settle(JUN, CARD)
    (chunk,) = conflict.merged["en"].conflicts
    assert (chunk.mine, chunk.theirs) == (("Mine.\n",), ("From the file.\n",))
    texts = decided_texts(conflict, {"en": ["Both.\n"]})
    result = shop.editor.save(JUN, CARD, base_of(shop), texts, shop.now, origin="merge")
    assert isinstance(result, Saved)
    assert result.place == "file"
    assert shop.editor.settle(JUN, CARD) is None
    assert "Both." in shop.file()


def test_a_file_changed_since_it_was_seen_is_not_written_over(shop):
    base = base_of(shop)
    shop.edit_file(TEXT.replace("Keep the variance.", "From the file."))
    result = save(shop, MINA, base, TEXT.replace("That is the variance.", "No root."))
    assert isinstance(result, Saved)
    assert result.place == "changed"
    assert "From the file." in shop.file()
    assert shop.course().cards[CARD].prose["en"] == "From the file."
    assert "No root." in shop.editor.open(MINA, CARD).texts["en"]


# -- states, ids, drafts -----------------------------------------------------------------------


def test_an_earlier_state_comes_back_as_a_revision_of_its_own(shop):
    first = base_of(shop)
    shop.save(TEXT.replace("Keep", "Hold"))
    result = shop.editor.restore(MINA, CARD, first, shop.now)
    assert isinstance(result, Saved)
    assert (result.revision.origin, result.revision.note) == ("restore", f"#{first}")
    assert shop.course().cards[CARD].prose["en"] == "Keep the variance."
    assert len(shop.editor.history(MINA, CARD)) == 3


def test_another_cards_revision_cannot_be_restored(shop):
    other = shop.editor.open(MINA, "small-card").base.id
    with pytest.raises(EditError):
        shop.editor.restore(MINA, CARD, other, shop.now)


def test_a_renamed_item_is_asked_about_and_never_renamed_silently(shop):
    base = base_of(shop)
    renamed = TEXT.replace("Question: sigma", "Question: std")
    korean = KOREAN.replace("Question: sigma", "Question: std")
    texts = {"en": renamed, "ko": korean}
    asked = shop.editor.save(MINA, CARD, base, texts, shop.now)
    assert asked == AskRenames(("sigma",), ("std",))
    assert len(shop.editor.history(MINA, CARD)) == 1
    result = shop.editor.save(MINA, CARD, base, texts, shop.now, renames={"sigma": "std"})
    assert isinstance(result, Saved)


def test_an_item_that_only_goes_needs_no_question(shop):
    gone = TEXT[: TEXT.index("## Question")]
    texts = {"en": gone, "ko": KOREAN[: KOREAN.index("## Question")]}
    assert isinstance(shop.editor.save(MINA, CARD, base_of(shop), texts, shop.now), Saved)


def test_a_new_card_is_seen_by_learners_and_gets_its_file(shop):
    assert shop.editor.free_id("he-normal")
    result = shop.editor.create(MINA, "he-normal", {"en": TEXT, "ko": KOREAN}, shop.now)
    assert isinstance(result, Saved)
    assert "he-normal" in shop.course().cards
    assert shop.file("he-normal") == TEXT
    assert not shop.editor.free_id("he-normal")
    with pytest.raises(EditError):
        shop.editor.create(JUN, "he-normal", {"en": TEXT}, shop.now)


def test_a_copy_is_a_draft(shop):
    result = shop.editor.duplicate(MINA, CARD, "xavier-copy", shop.now)
    assert isinstance(result, Saved)
    assert "status: draft" in shop.editor.open(MINA, "xavier-copy").texts["en"]
    assert "xavier-copy" not in shop.course().cards


def test_what_was_typed_and_not_saved_comes_back(shop, tmp_path):
    base = base_of(shop)
    shop.editor.keep_draft(MINA, CARD, base, {"en": "half a sen"}, shop.now)
    shop.store.close()
    with open_store(None, tmp_path / "data") as store:
        assert store.drafts.get(CARD, "mina").texts == {"en": "half a sen"}
    opened = shop.editor.open(MINA, CARD)
    assert (opened.draft.base, opened.texts["en"]) == (base, TEXT)
    assert shop.editor.open(JUN, CARD).draft is None


def test_saving_settles_the_draft(shop):
    shop.editor.keep_draft(MINA, CARD, base_of(shop), {"en": "half"}, shop.now)
    shop.save(TEXT.replace("Keep", "Hold"))
    assert shop.editor.open(MINA, CARD).draft is None


# -- files and other servers -------------------------------------------------------------------


def test_an_edit_of_a_file_is_a_revision_by_file(shop):
    shop.edit_file(TEXT.replace("Keep the variance.", "From the file."))
    assert shop.course().cards[CARD].prose["en"] == "From the file."
    newest = shop.editor.history(MINA, CARD)[0]
    assert (newest.author, newest.origin) == ("file", "file")


def test_a_file_with_an_error_leaves_learners_what_they_had_and_is_told(shop):
    shop.edit_file(BROKEN)
    course = shop.course()
    assert course.cards[CARD].prose["en"] == "Keep the variance."
    assert f"{CARD}/sigma" in course.templates
    assert any("m_in" in p.describe(str) for p in course.problems)
    shop.edit_file(TEXT)
    assert [p for p in shop.course().problems if p.level == "error"] == []


def test_a_file_that_is_no_text_is_told_and_costs_nothing(shop):
    (shop.folder / "cards" / CARD / "card.md").write_bytes(b"\xff\xfe\x00")
    course = shop.course()
    assert course.cards[CARD].prose["en"] == "Keep the variance."
    assert any(p.code == "encoding" for p in course.problems)


def test_a_folder_that_vanishes_takes_no_card_from_anybody(shop):
    for path in (shop.folder / "cards" / CARD).iterdir():
        path.unlink()
    (shop.folder / "cards" / CARD).rmdir()
    assert CARD in shop.course().cards


def test_another_server_sees_a_save_and_parses_nothing_else(open_shop):
    here, there = open_shop(), open_shop()
    parsed = there.workshop.study.folder.reader.parsed
    here.save(TEXT.replace("Keep the variance.", "Keep the spread."))
    assert there.course().cards[CARD].prose["en"] == "Keep the spread."
    assert there.workshop.study.folder.reader.parsed - parsed <= 1
    assert len(there.editor.history(MINA, CARD)) == 2


def test_two_servers_take_a_file_in_once(open_shop):
    here, there = open_shop(), open_shop()
    here.edit_file(TEXT.replace("Keep", "Hold"))
    here.course()
    there.course()
    assert len(here.editor.history(MINA, CARD)) == 2


def test_starting_again_takes_nothing_in_again(open_shop):
    open_shop()
    again = open_shop()
    assert len(again.editor.history(MINA, CARD)) == 1
    assert again.now > NOW
