"""A card's revisions: who, when, why; the difference between any two; any of them back again."""

from __future__ import annotations

import html

import streamlit as st

from engine.course import Change, word_diff
from engine.i18n import LANGUAGES, Message, say
from engine.pages.edit.state import EditorState, current_author, current_editor
from engine.pages.formatting import moment
from engine.pages.guard import guarded_click
from engine.pages.session import Session
from engine.storage import Revision

ORIGINS: dict[str, Message] = {
    "app": say("in the app"),
    "file": say("by file"),
    "restore": say("restored"),
    "merge": say("merged"),
    "import": say("imported"),
}
#: Unchanged text longer than this is shortened in a diff.
CONTEXT = 240


def history(session: Session, state: EditorState) -> None:
    """The list, and the difference between the two picked."""
    translate = session.translate
    revisions = state.history()
    if not revisions:
        st.info(translate(say("Nothing is saved yet.")))
        return
    by_id = {revision.id: revision for revision in revisions}
    ids = list(by_id)

    names = session.study.store.learners.names(revision.author for revision in revisions)

    def label(id: int) -> str:
        return _label(session, by_id[id], names.get(by_id[id].author))

    left, right = st.columns(2)
    before = left.selectbox(
        translate(say("From")),
        ids,
        index=min(1, len(ids) - 1),
        format_func=label,
        key=f"edit-from-{state.card}",
    )
    after = right.selectbox(
        translate(say("To")), ids, index=0, format_func=label, key=f"edit-to-{state.card}"
    )
    _difference(session, before, after)
    st.button(
        translate(say("Bring revision {number} back", number=before)),
        key="edit-restore",
        disabled=state.changed or before == ids[0],
        on_click=_restore,
        args=(state, before),
        help=translate(say("It becomes a new revision; nothing in between is lost.")),
    )
    st.markdown(f"**{translate(say('All revisions'))}**")
    for revision in revisions:
        st.text(label(revision.id))


def _label(session: Session, revision: Revision, name: str | None) -> str:
    note = f" · {revision.note}" if revision.note else ""
    origin = session.translate(ORIGINS[revision.origin])
    who = "" if revision.author == revision.origin else f" {revision.author}"
    if name is not None:  # anybody may take any name, so never without the id
        who = f" {name} ({revision.author})"
    return f"#{revision.id}{who} · {origin} · {moment(revision.at, session.person)}{note}"


def _difference(session: Session, before: int, after: int) -> None:
    texts = [current_editor().texts(current_author(), id) for id in (before, after)]
    same = True
    for language in {**texts[0], **texts[1]}:
        old, new = (text.get(language, "") for text in texts)
        if old == new:
            continue
        same = False
        st.caption(LANGUAGES.get(language, language))
        st.html(diff_html(word_diff(old, new)))
    if same:
        st.caption(session.translate(say("The two are the same.")))


def diff_html(changes: list[Change]) -> str:
    """A word diff as HTML; every text in it is escaped."""
    parts = []
    for place, change in enumerate(changes):
        text = change.text
        if change.kind == "same":
            text = _shortened(text, first=place == 0, last=place == len(changes) - 1)
            parts.append(html.escape(text))
        else:
            tag = "del" if change.kind == "removed" else "ins"
            parts.append(f"<{tag}>{html.escape(text)}</{tag}>")
    return f'<pre class="diff">{"".join(parts)}</pre>'


def _shortened(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * CONTEXT:
        return text
    head = "" if first else text[:CONTEXT]
    tail = "" if last else text[-CONTEXT:]
    return f"{head}\n ⋯ \n{tail}"


@guarded_click
def _restore(state: EditorState, revision: int) -> None:
    state.restore(revision)
