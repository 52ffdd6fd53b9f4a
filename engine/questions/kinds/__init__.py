"""The kinds of question: one module each, with the same four functions."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from engine.questions.kinds import choice, claim, estimate, number, order, several

KINDS: Mapping[str, ModuleType] = {
    "number": number,
    "choice": choice,
    "several": several,
    "order": order,
    "estimate": estimate,
    "claim": claim,
}
