"""Each data error in Vietnamese and English: what was found, what was expected, what to do."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["vi", "en"]

PLACES: Mapping[str, Mapping[Language, str]] = {
    "file": {"vi": "{file}", "en": "{file}"},
    "line": {"vi": "{file}:{line}", "en": "{file}:{line}"},
    "column": {"vi": "{file}:{line}, cột {column}", "en": "{file}:{line}, column {column}"},
    "sheet": {"vi": "{file}, trang «{sheet}»", "en": "{file}, sheet “{sheet}”"},
    "row": {
        "vi": "{file}, trang «{sheet}», dòng {line}",
        "en": "{file}, sheet “{sheet}”, row {line}",
    },
    "cell": {
        "vi": "{file}, trang «{sheet}», ô {column}{line}",
        "en": "{file}, sheet “{sheet}”, cell {column}{line}",
    },
}

SENTENCE: Mapping[Language, str] = {
    "vi": "{place}: thấy {found}; cần {expected}: {remedy}",
    "en": "{place}: found {found}; expected {expected}: {remedy}",
}

MESSAGES: Mapping[str, Mapping[Language, tuple[str, str, str]]] = {
    # Files
    "no_data_folder": {
        "vi": (
            "không có {descriptor} trong đó",
            "một thư mục dữ liệu",
            "nêu thư mục đúng bằng --data hoặc biến môi trường {variable}",
        ),
        "en": (
            "no {descriptor} in it",
            "a data folder",
            "name the right one by argument or in the environment variable {variable}",
        ),
    },
    "no_form_file": {
        "vi": ("không có tệp này", "phiếu đã điền, hoặc tệp .csv", "kiểm tra tên tệp và thư mục"),
        "en": ("no such file", "a workbook, or a .csv", "check the name and the folder"),
    },
    "missing_file": {
        "vi": ("không có tệp này", "tệp mà datapackage.json nêu", "khôi phục tệp"),
        "en": ("no such file", "the file that datapackage.json lists", "restore it"),
    },
    "unknown_file": {
        "vi": (
            "bảng mà datapackage.json không nêu, nên không ai đọc",
            "chỉ các tệp đã nêu",
            "thêm nó vào datapackage.json, hoặc chuyển nó ra khỏi thư mục dữ liệu",
        ),
        "en": (
            "a table that datapackage.json does not list, so that nobody reads it",
            "only listed files",
            "add it to datapackage.json, or move it out of the data folder",
        ),
    },
    "outside_file": {
        "vi": (
            "liên kết đến một tệp ở ngoài thư mục dữ liệu",
            "chỉ các tệp trong đó",
            "thay liên kết bằng chính tệp ấy, hoặc xóa nó",
        ),
        "en": (
            "a link to a file outside the data folder",
            "only files in it",
            "put the file itself in its place, or delete it",
        ),
    },
    "bad_package": {
        "vi": (
            "phần mô tả thiếu hoặc sai: {reason}",
            "một Data Package có đủ các bảng và cột mà chương trình đọc",
            "sửa phần đó, hoặc lấy lại bản đã lưu của tệp",
        ),
        "en": (
            "something missing or wrong: {reason}",
            "a Data Package with the tables and columns that the program reads",
            "mend that part, or take back the committed file",
        ),
    },
    "bad_json": {
        "vi": (
            "chỗ sai cú pháp JSON",
            "một tệp JSON bằng UTF-8",
            "sửa dấu phẩy, ngoặc hoặc ngoặc kép ở đó, hoặc lấy lại bản đã lưu của tệp",
        ),
        "en": (
            "something that is not JSON",
            "a JSON file in UTF-8",
            "mend the comma, bracket or quotation mark there, or take back the committed file",
        ),
    },
    "other": {
        "vi": ("{reason}", "dữ liệu đúng như datapackage.json mô tả", "sửa dòng này"),
        "en": ("{reason}", "data as datapackage.json describes it", "mend this line"),
    },
    "unreadable_file": {
        "vi": (
            "tệp không mở được ({reason})",
            "một tệp CSV đọc được",
            "đóng tệp trong chương trình khác, rồi kiểm tra quyền đọc",
        ),
        "en": (
            "a file that cannot be opened ({reason})",
            "a readable CSV file",
            "close it elsewhere and check the permission to read it",
        ),
    },
    "large_file": {
        "vi": (
            "tệp lớn hơn {limit} MB",
            "một tệp chỉ có những gì xã cần",
            "bỏ những gì không thuộc tệp này, hoặc khôi phục tệp",
        ),
        "en": (
            "a file of more than {limit} MB",
            "a file with what a commune needs and nothing else",
            "take out what does not belong in it, or restore the file",
        ),
    },
    "many_lines": {
        "vi": (
            "hơn {limit} dòng",
            "một bảng số liệu của xã",
            "bỏ những dòng không thuộc bảng này, hoặc chia bảng thành hai",
        ),
        "en": (
            "more than {limit} lines",
            "a table of the commune",
            "take out the lines that do not belong to it, or split it into two tables",
        ),
    },
    "many_faults": {
        "vi": (
            "nhiều lỗi hơn số lỗi đã nêu",
            "một tệp đúng như datapackage.json mô tả",
            "sửa các lỗi đã nêu rồi kiểm tra lại; nếu mọi dòng sai như nhau thì khôi phục tệp",
        ),
        "en": (
            "more faults than are told",
            "a file as datapackage.json describes it",
            "mend those that are told and check again; where all lines are alike, restore the file",
        ),
    },
    "changed_meanwhile": {
        "vi": (
            "số liệu thay đổi trong lúc đọc",
            "số liệu không ai đang sửa",
            "lưu các tệp đang mở, rồi chạy lại",
        ),
        "en": (
            "data that changed while it was read",
            "data that nobody is writing",
            "save the files that are open, and run it again",
        ),
    },
    "empty_file": {
        "vi": ("tệp rỗng", "ít nhất dòng tên cột", "viết dòng đầu là {header}"),
        "en": ("an empty file", "at least the line of column names", "write {header} on line 1"),
    },
    "not_utf8": {
        "vi": (
            "byte 0x{byte:02x} không thuộc bảng mã UTF-8",
            "văn bản UTF-8",
            "trong Excel chọn Lưu thành, kiểu «CSV UTF-8»; chữ TCVN3 hoặc VNI thì chuyển sang "
            "Unicode trước",
        ),
        "en": (
            "byte 0x{byte:02x}, which is not UTF-8",
            "UTF-8 text",
            "in Excel choose Save As, type “CSV UTF-8”; convert TCVN3 or VNI text to Unicode first",
        ),
    },
    "nul_byte": {
        "vi": ("byte NUL", "văn bản", "tệp đã hỏng: lưu lại từ Excel, kiểu «CSV UTF-8»"),
        "en": ("a NUL byte", "text", "the file is damaged: save it anew from Excel as “CSV UTF-8”"),
    },
    "open_quote": {
        "vi": (
            "dấu ngoặc kép mở mà không đóng đúng chỗ",
            "ô bắt đầu và kết thúc bằng một dấu ngoặc kép",
            "đóng dấu ngoặc kép ở cuối ô, hoặc xóa nó",
        ),
        "en": (
            "a quotation mark that is not closed where its cell ends",
            "a cell that begins and ends with one",
            "close it at the end of the cell, or delete it",
        ),
    },
    "long_cell": {
        "vi": (
            "ô dài hơn {limit} ký tự",
            "văn bản ngắn",
            "rút ngắn ô, hoặc đóng dấu ngoặc kép còn mở",
        ),
        "en": (
            "a cell of more than {limit} characters",
            "a short text",
            "shorten it, or close the quotation mark that is open",
        ),
    },
    "piled_marks": {
        "vi": (
            "hơn {limit} dấu trên một chữ",
            "chữ đọc được",
            "nhập lại ô này từ nguồn",
        ),
        "en": (
            "more than {limit} marks on one letter",
            "text that can be read",
            "type the cell anew from the source",
        ),
    },
    # Lines
    "wrong_header": {
        "vi": (
            "các cột «{header}»",
            "đúng các cột «{expected}» theo thứ tự này",
            "{advice_vi}",
        ),
        "en": (
            "the columns “{header}”",
            "just the columns “{expected}” in this order",
            "{advice_en}",
        ),
    },
    "extra_cell": {
        "vi": (
            "{count} ô: «{cells}»",
            "{expected} ô như dòng tên cột",
            "bỏ ô thừa; chữ có dấu «{separator}» thì đặt cả ô trong ngoặc kép",
        ),
        "en": (
            "{count} cells: “{cells}”",
            "{expected} cells as in the line of column names",
            "take out what is too much; put quotation marks around a cell with “{separator}”",
        ),
    },
    "split_number": {
        "vi": (
            "{count} ô: «{cells}»",
            "{expected} ô như dòng tên cột",
            "dấu phẩy đã chia một số thành nhiều ô: viết {number}",
        ),
        "en": (
            "{count} cells: “{cells}”",
            "{expected} cells as in the line of column names",
            "a comma has split a number into cells: write {number}",
        ),
    },
    "unsplit_line": {
        "vi": (
            "cả dòng trong một ô: «{cells}»",
            "{expected} ô như dòng tên cột",
            "ngăn ô bằng «{separator}» như dòng tên cột, và bỏ ngoặc kép quanh cả dòng",
        ),
        "en": (
            "the whole line in one cell: “{cells}”",
            "{expected} cells as in the line of column names",
            "separate cells with “{separator}” as the column names, without quotation marks around "
            "the line",
        ),
    },
    "missing_cell": {
        "vi": (
            "{count} ô: «{cells}»",
            "{expected} ô như dòng tên cột",
            "thêm đủ dấu «{separator}», kể cả cho ô trống",
        ),
        "en": (
            "{count} cells: “{cells}”",
            "{expected} cells as in the line of column names",
            "add the missing “{separator}”, for empty cells too",
        ),
    },
    # Cells
    "empty_cell": {
        "vi": ("ô trống", "một giá trị", "điền {column}"),
        "en": ("an empty cell", "a value", "fill in {column}"),
    },
    "not_a_number": {
        "vi": (
            "«{found}»",
            "một số",
            "viết số bằng chữ số, không kèm chữ hay đơn vị, như {example}",
        ),
        "en": ("“{found}”", "a number", "write digits without words or unit, as in {example}"),
    },
    "long_number": {
        "vi": (
            "«{found}»",
            "một số có nhiều nhất {limit} chữ số",
            "xem lại nguồn; nếu số đúng như vậy thì dùng đơn vị tính lớn hơn",
        ),
        "en": (
            "“{found}”",
            "a number of at most {limit} digits",
            "look at the source again; if it does say so, choose a larger unit",
        ),
    },
    "misspelt_number": {
        "vi": ("«{found}»", "số viết liền, dấu thập phân «{mark}»", "viết {reading}"),
        "en": ("“{found}”", "a number without grouping, decimal mark “{mark}”", "write {reading}"),
    },
    "ambiguous_number": {
        "vi": (
            "«{found}», đọc được hai cách",
            "một số chỉ đọc được một cách",
            "viết {whole} nếu dấu «{sign}» phân cách hàng nghìn, hoặc {fraction} nếu đó là dấu "
            "thập phân",
        ),
        "en": (
            "“{found}”, which can mean two numbers",
            "a number that can mean one",
            "write {whole} if the “{sign}” groups thousands, or {fraction} if it is the decimal "
            "mark",
        ),
    },
    "grouped_number": {
        "vi": (
            "«{found}», đọc được hai cách: {whole} hoặc {fraction}",
            "nhiều nhất {decimals} chữ số thập phân cho {indicator}",
            "viết {whole} nếu dấu «{sign}» phân cách hàng nghìn; nếu đó là dấu thập phân thì xem "
            "lại nguồn, hoặc cột decimals trong indicators.csv",
        ),
        "en": (
            "“{found}”, which can mean two numbers: {whole} or {fraction}",
            "at most {decimals} decimals for {indicator}",
            "write {whole} if the “{sign}” groups thousands; if it is the decimal mark, look at "
            "the source again, or at decimals in indicators.csv",
        ),
    },
    "damaged_text": {
        "vi": (
            "«{found}», chữ hỏng hoặc lỗi của Excel",
            "chữ đọc được",
            "nhập lại ô này từ nguồn",
        ),
        "en": (
            "“{found}”, damaged text or an error of Excel",
            "text that can be read",
            "type the cell anew from the source",
        ),
    },
    "too_many_decimals": {
        "vi": (
            "«{found}»",
            "nhiều nhất {decimals} chữ số thập phân cho {indicator}",
            "viết đúng như nguồn nêu, hoặc sửa cột decimals trong indicators.csv",
        ),
        "en": (
            "“{found}”",
            "at most {decimals} decimals for {indicator}",
            "write it as the source states it, or change decimals in indicators.csv",
        ),
    },
    "not_whole": {
        "vi": ("«{found}»", "một số nguyên", "viết bằng chữ số, như {example}"),
        "en": ("“{found}”", "a whole number", "write it in digits, as in {example}"),
    },
    "out_of_range": {
        "vi": ("«{found}»", "số từ {minimum} đến {maximum}", "kiểm tra lại {column}"),
        "en": ("“{found}”", "a number from {minimum} to {maximum}", "check the {column}"),
    },
    "not_allowed": {
        "vi": ("«{found}»", "một trong: {allowed}", "chọn một từ trong đó{or_empty_vi}"),
        "en": ("“{found}”", "one of: {allowed}", "choose one of them{or_empty_en}"),
    },
    "wrong_form": {
        "vi": ("«{found}»", "dạng như {form}", "viết lại {column} theo dạng đó"),
        "en": ("“{found}”", "a form like {form}", "write {column} in that form"),
    },
    # Lines that contradict each other or the catalogue
    "duplicate": {
        "vi": ("«{found}» lần thứ hai", "mỗi {key} chỉ một dòng", "giữ một trong hai dòng: {same}"),
        "en": ("“{found}” a second time", "one line for each {key}", "keep one of the two: {same}"),
    },
    "unknown_code": {
        "vi": ("«{found}»", "một mã trong {catalogue}", "{advice_vi}"),
        "en": ("“{found}”", "a code of {catalogue}", "{advice_en}"),
    },
    "wrong_table": {
        "vi": ("«{found}»", "chỉ tiêu của bảng này", "chuyển dòng này sang {right_file}"),
        "en": ("“{found}”", "an indicator of this table", "move the line to {right_file}"),
    },
    "unknown_table": {
        "vi": (
            "«{found}»",
            "một bảng trong raw/ mà datapackage.json nêu",
            "sửa tên bảng, hoặc thêm bảng vào datapackage.json",
        ),
        "en": (
            "“{found}”",
            "a table in raw/ that datapackage.json lists",
            "mend its name, or add the table to datapackage.json",
        ),
    },
    "half_quantified": {
        "vi": (
            "unit «{unit}» và decimals «{decimals}»",
            "cả hai, hoặc không cột nào",
            "điền ô còn trống; chỉ tiêu không định lượng thì để trống cả hai",
        ),
        "en": (
            "unit “{unit}” and decimals “{decimals}”",
            "both of them, or neither",
            "fill in the empty one; leave both empty where nothing is counted",
        ),
    },
    "no_figure": {
        "vi": (
            "cả value và change đều trống",
            "ít nhất một trong hai",
            "điền giá trị hoặc mức thay đổi, hoặc xóa dòng",
        ),
        "en": (
            "neither value nor change",
            "at least one of them",
            "fill in the value or the change, or delete the line",
        ),
    },
    "unquantified": {
        "vi": (
            "«{found}»",
            "ô trống, vì {indicator} không có đơn vị tính",
            "xóa số, hoặc thêm đơn vị cho chỉ tiêu trong indicators.csv",
        ),
        "en": (
            "“{found}”",
            "an empty cell, as {indicator} has no unit",
            "delete the number, or give the indicator a unit in indicators.csv",
        ),
    },
    "lower_above_upper": {
        "vi": (
            "cận dưới {lower} và cận trên {upper}",
            "cận dưới không lớn hơn cận trên",
            "đổi chỗ hai số nếu viết ngược",
        ),
        "en": (
            "lower {lower} and upper {upper}",
            "a lower bound that is not above the upper one",
            "exchange the two if they are the wrong way round",
        ),
    },
    "empty_interval": {
        "vi": (
            "hai cận đều bằng {lower} và closed là «{closed}»",
            "một khoảng có ít nhất một giá trị",
            "để trống closed",
        ),
        "en": (
            "both bounds {lower} with closed “{closed}”",
            "an interval that holds a value",
            "leave closed empty",
        ),
    },
    "no_target": {
        "vi": (
            "không có cận nào và note trống",
            "một cận, hoặc mục tiêu bằng lời",
            "điền lower hoặc upper, hoặc ghi mục tiêu bằng lời vào note",
        ),
        "en": (
            "no bound and no note",
            "a bound, or the target in words",
            "fill in lower or upper, or write the words in note",
        ),
    },
    # Relations
    "bad_formula": {
        "vi": (
            "«{part}»",
            "phép tính + - * / và ngoặc giữa mã chỉ tiêu và số",
            "viết lại {column} theo dạng {form}; số thập phân viết dấu chấm, như 0.5",
        ),
        "en": (
            "“{part}”",
            "arithmetic by + - * / and parentheses over codes of indicators and numbers",
            "write {column} in a form like {form}, and decimals with a point, as 0.5",
        ),
    },
    "no_indicator": {
        "vi": ("«{found}»", "ít nhất một mã chỉ tiêu", "thêm mã chỉ tiêu, hoặc xóa dòng"),
        "en": ("“{found}”", "at least one code of an indicator", "name one, or delete the line"),
    },
    "circle": {
        "vi": (
            "vòng tròn {circle}",
            "quan hệ mà không chỉ tiêu nào được tính từ chính nó",
            "bỏ hoặc viết lại một trong các quan hệ {lines}",
        ),
        "en": (
            "the circle {circle}",
            "relations in which no indicator follows from itself",
            "take out or rewrite one of the relations {lines}",
        ),
    },
    "no_reason": {
        "vi": ("«{found}»", "lý do của người đã xem xét", "ghi lý do thay cho chỗ trống này"),
        "en": ("“{found}”", "the reason of the one who looked", "write it in place of these words"),
    },
    "unknown_relation": {
        "vi": ("«{found}»", "một quan hệ của relations.csv, viết như ở đó", "{advice_vi}"),
        "en": ("“{found}”", "a relation of relations.csv, written as there", "{advice_en}"),
    },
    # What is typed in words
    "other_unit": {
        "vi": (
            "«{found}», đơn vị «{given}»",
            "đơn vị «{unit}» của {indicator}",
            "đổi số sang đơn vị đó, hoặc chỉ viết số nếu đơn vị vốn đúng",
        ),
        "en": (
            "“{found}” in “{given}”",
            "the unit “{unit}” of {indicator}",
            "convert the number, or write it alone if the unit was right",
        ),
    },
    "negative": {
        "vi": (
            "«{found}», nhỏ hơn 0",
            "số từ 0 trở lên, vì đơn vị là «{unit}»",
            "viết số có trong năm; mức giảm thì ghi vào cột tăng, giảm",
        ),
        "en": (
            "“{found}”, less than 0",
            "0 or more, as the unit is “{unit}”",
            "write the figure of the year; a decrease belongs in the column of the change",
        ),
    },
    "date_cell": {
        "vi": (
            "ngày, giờ «{found}», do bảng tính tự đổi",
            "{column} đúng như báo cáo nêu",
            "đặt ô về kiểu Văn bản (Text) rồi gõ lại",
        ),
        "en": (
            "the date or time “{found}”, which the spreadsheet has made",
            "{column} as the report states it",
            "format the cell as Text and type it again",
        ),
    },
    "two_qualifiers": {
        "vi": (
            "«{found}», nhưng con số ghi kèm «{value}»",
            "một từ kèm theo",
            "giữ một trong hai từ",
        ),
        "en": (
            "“{found}” beside a number with “{value}”",
            "one qualifier",
            "keep one of the two",
        ),
    },
    # Workbooks
    "password": {
        "vi": (
            "tệp có mật khẩu",
            "tệp mở được",
            "mở tệp trong Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi lưu lại",
        ),
        "en": (
            "a password on the file",
            "a file that can be opened",
            "open it in Excel, take the password off (File, Info, Protect Workbook) and save it",
        ),
    },
    "old_workbook": {
        "vi": (
            "tệp Excel kiểu cũ (.xls)",
            "tệp .xlsx",
            "trong Excel chọn Lưu thành, kiểu «Sổ làm việc Excel (.xlsx)»",
        ),
        "en": (
            "a file of an old Excel (.xls)",
            "an .xlsx file",
            "in Excel choose Save As, type “Excel Workbook (.xlsx)”",
        ),
    },
    "no_workbook": {
        "vi": (
            "tệp không phải sổ làm việc .xlsx, hoặc đã hỏng",
            "tệp do caoan-stats new-year lập, hoặc tệp .csv",
            "mở tệp trong Excel rồi lưu lại thành .xlsx, hoặc lấy lại bản còn tốt",
        ),
        "en": (
            "a file that is no .xlsx workbook, or is damaged",
            "a file that caoan-stats new-year made, or a .csv",
            "open it in Excel and save it anew as .xlsx, or take back a good copy",
        ),
    },
    "no_form": {
        "vi": (
            "sổ làm việc không có trang nào của phiếu nhập số liệu",
            "phiếu do caoan-stats new-year lập",
            "lập phiếu bằng caoan-stats new-year rồi chép số liệu vào đó",
        ),
        "en": (
            "a workbook without any sheet for figures",
            "one that caoan-stats new-year made",
            "make one with caoan-stats new-year and copy the figures into it",
        ),
    },
    "missing_sheet": {
        "vi": (
            "không có trang «{name}»",
            "mọi trang của phiếu",
            "chép trang «{name}» từ phiếu mới lập bằng caoan-stats new-year; không có số thì để "
            "trống",
        ),
        "en": (
            "no sheet “{name}”",
            "every sheet of the form",
            "copy “{name}” from a new form of caoan-stats new-year; leave it empty without figures",
        ),
    },
    "renamed_sheet": {
        "vi": ("trang đã đổi tên", "trang tên là «{name}»", "đổi tên trang «{found}» về «{name}»"),
        "en": ("a sheet renamed", "the name “{name}”", "rename “{found}” back to “{name}”"),
    },
    "extra_sheet": {
        "vi": (
            "trang không có trong phiếu, nên không ai đọc",
            "chỉ các trang của phiếu",
            "xóa trang này hoặc chuyển nó sang tệp khác",
        ),
        "en": (
            "a sheet that is not of the form, so that nobody reads it",
            "only the sheets of the form",
            "delete it, or move it to another file",
        ),
    },
    "hidden_sheet": {
        "vi": ("trang bị ẩn", "trang ai cũng thấy", "bỏ ẩn trang rồi xem lại số liệu trong đó"),
        "en": ("a hidden sheet", "a sheet that is seen", "unhide it and look at its figures"),
    },
    "large_sheet": {
        "vi": (
            "trang rộng hơn {rows} dòng hoặc {columns} cột",
            "một trang của phiếu",
            "xóa các dòng, cột thừa, kể cả dòng trống đã định dạng",
        ),
        "en": (
            "more than {rows} rows or {columns} columns",
            "a sheet of the form",
            "delete the surplus rows and columns, empty formatted ones too",
        ),
    },
    "merged_cells": {
        "vi": ("các ô gộp {range}", "mỗi ô một giá trị", "bỏ gộp ô {range}"),
        "en": ("the merged cells {range}", "one value a cell", "unmerge {range}"),
    },
    "hidden_rows": {
        "vi": (
            "dòng bị ẩn: {hidden}",
            "dòng ai cũng thấy",
            "bỏ ẩn hoặc bỏ lọc các dòng đó, rồi xem lại số liệu",
        ),
        "en": (
            "hidden rows: {hidden}",
            "rows that are seen",
            "unhide them, or take the filter off, and look at their figures",
        ),
    },
    "hidden_columns": {
        "vi": ("cột bị ẩn: {hidden}", "cột ai cũng thấy", "bỏ ẩn các cột đó"),
        "en": ("hidden columns: {hidden}", "columns that are seen", "unhide them"),
    },
    "moved_heading": {
        "vi": (
            "«{found}»",
            "tên cột «{heading}», đang ở ô {now}",
            "xóa cột, dòng đã thêm hoặc thêm lại cột, dòng đã xóa, để tên cột về ô {cell}",
        ),
        "en": (
            "“{found}”",
            "the heading “{heading}”, which is in {now}",
            "take out what was inserted, or put back what was deleted, so that it is in {cell}",
        ),
    },
    "other_heading": {
        "vi": (
            "«{found}»",
            "tên cột «{heading}»",
            "viết lại tên cột; nếu cả cột đã mất thì thêm lại cột",
        ),
        "en": (
            "“{found}”",
            "the heading “{heading}”",
            "write it again; put the column back where it is gone",
        ),
    },
    "missing_field": {
        "vi": (
            "không có dòng «{label}»",
            "phần nguồn của số liệu như khi lập phiếu",
            "thêm lại dòng «{label}»",
        ),
        "en": (
            "no row “{label}”",
            "the source of the figures as it was handed out",
            "put the row “{label}” back",
        ),
    },
    "other_year": {
        "vi": (
            "năm «{found}»",
            "năm {year} như tên cột của các trang",
            "sửa lại năm; nếu là năm khác thì lập phiếu khác bằng caoan-stats new-year",
        ),
        "en": (
            "the year “{found}”",
            "{year} as in the headings of the sheets",
            "mend the year; for another one make another form with caoan-stats new-year",
        ),
    },
    "unknown_row": {
        "vi": (
            "«{found}»",
            "mã của một chỉ tiêu trong trang này, như {near}",
            "viết lại mã, hoặc xóa dòng; chỉ tiêu mới thì thêm vào indicators.csv rồi lập phiếu "
            "mới",
        ),
        "en": (
            "“{found}”",
            "the code of an indicator of this sheet, such as {near}",
            "mend the code, or delete the row; add a new indicator to indicators.csv and make a "
            "new form",
        ),
    },
    "repeated_row": {
        "vi": ("«{found}» lần thứ hai", "mỗi chỉ tiêu một dòng", "giữ một trong hai dòng: {first}"),
        "en": ("“{found}” a second time", "one row an indicator", "keep one of the two: {first}"),
    },
    "changed_cell": {
        "vi": (
            "«{found}»",
            "«{right}» như khi lập phiếu",
            "viết lại ô này; xem cả dòng có bị xáo trộn không",
        ),
        "en": (
            "“{found}”",
            "“{right}” as it was handed out",
            "write it again; see whether the row has been mixed up",
        ),
    },
    "no_result": {
        "vi": (
            "công thức {formula} chưa có kết quả",
            "một số, hoặc công thức đã tính",
            "mở tệp trong Excel, để Excel tính rồi lưu lại; hoặc gõ số",
        ),
        "en": (
            "the formula {formula} without a result",
            "a number, or a formula that was computed",
            "open the file in Excel, let it compute, and save it; or type the number",
        ),
    },
    "stray_cell": {
        "vi": (
            "«{found}» ở ngoài các cột của phiếu",
            "ô trống",
            "chuyển vào cột Ghi chú ({last}) hoặc xóa",
        ),
        "en": (
            "“{found}” beside the columns of the form",
            "an empty cell",
            "move it into the column of notes ({last}), or delete it",
        ),
    },
}
