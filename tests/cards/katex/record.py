"""Records what Streamlit's KaTeX says of the corpus: `python -m tests.cards.katex.record`.

Needs a Chromium. The corpus is odd.py and the formulas of the cards with a sign or two changed.
Run it again after odd.py changes or Streamlit ships another KaTeX (then tables.mjs first).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import sync_playwright

from engine.content.lints.maths import find_maths
from tests.cards.katex.odd import DISPLAY, INLINE, LINES
from tests.cards.katex.rendering import show, version
from tests.chromium import ARGUMENTS, find_chromium

CONTENT = Path(__file__).resolve().parents[3] / "content"
CORPUS = Path(__file__).with_name("corpus.json")
CHANGED = 1200
_SIGNS = ["{", "}", "_", "^", "&", "$", "\\", "%", "'", "\\left(", "\\right)", "#", "~", "2", "a"]
_SIGNS += ["\\frac", "\\sqrt", "\\text{", "\\\\", "|", "[", "]", "가", "²", "\\limits", "\\over"]


def _of_the_cards() -> list[tuple[str, bool]]:
    found: set[tuple[str, bool]] = set()
    for path in sorted(CONTENT.glob("cards/*/*.md")):
        text = path.read_text(encoding="utf-8")
        for formula in find_maths(text).formulas:
            found.add((text[formula.start : formula.end], formula.display))
    return sorted(found)


def _changed(
    formulas: list[tuple[str, bool]], rng: random.Random, many: int
) -> Iterable[tuple[str, bool]]:
    """Formulas with one or two signs left out, put in, or put in another's place."""
    for _ in range(many):
        text, display = rng.choice(formulas)
        for _ in range(rng.choice((1, 1, 2))):
            at = rng.randrange(len(text)) if text else 0
            change = rng.random()
            gone = 0 if change < 0.4 else 1
            text = text[:at] + ("" if change > 0.7 else rng.choice(_SIGNS)) + text[at + gone :]
        yield text, display if rng.random() < 0.9 else not display


def corpus(changed: int = CHANGED) -> list[tuple[str, bool]]:
    """The formulas, (formula, display), each once."""
    own = _of_the_cards()
    more = _changed(own, random.Random(9), changed)
    return list(
        dict.fromkeys(
            [
                *((text, False) for text in INLINE),
                *((text, True) for text in DISPLAY),
                *((text, display) for text in LINES for display in (False, True)),
                *more,
            ]
        )
    )


def main() -> None:
    """Writes corpus.json."""
    formulas = corpus()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        said = show(browser.new_page(), formulas)
        browser.close()
    rows = [
        json.dumps([text, display, why and why[:90]], ensure_ascii=False)
        for (text, display), why in zip(formulas, said, strict=True)
    ]
    told = ",\n".join(rows)
    CORPUS.write_text(f'{{"katex": "{version()}", "formulas": [\n{told}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
