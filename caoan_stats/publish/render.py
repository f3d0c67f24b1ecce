"""HTML templates of whole pages, and the one script that a page may run."""

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
def page_script() -> dict[str, str]:
    """Return the script of a page as `text`, and as `hash` the digest that its policy allows."""
    text = (TEMPLATES / "caoan" / "links.js").read_text(encoding="utf-8").strip()
    return {"text": text, "hash": f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"}
