"""The kinds of question: one module each, and the one table of them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.questions.kinds import choice, claim, estimate, number, order, several
from engine.questions.kinds.kind import Kind

#: By name, in the order in which they are offered.
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        number.KIND,
        choice.KIND,
        several.KIND,
        order.KIND,
        estimate.KIND,
        claim.KIND,
    )
}
