"""The threshold of the public edition, below which sensitive counts are hidden."""

LOWEST_THRESHOLD = 3  # with 2, `<2` would disclose 1
HIGHEST_THRESHOLD = 100  # a larger count points at nobody


def checked_threshold(below: int) -> int:
    """Return a threshold, 0 for an edition that hides nothing; raise `ValueError` for no threshold.

    >>> checked_threshold(0), checked_threshold(5)
    (0, 5)
    """
    if below and not LOWEST_THRESHOLD <= below <= HIGHEST_THRESHOLD:
        ends = f"{LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD}"
        raise ValueError(f"a threshold of the public edition is 0, or {ends}, not {below}")
    return below
