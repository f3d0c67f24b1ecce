"""What a page lacks of its notebook: what cannot be shown, what is left out, descriptions."""

from dataclasses import dataclass

from caoan_stats.common.words import say

LARGEST = 5  # MB of a picture
LOGGED = "logged"  # kind of what a page leaves out on purpose


@dataclass(frozen=True)
class Remark:
    """A remark on a cell.

    Examples
    --------
    >>> print(Remark("unshown", "plotly").words("en"))
    cannot be shown: plotly
    """

    kind: str  # key of `remarks` in a language file, or `LOGGED`
    what: str  # a name; of `LOGGED` the whole text
    cell: int = 0  # number in the notebook, from 1
    line: str = ""  # the first line of the cell

    def words(self, language: str) -> str:
        """Return the remark as a clause in a language, `vi` or `en`."""
        return say(language, "remarks", self.kind, what=self.what, most=LARGEST)

    def located(self, language: str) -> str:
        """Return the remark with its cell."""
        cell, line, words = self.cell, self.line, self.words(language)
        return say(language, "remarks", "located", cell=cell, line=line, words=words)
