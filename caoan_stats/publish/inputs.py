"""What a page is made from: the planned data and notebook, and the files that the notebook reads.

A page records what its notebook read beside the data as parts of its key, `read:digest:path`, so
that the next run can look for changes there.
"""

import json
import os
import site
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.files import sha256, stamp
from caoan_stats.common.library import PACKAGE
from caoan_stats.datafolder import editions, processed_files
from caoan_stats.datafolder.find import data_files
from caoan_stats.datafolder.package import RAW
from caoan_stats.kernel import forkserver, reads
from caoan_stats.publish.jobs import READ, Job
from caoan_stats.publish.notebooks import Notebook

CHANGED = "changed"  # instead of the digest of a file that changed while the notebook ran
_SYSTEM = ("/dev", "/etc", "/lib", "/Library", "/proc", "/sys", "/System", "/usr")


@contextmanager
def as_planned(
    data: Path, below: int, digest: str, notebook: Notebook | None = None
) -> Iterator[None]:
    """Raise `InvalidDataError` unless data and notebook are those of their digests, and stay so.

    `digest` is that of the edition with the threshold `below`.
    """
    paths = [notebook.path] if notebook else []
    paths += [editions.edition_file(data, below)] if below else []
    with processed_files.unchanged(data, *paths):
        edited = notebook and sha256(notebook.path.read_bytes()) != notebook.digest
        if edited or not _is_edition(data, below, digest):
            raise InvalidDataError([DataError("changed_meanwhile", data.name)])
        yield


@contextmanager
def recorded() -> Iterator[dict[str, str]]:
    """Yield a mapping that has at the end what the notebook that was executed here has read.

    It has the `stamp` of each file, when it was first opened, by its path.
    """
    found: dict[str, str] = {}
    if forkserver.is_fork():
        reads.start()
        yield found
        found |= reads.recorded()
        return
    with TemporaryDirectory(prefix="caoan-") as folder:
        path = Path(folder) / "reads.json"
        os.environ[reads.FILE_VARIABLE] = str(path)  # for the kernel, which inherits it
        yield found
        with suppress(OSError):  # no cell was executed
            found |= json.loads(path.read_bytes())


def full_key(job: Job, found: Mapping[str, str]) -> str:
    """Return the key of a page whose notebook has read the files of `recorded`."""
    folder = os.path.realpath(job.notebook.path.parent)
    own = {job.notebook.path, job.data, job.data / RAW, *data_files(job.data)}
    around = [each for each in installed() if not Path(folder).is_relative_to(each)]
    packages = tuple(f"{each}{os.sep}" for each in around)
    parts = []
    for path, seen in sorted(found.items()):
        if path.startswith(packages):
            continue  # most are, and the exact test is slow
        real = Path(os.path.realpath(path))
        if real not in own and _counts(real, job, is_there=bool(seen)):
            relative = Path(os.path.relpath(path, folder)).as_posix()
            part = job.part_of(relative)
            parts.append(part if stamp(path) == seen else f"{READ}{CHANGED}:{quote(relative)}")
    return " ".join((job.key, *parts))


def _is_edition(data: Path, below: int, digest: str) -> bool:
    with suppress(processed_files.OutOfDateError):
        return editions.read_edition(data, below).digest == digest
    return False


def _counts(real: Path, job: Job, *, is_there: bool) -> bool:
    """Return whether a file that the notebook read is a part of the project, or a file of somebody.

    Others are those of the data, of installed packages and of the system, and settings.
    """
    project = Path(os.path.realpath(job.notebook.path.parent.parent))
    if real.is_relative_to(job.data):
        return is_there and real.parent.name != processed_files.PROCESSED
    around = [each for each in (project, *installed()) if real.is_relative_to(each)]
    if around:
        return max(around, key=lambda each: len(each.parts)) == project
    return is_there and not any(part.startswith(".") for part in real.parts)


@cache
def installed() -> tuple[Path, ...]:
    """Return the folders of Python, of packages and of the system."""
    packages = [*site.getsitepackages(), site.getusersitepackages()]
    python = [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *packages]
    found = {Path(os.path.realpath(each)) for each in (*python, *_SYSTEM)}
    return (PACKAGE, *(each for each in found if each != Path(each.anchor)))
