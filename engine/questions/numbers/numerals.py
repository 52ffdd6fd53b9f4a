"""What people put into and around a number, written plainly: in ASCII, but for three signs.

`·`, `×` and `–` stay as they are, because each of them can mean something else than times or minus;
`engine.questions.numbers.doubts` asks about them.
"""

from __future__ import annotations

import re
import unicodedata

#: Letters that show nothing, which no category tells: fillers, blank braille, a joiner, variants.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\ufe0e\ufe0f")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUPERSCRIPT_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
#: `10⁻2`: the sign was raised, the digit was not.
_RAISED_SIGN = re.compile(r"(?<![⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺])([⁻⁺])([0-9]+)")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−﹣‐‑", "-"),
        **dict.fromkeys("–—‒", "–"),
        **dict.fromkeys("✕⨯", "×"),
        "∗": "*",
        **dict.fromkeys("⋅∙•‧・･ㆍ", "·"),
        **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys("，٬", ","),  # the second is Arabic, as are the point and the percent sign
        **dict.fromkeys("．٫", "."),
        **dict.fromkeys("٪﹪", "%"),
        "π": "pi",
    }
)
_VULGAR = {
    sign: unicodedata.normalize("NFKC", sign).replace("⁄", "/") for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
}
_VULGAR_NUMBER = re.compile(
    rf"(?<![\d.)])(\d*) ?([{''.join(_VULGAR)}])(?! ?[\d.({''.join(_VULGAR)}])", re.ASCII
)
#: Not before a slash: `1 125/250` could also be one and a half.
_THOUSANDS = re.compile(r"(?<![\d.])(?<!\d )([1-9]\d{0,2}(?: \d{3})+)(?! ?[\d/])", re.ASCII)
_MIXED = re.compile(r"([-+]?)(\d+) (\d{1,2}) ?/ ?(\d+)", re.ASCII)
_SPACED_EXPONENT = re.compile(r"(?<=[\d.]) [eE](?=[-+–]?\d)", re.ASCII)
_PERCENT_WORD = re.compile(r"(?<=[\d.) ])(?:per ?cent|퍼센트)$", re.IGNORECASE)

_FRACTION = re.compile(r"(\d*) ?\\[dt]?frac *(?:\{([^{}]*)\} *\{([^{}]*)\}|(\d) *(\d))", re.ASCII)
_ARGUMENT = re.compile(r"(?<=[√^])( ?)\{([^{}\\]*)\}")
_BRACES = str.maketrans("{}", "()")
_LATEX = (
    (re.compile(r"^(\$\$?|\\\(|\\\[)(.*?)(\$\$?|\\\)|\\\])$"), r"\2"),
    (re.compile(r"\\(?:left|right)(?=[()])"), ""),
    (re.compile(r"\\(?:times)(?![A-Za-z])"), "×"),
    (re.compile(r"\\(?:cdot)(?![A-Za-z])"), "·"),
    (re.compile(r"\\div(?![A-Za-z])"), "/"),
    (re.compile(r"\\approx(?![A-Za-z])"), "≈"),
    (re.compile(r"\\sqrt(?![A-Za-z\[])"), "√"),
    (re.compile(r"\\(pi|ln|exp|sin|cos|tanh)(?![A-Za-z])"), r"\1"),
    (re.compile(r"\\[,;:! ]|(?<=\d)~(?=\d{3})"), " "),
    (re.compile(r"\\%"), "%"),
)


def plainly(text: str) -> str:
    """The same number in plain signs, without what shows nothing and what is put around it."""
    written = _RAISED_SIGN.sub(
        lambda m: f"^({m[1].translate(_SUPERSCRIPTS)}{m[2]})", without_invisible(text)
    )
    written = _SUPERSCRIPT_RUN.sub(lambda m: f"^({m[0].translate(_SUPERSCRIPTS)})", written)
    written = "".join(_plain_character(character) for character in written.translate(_SIGNS))
    written = _without_latex(" ".join(written.split()))
    written = re.sub(r"^[≈=~≃≅≒∼] *", "", " ".join(written.split()))
    return _whole(_PERCENT_WORD.sub("%", written))


def without_invisible(text: str) -> str:
    """The text without what shows nothing: zero-width spaces, byte order and direction marks."""
    return "".join(c for c in text if c not in _BLANK and unicodedata.category(c) != "Cf")


def quoted(text: str) -> str:
    """The text as a message repeats it: at most a line, and what cannot be seen by its number."""
    shown = without_invisible(text).strip()[:60]
    return "".join(
        f"‹U+{ord(c):04X}›" if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co") else c
        for c in shown
    )


def _plain_character(character: str) -> str:
    """Any script's decimal digit, full-width signs and every sort of space, as ASCII."""
    if character.isspace():
        return " "
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(int(value))
    if "！" <= character <= "～":  # the full-width forms of ASCII
        return chr(ord(character) - 0xFEE0)
    return character


def _without_latex(written: str) -> str:
    if not any(sign in written for sign in "\\{$"):
        return written
    for pattern, plain in _LATEX:
        written = pattern.sub(plain, written.strip())
    while True:
        simpler = _ARGUMENT.sub(r"\1(\2)", _FRACTION.sub(_fraction, written))
        if simpler == written:
            break
        written = simpler
    return written if "\\" in written else written.translate(_BRACES)


def _fraction(found: re.Match[str]) -> str:
    whole, over, under = found[1], found[2] or found[4], found[3] or found[5]
    if over is None or under is None:
        return found[0].translate(_BRACES)
    if whole and over.isdecimal() and under.isdecimal():
        return f"{whole} {over}/{under}"
    return f"{whole} (({over})/({under}))".strip()


def _whole(written: str) -> str:
    """Digits in groups, mixed numbers and an exponent set apart, each as one."""
    written = _THOUSANDS.sub(lambda m: m[0].replace(" ", ""), written)
    written = _SPACED_EXPONENT.sub("e", written)
    written = _VULGAR_NUMBER.sub(_vulgar, written)
    percent = re.search(r" ?%$", written)
    rest = percent[0] if percent else ""
    mixed = _MIXED.fullmatch(written.removesuffix(rest))
    if mixed and 0 < int(mixed[3]) < int(mixed[4]):
        return f"{mixed[1]}({mixed[2]}+{mixed[3]}/{mixed[4]}){rest}"
    return written


def _vulgar(found: re.Match[str]) -> str:
    part = _VULGAR[found[2]]
    return f"({found[1]}+{part})" if found[1] else f"({part})"
