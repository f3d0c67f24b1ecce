"""Sections as they are cited: with their document, unless most figures are from it."""

from collections import Counter
from collections.abc import Callable

import pandas as pd

Cite = Callable[[str, str], str]  # section in words, of a document and a section


def cite_from(card: pd.DataFrame, *columns: str) -> Cite:
    """Return how sections are cited on a page; `columns` has the documents of its figures.

    >>> card = pd.DataFrame({"source": ["bc2024", "bc2024", "bc2023"]})
    >>> card.attrs = {"documents": {"bc2023": "báo cáo 2023"}}
    >>> cite = cite_from(card, "source")
    >>> cite("bc2024", "I.A.1"), cite("bc2023", "II.I.1")
    ('I.A.1', 'II.I.1 (báo cáo 2023)')
    """
    counts = Counter(code for column in columns for code in card[column] if code)
    main = max(counts, key=lambda code: counts[code], default="")
    names = card.attrs.get("documents", {})

    def cite(source: str, section: str) -> str:
        return section if source in ("", main) else f"{section} ({names.get(source, source)})"

    return cite
