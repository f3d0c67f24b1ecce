"""Statuses: how a result compares with its target. To add one, add a row to `STATUSES`.

`caoan_stats.targets.Target.status` returns the codes, except those of figures that a page does not
show (`hidden`) or does not judge (`disputed`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Colour = Literal["good", "bad", "muted"]  # CSS classes of report.css
Verdict = Literal["reached", "missed", "open", ""]


@dataclass(frozen=True)
class Status:
    """One status.

    Its verdict is empty if no figure was compared with the target. A `reached` and a `missed`
    target are listed in the summary of a year, and a chart draws a missed one hollow; an `open` one
    was compared without a result. A sentence says how far a compared figure is from its target.
    """

    sign: str  # drawn before the words, so that no meaning rests on colour alone
    words: str  # Vietnamese, capitalized for a table cell; a sentence has them in lower case
    colour: Colour = "muted"
    verdict: Verdict = ""
    has_target: bool = True  # the indicator has a target

    @property
    def label(self) -> str:
        """Sign and words, as in `✓ Đạt`."""
        return f"{self.sign} {self.words}"


STATUSES: Mapping[str, Status] = {
    "exceeded": Status("▲", "Vượt", "good", "reached"),
    "met": Status("✓", "Đạt", "good", "reached"),
    "missed": Status("✗", "Chưa đạt", "bad", "missed"),
    "undecided": Status("?", "Chưa xác định được", verdict="open"),
    "no_data": Status("…", "Chưa có số liệu"),
    "no_target": Status("–", "Không nêu mục tiêu", has_target=False),
    "in_words": Status("○", "Không định lượng"),
    "hidden": Status("◌", "Không công bố"),
    "disputed": Status("⚠", "Cần xem lại", "bad", "open"),
}


def with_verdict(verdict: Verdict) -> list[str]:
    """Return the codes of the statuses that have a verdict."""
    return [code for code, status in STATUSES.items() if status.verdict == verdict]
