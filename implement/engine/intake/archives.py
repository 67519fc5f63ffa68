"""Open packed files without letting them burst."""

import gzip
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from implement.engine.intake.faults import Unusable
from implement.engine.intake.limits import IntakeLimits

BLOCK = 1 << 20
TAIL = 66_000
DIRECTORY_END = b"PK\x05\x06"


def check_size(path: Path, file: str, limits: IntakeLimits) -> None:
    """Refuse an empty or too large file."""
    size = path.stat().st_size
    if not size:
        raise Unusable(file, "file_empty")
    if size > limits.file_bytes:
        raise Unusable(file, "file_too_large", size, limits.file_bytes)


def check_zip(path: Path, file: str, limits: IntakeLimits) -> list[zipfile.ZipInfo]:
    """Refuse a ZIP that is too large, holds too much or names unsafe files; nothing is unpacked here."""
    size = path.stat().st_size
    if size > limits.archive_bytes:
        raise Unusable(file, "file_too_large", size, limits.archive_bytes)
    _check_count(_declared_members(path, file), file, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unusable(file, "archive_damaged") from error
    _check_count(len(members), file, limits)
    if sum(member.file_size for member in members) > limits.archive_unpacked_bytes:
        raise Unusable(file, "archive_too_large", limits.archive_unpacked_bytes)
    for member in members:
        _check_member(member, file)
    return members


def unpack_zip(path: Path, file: str, folder: Path, limits: IntakeLimits) -> list[Path]:
    """Unpack a checked ZIP into a folder, names flattened; declared sizes are enforced while unpacking."""
    unpacked: list[Path] = []
    left = limits.archive_unpacked_bytes
    for member in check_zip(path, file, limits):
        target = folder / PurePosixPath(member.filename.replace("\\", "/")).name
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member) as packed, target.open("wb") as plain:
                while block := packed.read(BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise Unusable(file, "archive_too_large", limits.archive_unpacked_bytes)
                    plain.write(block)
        except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
            raise Unusable(file, "archive_damaged") from error
        unpacked.append(target)
    return unpacked


def check_gzip(path: Path, file: str, limits: IntakeLimits) -> None:
    """Refuse a gzip file whose last bytes own up to a suspicious size."""
    size = path.stat().st_size
    with path.open("rb") as packed:
        packed.seek(max(0, size - 4))
        unpacked: int = struct.unpack("<I", packed.read().rjust(4, b"\0"))[0]
    _check_ratio(unpacked, size, file, limits)


def unpack_gzip(path: Path, file: str, target: Path, limits: IntakeLimits) -> None:
    """Unpack a gzip file as a stream; one that swells suspiciously is refused early."""
    packed_bytes, unpacked = path.stat().st_size, 0
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            while block := packed.read(BLOCK):
                unpacked += len(block)
                if unpacked > limits.unpacked_bytes:
                    raise Unusable(file, "archive_too_large", limits.unpacked_bytes)
                _check_ratio(unpacked, packed_bytes, file, limits)
                plain.write(block)
    except (OSError, EOFError, zlib.error) as error:
        raise Unusable(file, "archive_damaged") from error


def _check_ratio(unpacked: int, packed: int, file: str, limits: IntakeLimits) -> None:
    if unpacked > max(limits.ratio_from_bytes, packed * limits.packing_ratio):
        raise Unusable(file, "archive_too_dense", limits.packing_ratio)


def _check_count(members: int, file: str, limits: IntakeLimits) -> None:
    if members > limits.archive_members:
        raise Unusable(file, "archive_too_many_members", members, limits.archive_members)


def _check_member(member: zipfile.ZipInfo, file: str) -> None:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in name:
        raise Unusable(file, "archive_name_unsafe", name[:100])
    if member.flag_bits & 1:
        raise Unusable(file, "archive_encrypted")


def _declared_members(path: Path, file: str) -> int:
    """How many files the end of a ZIP claims, read before its directory is."""
    with path.open("rb") as archive:
        archive.seek(max(0, path.stat().st_size - TAIL))
        tail = archive.read()
    place = tail.rfind(DIRECTORY_END)
    if place < 0 or len(tail) < place + 12:
        raise Unusable(file, "archive_damaged")
    members: int = struct.unpack("<H", tail[place + 10 : place + 12])[0]
    return members
