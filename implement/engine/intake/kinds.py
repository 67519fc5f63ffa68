"""Tell from name and first bytes what kind of file this is."""

from enum import StrEnum
from pathlib import Path


class FileKind(StrEnum):
    """What a file can be to intake."""

    DELIMITED = "csv"
    WORKBOOK = "xlsx"
    PARQUET = "parquet"
    JSON = "json"
    SQLITE = "sqlite"
    GZIP = "gzip"
    ZIP = "zip"
    UNKNOWN = "unknown"


TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".psv", ".dat", ".asc")
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
BOOK_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
SQLITE_SUFFIXES = (".sqlite", ".sqlite3", ".db", ".db3", ".s3db")
SUFFIXES = {
    **dict.fromkeys(TEXT_SUFFIXES, FileKind.DELIMITED),
    **dict.fromkeys(JSON_SUFFIXES, FileKind.JSON),
    **dict.fromkeys(BOOK_SUFFIXES, FileKind.WORKBOOK),
    **dict.fromkeys(SQLITE_SUFFIXES, FileKind.SQLITE),
    ".parquet": FileKind.PARQUET,
    ".pq": FileKind.PARQUET,
    ".gz": FileKind.GZIP,
    ".zip": FileKind.ZIP,
}
DOCUMENTATION = ("readme", "license", "licence", "notice", "changelog")


def kind_of(path: Path, name: str, *, asked_for: bool) -> FileKind:
    """The kind by first bytes where they tell, else by the suffix of `name`.

    A file asked for may be text of any suffix.
    """
    with path.open("rb") as file:
        head = file.read(512)
    named = SUFFIXES.get(inner_suffix(name), FileKind.UNKNOWN)
    by_bytes = _kind_of_bytes(head, named)
    if by_bytes is FileKind.GZIP or (by_bytes and named is not FileKind.UNKNOWN):
        return by_bytes
    if named is FileKind.UNKNOWN and asked_for:
        return by_bytes or FileKind.DELIMITED
    return named


def reason_to_skip(path: Path) -> str | None:
    """Why a file of a folder is left alone before it is opened, if it is."""
    if path.name.startswith((".", "~$", "._")) or path.name in ("__MACOSX", "Thumbs.db", "desktop.ini"):
        return "hidden"
    if path.is_dir():
        return "folder"
    stem = path.name.split(".")[0].lower()
    if stem in DOCUMENTATION and path.suffix.lower() in (".md", ".txt", ".json", ".rst", ".html", ".pdf", ""):
        return "documentation"
    return None


def table_stem(name: str) -> str:
    """The file name without the suffixes of its kind and packing."""
    path = Path(name)
    while path.suffix.lower() in SUFFIXES:
        path = path.with_suffix("")
    return path.name


def inner_suffix(name: str) -> str:
    """The suffix in small letters, that of the packed file for `contacts.csv.gz`."""
    path = Path(name)
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    return path.suffix.lower()


def _kind_of_bytes(head: bytes, named: FileKind) -> FileKind | None:
    if head.startswith(b"\x1f\x8b"):
        return FileKind.GZIP
    if head.startswith(b"PAR1"):
        return FileKind.PARQUET
    if head.startswith(b"SQLite format 3\0"):
        return FileKind.SQLITE
    if head.startswith(b"PK\x03\x04"):
        return named if named is FileKind.WORKBOOK else FileKind.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.WORKBOOK
    return None
