"""Texts of the command, in one file per language, and texts of pages.

`languages/vi.toml` and `languages/en.toml` have the same keys and placeholders. Another such file
adds a language; its name is the language code, which Babel must know as a locale.
`languages/pages.vi.toml` has the texts of pages and workbooks, which are in Vietnamese alone:
docs/architecture.md lists what else is.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("languages")
PAGES = "pages.vi"
DEFAULT = "vi"


def languages() -> list[str]:
    """Return the language codes of the command, the default first."""
    codes = (path.stem for path in FOLDER.glob("*.toml") if "." not in path.stem)
    return sorted(codes, key=lambda code: (code != DEFAULT, code))


@cache
def catalogue(name: str) -> Mapping[str, Any]:
    """Return the content of `languages/<name>.toml`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def say(language: str, section: str, key: str, **details: object) -> str:
    """Return a text of the command, with `details` filled in."""
    template: str = catalogue(language)[section][key]
    return template.format_map(details)


def phrase(key: str, **details: object) -> str:
    """Return a text of pages by its key, such as `table.section`, with `details` filled in."""
    section, _, name = key.partition(".")
    template: str = catalogue(PAGES)[section][name]
    return template.format_map(details)


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence whose language is chosen later."""

    key: str  # of the section `advice`
    details: Mapping[str, object] = field(default_factory=dict)  # values of its placeholders


def worded(value: object, language: str, joint: str = ", ") -> object:
    """Return a `Phrase` in a language, a tuple joined by `joint`, or any other value unchanged.

    Of a mapping by language, return the text in the language, or else in the default language.
    """
    match value:
        case Mapping():
            return value.get(language) or value[DEFAULT]
        case Phrase():
            details = {name: worded(each, language) for name, each in value.details.items()}
            return say(language, "advice", value.key, **details)
        case tuple():
            return joint.join(str(worded(each, language)) for each in value)
    return value
