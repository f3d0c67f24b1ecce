"""How a run goes on: a bar on a terminal, a line a page elsewhere."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from caoan_stats.jobs import Result
from caoan_stats.speaker import Speaker

Show = Callable[[Result, str], None]


def follow(results: Generator[Result], due: int, out: Path, voice: Speaker) -> list[Result]:
    """Show each result as it comes, and give all.

    Parameters
    ----------
    results
        Those of a run; it ends with this function, however that ends.
    due
        How many of the pages are to be made.
    out
        The folder that pages are named from.
    voice
        What words and logs each.
    """
    done = []
    with closing(results), _bar(due) if due else _lines() as show:
        for result in results:
            done.append(result)
            details = _details(result, out)
            event = "failed_with_copy" if details.get("copy") else result.outcome
            show(result, voice.words(event, **details))
            voice.record(result.outcome, **details)
    return done


def _details(result: Result, out: Path) -> dict[str, Any]:
    job = result.job
    details = {"job": job.below(out), "seconds": round(result.seconds, 3), "page": job.page}
    if result.outcome == "failed":
        copy = job.failure if job.failure.is_file() else None
        details |= {"reason": result.reason, "copy": copy}
    return details


@contextmanager
def _lines() -> Iterator[Show]:
    """Say what is not on a terminal; rich is slow to import where there is nothing to do."""
    yield lambda _, sentence: None if sys.stdout.isatty() else print(sentence)


@contextmanager
def _bar(due: int) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(emoji=False, markup=False, highlight=False)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[job]}", markup=False),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=due, job="")

        def show(result: Result, sentence: str) -> None:
            if result.outcome != "fresh":
                progress.update(task, advance=1, job=result.job.name)
            if result.outcome == "failed" or not console.is_terminal:
                progress.console.print(sentence, soft_wrap=True)

        yield show
