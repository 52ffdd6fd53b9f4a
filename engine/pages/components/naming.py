"""Names in words for controls whose label holds a formula.

What stands inside a button, a radio or a checkbox is read out as text alone: MathML has none, so
“1) η = 0.55” was “1)”. The browser reads the formula and says it in these words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.components.v2 import component

from engine.i18n import Message, Translator, say

SCRIPT = Path(__file__).with_name("naming.js").read_text(encoding="utf-8")
_namer: Any = component("simcards_naming", js=SCRIPT)

#: Signs and letters, and what they are called.
SIGNS: Mapping[str, Message] = {
    "=": say("equals"),
    "≠": say("is not equal to"),
    "≈": say("is about"),
    "∼": say("is distributed as"),
    "∝": say("is proportional to"),
    "<": say("is less than"),
    ">": say("is greater than"),
    "≤": say("is at most"),
    "≥": say("is at least"),
    "≪": say("is much less than"),
    "≫": say("is much greater than"),
    "+": say("plus"),
    "−": say("minus"),
    "±": say("plus or minus"),
    "⋅": say("times"),
    "×": say("times"),
    "⊙": say("elementwise times"),
    "/": say("divided by"),
    "→": say("goes to"),
    "∈": say("in the set"),
    "∞": say("infinity"),
    "∂": say("partial"),
    "∇": say("nabla"),
    "∑": say("sum"),
    "∏": say("product"),
    "∫": say("integral"),
    "√": say("square root"),
    "…": say("and so on"),
    "α": say("alpha"),
    "β": say("beta"),
    "γ": say("gamma"),
    "δ": say("delta"),
    "Δ": say("capital delta"),
    "ϵ": say("epsilon"),
    "ε": say("epsilon"),
    "ζ": say("zeta"),
    "η": say("eta"),
    "θ": say("theta"),
    "Θ": say("capital theta"),
    "κ": say("kappa"),
    "λ": say("lambda"),
    "μ": say("mu"),
    "ν": say("nu"),
    "ξ": say("xi"),
    "π": say("pi"),
    "ρ": say("rho"),
    "σ": say("sigma"),
    "Σ": say("capital sigma"),
    "τ": say("tau"),
    "ϕ": say("phi"),
    "φ": say("phi"),
    "Φ": say("capital phi"),
    "χ": say("chi"),
    "ψ": say("psi"),
    "ω": say("omega"),
    "Ω": say("capital omega"),
}
#: What is put together: the parts stand in braces.
FORMS: Mapping[str, Message] = {
    "over": say("{upper} over {lower}"),
    "root": say("the square root of {inner}"),
    "sub": say("{base} sub {index}"),
    "power": say("{base} to the power of {index}"),
    "2": say("{base} squared"),
    "3": say("{base} cubed"),
    "⊤": say("{base} transposed"),
    "′": say("{base} prime"),
    "^": say("{base} hat"),
    "~": say("{base} tilde"),
    "ˉ": say("{base} bar"),
    "∥": say("the norm of {inner}"),
    "∣": say("the absolute value of {inner}"),
}


def name_formulas(translate: Translator) -> None:
    """Puts the namer on the page; once a run."""
    _namer(key="naming", data=_words(translate.language), height=0)


@cache
def _words(language: str) -> dict[str, dict[str, str]]:
    translate = Translator(language)
    return {
        "signs": {sign: translate(words) for sign, words in SIGNS.items()},
        "forms": {form: translate(words) for form, words in FORMS.items()},
    }
