"""Open an archive only when every byte of it is as it was written."""

import hashlib
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from implement.commands.archive.manifest import MANIFEST, Manifest, read_manifest
from implement.commands.archive.writing import FILES, TABLES
from implement.store import CHUNK, SHA256

# All that reading a ZIP with any byte changed was seen to raise.
DAMAGES = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, OverflowError,
    LookupError, ValueError, TypeError, RuntimeError,
)  # fmt: skip
TABLE_NAME = re.compile(r"[a-z_]+")


class ArchiveUnusable(ValueError):
    """The file is no archive of ours, or a damaged one; nothing was touched."""


class Archive:
    """An open archive whose content has been checked."""

    def __init__(self, parts: zipfile.ZipFile, manifest: Manifest) -> None:
        self.parts = parts
        self.manifest = manifest

    def open_table(self, name: str) -> IO[bytes]:
        """The lines of a table."""
        return self.parts.open(f"{TABLES}/{name}.jsonl")

    def open_file(self, sha256: str) -> IO[bytes]:
        """A kept file."""
        return self.parts.open(f"{FILES}/{sha256}")


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open and check the archive; raises `ArchiveUnusable` before anything is done with it."""
    with path.open("rb") as file:
        try:
            parts = zipfile.ZipFile(file)
            archive = Archive(parts, _read_manifest(parts))
            _check(archive)
        except DAMAGES as fault:
            raise ArchiveUnusable(f"{path} is damaged or no archive of Implement: {fault}") from fault
        yield archive


def _read_manifest(parts: zipfile.ZipFile) -> Manifest:
    content = parts.read(MANIFEST)
    if hashlib.sha256(content).hexdigest().encode() != parts.comment:
        raise ValueError("the manifest was changed")
    manifest = read_manifest(content)
    names_are_plain = all(map(TABLE_NAME.fullmatch, manifest.tables)) and all(map(SHA256.fullmatch, manifest.files))
    if not names_are_plain:
        raise ValueError("the manifest names what no archive holds")
    return manifest


def _check(archive: Archive) -> None:
    """Compare every table and file with the manifest."""
    manifest = archive.manifest
    for name, entry in manifest.tables.items():
        with archive.open_table(name) as lines:
            rows, sha256 = _measure(lines)
        if (rows - 1, sha256) != (entry.rows, entry.sha256):
            raise ValueError(f"table {name} was changed")
    for sha256 in manifest.files:
        with archive.open_file(sha256) as file:
            _, found = _measure(_read_chunks(file))
        if found != sha256:
            raise ValueError(f"file {sha256} was changed")


def _read_chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _measure(chunks: Iterable[bytes]) -> tuple[int, str]:
    """Count the chunks and hash their bytes."""
    digest, count = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        count += 1
    return count, digest.hexdigest()
