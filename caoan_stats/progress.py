"""How a run goes on: a bar on a terminal, a line a page elsewhere."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from caoan_stats.errors import printable
from caoan_stats.jobs import Result
from caoan_stats.messages import Language
from caoan_stats.phrases import DECIMAL, SAID

Show = Callable[[Result, str], None]


def follow(results: Generator[Result], due: int, out: Path, lang: Language) -> list[Result]:
    """Show each result as it comes, and give all.

    Parameters
    ----------
    results
        Those of a run; it ends with this function, however that ends.
    due
        How many of the pages are to be made.
    out
        The folder that pages are named from.
    lang
        The language of what is said.
    """
    done = []
    with closing(results), _bar(due) if due else _lines() as show:
        for result in results:
            done.append(result)
            show(result, _sentence(result, out, lang))
    return done


def _sentence(result: Result, out: Path, lang: Language) -> str:
    seconds = f"{result.seconds:.1f}".replace(".", DECIMAL[lang])
    name = result.job.below(out)
    said = SAID[result.outcome][lang].format(job=name, seconds=seconds, reason=result.reason)
    return printable(said)


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
