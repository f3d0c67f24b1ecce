"""Files: read up to a size limit, written whole or not at all, and their digests."""

import errno
import hashlib
import os
import signal
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError

DRAFT = ".caoan-draft"  # suffix of a file that is being written
DRAFT_FOLDERS = ("", "[0-9]*/", "failed/*/")  # that may have drafts, below a folder of exports
MEGABYTE = 1_000_000
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # flags of a draft
FILE_LIMIT = 4 * MEGABYTE  # bytes; the largest file that people write


def read_file(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """Return the content of a file of at most `limit` bytes.

    Raises `InvalidDataError` if the file does not exist, cannot be read, is larger, or is a pipe, a
    device or a folder.
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


def existing(path: Path) -> Path:
    """Return a path, or that of the file or folder whose name differs only in its Unicode form.

    macOS and some archives decompose the letters of a name, “ú” into “u” and an accent.
    """
    if path.exists() or path == path.parent:
        return path
    folder, name = existing(path.parent), unicodedata.normalize("NFC", path.name)
    try:
        found = (
            each for each in folder.iterdir() if unicodedata.normalize("NFC", each.name) == name
        )
        return next(found, path)
    except OSError:
        return path


def write_file(path: Path, data: bytes, like: Path | None = None) -> None:
    """Write a draft beside a file, flush it to disk and rename it.

    The folder is created. An existing file keeps its permissions; a new one gets those of `like`,
    or else those that the process gives to new files. After an `OSError`, an existing file is
    unchanged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _sigterm_blocked():
            _write(path, data, like)
    except OSError as error:
        error.filename = str(path)  # else the draft's, or none if the disk is full
        raise


def write_files(contents_of: Mapping[Path, bytes]) -> None:
    """Write several existing files, renamed in the order given; on an error, all are restored.

    A process that is killed between two renames leaves some files new and some old, each whole.
    """
    old = {path: path.read_bytes() for path in contents_of}
    renamed: list[Path] = []
    try:
        with _sigterm_blocked(), ExitStack() as stack:
            drafts = [stack.enter_context(_draft(*item)) for item in contents_of.items()]
            try:
                for path, draft in zip(contents_of, drafts, strict=True):
                    draft.replace(path)
                    renamed.append(path)
            except BaseException:
                for path in renamed:
                    _write(path, old[path])
                raise
    except OSError as error:
        error.filename = str(next((path for path in contents_of if path not in renamed), ""))
        raise


def remove_drafts(folder: Path) -> None:
    """Delete the drafts that killed processes left in a folder that no process is writing to."""
    for pattern in DRAFT_FOLDERS:
        for draft in folder.glob(f"{pattern}.*{DRAFT}"):
            draft.unlink(missing_ok=True)


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest of `data` as a Data Package writes it: `sha256:...`."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def stamp(path: str | os.PathLike[str]) -> str:
    """Return a text that differs after each change of a file, or of the names in a folder.

    It is empty if there is neither. Hidden names and `__pycache__` do not count.
    """
    place = Path(path)
    try:
        if place.is_dir():
            names = (each.name for each in place.iterdir())
            shown = (name for name in names if not name.startswith((".", "__pycache__")))
            return "/".join((".", *sorted(shown)))
        found = place.stat()
    except (OSError, ValueError):
        return ""
    return f"{found.st_mode} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def fingerprint(folder: Path, paths: Iterable[Path], *parts: str) -> str:
    """Return one digest of the names and contents of files, and of other texts, `parts`.

    Neither the order of `paths` nor the path of `folder`, which has the files, changes it. Raises
    `InvalidDataError` if a file cannot be read, or is larger than `FILE_LIMIT`.
    """
    digests = sorted(
        (path.relative_to(folder).as_posix(), sha256(read_file(path))) for path in paths
    )
    return sha256(repr((digests, parts)).encode())


def _write(path: Path, data: bytes, like: Path | None = None) -> None:
    with _draft(path, data, like) as draft:
        draft.replace(path)


@contextmanager
def _draft(path: Path, data: bytes, like: Path | None = None) -> Iterator[Path]:
    """Yield the path of a draft written beside `path` and flushed; delete it at the end."""
    model = next((each for each in (path, like) if each and each.exists()), None)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}{DRAFT}")
    descriptor = os.open(draft, _NEW, 0o600 if model else 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if model:
            _copy_permissions(model, draft)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _copy_permissions(model: Path, path: Path) -> None:
    """Give a file the mode of another, and its owner if this process may do so."""
    known = model.stat()
    with suppress(OSError, AttributeError):  # not the superuser; Windows
        os.chown(path, known.st_uid, known.st_gid)
    path.chmod(stat.S_IMODE(known.st_mode))


@contextmanager
def _sigterm_blocked() -> Iterator[None]:
    """Defer SIGTERM, which would leave a draft behind. No-op on Windows."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
