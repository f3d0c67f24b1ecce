"""HTML templates of whole pages, and the scripts, of which a page may run one."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from caoan_stats.display.markup import environment

TEMPLATES = Path(__file__).with_name("templates")


def render_page(name: str, **parts: object) -> str:
    """Return the HTML of `publish/templates/<name>.html.j2` with every text escaped."""
    return environment(TEMPLATES).get_template(f"{name}.html.j2").render(parts)


@cache
def page_script(*names: str) -> dict[str, str]:
    """Return scripts as one `text`, and as `hash` the digest that the policy of its page allows.

    `links` shows the links to neighbouring pages, `save` those to copies of charts, `explorer`
    searches the front page.
    """
    texts = ((TEMPLATES / "caoan" / f"{name}.js").read_text(encoding="utf-8") for name in names)
    text = "".join(texts).strip()
    return {"text": text, "hash": f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"}
