"""Directions without a number: “tăng so với cùng kỳ năm trước”, “giữ ổn định qua các năm”.

They are of the value before them, or of the indicator that the words before them name.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from caoan_stats.concepts.comparisons import BASES, DIRECTIONS
from caoan_stats.concepts.facts import PREVIOUS


class Trend(NamedTuple):
    """A direction in a sentence."""

    start: int
    end: int
    direction: str
    is_equal: bool = False  # “bằng năm 2023”: a change by 0


def trends(sentence: str, year: int) -> list[Trend]:
    """Return the directions that a sentence states without a number, in order.

    >>> trends("Số vụ vi phạm giảm so với cùng kỳ năm trước.", 2024)[0].direction
    'down'
    """
    return sorted(_trends(sentence, year))


def labelled(sentence: str) -> list[Trend]:
    """Return the direction that follows a label at once.

    >>> labelled("Đốt pháo nổ trái phép: giảm nhiều.")[0].direction
    'down'
    """
    ways = {word: code for code, words in DIRECTIONS.items() for word in words}
    words = "|".join(sorted(ways, key=len, reverse=True))
    much = "mạnh|nhiều|nhẹ|dần|so|xuống|lên|đều|rõ|đáng kể|do"
    pattern = rf"(?i)[:;]\s*(?P<way>{words})(?: (?:{much})\b|\s*[.;,]|\s*$)(?![^;,.]*[0-9])"
    found = re.search(pattern, sentence)
    return [Trend(found.start("way"), found.end(), ways[found["way"].casefold()])] if found else []


def aimed(sentence: str, year: int) -> list[Trend]:
    """Return the directions that are aimed at against a year, each with the words of what moves.

    >>> aimed("Giảm số hộ nghèo so với năm 2024", 2024)
    [Trend(start=0, end=16, direction='down', is_equal=False)]
    """
    base = rf"so (?:với )?(?:năm )?{year}\b"
    way, what = "(?P<way>giảm|tăng)", r"(?P<what>(?:(?!\b(?:giảm|tăng)\b)[^0-9;.:]|thứ 3){4,80}?)"
    patterns = (
        rf"(?i)\b{way} {what},? (?:{base}|(?=(?:giảm|tăng) [^0-9;.:]{{4,80}} {base}))",
        rf"(?i)(?:^|[;:,])(?P<what>[^0-9;.:,]{{4,80}}?) (?P<way>giảm|tăng) {base}",
    )
    return [
        Trend(
            min(found.start("way"), found.start("what")),
            found.end("what"),
            "down" if found["way"].casefold() == "giảm" else "up",
        )
        for pattern in patterns
        for found in re.finditer(pattern, sentence)
    ]


def _trends(sentence: str, year: int) -> Iterator[Trend]:
    for direction, pattern in _patterns(year).items():
        for found in pattern.finditer(sentence):
            yield Trend(found.start(), found.end(), direction.strip("="), direction[0] == "=")


@cache
def _patterns(year: int) -> dict[str, "re.Pattern[str]"]:
    base = BASES[PREVIOUS].format(year=year, before=year - 1)
    last = (
        rf"(?:so (?:với )?|với )?(?:{base}|{year - 1}\b)"
        r"(?!(?: là)? ?(?:[0-9]|khoảng|trên|gần))(?! (?:năm )?(?:19|20)[0-9]{2})"
    )
    much = r"(?: (?:nhẹ|mạnh|nhiều|dần|rõ rệt|đáng kể|hơn|đi|lên|xuống|bớt|khá))*"
    texts = {
        "up": rf"(?<!gia )(?<!không )\b(?:tăng(?! trưởng| cường){much}"
        rf"|(?:nhiều|cao|lớn) hơn) {last}",
        "down": rf"(?<!không )\b(?:giảm{much}|(?:ít|thấp|kém) hơn) {last}",
        "not_down": rf"\bkhông giảm {last}",
        "not_up": rf"\bkhông tăng {last}",
        "=steady": r"\b(?:bằng|ngang(?: bằng)?|tương đương)(?: với)? (?:mức )?(?:của )?"
        rf"(?:{base}|{year - 1}\b)"
        rf"|\b(?:không (?:thay )?đổi|giữ nguyên)(?: so)?(?: với)? (?:{base}|{year - 1}\b)",
        "steady": r"\b(?:giữ (?:vững )?)?ổn định (?:qua các năm|như năm trước"
        rf"|về diện tích và sản lượng|{last})"
        r"|\bvẫn ổn định\b|\btiếp tục ổn định\b",
    }
    return {name: re.compile(text, re.IGNORECASE) for name, text in texts.items()}
