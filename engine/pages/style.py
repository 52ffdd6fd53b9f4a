"""The few rules Streamlit's theme cannot say."""

from __future__ import annotations

import json
from functools import cache

import streamlit as st

from engine.i18n import Translator, say
from engine.pages.components.document import mark_document

CSS = """
<style>
/* Streamlit's own hint stays English; the buttons say what Enter does. */
[data-testid="InputInstructions"] { display: none; }
.st-key-unseen, .st-key-keys, .st-key-naming, [class*="st-key-fields"] {
  position: absolute; height: 0; overflow: hidden;
}
/* In the header, beside Streamlit's own menu. */
.st-key-language { position: fixed; top: 0.65rem; right: 3.5rem; width: auto; z-index: 999991; }
.st-key-language button { min-height: 2rem; }
.st-key-notices:not(:has([data-testid="stAlert"])) { display: none; }
.st-key-sure[data-armed] button { border-width: 2px; }
.st-key-sure[data-armed] button { border-color: light-dark(#0B5FA5, #4DA3E8); }
/* White on the dark theme's blue is too faint (2.7:1), and so are captions at 60 % (4.2:1). */
[data-testid="stBaseButton-primary"] { color: light-dark(#FFFFFF, #14171C); }
[data-testid="stCaptionContainer"] { opacity: 0.78; }
[data-testid="stMarkdownContainer"] blockquote, blockquote * { color: inherit; opacity: 1; }
/* An item's page has its concept for a heading, in the size of a part's. */
.st-key-heading h1 { font-size: 1.75rem; font-weight: 600; padding-top: 0; }
/* Focused by the key handler, to be where the reading goes on; nothing there to press. */
.st-key-item:focus, .st-key-asked:focus, .st-key-told:focus,
.st-key-item :is(h1, h2):focus { outline: none; }
.st-key-step-title h2 { font-size: 1.35rem; padding-top: 0; }
.st-key-reread button * { white-space: normal; text-align: left; }
/* The names of keys, where there are none. */
@media (hover: none) and (pointer: coarse) {
  :is(.st-key-item, .st-key-save) :is(button, summary):not(.st-key-options *) strong,
  .st-key-how-sure em { display: none; }
}
/* As high as a finger is wide. */
@media (pointer: coarse) {
  [data-testid="stMain"] button, [data-testid="stMain"] summary,
  [data-testid="stMain"] :is([data-testid="stRadio"], [data-testid="stCheckbox"]) label:has(input) {
    min-height: 2.75rem;
  }
  [data-testid="stMain"] :is([data-testid="stRadio"], [data-testid="stCheckbox"]) label:has(input) {
    align-items: center;
  }
  /* A table's tools, as high as that, stand above its headers and below what is before it. */
  [data-testid="stElementContainer"]:has([data-testid="stDataFrame"]) { padding-top: 3.25rem; }
  [data-testid="stDataFrame"] [data-testid="stElementToolbar"],
  [data-testid="stDataFrame"] [data-testid="stElementToolbarButtonContainer"] { padding: 0; }
}
.st-key-item .katex-display { overflow-x: auto; overflow-y: hidden; }
.st-key-options label { width: 100%; }
/* Options to rank: one a line, never cut off. */
.st-key-options [role="toolbar"] { flex-direction: column; }
.st-key-options [data-variant="pills"] { justify-content: flex-start; height: auto; }
.st-key-options [data-variant="pills"] > div { width: 100%; justify-content: flex-start; }
.st-key-options [data-variant="pills"] { border-radius: 0.6rem; padding: 0.4rem 0.9rem; }
/* A formula keeps its own rules: its glyphs would stand one above the other. */
.st-key-options [data-variant="pills"] :not(.katex *) { white-space: normal; text-align: left; }
/* Source and differences are read letter by letter. */
.st-key-source textarea { font-family: monospace; font-size: 0.85rem; line-height: 1.45; }
.simcards-writing { display: block; font-size: 0.875rem; }
.simcards-writing textarea {
  display: block; width: 100%; height: 33rem; box-sizing: border-box; margin-top: 0.25rem;
  padding: 0.75rem; resize: vertical; color: var(--st-text-color);
  background: var(--st-secondary-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
}
.simcards-writing textarea:focus { outline: 2px solid var(--st-primary-color); }
.simcards-offer:not(:empty) {
  display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; font-size: 0.875rem;
  padding: 0.6rem 0.75rem; margin-bottom: 0.5rem; border: 1px solid var(--st-border-color);
  border-left: 4px solid var(--st-primary-color); border-radius: var(--st-base-radius);
}
.simcards-offer button {
  font: inherit; color: var(--st-text-color); background: var(--st-background-color);
  min-height: 2.25rem; padding: 0.2rem 0.75rem; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
}
/* Shown while the field holds what the server has not heard. */
[data-simcards-pending] .st-key-edit-all-saved > * { display: none; }
[data-simcards-pending] .st-key-edit-all-saved::after { content: "…"; }
pre.diff { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.85rem; }
pre.diff ins { background: rgba(0, 158, 115, 0.25); text-decoration: underline; }
pre.diff del { background: rgba(213, 94, 0, 0.22); text-decoration: line-through; }
/* A link that is longer than a phone is wide goes on in a second line. */
[data-testid="stPageLink"] a, [data-testid="stPageLink"] a :not(.katex *) {
  white-space: normal; height: auto;
}
/* A table that is wider than a phone scrolls by itself, and so does a formula. A shadow lies on the
   edge behind which it goes on: what moves with the table hides it where there is no more. */
[data-testid="stMarkdownContainer"] table { display: block; max-width: 100%; overflow-x: auto; }
[data-testid="stMarkdownContainer"] table, .st-key-item .katex-display {
  --ground: light-dark(#FFFFFF, #14171C);
  --edge: light-dark(rgba(31, 36, 48, 0.35), rgba(241, 243, 246, 0.4));
  background:
    linear-gradient(to right, var(--ground) 40%, transparent) 0 0 / 2rem 100% no-repeat local,
    linear-gradient(to left, var(--ground) 40%, transparent) 100% 0 / 2rem 100% no-repeat local,
    linear-gradient(to right, var(--edge), transparent) 0 0 / 0.6rem 100% no-repeat scroll,
    linear-gradient(to left, var(--edge), transparent) 100% 0 / 0.6rem 100% no-repeat scroll;
}
/* Korean breaks between words, not inside them. */
:lang(ko) :is(p, li, label, h1, h2, h3, th, td, summary, button) {
  word-break: keep-all; overflow-wrap: anywhere;
}
:lang(ko) :is(th, td) { overflow-wrap: break-word; }
/* A formula's last box would be parted from the particle or the full stop behind it. A word joiner
   in what is hidden from readers of the screen is no part of the text; it holds where the line may
   not be broken before it, as it must be in formulas of many boxes. */
.katex-html::after { content: "\\2060"; }
.katex-html:not(:has(> .base:nth-child(3))) { white-space: nowrap; }
.katex-display .katex-html::after { content: none; }
.st-key-sure button *, .st-key-rate button * { white-space: normal; }
@media (max-width: 640px) {
  .st-key-sure > div, .st-key-rate > div { flex: 1 1 40%; }
  .st-key-sure button, .st-key-rate button { width: 100%; min-height: 3rem; }
  .block-container { padding-left: 1rem; padding-right: 1rem; }
}
</style>
"""


#: Said where Streamlit would open a dialog over the page, see engine/serving/host_config.py.
AWAY = say("No connection to the server. Go on: what you type is kept and handed over after it.")
_AWAY = """[data-testid="stApp"]:is([data-test-connection-state="PINGING_SERVER"],
    [data-test-connection-state="CONNECTING"])::after {
  content: WORDS; position: fixed; bottom: 1rem; left: 50%; transform: translateX(-50%);
  z-index: 999992; width: max-content; max-width: calc(100vw - 2rem); box-sizing: border-box;
  padding: 0.6rem 1rem; border-radius: var(--st-base-radius); font-size: 0.9rem;
  color: var(--st-background-color); background: var(--st-text-color);
  animation: simcards-away 0.3s 1.5s backwards;
}
@keyframes simcards-away { from { opacity: 0; } }
"""


NAME = "Simcards"


def entitle(title: str) -> None:
    """Names the page in the browser's tab; also what a screen reader says first of it."""
    st.set_page_config(page_title=f"{title} · {NAME}")


@cache
def _rules(language: str) -> str:
    # A string of JSON is one of CSS as well, as long as no "<" ends the element.
    words = json.dumps(Translator(language)(AWAY), ensure_ascii=False)
    return CSS.replace("</style>", _AWAY.replace("WORDS", words) + "</style>")


def apply(language: str) -> None:
    """Adds the rules, and tells the browser which language the page is in."""
    st.html(_rules(language))
    with st.container(key="unseen"):
        mark_document(language)
