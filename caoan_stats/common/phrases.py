"""What the command says, in Vietnamese and English."""

from collections.abc import Mapping

from caoan_stats.common.messages import Language

DECIMAL: Mapping[Language, str] = {"vi": ",", "en": "."}  # babel is slow to import
SAID: Mapping[str, Mapping[Language, str]] = {
    "valid": {
        "vi": "Dữ liệu hợp lệ: {files} tệp, {rows} dòng.",
        "en": "The data is valid: {files} files, {rows} rows.",
    },
    "new_contradictions": {"vi": "Số liệu mâu thuẫn: {count}", "en": "Contradictions: {count}"},
    "acknowledged_contradictions": {
        "vi": "Mâu thuẫn đã xem xét, giữ như nguồn (acknowledged.csv): {count}",
        "en": "Acknowledged, left as the source has them (acknowledged.csv): {count}",
    },
    "contradiction_columns": {
        "vi": "Năm|Quan hệ|Nguồn nêu|Tính ra|Chênh lệch|Mục",
        "en": "Year|Relation|Stated|Computed|Gap|Sections",
    },
    "evidence": {"vi": "Các số liệu cần xem", "en": "Figures to look at"},
    "reason": {"vi": "Lý do giữ", "en": "Reason"},
    "=": {"vi": "", "en": ""},
    "<=": {"vi": "không quá ", "en": "at most "},
    "points": {"vi": "điểm %", "en": "percentage points"},
    "derived": {"vi": "suy ra", "en": "derived"},
    "target": {"vi": "mục tiêu", "en": "target"},
    "how_to_acknowledge": {
        "vi": "Xem lại các số trên. Nếu nguồn đúng là nêu như vậy, chép các dòng dưới đây vào "
        "acknowledged.csv và ghi lý do:",
        "en": "Look at these figures again. Where the source does say so, copy the lines below "
        "into acknowledged.csv and write the reason:",
    },
    "your_reason": {"vi": "<lý do>", "en": "<reason>"},
    "stale": {
        "vi": "acknowledged.csv:{line}: năm {year} không có mâu thuẫn «{left} {operator} {right}»: "
        "xóa dòng này.",
        "en": "acknowledged.csv:{line}: stale, “{left} {operator} {right}” is no contradiction in "
        "{year}: delete the line.",
    },
    "undivided": {
        "vi": "relations.csv:{line}: năm {year} không kiểm tra được (not_checkable), vì chia cho "
        "0: «{formula}».",
        "en": "relations.csv:{line}: {year} is not_checkable because of a division by zero: "
        "“{formula}”.",
    },
    "audited": {
        "vi": "Đối chiếu số liệu: {holds} khớp, {new} mâu thuẫn mới, {seen} mâu thuẫn đã xem xét, "
        "{derived} số suy ra, {not_checkable} chưa kiểm tra được.",
        "en": "Audit: {holds} hold, {new} new contradictions, {seen} acknowledged ones, "
        "{derived} figures derived, {not_checkable} not checkable.",
    },
    "invalid": {
        "vi": "Số lỗi: {errors}, số tệp có lỗi: {files}; chưa ghi gì.",
        "en": "Errors: {errors}, files with errors: {files}; nothing was written.",
    },
    "built": {
        "vi": "Đã lập gói dữ liệu: {folder}",
        "en": "Data package written: {folder}",
    },
    "unknown_job": {
        "vi": "Không có {asked}; chỉ có: {known}.",
        "en": "There is no {asked}; there are: {known}.",
    },
    "not_written": {
        "vi": "Không ghi được {path}: {reason}",
        "en": "Cannot write {path}: {reason}",
    },
    "unseen": {
        "vi": "Số liệu có {count} mâu thuẫn chưa xem xét: gõ caoan-stats check.",
        "en": "The data has {count} contradictions that nobody has acknowledged: run caoan-stats "
        "check.",
    },
    "change": {"vi": "mức tăng, giảm", "en": "change"},
    "made": {"vi": "{job}: đã làm ({seconds} giây)", "en": "{job}: made ({seconds} s)"},
    "fresh": {"vi": "{job}: không đổi", "en": "{job}: unchanged"},
    "failed": {"vi": "{job}: LỖI: {reason}", "en": "{job}: FAILED: {reason}"},
    "failed_with_copy": {
        "vi": "{job}: LỖI: {reason} (bản đã chạy: {copy})",
        "en": "{job}: FAILED: {reason} (executed copy: {copy})",
    },
    "runs": {"vi": "{job}: chạy, vì {reasons}", "en": "{job}: runs, for {reasons}"},
    "rests": {
        "vi": "{job}: không chạy, vì không có gì thay đổi",
        "en": "{job}: does not run, for nothing has changed",
    },
    "same_name": {
        "vi": "Các thư mục dữ liệu trùng tên, trang sẽ ghi đè lên nhau: {folders}.",
        "en": "Data folders of the same name would overwrite each other's pages: {folders}.",
    },
    "in_folder": {"vi": "Thư mục dữ liệu {folder}:", "en": "Data folder {folder}:"},
    "locked": {
        "vi": "{folder}: một lần chạy khác đang dùng (tiến trình {pid} trên máy {host}, từ "
        "{since}). Chạy lại sau, hoặc chờ bằng --wait.",
        "en": "{folder}: another run is using it (process {pid} on {host}, since {since}). Run "
        "again later, or wait with --wait.",
    },
    "waiting": {
        "vi": "{folder}: chờ lần chạy khác (tiến trình {pid} trên máy {host}, từ {since}).",
        "en": "{folder}: waiting for another run (process {pid} on {host}, since {since}).",
    },
    "died": {
        "vi": "Một tiến trình con kết thúc giữa chừng (mã {code}).",
        "en": "A process of the command ended half-way (exit code {code}).",
    },
    "interrupted": {
        "vi": "Đã dừng giữa chừng; các trang đã làm xong vẫn được giữ.",
        "en": "Interrupted; the pages that were done are kept.",
    },
    "terminated": {
        "vi": "Bị yêu cầu dừng (SIGTERM); các trang đã làm xong vẫn được giữ.",
        "en": "Asked to end (SIGTERM); the pages that were done are kept.",
    },
    "watching": {
        "vi": "Đang theo dõi {folders}; bấm Ctrl-C để thôi.",
        "en": "Watching {folders}; Ctrl-C ends it.",
    },
    "changed": {"vi": "Vừa thay đổi: {files}.", "en": "Changed: {files}."},
    "watched": {"vi": "Đã thôi theo dõi.", "en": "No longer watching."},
    "no_dask": {
        "vi": "Chưa cài Dask: gõ pip install 'caoan_stats[dask]'.",
        "en": "Dask is not installed: run pip install 'caoan_stats[dask]'.",
    },
    "no_cluster": {
        "vi": "Không có cụm Dask nào ở {address}.",
        "en": "There is no Dask scheduler at {address}.",
    },
    "begun": {
        "vi": "Đã lập thư mục dữ liệu {folder}: {title} (sửa được trong datapackage.json). "
        "Tiếp theo: caoan-stats new-year <năm> --data {folder}",
        "en": "{folder} is ready: {title} (as datapackage.json has it). Next: caoan-stats new-year "
        "<year> --data {folder}",
    },
    "not_empty": {
        "vi": "{folder} đã có và không trống; không ghi gì. Chọn một thư mục khác.",
        "en": "{folder} is there already and not empty; nothing was written. Name another folder.",
    },
    "form_written": {
        "vi": "Đã lập {file}: {sheets} trang, {rows} chỉ tiêu. Điền xong thì gõ caoan-stats import "
        "{file}.",
        "en": "{file} written: {sheets} sheets, {rows} indicators. Fill it in, then run "
        "caoan-stats import {file}.",
    },
    "form_exists": {
        "vi": "{file} đã có; không ghi đè. Đổi tên hoặc chuyển tệp đó đi rồi lập lại.",
        "en": "{file} is there already and was left alone. Rename or move it, then try again.",
    },
    "formula_used": {
        "vi": "{place}: công thức {formula}; lấy kết quả đã lưu là {value}.",
        "en": "{place}: the formula {formula}; its saved result {value} was taken.",
    },
    "not_taken": {
        "vi": "{place}: số năm {before} hoặc mục tiêu không như trong dữ liệu; không nhập từ đây.",
        "en": "{place}: the figure of {before} or the target is not that of the data; it is not "
        "imported from here.",
    },
    "source_suggested": {
        "vi": "{place}: nguồn {source} chưa có nên được thêm theo gợi ý dưới đây; tên văn bản, cơ "
        "quan hay ngày chưa đúng thì sửa trong sources.csv.",
        "en": "{place}: the source {source} is not known yet and is added as suggested below; "
        "where its title, issuer or date is another, mend it in sources.csv.",
    },
    "read_as": {
        "vi": "{place}: hiểu là {number}.",
        "en": "{place}: read as {number}.",
    },
    "rounded_out": {
        "vi": "{place}: hiểu là {number}; nếu báo cáo nêu số đầy đủ hơn thì ghi số đó.",
        "en": "{place}: read as {number}; write the full number if the report states it.",
    },
    "jump": {
        "vi": "Hỏi: {place}, «{label}»: {value}, năm trước {previous}, chênh nhau {times} lần. Có "
        "đúng đơn vị tính và đủ chữ số không?",
        "en": "Question: {place}, “{label}”: {value}, {previous} the year before, {times} times "
        "apart. Are the unit and the number of digits right?",
    },
    "conflicts": {
        "vi": "{count} dòng đã có trong dữ liệu với nội dung khác (dòng -); chưa ghi gì. Nếu dòng "
        "mới (+) là đúng thì gõ lại với --replace.",
        "en": "{count} lines are in the data with other contents (-); nothing was written. If the "
        "new ones (+) are right, run again with --replace.",
    },
    "would_add": {
        "vi": "Sẽ thêm {added} dòng, thay {changed} dòng trong {files} tệp; {same} dòng đã có. Gõ "
        "lại với --write để ghi.",
        "en": "Would add {added} lines and replace {changed} in {files} files; {same} are there "
        "already. Run again with --write to write them.",
    },
    "added": {
        "vi": "Đã thêm {added} dòng, thay {changed} dòng trong {files} tệp; {same} dòng đã có.",
        "en": "Added {added} lines and replaced {changed} in {files} files; {same} were there "
        "already.",
    },
    "nothing_typed": {
        "vi": "Trong tệp chưa có số liệu nào.",
        "en": "There are no figures in the file.",
    },
    "nothing_new": {
        "vi": "Không có gì mới: {same} dòng đã có trong dữ liệu.",
        "en": "Nothing new: {same} lines are in the data already.",
    },
    "no_years": {
        "vi": "Chưa có số liệu của năm nào nên chưa có trang; bắt đầu bằng caoan-stats new-year "
        "<năm>.",
        "en": "There is no year with figures, so there is no page; begin with caoan-stats new-year "
        "<year>.",
    },
    "ended": {
        "vi": "{pages} trang ({made} mới, {fresh} không đổi, {failed} lỗi) trong {seconds} giây: "
        "{index}",
        "en": "{pages} pages ({made} made, {fresh} unchanged, {failed} failed) in {seconds} s: "
        "{index}",
    },
}

REASONS: Mapping[str, Mapping[Language, str]] = {
    "missing": {"vi": "chưa có trang", "en": "there is no page yet"},
    "failed": {"vi": "lần trước bị lỗi", "en": "it failed the last time"},
    "forced": {"vi": "có --force", "en": "--force was given"},
    "notebook": {"vi": "notebook đã đổi", "en": "the notebook has changed"},
    "data": {"vi": "số liệu đã đổi", "en": "the data has changed"},
    "library": {"vi": "chương trình đã đổi", "en": "the library or its templates have changed"},
    "versions": {"vi": "phiên bản phần mềm đã đổi", "en": "versions of packages have changed"},
    "links": {"vi": "các trang xung quanh đã đổi", "en": "the pages around it have changed"},
}

CAUSES: Mapping[str, Mapping[Language, str]] = {
    "cell": {
        "vi": "một ô chạy quá {number} giây (--timeout)",
        "en": "a cell took longer than {number} s (--timeout)",
    },
    "notebook": {
        "vi": "notebook chạy quá {number} giây (--timeout-notebook)",
        "en": "the notebook took longer than {number} s (--timeout-notebook)",
    },
    "died": {
        "vi": "tiến trình chạy notebook kết thúc giữa chừng (mã {number})",
        "en": "the process of the notebook ended half-way (exit code {number})",
    },
}
