"""axe-core on what a tab shows: what would keep somebody from reading or using it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

#: axe-core 4.14.1 as npm has it (MPL 2.0; its licences stand beside it). Used by the tests alone.
SCRIPT = Path(__file__).parent / "vendor" / "axe.min.js"
#: Rules that axe calls moderate, and that this app keeps all the same.
KEPT = frozenset({"heading-order", "page-has-heading-one", "empty-heading", "document-title"})
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] })
  return found.violations.map((v) => ({
    rule: v.id,
    impact: v.impact,
    nodes: v.nodes.map((n) => [n.target.join(" "), n.html, n.failureSummary]),
  }))
}"""
#: What is still to come or moves is measured when it has arrived.
STILL = """() =>
  document.querySelector("[data-testid=stSkeleton]") === null &&
  Array.from(document.querySelectorAll("[data-testid=stVegaLiteChart]")).every(
    (chart) => chart.querySelector("svg, canvas")
  ) &&
  document.getAnimations().every(
    (a) => a.playState !== "running" || a.effect?.getTiming().iterations === Infinity
  )"""


@dataclass(frozen=True)
class Finding:
    """One rule broken on one screen. nodes: (where, its HTML, what is wrong with it)."""

    rule: str
    impact: str
    nodes: tuple[tuple[str, str, str], ...]

    @property
    def matters(self) -> bool:
        """Whether it is serious or critical, or a lesser one that is kept all the same."""
        return self.impact in ("serious", "critical") or self.rule in KEPT

    def __str__(self) -> str:
        shown = "\n".join(f"    {html[:240]}\n      {why[:300]}" for _, html, why in self.nodes[:4])
        return f"{self.impact} {self.rule} ×{len(self.nodes)}\n{shown}"


def findings(page: Page) -> list[Finding]:
    """What axe has to say against the page as it stands, moderate and minor remarks included."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    page.wait_for_function(STILL)
    told: list[dict[str, Any]] = page.evaluate(RUN)
    return [
        Finding(f["rule"], f["impact"] or "minor", tuple((n[0], n[1], n[2]) for n in f["nodes"]))
        for f in told
    ]
