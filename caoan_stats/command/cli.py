"""The command `caoan-stats`: its options."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from caoan_stats import __version__
from caoan_stats.command.exits import ending_by_sigpipe, exit_codes
from caoan_stats.command.run import RunRequest, default_out, run_request
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.words import DEFAULT, languages
from caoan_stats.datafolder.find import (
    PUBLIC_BELOW_VARIABLE,
    find_data,
    find_threshold,
    is_elsewhere,
)
from caoan_stats.disclosure.threshold import HIGHEST_THRESHOLD, LOWEST_THRESHOLD
from caoan_stats.publish.jobs import CELLS, LIMITS, Limits
from caoan_stats.publish.site import export_folders

PUBLIC_BELOW = 5  # threshold of the public edition without --public-below
MOST_JOBS = 256
MOST_SECONDS = 366 * 24 * 3600
MOST_MEMORY = 2**24  # MiB; a larger number of bytes may not be a limit of the system

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Data = Annotated[
    Path | None,
    typer.Option(
        help="Thư mục dữ liệu; nếu không nêu thì lấy data/ của dự án.", show_default=False
    ),
]
if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[tuple(languages())]
Lang = Annotated[Language, typer.Option(help="Ngôn ngữ của thông báo.")]


def main() -> None:
    """Run the command; its output is UTF-8, whatever the code page of the console."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with ending_by_sigpipe():
        app(prog_name="caoan-stats")


def _show_version(is_requested: bool) -> None:
    if is_requested:
        typer.echo(f"caoan-stats {__version__}")
        raise typer.Exit


def _option(data: Path | None) -> str:
    """Return ` --data` as it was given, to be repeated in an advised command; empty without it."""
    quote = '"' if " " in str(data) else ""
    return f" --data {quote}{data}{quote}" if data else ""


def _found(data: Path | None, speaker: Speaker) -> Path:
    """Return the data folder, and say so where nothing but the place of the package leads to it."""
    folder = find_data(data)
    if not data and is_elsewhere(folder):
        speaker.say("data_of_package", err=True, folder=folder)
    return folder


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Phiên bản.")
    ] = False,
) -> None:
    """Kiểm tra số liệu, lập gói dữ liệu và xuất báo cáo HTML của địa phương."""


@app.command()
def check(data: Data = None, lang: Lang = DEFAULT) -> None:
    """Kiểm tra dữ liệu: báo mọi lỗi của mọi tệp, rồi mọi số liệu mâu thuẫn."""
    from caoan_stats.command.check import run_check  # pandas is slow to import

    with exit_codes(Speaker(lang, option=_option(data))) as speaker:
        raise typer.Exit(run_check(_found(data, speaker), speaker))


@app.command()
def build(data: Data = None, lang: Lang = DEFAULT) -> None:
    """Kiểm tra dữ liệu rồi lập gói dữ liệu trong processed/."""
    from caoan_stats.datafolder import processed  # pandas is slow to import

    with exit_codes(Speaker(lang)) as speaker:
        speaker.say("built", folder=processed.build(_found(data, speaker)))


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Thư mục dữ liệu mới, chưa có hoặc còn trống.")],
    name: Annotated[
        str, typer.Option(help="Tên xã, phường, ví dụ «xã Bình An»; không nêu thì lấy tên thư mục.")
    ] = "",
    lang: Lang = DEFAULT,
) -> None:
    """Lập thư mục dữ liệu cho địa phương khác: cùng danh mục và quan hệ, chưa có số liệu."""
    from caoan_stats.command.init import make_folder

    with exit_codes(Speaker(lang)) as speaker:
        raise typer.Exit(make_folder(folder, name, speaker))


@app.command("new-year")
def new_year(
    year: Annotated[int, typer.Argument(min=1945, max=2100, help="Năm của số liệu.")],
    data: Data = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Cả những chỉ tiêu trong danh mục mà địa phương chưa từng có số liệu."
        ),
    ] = False,
    lang: Lang = DEFAULT,
) -> None:
    """Lập phiếu nhập số liệu của một năm, <năm>.xlsx, trong thư mục hiện tại."""
    from caoan_stats.command.new_year import write_form  # openpyxl is slow to import

    with exit_codes(Speaker(lang, option=_option(data))) as speaker:
        raise typer.Exit(write_form(_found(data, speaker), year, speaker, every=every))


@app.command("new-notebook")
def new_notebook(
    name: Annotated[
        str, typer.Argument(help="Tên tệp: chữ thường không dấu và số, ví dụ «lua-theo-vu».")
    ],
    table: Annotated[
        str, typer.Option(help="Bảng số liệu, ví dụ «rice»; không nêu thì lấy bảng trùng tên.")
    ] = "",
    title: Annotated[str, typer.Option(help="Tên trang; không nêu thì lấy tên bảng.")] = "",
    data: Data = None,
    lang: Lang = DEFAULT,
) -> None:
    """Lập một notebook riêng trong notebooks/ của dự án; lần chạy sau làm trang của nó."""
    from caoan_stats.command.new_notebook import write_notebook

    with exit_codes(Speaker(lang, option=_option(data))) as speaker:
        raise typer.Exit(write_notebook(_found(data, speaker), name, table, title, speaker))


def _one_line(reason: str | None) -> str | None:
    """Return a reason on one line; refuse an empty one."""
    if reason is not None and not reason.split():
        raise typer.BadParameter("cần một lý do")
    return None if reason is None else " ".join(reason.split())


@app.command("import")
def import_(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: Annotated[
        Path | None,
        typer.Argument(
            help="Phiếu đã điền (.xlsx, .ods, .xls), hoặc tệp .csv.", show_default=False
        ),
    ] = None,
    data: Data = None,
    write: Annotated[
        bool, typer.Option("--write", help="Ghi vào raw/; nếu không thì chỉ cho xem.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Thay cả những dòng đã có với số khác.")
    ] = False,
    accept: Annotated[
        str | None,
        typer.Option(
            metavar="LÝ DO",
            help="Ghi cả khi có câu hỏi hay mâu thuẫn mới; lý do được ghi vào acknowledged.csv.",
            show_default=False,
            callback=_one_line,
        ),
    ] = None,
    undo: Annotated[
        bool,
        typer.Option("--undo", help="Hoàn tác lần nhập vừa rồi: các tệp trở lại như trước đó."),
    ] = False,
    lang: Lang = DEFAULT,
) -> None:
    """Đọc phiếu đã điền, kiểm tra, cho xem những gì sẽ thêm; với --write thì ghi vào dữ liệu."""
    from caoan_stats.command.import_ import Options, run_import, run_undo  # slow to import

    if undo is bool(file) or (undo and (write or replace or accept)):
        raise typer.BadParameter("cần một tệp, hoặc chỉ --undo")
    with exit_codes(Speaker(lang, option=_option(data))) as speaker:
        if not file:
            raise typer.Exit(run_undo(_found(data, speaker), speaker))
        options = Options(write=write, replace=replace, accept=accept or "")
        raise typer.Exit(run_import(file, _found(data, speaker), speaker, options))


@app.command()
def read(  # noqa: PLR0913, PLR0917 - one parameter an option
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Báo cáo (.docx, .odt, .pdf, .txt); nhiều tệp là các phần của một báo cáo.",
        ),
    ],
    data: Data = None,
    year: Annotated[
        int | None,
        typer.Option(min=1945, max=2100, help="Năm của báo cáo; không nêu thì lấy ở đầu văn bản."),
    ] = None,
    source: Annotated[
        str, typer.Option(help="Mã nguồn của văn bản, ví dụ «bc2024»; không nêu thì được gợi ý.")
    ] = "",
    csv: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Ghi cả tệp CSV này: mỗi điều đã đọc một dòng."),
    ] = None,
    like: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Báo cáo năm trước đã đọc và nhập, làm mẫu để đọc."),
    ] = None,
    lang: Lang = DEFAULT,
) -> None:
    """Đọc báo cáo Word, PDF hay văn bản thành phiếu điền sẵn <năm>.xlsx; chưa ghi vào dữ liệu."""
    from caoan_stats.command.read import Options, run_read  # openpyxl is slow to import

    options = Options(files, year, source, csv, like)
    with exit_codes(Speaker(lang, option=_option(data))) as speaker:
        raise typer.Exit(run_read(_found(data, speaker), speaker, options))


@app.command()
def desk(
    data: Data = None,
    launcher: Annotated[
        bool,
        typer.Option(
            "--launcher",
            help="Không mở, mà lập trong thư mục hiện tại tệp «Nhập liệu» để nhấp đúp là mở.",
        ),
    ] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Chỉ in địa chỉ, không mở trình duyệt.")
    ] = False,
    lang: Lang = DEFAULT,
) -> None:
    """Mở trang nhập liệu: lấy phiếu, nộp phiếu đã điền, xem lại, ghi, làm và mở các trang."""
    from caoan_stats.command.desk import open_desk, write_launcher

    with exit_codes(Speaker(lang)) as speaker:
        if launcher:
            write_launcher(_found(data, speaker), speaker)
        else:
            open_desk(_found(data, speaker), speaker, browser=not no_browser)


def _threshold(below: int | None, *, public: bool) -> int:
    """Return the threshold of an option, else of the environment; 0 if nothing is hidden."""
    try:
        return find_threshold(below) or (PUBLIC_BELOW if public else 0)
    except ValueError:
        rule = f"cần 0, hoặc một số từ {LOWEST_THRESHOLD} đến {HIGHEST_THRESHOLD}"
        raise typer.BadParameter(f"{PUBLIC_BELOW_VARIABLE}: {rule}") from None


@app.command("run")
def run_(  # noqa: PLR0913, PLR0917 - one parameter an option
    year: Annotated[list[int] | None, typer.Option(help="Năm; mọi năm nếu không nêu.")] = None,
    notebook: Annotated[
        list[str] | None, typer.Option(help="Tên notebook; mọi notebook nếu không nêu.")
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(help="Thư mục dữ liệu; nhiều thư mục thì mỗi địa phương một thư mục xuất."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Thư mục xuất.", show_default="exports của dự án")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, max=MOST_JOBS, help="Số trang làm cùng lúc.", show_default="số bộ xử lý"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Làm lại cả trang không đổi.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Nói vì sao mỗi trang được làm hay không.")
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(min=1, max=MOST_SECONDS, metavar="GIÂY", help="Thời gian tối đa cho mỗi ô."),
    ] = LIMITS.cell,
    timeout_notebook: Annotated[
        float | None,
        typer.Option(
            min=1,
            max=MOST_SECONDS,
            metavar="GIÂY",
            help="Thời gian tối đa cho cả notebook.",
            show_default=f"{CELLS} lần --timeout",
        ),
    ] = None,
    memory: Annotated[
        int,
        typer.Option(
            min=512,
            max=MOST_MEMORY,
            metavar="MIB",
            help="Dung lượng bộ nhớ tối đa của mỗi notebook.",
        ),
    ] = LIMITS.memory,
    wait: Annotated[
        float,
        typer.Option(
            min=0,
            max=MOST_SECONDS,
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
            min=LOWEST_THRESHOLD,
            max=HIGHEST_THRESHOLD,
            help=f"Bản công khai với ngưỡng khác; không nêu thì lấy {PUBLIC_BELOW_VARIABLE}.",
            show_default=False,
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Làm lại mỗi khi dữ liệu hay notebook thay đổi.")
    ] = False,
    lang: Lang = DEFAULT,
) -> None:
    """Làm mọi việc: kiểm tra, lập gói dữ liệu, chạy notebook cho từng năm và xuất HTML."""
    option = _option(data[0]) if data and len(data) == 1 else ""
    with exit_codes(Speaker(lang, log_json, option)) as speaker:
        speaker.append("started", version=__version__, command=sys.argv[1:])
        folders = [_found(folder, speaker) for folder in data or (None,)]
        out = out or default_out(folders)
        request = RunRequest(
            exports=export_folders(folders, out),
            out=out,
            years=year or (),
            notebooks=notebook or (),
            public_below=_threshold(public_below, public=public),
            limits=Limits(timeout, timeout_notebook or CELLS * timeout, memory),
            workers=jobs,
            cluster=dask,
            wait=wait,
            force=force,
            explain=explain,
        )
        if watch:
            from caoan_stats.command.watch import watch_and_run  # watchfiles is slow to import

            raise typer.Exit(watch_and_run(request, speaker))
        raise typer.Exit(run_request(request, speaker))


@app.command()
def write(
    year: Annotated[int, typer.Argument(min=1945, max=2100, help="Năm của báo cáo.")],
    data: Data = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Tệp .docx.", show_default="tên báo cáo, trong thư mục hiện tại"),
    ] = None,
    notebook: Annotated[
        str, typer.Option(help="Chỉ viết về chuyên đề của notebook này, ví dụ «rice».")
    ] = "",
    lang: Lang = DEFAULT,
) -> None:
    """Viết dự thảo báo cáo của một năm thành văn bản Word theo Nghị định 30/2020/NĐ-CP."""
    from caoan_stats.command.write import write_word  # python-docx is slow to import

    with exit_codes(Speaker(lang, option=_option(data))) as speaker:
        raise typer.Exit(write_word(_found(data, speaker), year, out, notebook, speaker))
