"""The checker of formulas beside the KaTeX that Streamlit ships, live."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from engine.configuration import content_folder
from engine.content.katex import fault_in
from engine.content.katex.expander import DEFINING
from engine.content.katex.tables import ENVIRONMENTS, FUNCTIONS, MACROS, SYMBOLS
from engine.content.lints.maths import find_maths
from engine.course import ContentReader, compile_card
from engine.questions import draw
from engine.questions.checking.formulas import texts_of
from engine.questions.texts import known_to
from tests.cards.katex.record import CORPUS, corpus
from tests.cards.katex.rendering import show

pytestmark = pytest.mark.browser
SEEDS = 5
#: Of a debugging command and of one that defines another inside, in five places that nobody writes.
MOST_APART = 5
#: What stands for a command in a formula that tries it.
_FORMS = (
    "{}",
    "{}{a}",
    "{}{a}{b}",
    "x_{}",
    "x^{} a",
    r"\text{{}}",
    r"\text{{}{a}}",
    r"\sqrt{}",
    r"\left{} x\right.",
    "{}_a^b",
    r"{}\limits_a",
    r"\begin{matrix}{} & a\end{matrix}",
    "{{} 1em}",
    "{}[a]{b}",
    r"\frac {} {}",
)


def _said(chromium: Browser, formulas: list[tuple[str, bool]]) -> list[str | None]:
    page = chromium.new_page()
    try:
        return show(page, formulas)
    finally:
        page.close()


def _apart(chromium: Browser, formulas: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Those of which KaTeX and the checker say different things."""
    return [
        (text, display)
        for (text, display), why in zip(formulas, _said(chromium, formulas), strict=True)
        if (fault_in(text, display=display) is None) != (why is None)
    ]


def test_the_record_is_what_katex_says(chromium: Browser) -> None:
    rows = json.loads(Path(CORPUS).read_text(encoding="utf-8"))["formulas"]
    said = _said(chromium, [(text, display) for text, display, _ in rows])
    assert [why and why[:90] for why in said] == [why for *_, why in rows]


def test_the_corpus_is_recorded() -> None:
    rows = json.loads(Path(CORPUS).read_text(encoding="utf-8"))["formulas"]
    assert {(text, display) for text, display, _ in rows} >= set(corpus(changed=0))


def test_every_command_of_katex_is_read_alike_in_fifteen_places(chromium: Browser) -> None:
    commands = {*FUNCTIONS, *MACROS, *SYMBOLS["math"], *SYMBOLS["text"]} - DEFINING
    tried = [(form.replace("{}", name), False) for name in sorted(commands) for form in _FORMS]
    tried += [
        (rf"\begin{{{name}}}{given} a & b \\ c \end{{{name}}}", display)
        for name in ENVIRONMENTS
        for given in ("", "{c}", "{cc}", "{2}", "[t]")
        for display in (False, True)
    ]
    assert len(tried) > 30_000
    apart = _apart(chromium, tried)
    assert len(apart) <= MOST_APART, apart


def test_every_formula_of_the_course_is_shown(chromium: Browser) -> None:
    formulas: dict[tuple[str, bool], str] = {}

    def add(where: str, text: str) -> None:
        for formula in find_maths(text).formulas:
            formulas.setdefault((text[formula.start : formula.end], formula.display), where)

    for card in ContentReader(content_folder()).read().cards.values():
        for words in (
            card.title,
            card.prose,
            *(s for f in card.flashcards for s in (f.front, f.back)),
        ):
            for language, text in words.items():
                add(f"{card.id} ({language})", text)
        for item, template in compile_card(card)[0].items():
            for seed in range(SEEDS if not template.needs_outcome else 1):
                known = known_to(draw(template, seed), None)
                for (language, slot), text in texts_of(template):
                    if text.names <= known.keys():
                        add(f"{item}, seed {seed} ({language}, {slot})", text.fill(known))
    tried = list(formulas)
    assert len(tried) > 1500
    red = {
        formulas[f]: (f, why) for f, why in zip(tried, _said(chromium, tried), strict=True) if why
    }
    assert red == {}
    assert [f for f in tried if fault_in(f[0], display=f[1]) is not None] == []
