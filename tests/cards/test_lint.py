from __future__ import annotations

import pytest

from engine.content.cards.outline import Passage
from engine.content.files.problems import Diagnostics
from engine.content.lints.traps import lint


def linted(text: str) -> list[tuple[str, int]]:
    diagnostics = Diagnostics("card.md", 100)
    lint([Passage(text, 10)], diagnostics)
    assert not diagnostics.failed
    return [(problem.code, problem.place.line) for problem in diagnostics.problems]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It costs $5 and $x^2$.", "dollar-sign"),
        ("It costs $5.\n\nHere is $x$.", "dollar-sign"),
        ("$5 or $6 a month", "dollar-sign"),
        ("$$x^2", "dollar-sign"),
        ("$$x^2\n\n$y$", "dollar-sign"),
        ("It costs $5.", None),
        ("It costs \\$5 and $x^2$.", None),
        ("`$5` and $x^2$.", None),
        ("```\n$5\n```\n$x^2$", None),
        ("$ x $", "formula-spaces"),
        ("$x $", "formula-spaces"),
        ("$x$ and $y$", None),
        ("$$ x $$", None),
        ("$$\n\\sigma\n$$", None),
        ("d:key[val]", "directive"),
        (":red[x] :blue-badge[y] :small[z]", None),
        ("`d:key[val]` and $d:key[val]$", None),
        ("so :x: it is", "emoji"),
        (":100: points", "emoji"),
        (":tada:", "emoji"),
        (":material/home:", None),
        ("at 10:30:00", None),
        ("a ratio of 1:2:3", None),
        ("H~2~O", "strikethrough"),
        ("about ~5 and ~6", None),
        ("~~gone~~", None),
        ("![x](https://example.org/x.png)", "picture"),
        ("![x](data:image/png;base64,AAAA)", "picture"),
        ("![x](//example.org/x.png)", "picture"),
        ("![x](app/static/x.png)", "picture"),
        ("![](x.png)", "picture"),
        ("![x][ref]", "picture"),
        ("`![](x.png)` and !\\[x](y)", None),
        ("a <b>bold</b> word", "html"),
        ("<!-- later -->", "html"),
        ("<img src=x>", "html"),
        ("1 < 2 and 3 > 2", None),
        ("<https://example.org>", None),
        ("$a<b$ and $c>d$", None),
        ("`<b>`", None),
        ("\\(x\\)", "latex-brackets"),
        ("\\[x\\]", "latex-brackets"),
        ("$x_{{ n }}$ and $10^{{ n|.2g }}$", None),
        ("$x_{{{ n }}}$ and $\\frac{{{ n }}}{2}$", None),
        ("x_{{ n }}", None),
        ("| a | b |\n|---|---|\n| $|x|$ | 2 |", "table-bar"),
        ("a | b\n--|--\n$\\vert x \\vert$ | {{ n|.3g }}", None),
        ("| a |\n|---|\n| ${{ n|.3g }}$ |", None),
        ("$|x|$ outside of a table", None),
        ("$\\newcommand{\\a}{b}$", "macro"),
        ("$\\def\\a{b}$", "macro"),
        ("$\\default$", None),
        ("call __init__ first", "bold-underscores"),
        ("call obj.__dict__, __module_name__", "bold-underscores"),
        ("`__init__` and $__a__$ and a__b__c", None),
        ("__Now__ and __two words__ are bold", None),
        ("5*3*2", "slanted-product"),
        ("a*b and c*d", "slanted-product"),
        ("{{ a }}*{{ b }}*{{ c }}", "slanted-product"),
        ("(2)*(3)*4", "slanted-product"),
        ("`5*3*2`, $5*3*2$, 5\\*3\\*2, 5 * 3 * 2 and 5*3", None),
        ("an *important* word, *one*, *two*", None),
        ("**one**, **학습률**은 *둘*이고 **셋**", None),
        ("*one*는 *two*", None),
        ("the mean is {mean}", "single-braces"),
        ("the mean is { mean|.2f }", "single-braces"),
        ("ended at {outcome.rms}", "single-braces"),
        ("{{ mean }}, `{mean}`, $\\sqrt{n}$, {1, 2}, \\{a\\} and {}", None),
        ("##Flashcard: a\nfront", "heading-blank"),
        ("text\n###Explanation", "heading-blank"),
        ("## Flashcard: a\n#### so\n#1 and #tag", None),
        ("```\n##Flashcard: a\n```", None),
        ("Flashcard: a\n---\nfront", "underlined-heading"),
        ("Flashcard\n=========\nfront", "underlined-heading"),
        ("one\n\n---\n\ntwo\n\n- a\n---\n", None),
        ("```\na\n===\n```", None),
        ("| a |\n|---|\n| b |", None),
    ],
)
def test_a_trap_is_seen_and_what_only_looks_like_one_is_not(text: str, code: str | None) -> None:
    assert {found for found, _ in linted(text)} == ({code} if code else set())


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JavaScript:alert(1))",
        "[x](javascript&#58;alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](java&#9;script:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x](<{{ scheme }}:alert(1)>)",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "[y]\n\n[y]: data:text/html,x",
        "[x](data:text/html;base64,AAAA)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](ftp://example.org)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "- a\n- b [x](javascript:alert(1))",
        "| a |\n|---|\n| [x](javascript:alert(1)) |",
        ":x: " * 200 + "[x](javascript:alert(1))",
    ],
)
def test_a_link_that_could_run_something_is_an_error(text: str) -> None:
    diagnostics = Diagnostics("card.md", 100)
    lint([Passage(text, 10)], diagnostics)
    assert [p.code for p in diagnostics.problems if p.level == "error"] == ["unsafe-link"]


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://example.org/a:b?c=d:e#f)",
        "[x](http://example.org)",
        "[x](HTTPS://example.org)",
        "<https://example.org>",
        "[x](/library?card=he-normal)",
        "[x](?item=a/b:c)",
        "[x](#a:b)",
        "[x](a/b:c)",
        "`[x](javascript:alert(1))`",
        "```\n[x](javascript:alert(1))\n```",
        "javascript:alert(1)",
        "\\[x](javascript:alert(1))",
        "a ratio of 1:2 [1](2)",
    ],
)
def test_other_links_are_fine(text: str) -> None:
    linted(text)


def test_an_unsafe_link_stands_on_its_line() -> None:
    diagnostics = Diagnostics("card.md", 100)
    lint([Passage("one\ntwo\n\nthree\nfour [x](data:x)\n", 10)], diagnostics)
    assert [p.place.line for p in diagnostics.problems] == [14]


def test_a_warning_stands_on_the_line_of_the_trap() -> None:
    assert linted("fine\n\nstill fine\nnot :x: fine") == [("emoji", 13)]


def test_a_text_full_of_traps_is_not_reported_without_end() -> None:
    assert len(linted(":x: " * 10_000)) == 50


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    [
        "$",
        "`",
        "``` ",
        "~",
        "<a ",
        "![",
        ":a",
        "|",
        "{{",
        "\n",
        " |-",
        "\\(",
        "](",
        "[a](",
        "[a]: ",
        "<a:",
        "[",
        "[a](<",
        "![a][",
        "> ",
        "[x](a/b) ",
        "__a",
        "a*b",
        "a*",
        "{a",
        "{a|",
        "##a",
        "##a\n",
        "a\n===\n",
        "=",
        "--\n",
        "$\\def\\a{",
        "\\def\\a{x}",
        "|-|\n",
        "|\n",
    ],
)
def test_a_quarter_megabyte_of_one_sign_is_read_to_its_end(part: str) -> None:
    """What is too much for a browser is an error then, and no exception."""
    diagnostics = Diagnostics("card.md", 100)
    lint([Passage(part * (256 * 1024 // len(part)), 10)], diagnostics)
    bounds = {"many-cells", "many-formulas", "long-formulas", "many-marks", "deep-nesting"}
    assert {p.code for p in diagnostics.problems if p.level == "error"} <= bounds
