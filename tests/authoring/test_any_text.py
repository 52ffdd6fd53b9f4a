"""Whatever somebody types: it is read, or its problems stand inside it; and it stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.authoring import Refused, Saved, open_workshop
from engine.authoring.sync_status import export
from engine.content import LARGEST_FILE, decode
from engine.course import as_read, write_card
from engine.course.writing import write_file
from engine.i18n import Translator
from engine.storage import Store, open_store
from tests.authoring.conftest import CARD, KOREAN, MINA, NOW, TEXT, Shop
from tests.cards.written_cards import COURSE, SOURCES

#: Of all characters there are, half surrogate pairs too.
ANY = st.text(alphabet=st.characters(), max_size=120)
PIECES = st.sampled_from(
    ["---\n", "## Question: sigma\n", "## Flashcard: a\n", "### Explanation\n", "```question\n",
     "```\n", "answer: ", "1e999", "{{ answer|.3g }}", "{{ answer.x }}", "sqrt(", "9**9**9**9",
     "kind: claim\n", "kind: order\n", "tolerance: ", "-1%", "parameters:\n  n_in: {choose: []}\n",
     "[x](javascript:y)", "chart: x\n", "\ufeff", "\r", "\ud800", "\x00", "{{c1::", "}}", "\u2028",
     "requires: [xavier-normal]\n", "status: draft\n", "status: retired\n"]
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A workshop for all examples of this module, which check and do not save."""
    root = tmp_path_factory.mktemp("content")
    for name, text in {
        "course.toml": COURSE,
        "sources.toml": SOURCES,
        f"cards/{CARD}/card.md": TEXT,
        f"cards/{CARD}/card.ko.md": KOREAN,
    }.items():
        write_file(root / name, text)
    with open_store(None, tmp_path_factory.mktemp("data")) as store:
        made = Shop(root, store, open_workshop(root, store))
        made.course()
        yield made


def checked(desk: Shop, english: str, korean: str) -> None:
    texts = {"en": english, "ko": korean}
    found = desk.editor.check(CARD, texts)
    again = desk.editor.check(CARD, texts)
    assert again == found
    assert again.card is found.card
    as_lines = {
        f"cards/{CARD}/{name}": text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        for name, text in (("card.md", english), ("card.ko.md", korean))
    }
    for problem in found.problems:
        assert 1 <= problem.place.line <= as_lines[problem.place.file]
        assert problem.describe(Translator("ko"))
    assert found.card is not None or found.errors
    sound, withdrawn = desk.editor.checker.alone(CARD, texts)
    assert not (sound and withdrawn)
    if found.sound:
        assert sound  # the other cards can only add errors


@settings(deadline=None)
@given(ANY, ANY)
def test_any_text_is_checked(desk: Shop, english: str, korean: str) -> None:
    checked(desk, english, korean)


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join), st.booleans())
def test_any_pieces_are_checked(desk: Shop, text: str, whole: bool) -> None:
    begun = "---\ntitle: x\nunit: initialization\nstatus: ready\n---\n" if whole else ""
    checked(desk, begun + text, text)


@settings(deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), PIECES | st.text(max_size=5), st.booleans())
def test_any_mutation_of_a_card_is_checked(
    desk: Shop, start: int, cut: int, put: str, korean: bool
) -> None:
    if korean:
        checked(desk, TEXT, KOREAN[:start] + put + KOREAN[start + cut :])
    else:
        checked(desk, TEXT[:start] + put + TEXT[start + cut :], KOREAN)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, text: str):
    root = tmp_path_factory.mktemp("written")
    texts, problems = as_read(CARD, {"en": text, "ko": KOREAN})
    assert ("en" in texts) == (not problems)
    assert as_read(CARD, texts) == (texts, ())
    write_card(root, CARD, texts)
    for language, name in (("en", "card.md"), ("ko", "card.ko.md")):
        if language in texts:
            file = root / "cards" / CARD / name
            assert decode(file.read_bytes(), name) == texts[language]


def draft(body: str) -> str:
    return f"---\ntitle: x\nunit: initialization\nstatus: draft\n---\n{body}"


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), ANY, max_size=4))
def test_what_is_exported_and_imported_into_a_new_database_has_the_same_texts(
    tmp_path_factory: pytest.TempPathFactory, bodies: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("round")
    for name, text in (("course.toml", COURSE), ("sources.toml", SOURCES)):
        write_file(root / name, text)
    with open_store(None, root / "first") as store:
        shop = Shop(root, store, open_workshop(root, store))
        for card, body in bodies.items():
            texts = {"en": draft(body), "ko": body}
            saved = shop.editor.save(MINA, card, None, texts, NOW, renames={})
            assert isinstance(saved, Saved | Refused)
        before = texts_of(store)
        export(store.revisions, root / "out", force=True)
    for name, text in (("course.toml", COURSE), ("sources.toml", SOURCES)):
        write_file(root / "out" / name, text)
    with open_store(None, root / "second") as store:
        Shop(root, store, open_workshop(root / "out", store)).course()
        assert texts_of(store) == before


def texts_of(store: Store) -> dict[str, dict[str, str]]:
    return {
        h.card: dict(store.revisions.texts(h.newest)) for h in store.revisions.heads() if h.newest
    }


# -- what no file can hold ----------------------------------------------------------------------


@pytest.mark.parametrize("bad", ["\0", "\ud800", "\x1b[2J", "x" * LARGEST_FILE])
@pytest.mark.parametrize("status", ["ready", "draft"])
def test_what_no_file_can_hold_is_refused_and_kept_as_a_draft(shop, bad, status):
    text = TEXT.replace("status: ready", f"status: {status}") + bad
    base = shop.editor.open(MINA, CARD).base.id
    shop.editor.keep_draft(MINA, CARD, base, {"en": text}, shop.now)
    result = shop.editor.save(MINA, CARD, base, {"en": text, "ko": KOREAN}, shop.now)
    assert isinstance(result, Refused)
    assert result.problems[0].code in ("control-character", "encoding", "file-size")
    assert shop.editor.open(MINA, CARD).draft is not None
    assert shop.file() == TEXT
    assert len(shop.editor.history(MINA, CARD)) == 1


@pytest.mark.parametrize(
    "text", [TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r"), "\ufeff\ufeff" + TEXT]
)
def test_line_ends_and_marks_of_other_systems_are_saved_as_a_file_holds_them(shop, text):
    shop.save(text.replace("Keep the variance.", "Keep it."))
    assert shop.file() == TEXT.replace("Keep the variance.", "Keep it.")
    shop.course()
    assert [r.origin for r in shop.editor.history(MINA, CARD)] == ["app", "file"]
