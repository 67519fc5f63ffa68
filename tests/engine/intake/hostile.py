"""Files that mean harm, made small enough for a test."""

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.engine.intake.books import write_book


def zipped(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def workbook_with(folder: Path, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A proper workbook with one of its parts changed."""
    write_book(folder / "proper.xlsx", {"Deals": [["id", "name"], [1, "Acme"]]})
    with zipfile.ZipFile(folder / "proper.xlsx") as book:
        parts = {name: book.read(name) for name in book.namelist()}
    return zipped(parts | {member: change(parts[member])})


def billion_laughs(_: bytes) -> bytes:
    entities = "".join(f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">{entities}]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&k;</t></si></sst>'
    ).encode()


def hostile_files(folder: Path) -> dict[str, tuple[bytes, str]]:
    """File name to content and the fault it must end in."""
    sheet, strings = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    far = workbook_with(folder, sheet, lambda part: part.replace(b'r="B2"', b'r="XFD1048576"'))
    return {
        "bomb.csv.gz": (gzip.compress(b"a" * (4 << 20)), "archive_too_dense"),
        "liar.csv.gz": (gzip.compress(b"a,b\n" * (1 << 20))[:-4] + b"\x01\0\0\0", "archive_too_dense"),
        "bomb.xlsx": (zipped({strings: b"0" * (5 << 20)}), "archive_too_large"),
        "crowd.zip": (zipped({f"{number}.csv": b"" for number in range(201)}), "archive_too_many_members"),
        "climb.zip": (zipped({"../../etc/cron.csv": b"a,b\n1,2\n"}), "archive_name_unsafe"),
        "root.zip": (zipped({"/etc/cron.csv": b"a,b\n1,2\n"}), "archive_name_unsafe"),
        "matryoshka.zip": (zipped({"inner.zip": zipped({"a.csv": b"a,b\n1,2\n"})}), "archive_too_many_members"),
        "laughs.xlsx": (workbook_with(folder, strings, billion_laughs), "workbook_damaged"),
        "far.xlsx": (far, "workbook_too_wide"),
        "random.xlsx": (os.urandom(100_000), "workbook_damaged"),
        "random.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(50_000), "workbook_damaged"),
        "deep.json": (b"[" * 1_000_000, "json_too_deep"),
        "deep.jsonl": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "json_too_deep"),
        "cut.parquet": (b"PAR1" + os.urandom(500) + b"PAR1", "parquet_damaged"),
        "random.sqlite": (b"SQLite format 3\0" + os.urandom(20_000), "database_damaged"),
        "random.csv": (os.urandom(200_000), "bytes_not_text"),
        "zeros.csv": (bytes(200_000), "bytes_not_text"),
        "commas.csv": (b"," * 1_000_000, "header_missing"),
        "wide.csv": (b",".join(b"%d" % number for number in range(20_000)) + b"\n", "too_many_columns"),
        "empty.csv": (b"", "file_empty"),
    }
