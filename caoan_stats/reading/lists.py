"""Lists of labels before lists of numbers: “diện tích và sản lượng lần lượt là 55 ha và 253 tấn”.

Each number belongs to the label at its own place of the list.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from caoan_stats.reading.amounts import Amount
from caoan_stats.reading.naming import Text, Zone, token_at

_RESPECTIVELY = re.compile(r"\b(?:lần lượt|tương ứng)\b[^;.,:0-9]*$", re.IGNORECASE)
_LEVEL = re.compile(r"(?:\blà|\bđạt|\bbằng|:)\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|-|–|và|, và)\s*", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–]\s+")
_PARTED = re.compile(r"\s*,\s*|\s+và\s+", re.IGNORECASE)


def list_zones(
    sentence: str, text: Text, amounts: Sequence[Amount], zones: Mapping[int, Zone]
) -> dict[int, Zone]:
    """Return the zones of the amounts of lists, by their starts, at the words of their labels."""
    found: dict[int, Zone] = {}
    for run in _runs(sentence, amounts):
        before = sentence[: run[0].start]
        start = max(before.rfind(sign) for sign in ";:.") + 1
        labels = _labels(before[start:], run, sentence)
        if len(labels) != len(run):
            continue
        first, last = labels[0][0] + start, labels[-1][1] + start
        for amount, (begin, end) in zip(run, labels, strict=True):
            places = (token_at(text.tokens, start + place) for place in (begin, end))
            broken, own = places
            limit = token_at(text.tokens, last)
            found[amount.start] = replace(
                zones[amount.start],
                start=token_at(text.tokens, first),
                broken=broken,
                own=own,
                after=own,
                end=own,
                resumed=(own, own),
                limit=limit,
                close=limit,
                between=(),
            )
    return found


def _runs(sentence: str, amounts: Sequence[Amount]) -> list[list[Amount]]:
    """Return the amounts that follow each other with nothing but a comma, a dash or “và”."""
    runs: list[list[Amount]] = []
    for amount in amounts:
        gap = sentence[runs[-1][-1].end : amount.start] if runs else ""
        if runs and _BETWEEN.fullmatch(gap):
            runs[-1].append(amount)
        else:
            runs.append([amount])
    return [run for run in runs if len(run) > 1]


def _labels(before: str, run: Sequence[Amount], sentence: str) -> list[tuple[int, int]]:
    """Return the places of the labels that end some words, as many as there are numbers."""
    if told := _RESPECTIVELY.search(before):
        return _split(before[: told.start()], _PARTED, len(run))
    level = _LEVEL.search(before)
    if level and _DASH.fullmatch(sentence[run[0].end : run[1].start]):
        return _split(before[: level.start()], _DASH, len(run))
    return []


def _split(words: str, pattern: "re.Pattern[str]", count: int) -> list[tuple[int, int]]:
    cuts = [(0, 0), *((each.start(), each.end()) for each in pattern.finditer(words))]
    ends = [*(start for start, _ in cuts[1:]), len(words)]
    spans = [(end, stop) for (_, end), stop in zip(cuts, ends, strict=True)]
    return spans[-count:] if len(spans) >= count else []
