"""The words of an option as a chart can show them: without Markdown, formulas as plain signs."""

from __future__ import annotations

import re

_SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "eta": "η", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "sigma": "σ", "phi": "φ", "theta": "θ", "epsilon": "ε", "pi": "π", "partial": "∂", "sqrt": "√",
    "Vert": "‖", "times": "×", "cdot": "·", "le": "≤", "ge": "≥", "approx": "≈", "to": "→",
    "pm": "±", "infty": "∞", "in": "∈", "log": "log ", "exp": "exp ", "max": "max", "min": "min",
}  # fmt: skip
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_NAMED = re.compile(r"\\(?:mathrm|mathbf|text|operatorname|hat|bar)\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+) ?")
_RAISED = re.compile(r"\^\{?([-−]?\d+)\}?")
_LOWERED = re.compile(r"_\{?(\d)\}?")
_SUPERSCRIPTS = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MATHS = re.compile(r"\$\$?([^$]+)\$\$?")
_PIECES = re.compile(r"(`+)(.+?)\1")


def plain_text(markdown: str) -> str:
    """A card's text in plain signs; code without its marks, otherwise as it stands."""
    parts, at = [], 0
    for code in _PIECES.finditer(markdown):
        parts += [_words(markdown[at : code.start()]), code[2]]
        at = code.end()
    return "".join([*parts, _words(markdown[at:])])


def _words(text: str) -> str:
    text = _MATHS.sub(lambda formula: _formula(formula[1]), text)
    return re.sub(r"(\*\*?)(?=\S)(.+?)(?<=\S)\1", r"\2", text).replace("\\$", "$")


def _formula(text: str) -> str:
    text = _NAMED.sub(r"\1", _FRACTION.sub(r"(\1)/(\2)", text))
    text = _COMMAND.sub(
        lambda found: _SIGNS.get(found[1], found[1]), re.sub(r"\\[,;:! ]", " ", text)
    )
    text = _RAISED.sub(lambda found: found[1].translate(_SUPERSCRIPTS), text)
    text = _LOWERED.sub(lambda found: found[1].translate(_SUBSCRIPTS), text)
    text = re.sub(r"√\{([^{}]*)\}", lambda found: f"√{_grouped(found[1])}", text)
    return re.sub(r"[{}]|\\", "", text).replace("-", "−").strip()


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"[\w.]+", text) else f"({text})"
