"""The command `caoan-stats`: check, build, run; thin, it words what the library does."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from caoan_stats import __version__, contradictions, derived, labels, processed, raw, run
from caoan_stats.errors import InvalidDataError
from caoan_stats.jobs import Result
from caoan_stats.messages import Language
from caoan_stats.phrases import SAID
from caoan_stats.places import THRESHOLD, find_data

PUBLIC_BELOW = 5  # sensitive counts under it are not public, unless another threshold is named
LOG_WIDTH = 160  # of what is not written to a terminal
TABLE_WIDTH = 140  # the narrowest terminal in which a table of contradictions can be read

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[
    Path | None,
    typer.Option(
        help="Thư mục dữ liệu; nếu không nêu thì lấy data/ của dự án.", show_default=False
    ),
]
Lang = Annotated[Language, typer.Option(help="Ngôn ngữ của thông báo.")]


def main() -> None:
    """Run the command, in UTF-8 whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    app(prog_name="caoan-stats")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"caoan-stats {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Phiên bản.")
    ] = False,
) -> None:
    """Kiểm tra số liệu, lập gói dữ liệu và xuất báo cáo HTML của xã."""


@app.command()
def check(data: Data = None, lang: Lang = "vi") -> None:
    """Kiểm tra dữ liệu: báo mọi lỗi của mọi tệp, rồi mọi số liệu mâu thuẫn."""
    with _explained(lang):
        tables = raw.read(find_data(data))
        _say(lang, "valid", files=len(tables), rows=sum(len(frame) for frame in tables.values()))
        found = derived.derive(tables)
    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = LOG_WIDTH
    narrow = console.width < TABLE_WIDTH
    for part in contradictions.tell(tables, found, lang, narrow=narrow):
        console.print(part, markup=False, highlight=False, soft_wrap=isinstance(part, str))
    if len(contradictions.new(found["audit"])):
        raise typer.Exit(1)


@app.command()
def build(data: Data = None, lang: Lang = "vi") -> None:
    """Kiểm tra dữ liệu rồi lập gói dữ liệu trong processed/."""
    with _explained(lang):
        _say(lang, "built", folder=processed.build(find_data(data)))


@app.command("run")
def run_(  # noqa: PLR0913, PLR0917 - one parameter an option
    year: Annotated[list[int] | None, typer.Option(help="Năm; mọi năm nếu không nêu.")] = None,
    notebook: Annotated[
        list[str] | None, typer.Option(help="Tên notebook; mọi notebook nếu không nêu.")
    ] = None,
    data: Data = None,
    out: Annotated[Path, typer.Option(help="Thư mục xuất.")] = Path("exports"),
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Số trang làm cùng lúc.", show_default="số bộ xử lý")
    ] = None,
    force: Annotated[bool, typer.Option(help="Làm lại cả những trang không đổi.")] = False,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help=f"Bản công khai, không nêu số đếm nhạy cảm dưới {PUBLIC_BELOW}; xóa trang cũ.",
        ),
    ] = False,
    public_below: Annotated[
        int | None,
        typer.Option(
            min=3,
            envvar=THRESHOLD,
            help="Bản công khai với ngưỡng khác, từ 3.",
            show_default=False,
        ),
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Làm mọi việc: kiểm tra, lập gói dữ liệu, chạy notebook cho từng năm và xuất HTML."""
    start = time.perf_counter()
    with _explained(lang):
        folder = find_data(data)
        processed.ensure(folder)
        below = public_below or (PUBLIC_BELOW if public else 0)
        planned = run.plan(folder, out, year or (), notebook or (), below=below)
        run.prepare(planned)
        results = run.perform(planned.asked, workers=jobs, force=force)
        done = list(_followed(results, len(planned.asked), lang))
        index = run.finish(planned, done)
    counts = {name: sum(result.outcome == name for result in done) for name in _OUTCOMES}
    seconds = labels.number(round(time.perf_counter() - start, 1))
    details: dict[str, Any] = {"pages": len(done), "seconds": seconds, "index": index, **counts}
    _say(lang, "ended", **details)
    if unseen := len(contradictions.new(processed.load(folder)["audit"])):
        _say(lang, "unseen", count=unseen)
    if counts["failed"]:
        raise typer.Exit(1)


_OUTCOMES = ("made", "fresh", "failed")


def _followed(results: Iterable[Result], total: int, lang: Language) -> Iterator[Result]:
    """Show each result as it comes: a bar on a terminal, a line a page elsewhere."""
    console = Console()
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[job]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total, job="")
        for result in results:
            progress.update(task, advance=1, job=result.job.name)
            if result.outcome == "failed" or not console.is_terminal:
                seconds = labels.number(round(result.seconds, 1))
                details = {"job": result.job.name, "seconds": seconds, "reason": result.reason}
                progress.console.print(
                    SAID[result.outcome][lang].format(**details), markup=False, soft_wrap=True
                )
            yield result


@contextmanager
def _explained(lang: Language) -> Iterator[None]:
    """End with exit code 2 and one sentence for each thing that a person has to mend."""
    try:
        yield
    except InvalidDataError as error:
        for finding in error.errors:
            typer.echo(finding.sentence(lang), err=True)
        files = len({finding.file for finding in error.errors})
        _say(lang, "invalid", err=True, errors=len(error.errors), files=files)
    except run.UnknownJobError as error:
        asked, known = (", ".join(map(str, names)) for names in (error.asked, error.known))
        _say(lang, "unknown_job", err=True, asked=asked, known=known)
    except OSError as error:
        _say(lang, "not_written", err=True, path=error.filename, reason=error.strerror)
    else:
        return
    raise typer.Exit(2)


def _say(lang: Language, what: str, *, err: bool = False, **details: Any) -> None:
    typer.echo(SAID[what][lang].format(**details), err=err)
