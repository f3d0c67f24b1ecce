"""The yearly socio-economic statistics of a commune: checked tables, targets, and reports.

>>> from caoan_stats import Dataset
>>> ds = Dataset.open()
>>> ds.table("rice")["rice_sown_area"].to_dict()
{2022: 478.26, 2023: 462.56}
"""

from caoan_stats.dataset import Dataset
from caoan_stats.errors import DataError, InvalidDataError

__all__ = ["DataError", "Dataset", "InvalidDataError"]
__version__ = "0.1.0"
