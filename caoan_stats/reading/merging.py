"""Numbers of two indicators together: “hộ nghèo, hộ cận nghèo còn 40 hộ”, which are of neither."""

from dataclasses import replace

from caoan_stats.reading.naming import AND, HARD_BREAKS, Candidate, Text, Zone, candidates

_JOINTS = frozenset({",", AND})


def merged(text: Text, zone: Zone) -> list[str]:
    """Return the two indicators named on both sides of the last joint before an amount.

    None is returned where the words before the joint are those of the amount before.
    """
    place = _joint(text, zone)
    if place is None:
        return []
    end = place - 1 if text.tokens[place - 1].word in _JOINTS else place
    first = replace(
        zone, own=end, broken=end - 1, after=end, end=end, limit=end, close=end, resumed=(end, end)
    )
    second = replace(zone, start=place + 1, broken=place + 1)
    sides = (_plain(text, first), [each for each in _plain(text, second) if not each.is_after])
    return list(dict.fromkeys(side[0].indicator for side in sides if side))


def _joint(text: Text, zone: Zone) -> int | None:
    """Return the place of the last joint before an amount; None without one of two names."""
    inside = range(zone.start + 1, zone.own - 1)
    start = max((n for n in inside if text.tokens[n].word in HARD_BREAKS), default=None)
    joints = [n for n in inside if text.tokens[n].word in _JOINTS and n > (start or 0)]
    is_after_amount = bool(zone.between) and start is None
    return joints[-1] if len(joints) > is_after_amount else None


def _plain(text: Text, zone: Zone) -> list[Candidate]:
    return [each for each in candidates(text, zone) if each.is_near and each.is_direct]
