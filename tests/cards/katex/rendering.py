"""The very code that shows formulas in Streamlit, run in a browser: its rehype-katex chunk."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import streamlit
from playwright.sync_api import Page, Route

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
_ADDRESS = "http://katex.test/"

#: What came of each formula: null if it was shown, else KaTeX's words. A command that KaTeX may
#: not carry out is shown in red without a word.
_SHOW = """async ([chunk, formulas]) => {
    const {default: rehypeKatex} = await import(chunk);
    const show = rehypeKatex();
    return formulas.map(([formula, display]) => {
        const code = {
            type: "element", tagName: "code", children: [{type: "text", value: formula}],
            properties: {className: ["language-math", display ? "math-display" : "math-inline"]},
        };
        const tree = {type: "root", children: [code]}, words = [];
        show(tree, {message: (text, {cause}) => words.push(String(cause))});
        if (words.length) { return words[0]; }
        return JSON.stringify(tree).includes("#cc0000") ? "in red" : null;
    });
}"""


def chunk() -> Path:
    """The one script of Streamlit's that is its rehype-katex."""
    (found,) = SCRIPTS.glob("rehype-katex.*.js")
    return found


def version() -> str:
    """The version of KaTeX inside it."""
    found = re.search(r'version:[`"\']([0-9.]+)[`"\']', chunk().read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


def show(page: Page, formulas: Sequence[tuple[str, bool]]) -> list[str | None]:
    """What Streamlit's KaTeX says of (formula, display) each; None where it is shown."""
    page.route(f"{_ADDRESS}**", _serve)
    page.goto(_ADDRESS)
    found: list[str | None] = json.loads(
        json.dumps(page.evaluate(_SHOW, [f"{_ADDRESS}{chunk().name}", list(formulas)]))
    )
    return found


def _serve(route: Route) -> None:
    name = route.request.url.removeprefix(_ADDRESS)
    if not name:
        route.fulfill(body="<!doctype html><title>KaTeX</title>", content_type="text/html")
    else:
        route.fulfill(path=SCRIPTS / Path(name).name, content_type="text/javascript")
