"""The bytes of a data file, and never more of them than a table of a commune can need."""

import errno
from pathlib import Path

from caoan_stats.errors import DataError, InvalidDataError

MEGABYTE = 1_000_000
LARGEST = 4 * MEGABYTE  # of a file that people write, in bytes


def read(path: Path, limit: int = LARGEST) -> bytes:
    """Read a file whole, or refuse it; no more than the limit is read of it.

    Parameters
    ----------
    path
        The file; a pipe, a device or a folder in its place is not waited for.
    limit
        The most bytes that it may have.

    Raises
    ------
    InvalidDataError
        It is not there, cannot be read or is too large.
    """
    try:
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "not a file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise InvalidDataError([DataError("missing_file", path.name)]) from None
    except OSError as error:
        details = {"reason": error.strerror}
        raise InvalidDataError([DataError("unreadable_file", path.name, details=details)]) from None
    if len(data) > limit:
        size = {"limit": limit // MEGABYTE}
        raise InvalidDataError([DataError("large_file", path.name, details=size)])
    return data
