"""The words for an edition, below each page of a document."""

from caoan_stats.common.words import phrase


def edition_words(below: int) -> str:
    """Return the words for the edition that hides counts under `below`; 0 hides nothing.

    >>> edition_words(0)
    'Bản đầy đủ, lưu hành nội bộ'
    """
    return phrase("site.public") if below else phrase("site.internal")
