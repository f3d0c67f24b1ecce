"""Files of this program in a public folder that are not of the edition that a run publishes."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from caoan_stats.publish.jobs import edition_of, is_ours
from caoan_stats.publish.plan import Plan
from caoan_stats.publish.run import is_finished
from caoan_stats.publish.site import INTERNAL, annual_pages

_PLACE = re.compile(  # where this program writes, below the folder of all exports
    r"([^/]+/)?(index\.(html|json)|[0-9]+/[^/]+\.html|failed/[0-9]+/[^/]+\.ipynb)"
)
_DOWNLOAD = re.compile(rf"-{INTERNAL}\b.*\.(csv|svg)$", re.IGNORECASE)  # of the full edition
_MARKED = re.compile(rf"\.(html?|json|ipynb)$|{_DOWNLOAD.pattern}", re.IGNORECASE)


class LeftoverError(ValueError):
    """Files that are not of the public edition are left in the folder; `paths` has them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = tuple(paths)
        super().__init__(f"not of the public edition: {', '.join(map(str, paths))}")


def clear_public(
    root: Path, plans: Sequence[Plan], below: int, unplanned: Collection[Path]
) -> None:
    """Delete what this program has made in a public folder, but for what the editions have.

    These have the fresh pages of `plans`, and the indexes and annual reports that show them. In the
    `unplanned` folders, of data that is not valid, the pages of any public edition with the same
    threshold are kept. So a public page that fails is missing: an old page beside new ones could
    disclose a count.

    Only files that bear the mark of this program are deleted, and only where a run writes them,
    also a run of one data folder or of others. Raises `LeftoverError` if such a file, or a download
    of the full edition, is elsewhere in the folder, or if one cannot be read or deleted. Links to
    folders are not followed.
    """
    kept, left = _kept(root, plans, below), list[Path]()
    for path in _files([root, *(plan.out for plan in plans), *unplanned], left):
        try:
            if path in kept or not _is_of_another(path, below, unplanned):
                continue
            if not (_PLACE.fullmatch(path.relative_to(root).as_posix()) and is_ours(path)):
                left.append(path)
                continue
            path.unlink()
        except OSError:
            left.append(path)
    pages = {job.page for plan in plans for job in plan.jobs}
    left += filter(is_ours, pages - kept)  # in linked folders, where nothing is deleted
    if left:
        raise LeftoverError(sorted({*left}))


def _kept(root: Path, plans: Sequence[Plan], below: int) -> set[Path]:
    """Return the files that show the present editions."""
    kept = {job.page for plan in plans for job in plan.jobs if job.is_fresh}
    finished = [plan for plan in plans if is_finished(plan)]
    for plan in finished:
        kept |= {plan.index, plan.index.with_suffix(".json")}
        kept |= {plan.out / page.path for page in annual_pages(job.place for job in plan.jobs)}
    front = root / "index.html"
    with suppress(OSError):  # there is none
        if len(finished) == len(plans) and edition_of(front) == below:
            kept.add(front)
    return kept


def _files(folders: Iterable[Path], left: list[Path]) -> Iterator[Path]:
    """Yield the files that can bear a mark; add folders that cannot be read to `left`."""
    first, *others = folders

    def report(error: OSError) -> None:
        left.append(Path(error.filename))

    for top in (first, *(folder for folder in others if folder.is_symlink())):
        for folder, _, names in os.walk(top, onerror=report):
            paths = (Path(folder, name) for name in names)
            yield from (path for path in paths if _MARKED.search(path.name))


def _is_of_another(path: Path, below: int, unplanned: Collection[Path]) -> bool:
    """Return whether a file of this program is of another edition; raise `OSError` if unreadable.

    A page that stands alone does not tell from which data it was made.
    """
    if _DOWNLOAD.search(path.name):
        return True
    if not path.is_file() or (edition := edition_of(path)) is None:
        return False
    is_alone = path.suffix != ".json" and not is_ours(path)
    return edition != below or not (is_alone or any(map(path.is_relative_to, unplanned)))
