"""Whether KaTeX can show a formula, without KaTeX.

Its grammar in Python, over its own tables: what a learner would see in red is found before anybody
sees it. tests/cards/katex compares it with the KaTeX that Streamlit ships. No LaTeX parser on PyPI
(pylatexenc, latex2mathml, TexSoup) refuses what KaTeX refuses, being made to read whatever LaTeX
there is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from engine.content.katex.faults import Fault, FormulaError, NotJudged, too_much
from engine.content.katex.parser import Parser
from engine.content.katex.tables import VERSION

__all__ = ["VERSION", "Fault", "fault_in"]

#: Where digits are names or lengths, and not just digits.
_DIGITS_MATTER = re.compile(r"\\char|#|color|\{alig")
_RUN = re.compile(r"[0-9]{3,}")
#: Signs of one formula, of which a screen holds some hundred.
LONGEST = 5000


def fault_in(formula: str, *, display: bool = False) -> Fault | None:
    """Why KaTeX would show `$formula$` in red; None if it would not.

    display: it stands between two dollar signs on each side.
    """
    if len(formula) > LONGEST:
        return too_much().fault
    if _DIGITS_MATTER.search(formula) is None:
        formula = _RUN.sub("111", formula)  # numbers that are as long as this read the same
    return _fault_in(formula, display)


@lru_cache(maxsize=16_384)
def _fault_in(formula: str, display: bool) -> Fault | None:
    try:
        Parser(formula, display=display).parse()
    except FormulaError as error:
        return error.fault
    except NotJudged:
        pass
    return None
