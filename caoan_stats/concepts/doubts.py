"""Doubts: what a reader has to know of a figure before relying on it.

To add one, add a row to `DOUBTS`; `caoan_stats.relations.measures.Series.doubts` tells which
figures have it.
"""

from collections.abc import Mapping

DOUBTS: Mapping[str, str] = {  # Vietnamese words by code, the gravest first
    "disputed": "cần xem lại",  # part of a contradiction that nobody has acknowledged
    "assumed": "giả định",
    "derived": "suy ra",
    "revised": "số điều chỉnh",  # another document states it differently
    "annotated": "có ghi chú",
}
