"""What a learner will see of a card that is being written, with any numbers, in either language."""

from __future__ import annotations

import streamlit as st

from engine import questions
from engine.authoring import Checked
from engine.cards import Card
from engine.pages import clock, reveal
from engine.pages.desk import Desk
from engine.pages.guard import guarded_click
from engine.pages.visit import Visit
from engine.questions import Malformed, Template, Variant
from engine.words import LANGUAGES, in_language, plain, say

PROSE = ""
SEED = "edit-seed"


def preview(visit: Visit, mine: Desk, checked: Checked) -> None:
    """The prose or one item, as it will look."""
    translate = visit.translate
    st.markdown(f"**{translate(say('What learners see'))}**")
    card = checked.card
    if card is None:
        st.info(
            translate(say("There is nothing to see until the errors in the English file are gone."))
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = st.selectbox(
            translate(say("Part")),
            [PROSE, *card.order],
            format_func=lambda id: id or translate(say("The text")),
            key=f"edit-part-{mine.card}",
        )
        language = st.segmented_control(
            translate(say("Language")),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            default=mine.file if mine.file in LANGUAGES else "en",
            required=True,
            key=f"edit-language-{mine.file}",
        )
    with st.container(border=True, key="preview"):
        _part(visit, mine, checked, card, shown, language)


def _part(
    visit: Visit, mine: Desk, checked: Checked, card: Card, shown: str, language: str
) -> None:
    if shown == PROSE:
        st.subheader(in_language(card.title, language), anchor=False)
        st.markdown(in_language(card.prose, language))
        return
    flashcard = next((f for f in card.flashcards if f.id == shown), None)
    if flashcard is not None:
        st.markdown(in_language(flashcard.front, language))
        st.divider()
        st.markdown(in_language(flashcard.back, language))
        return
    template = checked.templates.get(f"{mine.card}/{shown}")
    if template is None:
        st.info(visit.translate(say("This question cannot be drawn until its errors are gone.")))
        return
    _question(visit, template, language)


def _question(visit: Visit, template: Template, language: str) -> None:
    """A drawn question to answer for real; nobody's schedule is touched."""
    translate = visit.translate
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = int(
            st.number_input(
                translate(say("Seed")),
                min_value=0,
                max_value=questions.LARGEST_SEED,
                step=1,
                key=SEED,
            )
        )
        st.button(translate(say("Other numbers")), key="edit-other", on_click=_other)
    try:
        variant = questions.draw(template, seed, language)
    except questions.DrawError as error:
        st.error(translate(error.message), icon="❌")
        return
    st.markdown(variant.prompt)
    for number, option in enumerate(variant.options, 1):
        st.markdown(f"{number}) {option.text}")
    for hint in questions.hints(template, variant, language):
        with st.expander(translate(say("Hint"))):
            st.markdown(hint)
    answer = st.text_input(
        translate(say("Try it: a number, or the numbers of options")),
        key=f"edit-answer-{template.item}-{seed}",
        autocomplete="off",
    )
    if answer:
        _graded(visit, template, variant, answer)


@guarded_click
def _other() -> None:
    st.session_state[SEED] = clock.fresh_seed()


def _graded(visit: Visit, template: Template, variant: Variant, answer: str) -> None:
    """What a learner would be told."""
    translate = visit.translate
    response = questions.parse(variant, answer)
    if isinstance(response, Malformed):
        st.warning(plain(translate(response.why)), icon="✏️")
        return
    grade = questions.grade(variant, response)
    outcome = questions.simulate(template, variant)
    if grade.verdict == "correct":
        st.success(translate(say("Correct.")), icon="✅")
    else:
        st.error(
            f"{translate(say('Not right.'))} {grade.misconception or grade.verdict}", icon="❌"
        )
    if grade.misconception:
        told = questions.feedback(template, variant, grade.misconception, variant.language, outcome)
        st.markdown(told or "")
    right = variant.answer_text or questions.response_text(variant, variant.answer)
    st.markdown(translate(say("Right answer: **{right}**", right=right)))
    st.markdown(questions.explanation(template, variant, variant.language, outcome) or "")
    reveal.chart(template, variant, response.value, key=f"edit-{template.item}-{variant.seed}")
