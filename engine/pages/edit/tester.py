"""A question over many draws: what its answers are, what was rejected, how near wrong ways come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import streamlit as st
from altair.utils.schemapi import debug_mode

from engine import questions
from engine.authoring import MOST_SEEDS, Danger, Tryout, telling_seeds, try_out, with_require
from engine.charts import answer_counts, answer_histogram, describe, describe_values, themed
from engine.course import Checked, texts_digest
from engine.i18n import DEFAULT_LANGUAGE, Message, say, say_count
from engine.pages import clock
from engine.pages import session as sessions
from engine.pages.edit.source import LEVELS, words_of
from engine.pages.edit.state import VIEW, EditorState
from engine.pages.formatting import percent
from engine.pages.guard import guarded_click
from engine.pages.session import Session

ITEM = "edit-test-item"


def tester(session: Session, state: EditorState, checked: Checked) -> None:
    """Picks a question, draws it many times, and says what came of it."""
    translate = session.translate
    items = [id for id in checked.items if f"{state.card}/{id}" in checked.templates]
    if not items:
        st.info(
            translate(say("There is no question to draw: the card has none, or each has an error."))
        )
        return
    broken = [q.id for q in checked.card.questions if q.id not in items] if checked.card else []
    if broken:
        st.warning(
            translate(
                say(
                    "These cannot be drawn until their errors are gone: {items}",
                    items=", ".join(broken),
                )
            )
        )
    shown = state.part
    if st.session_state.get(ITEM) not in items:
        st.session_state[ITEM] = shown if shown in items else items[0]
    item = st.selectbox(translate(say("Question")), items, key=ITEM)
    trial = _trial(session, state, checked, item)
    _summary(session, trial)
    left, right = st.columns(2, gap="medium")
    with left:
        _answers(session, trial)
        _rejected(session, trial)
    with right:
        _wrong_ways(session, state, trial)
        _samples(session, trial)
    _seeds(session, state, item, trial)


def _trial(session: Session, state: EditorState, checked: Checked, item: str) -> Tryout:
    """The draws of a question as it is typed now; made once."""
    key = texts_digest(state.card, state.texts), item
    if state.trial is not None and state.trial[0] == key:
        return state.trial[1]
    label = session.translate(say("Drawing…"))
    bar = st.progress(0.0, label)
    last = 0.0

    def progress(share: float) -> None:
        nonlocal last
        if share - last >= 0.05 or share >= 1:
            last = share
            bar.progress(min(share, 1.0), label)

    trial = try_out(checked.templates[f"{state.card}/{item}"], clock.ticks, progress)
    bar.empty()
    state.trial = key, trial
    return trial


def _summary(session: Session, trial: Tryout) -> None:
    translate = session.translate
    report = trial.report
    with st.container(horizontal=True, key="edit-test-counts"):
        st.metric(translate(say("Draws")), report.seeds)
        st.metric(translate(say("Distinct variants")), report.variants)
        st.metric(translate(say("Rejected draws")), sum(report.rejected.values()))
        st.metric(translate(say("Problems")), len(report.problems))
    if trial.slow:
        st.caption(
            translate(
                say(
                    "The simulation behind this question is slow, so it was drawn {seeds} times "
                    "instead of {asked}.",
                    seeds=report.seeds,
                    asked=trial.asked,
                )
            )
        )


def _answers(session: Session, trial: Tryout) -> None:
    """How the right answers are spread."""
    if not trial.variants:
        return
    translate = session.translate
    st.markdown(f"**{translate(say('Right answers'))}**")
    # Altair's own check of every part takes longer than the chart; the tests make it.
    with debug_mode(False):
        if trial.values:
            chart: Any = answer_histogram(trial.values, translate)
            text = translate(describe_values(trial.values))
        else:
            chart = answer_counts(trial.counts, translate)
            text = translate(describe(trial.counts))
        drawn = themed(chart, sessions.theme())
    st.vega_lite_chart(
        drawn, key=f"edit-answers-{trial.template.item}", width="stretch", theme=None, alt=text
    )
    st.caption(text)


def _rejected(session: Session, trial: Tryout) -> None:
    translate = session.translate
    rejected = trial.report.rejected
    if not rejected:
        return
    st.markdown(f"**{translate(say('Rejected, and why'))}**")
    rows = rejected.most_common(20)
    st.dataframe(
        pd.DataFrame(
            {
                translate(say("What did not hold")): [
                    translate(rejected.messages[why]) for why, _ in rows
                ],
                translate(say("Times")): [times for _, times in rows],
            }
        ),
        hide_index=True,
        width="stretch",
    )


def _wrong_ways(session: Session, state: EditorState, trial: Tryout) -> None:
    translate = session.translate
    st.markdown(f"**{translate(say('Wrong methods'))}**")
    measured = trial.template.logic.measured
    if measured is not None and trial.distances:
        st.dataframe(
            pd.DataFrame(
                {
                    translate(say("Misconception")): [d.misconception for d in trial.distances],
                    translate(say("Nearest to the answer")): [
                        percent_of(d.share) for d in trial.distances
                    ],
                    translate(say("Seed")): [d.seed for d in trial.distances],
                }
            ),
            hide_index=True,
            width="stretch",
        )
        st.caption(translate(measured.nearest))
    if not trial.dangers:
        st.success(
            translate(say("No wrong method passes or comes near in any of these draws.")),
            icon=":material/check_circle:",
        )
    for number, danger in enumerate(trial.dangers):
        _danger(session, state, trial, number, danger)


def percent_of(share: float) -> str:
    """A share as people read it; a large one as a multiple."""
    if share >= 10:
        return f"×{share:.2g}" if share < 1e6 else "> ×10⁶"
    return percent(share) if share >= 0.1 else f"{100 * share:.2g}%"


def _danger(
    session: Session, state: EditorState, trial: Tryout, number: int, danger: Danger
) -> None:
    translate = session.translate
    with st.container(border=True, key=f"edit-danger-{number}", gap="xsmall"):
        st.markdown(f"`{danger.misconception}`")
        for message in _danger_words(trial, danger):
            st.markdown(translate(message))
        if danger.require is None:
            return
        st.caption(
            translate(
                say(
                    "With this condition {share} of the draws remain:",
                    share=percent(danger.keeps),
                )
            )
        )
        st.code(f"require: {danger.require}", language=None, wrap_lines=True)
        st.button(
            translate(say("Put it into the question")),
            key=f"edit-require-{number}",
            on_click=_put_require,
            args=(state, trial, danger.require),
        )


def _danger_words(trial: Tryout, danger: Danger) -> Iterator[Message]:
    """In which draws a wrong method is right, or nearly."""
    passing, near = danger.passing, danger.near
    if passing and (trial.distances or danger.require is not None):
        yield say_count(
            "It would pass in {count} draw, rejected for it: seed {seeds}",
            "It would pass in {count} draws, rejected for it: seeds {seeds}",
            len(passing),
            seeds=_some(passing),
        )
    elif passing:
        yield say_count(
            "It leads to the right answer in {count} draw: seed {seeds}",
            "It leads to the right answer in {count} draws: seeds {seeds}",
            len(passing),
            seeds=_some(passing),
        )
    if near:
        yield say_count(
            "It comes near the right answer in {count} draw: seed {seeds}",
            "It comes near the right answer in {count} draws: seeds {seeds}",
            len(near),
            seeds=_some(near),
        )


def _some(seeds: tuple[int, ...]) -> str:
    more = "…" if len(seeds) > MOST_SEEDS else ""
    return ", ".join(map(str, seeds[:MOST_SEEDS])) + more


@guarded_click
def _put_require(state: EditorState, trial: Tryout, condition: str) -> None:
    english = state.texts.get(DEFAULT_LANGUAGE, "")
    changed = with_require(english, trial.template.question, condition)
    if changed is None:
        state.notice = say(
            "This block is written in a way that no line can be added to. Put it in by hand."
        )
        return
    state.replace_texts({**state.texts, DEFAULT_LANGUAGE: changed})
    state.notice = say("“require:” is in the question now. It is not saved yet.")


def _samples(session: Session, trial: Tryout) -> None:
    """The engine's own check: every sample graded, texts filled, keys that can be learned."""
    translate = session.translate
    report = trial.report
    st.markdown(f"**{translate(say('Its own samples, graded'))}**")
    if not report.problems:
        graded = sum(1 for v in trial.variants.values() for _ in questions.samples(v))
        st.success(
            translate(
                say(
                    "{count} answers were graded, right, wrong and unreadable; each got its due.",
                    count=graded,
                )
            ),
            icon=":material/check_circle:",
        )
    for problem in report.problems:
        st.text(f"{translate(LEVELS[problem.level][0])}: {words_of(session, problem)}")


def _seeds(session: Session, state: EditorState, item: str, trial: Tryout) -> None:
    """Any of the draws, opened in the preview."""
    translate = session.translate
    if not trial.variants:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="edit-test-seeds"):
        seed = st.number_input(
            translate(say("Seed")),
            min_value=0,
            max_value=questions.LARGEST_SEED,
            step=1,
            key="edit-test-seed",
            width=160,
        )
        st.button(
            translate(say("Open it in the preview")),
            key="edit-test-open",
            on_click=_open,
            args=(state, item, int(seed)),
        )
        telling = telling_seeds(trial)[:6]
        if telling:
            st.caption(translate(say("Worth a look:")), width="content")
        for text in telling:
            st.button(
                f"{text}",
                key=f"edit-test-open-{text}",
                on_click=_open,
                args=(state, item, text),
                type="tertiary",
                help=translate(
                    say("The smallest or largest answer, or a wrong method at its nearest")
                ),
            )


@guarded_click
def _open(state: EditorState, item: str, seed: int) -> None:
    state.show_in_preview(item, seed)
    st.session_state[VIEW] = "write"
