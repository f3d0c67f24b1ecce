"""Bad files in place of a data file, each with the sentence that refuses it."""

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

HEADER = "indicator,year,value,change,qualifier,source,section,note\n"
LINE = "rice_yield,2023,115,,,bc2023,I,"

Spoil = Callable[[Path], object]


def rice(content: str | bytes) -> Spoil:
    """Replace the content of the table of rice."""
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / "raw/rice.csv").write_bytes(data)


def lines(text: str) -> Spoil:
    return rice(HEADER + text)


def value(cell: str) -> Spoil:
    return lines(f"rice_yield,2023,{cell},,,bc2023,I,\n")


def note(cell: str) -> Spoil:
    """Write two lines, the second of which ends with the given note."""
    return lines(f"rice_production,2023,1,,,bc2023,I,\n{LINE}{cell}\n")


def add(name: str, text: str) -> Spoil:
    def append(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return append


def sparse(name: str, size: int) -> Spoil:
    return lambda folder: os.truncate(folder / name, size)


def descriptor(text: str, name: str = "datapackage.json") -> Spoil:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def described(change: Callable[[dict], object]) -> Spoil:
    """Change the descriptor."""

    def spoil(folder: Path) -> None:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        change(package)
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    return spoil


def instead(make: Callable[[Path], object]) -> Spoil:
    """Replace the table of rice by something that is not a file."""

    def spoil(folder: Path) -> None:
        (folder / "raw/rice.csv").unlink()
        make(folder / "raw/rice.csv")

    return spoil


def bomb(name: str) -> Spoil:
    """Write a workbook of some kilobytes that unpacks to 100 MB."""

    def spoil(folder: Path) -> None:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)

    return spoil


def many(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        for number in range(5000):
            (folder / f"raw/{name}{number}.csv").write_text("x", encoding="utf-8")

    return spoil


def nest(levels: int) -> str:
    return "[" * levels + "]" * levels


def indicators(count: int) -> str:
    return "".join(f"x{number},rice,x,x,ha,higher,2,false,\n" for number in range(count))


LARGE = "found a file of more than 4 MB"
NOT_UTF8 = "rice.csv:1: found byte 0x"
NUL = "rice.csv:1: found a NUL byte"
DAMAGED = "rice.csv:3, column note: found “"
LONG_CELL = "rice.csv:2: found a cell of more than 10000 characters"
LONG_NUMBER = "expected a number of at most 15 digits"
NOT_A_NUMBER = "rice.csv:2, column value: found “"
CLOSED = "rice.csv: found a file that cannot be opened"
PACKAGE = "datapackage.json: found something missing or wrong"

REFUSED: dict[str, tuple[Spoil, str]] = {
    # size
    "a file of 1 GB": (sparse("raw/rice.csv", 10**9), f"rice.csv: {LARGE}"),
    "a file of 1 TB": (sparse("raw/rice.csv", 10**12), f"rice.csv: {LARGE}"),
    "a catalogue of 1 TB": (sparse("indicators.csv", 10**12), f"indicators.csv: {LARGE}"),
    "a descriptor of 1 TB": (
        sparse("datapackage.json", 10**12),
        "datapackage.json: found a file of more than 1 MB",
    ),
    "a schema of 1 TB": (
        sparse("observations.schema.json", 10**12),
        "observations.schema.json: found a file of more than 1 MB",
    ),
    "a million lines": (lines((LINE + "\n") * 1_000_000), f"rice.csv: {LARGE}"),
    "100,000 short lines": (
        lines("a,b\n" * 100_000),
        "rice.csv:20002: found more than 20000 lines",
    ),
    "a million columns": (rice("c," * 1_000_000), "rice.csv:1: found the columns “c,c,c"),
    "a million nameless columns": (rice("," * 1_000_000), "rice.csv: found an empty file"),
    "a line of a million cells": (lines("a," * 1_000_000), "rice.csv:2: found 1000001 cells"),
    "an endless line": (lines("x" * 3_900_000), LONG_CELL),
    "an endless cell in quotation marks": (lines('"' + "x" * 3_900_000), LONG_CELL),
    "a quotation mark that swallows all lines": (lines('"' + "x\n" * 1_000_000), LONG_CELL),
    "a quotation mark in the last cell": (
        lines(f'{LINE}"x\n{LINE}\n'),
        "rice.csv:2: found a quotation mark that is not closed",
    ),
    "a file cut off in a line": (lines("rice_yield,2023,11"), "rice.csv:2: found 3 cells"),
    "a file cut off in a character": (
        rice((HEADER + LINE + "đ").encode()[:-1]),
        "rice.csv:2: found byte 0xc4",
    ),
    # encodings
    "UTF-16 with a byte-order mark": (rice(HEADER.encode("utf-16")), NOT_UTF8),
    "UTF-16 without one": (rice(HEADER.encode("utf-16-le")), NUL),
    "UTF-16, big-endian, without one": (rice(HEADER.encode("utf-16-be")), NUL),
    "UTF-32 with a byte-order mark": (rice(HEADER.encode("utf-32")), NOT_UTF8),
    "UTF-32 without one": (rice(HEADER.encode("utf-32-be")), NUL),
    "Windows-1258": (rice((HEADER + "Đ").encode("cp1258")), "rice.csv:2: found byte 0xd0"),
    "a lone surrogate": (
        rice(HEADER.encode() + b"\xed\xa0\x80"),
        "rice.csv:2: found byte 0xed",
    ),
    "an overlong character": (rice(HEADER.encode() + b"\xc0\xaf"), "rice.csv:2: found byte 0xc0"),
    "a NUL byte": (lines(LINE + "\0"), "rice.csv:2: found a NUL byte"),
    "nothing but NUL bytes": (rice(b"\0" * 1000), NUL),
    "a workbook named as a CSV": (bomb("raw/rice.csv"), "rice.csv:"),
    "a workbook that unpacks to 100 MB": (bomb("raw/rice.xlsx"), "raw/rice.xlsx: found a table"),
    # characters in cells
    "a vertical tab": (note("a\x0bb"), DAMAGED),
    "a form feed": (note("a\x0cb"), DAMAGED),
    "a next line": (note("a\x85b"), DAMAGED),
    "a line separator": (note("a\u2028b"), DAMAGED),
    "a paragraph separator": (note("a\u2029b"), DAMAGED),
    "an escape sequence": (note("a\x1b[31mb"), DAMAGED),
    "a thousand marks on a letter": (
        note("a" + "\u0301\u0323" * 500),
        "rice.csv:3: found more than 30 marks on one letter",
    ),
    # numbers
    "a number of 10,000 digits": (value("9" * 10_000), LONG_NUMBER),
    "a grouped number of 18 digits": (value('"' + "1" + ",111" * 6 + '"'), LONG_NUMBER),
    "a number of 16 digits": (value("1234567890123456"), LONG_NUMBER),
    "a number of 15 decimals": (value("0.123456789012345"), LONG_NUMBER),
    "1e999999": (value("1e999999"), NOT_A_NUMBER),
    "1e-999999": (value("1e-999999"), NOT_A_NUMBER),
    "infinity": (value("inf"), NOT_A_NUMBER),
    "not a number": (value("nan"), NOT_A_NUMBER),
    "a hexadecimal number": (value("0x10"), NOT_A_NUMBER),
    "digits of another script": (value("١٢"), NOT_A_NUMBER),
    "10,000 points": (value("." * 10_000), NOT_A_NUMBER),
    "a year of 10,000 digits": (
        lines(f"rice_yield,{'2' * 10_000},1,,,bc2023,I,"),
        "rice.csv:2, column year: found “222",
    ),
    "a year before all reports": (
        lines("rice_yield,0000,1,,,bc2023,I,"),
        "rice.csv:2, column year: found “0000”; expected a number from 1945 to 2100",
    ),
    "a billion decimals": (
        add("indicators.csv", "x,rice,x,x,ha,higher,1000000000,false,\n"),
        "column decimals: found “1000000000”; expected a number from 0 to 6",
    ),
    # descriptors
    "a descriptor of 400,000 levels": (descriptor(nest(400_000)), "datapackage.json: found"),
    "a descriptor of 200 levels": (descriptor(nest(200)), f"{PACKAGE}: more than 12"),
    "a schema of 200 levels": (
        descriptor(f'{{"fields": {nest(200)}}}', "observations.schema.json"),
        "observations.schema.json: found something missing or wrong: more than 12 levels",
    ),
    "a descriptor cut short": (descriptor('{"name": "x"'), "datapackage.json:1: found something"),
    "a descriptor that is a number": (descriptor("7"), PACKAGE),
    "a number of 9,999 digits in a descriptor": (descriptor("9" * 9999), "datapackage.json: found"),
    "a lone surrogate in a descriptor": (
        described(lambda package: package.update(title="\ud800")),
        "datapackage.json: found something that is not JSON",
    ),
    "a thousand tables": (
        described(lambda package: package.update(resources=package["resources"] * 40)),
        "resources: expected a list of at most 200",
    ),
    "a thousand columns": (
        described(
            lambda package: package["resources"][0].update(
                schema={"fields": [{"name": str(n), "type": "string"} for n in range(1000)]}
            )
        ),
        "fields: expected a list of at most 100",
    ),
    # not a regular file
    "a pipe": (instead(os.mkfifo), CLOSED),
    "a folder": (instead(Path.mkdir), CLOSED),
    "a device": (instead(lambda path: path.symlink_to("/dev/zero")), f"{PACKAGE}: raw/rice.csv"),
    "a link that leaves the folder": (
        instead(lambda path: path.symlink_to("/etc/hostname")),
        f"{PACKAGE}: raw/rice.csv leaves the data folder",
    ),
    "a link to itself": (instead(lambda path: path.symlink_to(path)), PACKAGE),
    "a link to nothing": (
        instead(lambda path: path.symlink_to(path.parent / "gone")),
        "rice.csv: found no such file",
    ),
    "a pipe as descriptor": (
        lambda folder: (
            (folder / "datapackage.json").unlink(),
            os.mkfifo(folder / "datapackage.json"),
        ),
        "found no datapackage.json in it",
    ),
    "5,000 unlisted tables": (many("x"), "raw/x4999.csv: found a table"),
    # many errors
    "100,000 errors": (
        lines("rice_yeld,x,x,x,x,x,,\n" * 15_000),
        "rice.csv: found more faults than are told",
    ),
    "10,000 lines that are too short": (
        lines("a,b\n" * 10_000),
        "rice.csv:2: found 2 cells: “a,b”; expected 8 cells",
    ),
    "15,000 documents of one figure": (
        lambda folder: (
            add("raw/sources.csv", "".join(f"s{n},x,x,2023\n" for n in range(15_000)))(folder),
            lines("".join(f"rice_yield,2023,{n},,,s{n},I,\n" for n in range(15_000)))(folder),
        ),
        "rice.csv:3, column source: found different statements by s0 (2023) at rice.csv:2",
    ),
    "10,000 misspelt codes": (
        lambda folder: (
            add("indicators.csv", indicators(10_000))(folder),
            lines("".join(f"y{n},2023,1,,,bc2023,I,\n" for n in range(10_000)))(folder),
        ),
        "rice.csv:2, column indicator: found “y0”",
    ),
    "10,000 circles": (
        lambda folder: (
            add("indicators.csv", indicators(10_000))(folder),
            add(
                "relations.csv",
                "".join(f"x{n},=,x{n + 1},x,,\nx{n + 1},=,x{n},x,,\n" for n in range(0, 10_000, 2)),
            )(folder),
        ),
        "found the circle x0 → x1 → x0",
    ),
}

READ: dict[str, Spoil] = {
    "a byte-order mark in the middle": note("a\ufeffb"),
    "a line of each ending": rice(
        f"{HEADER[:-1]}\r\nrice_yield,2023,1,,,bc2023,I,\rrice_production,2023,1,,,bc2023,I,\n".encode()
    ),
    "a million empty lines": lines("\n" * 1_000_000),
    "20,000 lines of figures": lambda folder: (
        add("indicators.csv", indicators(140))(folder),
        lines(
            "".join(
                f"x{number},{year},{year}.25,,,bc2023,I,\n"
                for number in range(140)
                for year in range(1950, 2092)
            )
        )(folder),
    ),
    "numbers that grow with each relation": lambda folder: (
        add("indicators.csv", indicators(6))(folder),
        add(
            "relations.csv",
            "".join(f"x{n + 1},=,{' * '.join([f'x{n}'] * 120)},x,,\n" for n in range(5)),
        )(folder),
        lines("x0,2023,9876543210123.25,,,bc2023,I,\n")(folder),
    ),
}
