"""The command `caoan-stats`: its options, and nothing more."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from caoan_stats import __version__
from caoan_stats.command.exits import FAILED, explained
from caoan_stats.command.run import RunRequest, run_request
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.messages import Language
from caoan_stats.datafolder.find import THRESHOLD, find_data
from caoan_stats.publish.site import export_folders
from caoan_stats.publish.worker import CELLS, LIMITS, Limits

PUBLIC_BELOW = 5  # sensitive counts under it are not public, unless another threshold is named

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
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
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
    from caoan_stats.command import audit_report
    from caoan_stats.datafolder import raw  # pandas is slow to import
    from caoan_stats.relations import derive

    voice = Speaker(lang)
    with explained(voice):
        tables = raw.read_tables(find_data(data))
        voice.say("valid", files=len(tables), rows=sum(len(frame) for frame in tables.values()))
        found = derive.derive(tables)
    audit_report.print_audit(tables, found, lang)
    if len(audit_report.unacknowledged(found["audit"])):
        raise typer.Exit(FAILED)


@app.command()
def build(data: Data = None, lang: Lang = "vi") -> None:
    """Kiểm tra dữ liệu rồi lập gói dữ liệu trong processed/."""
    from caoan_stats.datafolder import processed  # pandas is slow to import

    voice = Speaker(lang)
    with explained(voice):
        voice.say("built", folder=processed.build(find_data(data)))


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Thư mục dữ liệu mới, chưa có hoặc còn trống.")],
    name: Annotated[
        str,
        typer.Option(help="Tên xã, ví dụ «xã Bình An»; không nêu thì lấy tên thư mục."),
    ] = "",
    lang: Lang = "vi",
) -> None:
    """Lập thư mục dữ liệu cho một xã khác: cùng danh mục chỉ tiêu và quan hệ, chưa có số liệu."""
    from caoan_stats.command import init

    voice = Speaker(lang)
    with explained(voice):
        if code := init.make_folder(folder, name, voice):
            raise typer.Exit(code)


@app.command("new-year")
def new_year(
    year: Annotated[int, typer.Argument(min=1945, max=2100, help="Năm của số liệu.")],
    data: Data = None,
    lang: Lang = "vi",
) -> None:
    """Lập phiếu nhập số liệu của một năm, <năm>.xlsx, trong thư mục hiện tại."""
    from caoan_stats.command import new_year as handing  # openpyxl is slow to import

    voice = Speaker(lang)
    with explained(voice):
        if code := handing.write_form(find_data(data), year, voice):
            raise typer.Exit(code)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Phiếu đã điền (.xlsx), hoặc tệp .csv.")],
    data: Data = None,
    write: Annotated[
        bool, typer.Option("--write", help="Ghi vào raw/; nếu không thì chỉ cho xem.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Thay cả những dòng đã có với số khác.")
    ] = False,
    lang: Lang = "vi",
) -> None:
    """Đọc phiếu đã điền, kiểm tra, cho xem những gì sẽ thêm; với --write thì ghi vào dữ liệu."""
    from caoan_stats.command import import_  # openpyxl and pandas are slow to import

    voice = Speaker(lang)
    with explained(voice):
        if code := import_.run_import(file, find_data(data), voice, write=write, replace=replace):
            raise typer.Exit(code)


@app.command("run")
def run_(  # noqa: PLR0913, PLR0917 - one parameter an option
    year: Annotated[list[int] | None, typer.Option(help="Năm; mọi năm nếu không nêu.")] = None,
    notebook: Annotated[
        list[str] | None, typer.Option(help="Tên notebook; mọi notebook nếu không nêu.")
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(help="Thư mục dữ liệu; nhiều thư mục thì mỗi xã một thư mục xuất."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Thư mục xuất.")] = Path("exports"),
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Số trang làm cùng lúc.", show_default="số bộ xử lý")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Làm lại cả trang không đổi.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Nói vì sao mỗi trang được làm hay không.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=1, metavar="GIÂY", help="Thời gian tối đa cho mỗi ô.")
    ] = LIMITS.cell,
    timeout_notebook: Annotated[
        float | None,
        typer.Option(
            min=1,
            metavar="GIÂY",
            help="Thời gian tối đa cho cả notebook.",
            show_default=f"{CELLS} lần --timeout",
        ),
    ] = None,
    memory: Annotated[
        int, typer.Option(min=512, metavar="MIB", help="Dung lượng bộ nhớ tối đa của mỗi notebook.")
    ] = LIMITS.memory,
    wait: Annotated[
        float,
        typer.Option(
            min=0,
            metavar="GIÂY",
            help="Thời gian chờ tối đa khi lần chạy khác đang giữ thư mục xuất.",
        ),
    ] = 0,
    log_json: Annotated[
        Path | None,
        typer.Option(help="Ghi thêm vào tệp này mỗi sự kiện một dòng JSON.", show_default=False),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(help="Thực hiện trên cụm Dask tại địa chỉ này.", metavar="TCP://HOST:PORT"),
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
    watch: Annotated[
        bool, typer.Option("--watch", help="Làm lại mỗi khi dữ liệu hay notebook thay đổi.")
    ] = False,
    lang: Lang = "vi",
) -> None:
    """Làm mọi việc: kiểm tra, lập gói dữ liệu, chạy notebook cho từng năm và xuất HTML."""
    voice = Speaker(lang, log_json)
    with explained(voice):
        voice.begin(version=__version__, command=sys.argv[1:])
        asked = RunRequest(
            places=export_folders([find_data(folder) for folder in data or (None,)], out),
            out=out,
            years=year or (),
            notebooks=notebook or (),
            below=public_below or (PUBLIC_BELOW if public else 0),
            allowed=Limits(timeout, timeout_notebook or CELLS * timeout, memory),
            workers=jobs,
            cluster=dask,
            wait=wait,
            force=force,
            explain=explain,
        )
        if code := _follow(asked, voice) if watch else run_request(asked, voice):
            raise typer.Exit(code)


def _follow(asked: RunRequest, voice: Speaker) -> int:
    from caoan_stats.command import watch  # watchfiles is slow to import

    return watch.watch_and_run(asked, voice)
