"""What a reader of one format returns."""

from collections import Counter
from dataclasses import dataclass, field

from caoan_stats.documents.document import Line


@dataclass(frozen=True)
class Content:
    """The lines of a document, and what was counted beside them."""

    lines: tuple[Line, ...]
    counts: Counter[str] = field(
        default_factory=Counter
    )  # the keys are in `_remarks` of opening.py
    has_old_fonts: bool = False
    is_wrapped: bool = False
    empty_pages: tuple[int, ...] = ()  # that are only a picture
