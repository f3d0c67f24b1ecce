"""The HTML templates of the package, rendered with every text escaped."""

from functools import cache

from jinja2 import Environment, PackageLoader


def render(name: str, **parts: object) -> str:
    """Fill `templates/<name>.html.j2`.

    Examples
    --------
    >>> render("text", sentences=["1 < 2"])
    '<p>1 &lt; 2</p>'
    """
    return _environment().get_template(f"{name}.html.j2").render(parts)


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("caoan_stats"), autoescape=True)
