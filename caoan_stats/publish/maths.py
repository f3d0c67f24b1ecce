"""LaTeX as MathML, which browsers show without a script."""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element, fromstring

from caoan_stats.common.words import phrase

# A `$` before a blank, or between a word and what is no command, begins no formula, and one after
# a blank ends none: the rest is money, as “5$ và 6$”, “$5-$6” and “$5 và 6$” are. Between blanks
# there must be a single letter or a command.
_MONEY = r"(?!\d[^$\n]{0,80}(?:\$\d| [^\W\d_]{2,20} [^$\n]{0,80}\d\w?\$))"
_START = rf"(?:(?<![\\$\w])|(?<=\w)(?=\$[\\^_]))\$(?![\s$]){_MONEY}"
_INLINE = rf"{_START}(?P<inline>(?:\\.|(?!\n[ \t]*\n)[^$\\`])+)(?<!\s)\$(?!\$)"
_SPACED = (
    r"(?<![\\$\w])(?<!\d )\$(?P<spaced> (?:[a-zA-Z] |(?=[^$\n]*[\\^_])(?:\\.|[^$\\`\n])+))\$(?!\$)"
)
_DISPLAY = r"(?<!\\)\$\$(?P<display>(?:\\[\s\S]|(?!\n[ \t]*\n)[^$\\])+)\$\$"
_SQUARE = r"\\\\\[(?P<square>[\s\S]{1,2000}?)\\\\\]"
_ROUND = r"\\\\\((?P<round>[\s\S]{1,2000}?)\\\\\)"
_NAME = r"(?!tab|fig|center|doc|item|enum)(?P<name>[a-zA-Z]+\*?)"  # of no text
_WHOLE = rf"(?P<whole>\\begin\{{{_NAME}\}}[\s\S]{{0,9000}}?\\end\{{(?P=name)\}})"
IN_MARKDOWN = (
    f"{_DISPLAY}|{_SQUARE}|{_ROUND}|{_INLINE}|{_SPACED}|{_WHOLE}"  # each backslash is escaped
)
BLOCK = re.sub(
    "P([<=])", r"P\1block_", rf"^ {{0,3}}(?:{_DISPLAY}|{_SQUARE}|{_WHOLE})[ \t]*(?:\n|$)"
)
_IN_LATEX = re.compile(IN_MARKDOWN.replace(r"\\\\", r"\\"))

_COMMAND = re.compile(r"\\[a-zA-Z]")
_ALIGNED = re.compile(
    r"\\(begin|end)\{(?:aligned|eqnarray|gather|gathered|multline)\*?\}(?:\[\w\])?"
)
_PERCENT = re.compile(r"(?<!\\)%")  # begins a comment
_UNSEEN = re.compile(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])")
_PAIRS, _TRIPLES = {"mfrac", "msup", "msub", "mover", "munder", "mroot"}, {"msubsup", "munderover"}
LONGEST = 30  # characters of a formula within a line

_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
_BREAK = re.compile(r"<br\b[^>]*>|</p>", re.IGNORECASE)
_TAG = re.compile(r'<sup class="footnote-ref".*?</sup>|<!--.*?-->|<[^>]*>', re.DOTALL)
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def formula(latex: str, *, display: bool) -> str:
    r"""Return a formula as HTML: MathML, or its source in a `code` element of the class `latex`.

    A formula that is long or for `display` is a block that can be scrolled.

    Examples
    --------
    >>> formula(r"\nothing{x}", display=False)
    '<code class="latex">\\nothing{x}</code>'
    """
    try:
        written = _mathml(latex, display)
    except Exception:
        written = ""
    if not written:
        return f'<code class="latex">{escape(latex.strip())}</code>'
    if not display and len(spelled(written)) <= LONGEST:
        return written
    label = phrase("frame.formula")
    return f'<span class="scroll" role="group" aria-label="{label}" tabindex="0">{written}</span>'


def found_formula(found: re.Match[str], prefix: str = "") -> str:
    """Return a match of `IN_MARKDOWN` as HTML, or one of `BLOCK` with its prefix."""
    parts = {name.removeprefix(prefix): text for name, text in found.groupdict().items()}
    inside = next(filter(None, map(parts.get, ("inline", "spaced", "round"))), None)
    return formula(
        inside or parts["display"] or parts["square"] or parts["whole"], display=not inside
    )


def latex_html(text: str) -> str:
    """Return an output in LaTeX as HTML: its formulas, and what is between them as text.

    If that has commands too, the source is shown.
    """
    text = text.strip()
    if _COMMAND.search(_IN_LATEX.sub("", text)):
        return f'<code class="latex">{escape(text)}</code>'
    parts, end = list[str](), 0
    for found in _IN_LATEX.finditer(text):
        parts += [_escaped(text[end : found.start()]), found_formula(found)]
        end = found.end()
    return f"<p>{''.join([*parts, _escaped(text[end:])])}</p>"


def _escaped(text: str) -> str:
    return escape(re.sub(r"\\([$%&#_{}])", r"\1", text))


def spelled(html: str) -> str:
    r"""Return the text of HTML, its formulas in characters.

    Examples
    --------
    >>> spelled("<b>Bụi</b> &lt; " + formula(r"PM_{2.5} + \frac{1}{2}", display=False))
    'Bụi < PM₂.₅+1/2'
    """
    html = _BREAK.sub(" ", html)
    written = _MATH.sub(lambda found: escape(_characters(fromstring(found[0]))), html)  # noqa: S314
    return " ".join(unescape(_TAG.sub("", written)).split())


def _mathml(latex: str, display: bool) -> str:
    """Return a formula as MathML; empty if a part of it would be lost."""
    from latex2mathml.converter import convert  # slow to import

    latex = _PERCENT.sub(r"\%", _UNSEEN.sub("", _ALIGNED.sub(r"\\\1{align*}", latex)))
    latex = re.sub(r"&\s*=\s*&", "&=", latex)
    kind = "block" if display else "inline"
    written = convert(latex, display=kind)
    if 'linebreak="newline"' in written:  # which browsers do not break
        written = convert(rf"\begin{{align*}}{latex}\end{{align*}}", display=kind)
    written = written.replace(r"\_", "_")
    whole = all(map(_is_whole, fromstring(written).iter()))  # noqa: S314 - written here
    return written if whole and "\\" not in written else ""


def _is_whole(part: Element) -> bool:
    name, size = _name(part), len(part)
    return size == 2 if name in _PAIRS else size == 3 if name in _TRIPLES else True


def _name(part: Element) -> str:
    return part.tag.rpartition("}")[2]


def _characters(part: Element) -> str:
    """Return MathML as text: `a/b`, `m²`, `√(x + 1)`."""
    inner = [_characters(each) for each in part]
    text = (part.text or "") + "".join(inner)
    match _name(part), inner:
        case "mfrac", [above, below]:
            text = f"{_grouped(above)}/{_grouped(below)}"
        case "msup", [base, raised]:
            text = base + _shifted(raised, _RAISED, "^")
        case "msub", [base, lowered]:
            text = base + _shifted(lowered, _LOWERED, "_")
        case "msubsup", [base, lowered, raised]:
            text = base + _shifted(lowered, _LOWERED, "_") + _shifted(raised, _RAISED, "^")
        case "msqrt", _:
            text = f"√{_grouped(text)}"
        case "mspace", _:
            text = " "
    return text


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"


def _shifted(text: str, signs: dict[int, int], otherwise: str) -> str:
    """Return a text raised or lowered; behind a sign if not all of it has such characters."""
    if all(ord(sign) in signs or sign in ".,′∘" for sign in text):
        return text.translate(signs).replace("∘", "°")
    return otherwise + _grouped(text)
