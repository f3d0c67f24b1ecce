"""The command `caoan-stats`: check, build, run; thin, it words what the library does."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from caoan_stats import __version__, communes, finishing, progress, run
from caoan_stats.errors import ClusterError, InvalidDataError
from caoan_stats.jobs import Job
from caoan_stats.messages import Language
from caoan_stats.phrases import DECIMAL, REASONS, SAID
from caoan_stats.places import THRESHOLD, SameNameError, find_data, outputs
from caoan_stats.plan import Plan, UnknownJobError, plan, prepare

PUBLIC_BELOW = 5  # sensitive counts under it are not public, unless another threshold is named
INTERRUPTED = 130  # what a shell gives a command that was ended by Ctrl-C

OUTCOMES = ("made", "fresh", "failed")

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
    from caoan_stats import contradictions, derived, raw  # pandas is slow to import

    with _explained(lang):
        tables = raw.read(find_data(data))
        _say(lang, "valid", files=len(tables), rows=sum(len(frame) for frame in tables.values()))
        found = derived.derive(tables)
    contradictions.show(tables, found, lang)
    if len(contradictions.new(found["audit"])):
        raise typer.Exit(1)


@app.command()
def build(data: Data = None, lang: Lang = "vi") -> None:
    """Kiểm tra dữ liệu rồi lập gói dữ liệu trong processed/."""
    from caoan_stats import processed  # pandas is slow to import

    with _explained(lang):
        _say(lang, "built", folder=processed.build(find_data(data)))


@app.command("run")
def run_(  # noqa: PLR0913, PLR0917 - one parameter an option
    year: Annotated[list[int] | None, typer.Option(help="Năm; mọi năm nếu không nêu.")] = None,
    notebook: Annotated[
        list[str] | None, typer.Option(help="Tên notebook; mọi notebook nếu không nêu.")
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(help="Như trên; nhiều thư mục thì mỗi xã một thư mục xuất."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Thư mục xuất.")] = Path("exports"),
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Số trang làm cùng lúc.", show_default="số bộ xử lý")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Làm lại cả trang không đổi.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Nói vì sao mỗi trang được làm hay không.")
    ] = False,
    dask: Annotated[
        str | None, typer.Option(help="Làm trên cụm Dask này.", metavar="TCP://HOST:PORT")
    ] = None,
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
        folders = [find_data(folder) for folder in data or (None,)]
        below = public_below or (PUBLIC_BELOW if public else 0)
        places = outputs(folders, out)
        faulty = _told(run.build(list(places), below), lang)
        usable = {folder: place for folder, place in places.items() if folder not in faulty}
        plans = _planned(usable, lang, year or (), notebook or (), below=below)
        asked = [job for planned in plans for job in planned.asked]
        if explain:
            _explain(asked, out, lang, force=force)
        due = run.stale(asked, force=force)
        for planned in plans:
            if due or not finishing.is_done(planned):
                prepare(planned)
        results = run.perform(asked, workers=jobs, force=force, cluster=dask)
        done = progress.follow(results, len(due), out, lang)
        run.finish(plans, done)
        many = len(places) > 1
        index = communes.write(communes.survey(places, plans), out) if many else plans[0].index
    counts: dict[str, Any] = {
        name: sum(result.outcome == name for result in done) for name in OUTCOMES
    }
    seconds = f"{time.perf_counter() - start:.1f}".replace(".", DECIMAL[lang])
    _say(lang, "ended", pages=len(done), seconds=seconds, index=index, **counts)
    if unseen := sum(planned.unseen for planned in plans):
        _say(lang, "unseen", count=unseen)
    if len(plans) < len(places) or counts["failed"]:
        raise typer.Exit(2 if len(plans) < len(places) else 1)


def _told(
    found: Mapping[Path, InvalidDataError | None], lang: Language
) -> Mapping[Path, InvalidDataError]:
    """Say what is wrong with each folder; give those that cannot be used."""
    faulty = {folder: error for folder, error in found.items() if error}
    if len(found) == 1:
        for error in faulty.values():
            raise error
    for folder, error in faulty.items():
        _say(lang, "in_folder", err=True, folder=folder)
        _tell(error, lang)
    return faulty


def _planned(
    usable: Mapping[Path, Path], lang: Language, *asked: Sequence[Any], below: int
) -> list[Plan]:
    """Plan each folder; of several, say which do not know what is asked for."""
    plans = []
    for folder, place in usable.items():
        try:
            plans.append(plan(folder, place, *asked, below=below))
        except UnknownJobError as error:
            if len(usable) == 1:
                raise
            _say(lang, "in_folder", err=True, folder=folder)
            _unknown(error, lang)
    return plans


def _explain(asked: Sequence[Job], out: Path, lang: Language, *, force: bool) -> None:
    """Say of each job why it runs or not."""
    for job in asked:
        reasons = job.reasons or (["forced"] if force else [])
        words = ", ".join(REASONS[reason][lang] for reason in reasons)
        _say(lang, "runs" if reasons else "rests", job=job.below(out), reasons=words)


@contextmanager
def _explained(lang: Language) -> Iterator[None]:
    """End with exit code 2 and one sentence for each thing that a person has to mend."""
    try:
        yield
    except InvalidDataError as error:
        _tell(error, lang)
    except UnknownJobError as error:
        _unknown(error, lang)
    except SameNameError as error:
        _say(lang, "same_name", err=True, folders=", ".join(map(str, error.folders)))
    except ClusterError as error:
        _say(lang, error.kind, err=True, address=error.address)
    except OSError as error:
        _say(lang, "not_written", err=True, path=error.filename, reason=error.strerror)
    except KeyboardInterrupt:
        _say(lang, "interrupted", err=True)
        raise typer.Exit(INTERRUPTED) from None
    else:
        return
    raise typer.Exit(2)


def _unknown(error: UnknownJobError, lang: Language) -> None:
    asked, known = (", ".join(map(str, names)) for names in (error.asked, error.known))
    _say(lang, "unknown_job", err=True, asked=asked, known=known)


def _tell(error: InvalidDataError, lang: Language) -> None:
    for finding in error.errors:
        typer.echo(finding.sentence(lang), err=True)
    files = len({finding.file for finding in error.errors})
    _say(lang, "invalid", err=True, errors=len(error.errors), files=files)


def _say(lang: Language, what: str, *, err: bool = False, **details: Any) -> None:
    typer.echo(SAID[what][lang].format(**details), err=err)
