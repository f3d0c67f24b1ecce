"""Statuses: how a result stands to its target. To add one, add a row to `STATUSES`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Colour = Literal["good", "bad", "muted"]  # CSS classes of report.css


@dataclass(frozen=True)
class Status:
    """One status."""

    sign: str  # drawn before the words, so that nothing is told by colour alone
    words: str  # in Vietnamese, as a table cell has them; in a sentence they are in lower case
    colour: Colour = "muted"
    is_judged: bool = False  # a figure was compared with its target; a sentence says by how much
    is_reached: bool = False  # a chart draws other judged results hollow
    has_target: bool = True  # the indicator has a target at all

    @property
    def label(self) -> str:
        """Sign and words, as in `✓ Đạt`."""
        return f"{self.sign} {self.words}"


STATUSES: Mapping[str, Status] = {
    "exceeded": Status("▲", "Vượt", "good", is_judged=True, is_reached=True),
    "met": Status("✓", "Đạt", "good", is_judged=True, is_reached=True),
    "missed": Status("✗", "Chưa đạt", "bad", is_judged=True),
    "no_data": Status("…", "Chưa có số liệu"),
    "no_target": Status("–", "Không có mục tiêu", has_target=False),
    "in_words": Status("○", "Không định lượng"),
    "hidden": Status("◌", "Không công bố"),
}


def reached() -> list[str]:
    """Return the codes of the statuses that count as reached."""
    return [code for code, status in STATUSES.items() if status.is_reached]


def missed() -> list[str]:
    """Return the codes of the statuses that were judged and do not count as reached."""
    return [code for code, row in STATUSES.items() if row.is_judged and not row.is_reached]
