"""Files that appear whole or not at all, and fingerprints of what they were made from."""

import errno
import hashlib
import os
import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError

DRAFT = ".caoan-draft"
PUBLISHED_FOLDERS = (
    "",
    "[0-9]*/",
    "failed/*/",
)  # of files that are published, below a folder of exports


MEGABYTE = 1_000_000
FILE_LIMIT = 4 * MEGABYTE  # of a file that people write, in bytes


def read_file(path: Path, limit: int = FILE_LIMIT) -> bytes:
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


def write_file(path: Path, data: bytes) -> None:
    """Write a file beside its place, flush it to the disk, and rename it.

    Parameters
    ----------
    path
        Where the file is to be; its folder is made.
    data
        Its whole content.

    Raises
    ------
    OSError
        It cannot be written; what was there before is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _unasked_to_end():
            _write_file(path, data)
    except OSError as error:
        error.filename = str(path)  # a full disk names no file, others that of the draft
        raise


def write_files(contents_of: Mapping[Path, bytes]) -> None:
    """Write several files so that either all of them change or none does.

    Only a process that is killed within the renames leaves the first of them changed, each whole.

    Parameters
    ----------
    contents_of
        The whole content of each file, which is there already; in the order of their renames.

    Raises
    ------
    OSError
        One of them cannot be written; all are as they were.
    """
    before = {path: path.read_bytes() for path in contents_of}
    drafts: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        with _unasked_to_end():
            try:
                for path, data in contents_of.items():
                    drafts[path] = _draft(path, data)
                for path, draft in drafts.items():
                    draft.replace(path)
                    done.append(path)
            except BaseException:
                for path in done:
                    _write_file(path, before[path])
                raise
            finally:
                for draft in drafts.values():
                    draft.unlink(missing_ok=True)
    except OSError as error:
        error.filename = str(next((path for path in contents_of if path not in done), ""))
        raise


def remove_drafts(folder: Path) -> None:
    """Take away what killed processes have left half-written in a folder of exports.

    Parameters
    ----------
    folder
        Where nobody else publishes anything now.
    """
    for place in PUBLISHED_FOLDERS:
        for draft in folder.glob(f"{place}.*{DRAFT}"):
            draft.unlink(missing_ok=True)


def _write_file(path: Path, data: bytes) -> None:
    draft = _draft(path, data)
    try:
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _draft(path: Path, data: bytes) -> Path:
    """Write a file beside its place, whole and on the disk."""
    descriptor, name = tempfile.mkstemp(DRAFT, f".{path.name}.", path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


@contextmanager
def _unasked_to_end() -> Iterator[None]:
    """Put off the signal that asks a process to end, so that no draft stays behind."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def sha256(data: bytes) -> str:
    """Give the checksum of some bytes, as a Data Package writes it.

    Examples
    --------
    >>> sha256(b"")[:20]
    'sha256:e3b0c44298fc1'
    """
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def fingerprint(folder: Path, paths: Iterable[Path], *parts: str) -> str:
    """Give one checksum for many files and words.

    Parameters
    ----------
    folder
        Where the files are; their names below it count, its own place does not.
    paths
        Files that exist, in any order.
    parts
        Anything else that the result depends on.

    Raises
    ------
    InvalidDataError
        One of them cannot be read, or is larger than any that people write.
    """
    digests = sorted(
        (path.relative_to(folder).as_posix(), sha256(read_file(path))) for path in paths
    )
    return sha256(repr((digests, parts)).encode())
