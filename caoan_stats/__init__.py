"""The yearly socio-economic statistics of a commune: checked tables, targets, and reports.

>>> from caoan_stats import Dataset
>>> ds = Dataset.open()
>>> ds.table("rice")["rice_sown_area"].to_dict()
{2022: 478.26, 2023: 462.56}
"""

from typing import TYPE_CHECKING

from caoan_stats.common.errors import DataError, InvalidDataError

if TYPE_CHECKING:
    from caoan_stats.dataset import Dataset

__all__ = ["DataError", "Dataset", "InvalidDataError"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import `Dataset` at its first use, as pandas is slow to import."""
    if name != "Dataset":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from caoan_stats.dataset import Dataset

    return Dataset


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
