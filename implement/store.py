"""Immutable files kept under the SHA-256 of their bytes: uploads, Parquet parts, reports."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from pyarrow import fs

CHUNK = 1 << 20
SHA256 = re.compile(r"[0-9a-f]{64}")


class FileTooLarge(Exception):
    """More bytes arrived than the installation takes."""


class FileGone(FileNotFoundError):
    """The file is no longer kept, or never was."""


@dataclass(frozen=True)
class StoredFile:
    """A kept file: its name is its content."""

    sha256: str
    size_bytes: int


class Store(Protocol):
    """Where immutable files are kept."""

    def put(self, stream: IO[bytes], *, limit_bytes: int | None = None) -> StoredFile:
        """Keep the stream; the same bytes twice are kept once. Raises `FileTooLarge`."""

    def path(self, sha256: str) -> Path:
        """A local file with these bytes; raises `FileGone`."""

    def __hash__(self) -> int:
        """What was computed from immutable files may be kept by where they lie."""


class FolderStore:
    """Files in a folder, written beside and renamed, so that a crash leaves a whole file or none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "incoming").mkdir(parents=True, exist_ok=True)

    def put(self, stream: IO[bytes], *, limit_bytes: int | None = None) -> StoredFile:
        """Keep the stream under its hash."""
        descriptor, name = tempfile.mkstemp(dir=self.folder / "incoming")
        try:
            with os.fdopen(descriptor, "wb") as part:
                stored = _copy_hashed(stream, part, limit_bytes)
                part.flush()
                os.fsync(part.fileno())
            self._settle(Path(name), stored.sha256)
        finally:
            Path(name).unlink(missing_ok=True)
        return stored

    def path(self, sha256: str) -> Path:
        """The kept file."""
        path = self._place(sha256)
        if not path.is_file():
            raise FileGone(sha256)
        return path

    def hashes(self) -> Iterator[str]:
        """Every kept hash, for backup."""
        return (file.name for file in sorted(self.folder.glob("??/*")) if SHA256.fullmatch(file.name))

    def remove(self, sha256: str, *, put_before: datetime) -> bool:
        """Delete a file for good; one that was put in again since the instant stays. Twice is once."""
        place = self._place(sha256)
        if not place.is_file() or place.stat().st_mtime >= put_before.timestamp():
            return False
        place.unlink(missing_ok=True)
        sync_folder(place.parent)
        return True

    def sweep(self, *, before: datetime) -> None:
        """Remove what a crash left half received before the instant."""
        for part in (self.folder / "incoming").iterdir():
            if part.stat().st_mtime < before.timestamp():
                part.unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise FileGone(sha256)
        return self.folder / sha256[:2] / sha256

    def _settle(self, part: Path, sha256: str) -> None:
        place = self._place(sha256)
        if not place.parent.exists():
            place.parent.mkdir(exist_ok=True)
            sync_folder(self.folder)
        part.replace(place)
        sync_folder(place.parent)


class ObjectStore(FolderStore):
    """Files in an object store named by URL, with a folder beside as a cache of what was read."""

    def __init__(self, url: str, cache: Path) -> None:
        super().__init__(cache)
        self.remote, self.root = fs.FileSystem.from_uri(url)

    def path(self, sha256: str) -> Path:
        """The cached file, fetched first where it is missing."""
        place = self._place(sha256)
        if not place.is_file():
            with self.remote.open_input_stream(f"{self.root}/{sha256}") as stream:
                super().put(stream)
        return super().path(sha256)

    def remove(self, sha256: str, *, put_before: datetime) -> bool:
        """Delete a file from the object store and from the cache."""
        found = self.remote.get_file_info(f"{self.root}/{sha256}")
        if found.type != fs.FileType.File or found.mtime >= put_before:
            return False
        self.remote.delete_file(f"{self.root}/{sha256}")
        self._place(sha256).unlink(missing_ok=True)
        return True

    def hashes(self) -> Iterator[str]:
        """Every hash kept remotely."""
        found = self.remote.get_file_info(fs.FileSelector(self.root, allow_not_found=True))
        return (file.base_name for file in found if SHA256.fullmatch(file.base_name))

    def _settle(self, part: Path, sha256: str) -> None:
        self.remote.create_dir(self.root, recursive=True)
        with part.open("rb") as source, self.remote.open_output_stream(f"{self.root}/{sha256}") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
        super()._settle(part, sha256)


def open_store(address: str, cache: Path) -> FolderStore:
    """Open the store that the setting names: a folder, or an object store when it is a URL."""
    return ObjectStore(address, cache) if "://" in address else FolderStore(Path(address))


def _copy_hashed(stream: IO[bytes], part: IO[bytes], limit_bytes: int | None) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if limit_bytes is not None and size > limit_bytes:
            raise FileTooLarge
        digest.update(chunk)
        part.write(chunk)
    return StoredFile(digest.hexdigest(), size)


def sync_folder(folder: Path) -> None:
    """Make what was made or renamed in the folder last through a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
