"""The command `run`: data built, pages planned and made, progress and result reported."""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from caoan_stats.command.exits import FAILED, INVALID, holder_details, report_error
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.locks import LockedError, hold
from caoan_stats.common.words import say
from caoan_stats.datafolder.editions import Key
from caoan_stats.datafolder.find import find_project
from caoan_stats.publish import communes, run
from caoan_stats.publish.earlier import hidden_before, keep_hidden
from caoan_stats.publish.jobs import Job, Limits, Result
from caoan_stats.publish.leftovers import clear_public
from caoan_stats.publish.plan import Plan, UnknownJobError, make_plan, prepare_folder
from caoan_stats.publish.remarks import LOGGED

Earlier = Mapping[Path, Collection[Key]]  # figures that earlier editions hid, by data folder
Show = Callable[[Result, str], None]  # shows a result, with its sentence


@dataclass(frozen=True)
class RunRequest:
    """The options of a run."""

    exports: Mapping[Path, Path]  # folder of exports of each data folder
    out: Path  # folder of all exports
    years: Sequence[int]  # empty for all
    notebooks: Sequence[str]  # their names; empty for all
    public_below: int  # sensitive counts below it are not shown; 0 shows all
    limits: Limits  # of each notebook
    workers: int | None  # pages made in parallel; None for the number of processors
    cluster: str | None  # address of a Dask scheduler; None for this machine
    wait: float  # seconds to wait for another run that uses the same folders
    force: bool  # whether to make fresh pages too
    explain: bool  # whether to print for each page why it is made or not


def default_out(folders: Sequence[Path]) -> Path:
    """Return the folder of exports of a run that names none: `exports` of the project.

    Outside the project, and in the data folder of another, it is `exports` of the working folder.
    """
    here, project = Path.cwd(), find_project(folders[0])
    others = [folder for folder in folders if folder != (project / "data").resolve()]
    if not here.is_relative_to(project) or any(here.is_relative_to(each) for each in others):
        return Path("exports")
    return Path(os.path.relpath(project / "exports"))


def run_request(request: RunRequest, speaker: Speaker) -> int:
    """Make the requested pages, report the progress and return the exit code.

    The code is 1 if a page failed, 2 if one of several data folders cannot be used. Raises
    `InvalidDataError` if the only data folder has errors, `UnknownJobError` if it has no such year
    or notebook, and `LockedError` if another run uses one of the folders of exports.
    """
    start = time.perf_counter()

    def report_waiting(error: LockedError) -> None:
        speaker.say("waiting", err=True, **holder_details(error))

    with hold([request.out, *request.exports.values()], request.wait, report_waiting):
        earlier = hidden_before(request.exports, request.out) if request.public_below else {}
        plans, refused = _plan(request, _build(request, earlier, speaker), speaker)
        if refused == len(request.exports):
            return INVALID
        results = _perform(request, plans, earlier, speaker)
        run.finish_site(plans, results)
        if len(request.exports) == 1:
            index = plans[0].index
        else:
            known = communes.survey(request.exports, plans)
            index = communes.write_front_page(known, plans, request.out)
    _report_end(plans, results, time.perf_counter() - start, index, speaker)
    if refused or len(plans) < len(request.exports):
        return INVALID
    return FAILED if any(result.outcome == "failed" for result in results) else 0


def _build(request: RunRequest, earlier: Earlier, speaker: Speaker) -> list[Path]:
    """Build the data folders, and return those that are valid."""
    found = run.build_folders(list(request.exports), request.public_below, earlier)
    for folder, error in found.items():
        if error:
            _report_folder(folder, error, request, speaker)
    return [folder for folder, error in found.items() if not error]


def _plan(request: RunRequest, folders: Sequence[Path], speaker: Speaker) -> tuple[list[Plan], int]:
    """Return the plan of each data folder, and how many lack the requested years or notebooks.

    The plan of such a folder requests no page.
    """
    plans, refused = [], 0
    for folder in folders:
        out, years, names = request.exports[folder], request.years, request.notebooks
        try:
            plans.append(make_plan(folder, out, years, names, below=request.public_below))
        except UnknownJobError as error:
            _report_folder(folder, error, request, speaker)
            plans.append(replace(make_plan(folder, out, below=request.public_below), requested=()))
            refused += 1
    return plans, refused


def _report_folder(folder: Path, error: Exception, request: RunRequest, speaker: Speaker) -> None:
    """Report the error of one of several data folders; raise that of the only one."""
    if len(request.exports) == 1:
        raise error
    speaker.say("in_folder", err=True, folder=folder)
    report_error(error, speaker)


def _perform(
    request: RunRequest, plans: Sequence[Plan], earlier: Earlier, speaker: Speaker
) -> list[Result]:
    """Make the pages that are not fresh, and return the result of each requested job."""
    jobs = [job for plan in plans for job in plan.requested]
    if request.explain:
        _explain(request, jobs, speaker)
    stale = run.stale_jobs(jobs, force=request.force)
    for plan in plans:
        if stale or not run.is_finished(plan):
            prepare_folder(plan)
    if request.public_below:
        unplanned = {*request.exports.values()} - {plan.out for plan in plans}
        clear_public(request.out, plans, request.public_below, unplanned)
        for plan in plans:
            keep_hidden(plan, earlier[plan.data])
    results = run.perform_jobs(
        jobs,
        workers=request.workers,
        force=request.force,
        cluster=request.cluster,
        limits=request.limits,
    )
    return _show_progress(results, len(stale), request.out, speaker)


def _explain(request: RunRequest, jobs: Sequence[Job], speaker: Speaker) -> None:
    """Print for each job why its page is made or not."""
    for job in jobs:
        reasons = job.reasons or (["forced"] if request.force else [])
        named = (reason.partition(":") for reason in reasons)
        clauses = [say(speaker.language, "reasons", kind, file=file) for kind, _, file in named]
        speaker.say("runs" if reasons else "rests", job=job.below(request.out), reasons=clauses)


def _report_end(
    plans: Sequence[Plan], results: Sequence[Result], seconds: float, index: Path, speaker: Speaker
) -> None:
    """Report data without figures, unacknowledged contradictions, and the pages by outcome."""
    if not any(plan.years for plan in plans):
        speaker.say("no_years")
    if count := sum(plan.unacknowledged for plan in plans):
        speaker.say("unseen", count=count)
    counts = Counter(result.outcome for result in results)
    outcomes: dict[str, Any] = {name: counts[name] for name in ("made", "fresh", "failed")}
    speaker.say("ended", pages=len(results), **outcomes, seconds=round(seconds, 3), index=index)


def _show_progress(
    results: Generator[Result], stale: int, out: Path, speaker: Speaker
) -> list[Result]:
    """Show and log each result as it comes, and return all; `stale` is the count of stale pages."""
    done = []
    with closing(results), _progress_bar(stale) if stale else _lines() as show:
        for result in results:
            done.append(result)
            details = _details(result, out)
            event = "failed_with_copy" if details.get("copy") else result.outcome
            show(result, speaker.words(event, **details))
            speaker.record(result.outcome, **details)
    _report_remarks(done, out, speaker)
    return done


def _report_remarks(results: Sequence[Result], out: Path, speaker: Speaker) -> None:
    """Warn of what pages lack of their notebooks; what is left out on purpose is only logged."""
    for result in results:
        for each in result.remarks:
            details = {
                "job": result.job.below(out),
                "cell": each.cell,
                "kind": each.kind,
                "what": each.what,
            }
            if each.kind == LOGGED:
                speaker.record("left_out", **details)
            else:
                speaker.say("remark", err=True, words=each.located(speaker.language), **details)


def _details(result: Result, out: Path) -> dict[str, Any]:
    job = result.job
    details = {"job": job.below(out), "seconds": round(result.seconds, 3), "page": job.page}
    if result.outcome == "failed":
        copy = job.failure if job.has_failed else None
        details |= {"reason": result.reason, "copy": copy}
    return details


@contextmanager
def _lines() -> Iterator[Show]:
    """Show nothing on a terminal, else a line per result. Rich is slow to import and not used."""
    yield lambda _, sentence: None if sys.stdout.isatty() else print(sentence)


@contextmanager
def _progress_bar(total: int) -> Iterator[Show]:
    """Show a bar and the failures on a terminal, else a line for each result."""
    from rich.console import Console  # slow to import
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(emoji=False, markup=False, highlight=False)
    name = TextColumn("{task.fields[job]}", markup=False)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), name)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total, job="")

        def show(result: Result, sentence: str) -> None:
            if result.outcome != "fresh":
                progress.update(task, advance=1, job=result.job.name)
            if result.outcome == "failed" or not console.is_terminal:
                progress.console.print(sentence, soft_wrap=True)

        yield show
