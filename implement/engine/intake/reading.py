"""Find and read every table at a path."""

from dataclasses import replace
from pathlib import Path

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.intake.archives import check_size, unpack_gzip, unpack_zip
from implement.engine.intake.collecting import Collection
from implement.engine.intake.columnar import read_parquet
from implement.engine.intake.database import read_database
from implement.engine.intake.delimited import DelimitedFile, read_delimited
from implement.engine.intake.faults import Fault, Unusable
from implement.engine.intake.kinds import FileKind, inner_suffix, kind_of, reason_to_skip, table_stem
from implement.engine.intake.limits import DEFAULT_LIMITS, IntakeLimits
from implement.engine.intake.records import read_records
from implement.engine.intake.tables import Intake
from implement.engine.intake.workbook import read_workbook


def read_tables(
    path: Path, backend: Backend, *, limits: IntakeLimits = DEFAULT_LIMITS, progress: Progress | None = None
) -> Intake:
    """Read a file, or every file of a folder, into tables of text."""
    into = Collection(backend.embedded, limits, progress or no_progress)
    if path.is_dir():
        _read_folder(path, into)
        return _finish(into, path.name)
    return read_file(path, backend, limits=limits, progress=progress)


def read_file(
    path: Path,
    backend: Backend,
    *,
    name: str | None = None,
    limits: IntakeLimits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> Intake:
    """Read one file, called `name` where it came from."""
    into = Collection(backend.embedded, limits, progress or no_progress)
    shown = name or path.name
    if path.is_file():
        _read_file(path, shown, into, asked_for=True)
    else:
        into.fault(Fault(shown, None, None, "file_missing"))
    return _finish(into, shown)


def _finish(into: Collection, shown: str) -> Intake:
    if not (into.tables or into.faults):
        into.fault(Fault(shown, None, None, "no_tables"))
    return into.finish()


def _read_folder(folder: Path, into: Collection) -> None:
    for path in sorted(folder.iterdir()):
        reason = reason_to_skip(path)
        if reason:
            into.skip(path.name, reason)
        else:
            _read_file(path, path.name, into, asked_for=False)


def _read_file(path: Path, file: str, into: Collection, *, asked_for: bool) -> None:
    """Read one file; what makes all of it unusable becomes one fault."""
    try:
        check_size(path, file, into.limits)
        before = _state_of(path)
        _read_kind(path, file, into, asked_for=asked_for)
        if _state_of(path) != before:
            raise Unusable(file, "file_changed")
    except Unusable as unusable:
        into.fault(unusable.fault)
    except OSError as error:
        into.fault(Fault(file, None, None, "file_unreadable", (error.strerror or "",)))


def _state_of(path: Path) -> tuple[int, int]:
    """Size and time of the last change: other figures mean that somebody wrote to the file."""
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def _read_kind(path: Path, file: str, into: Collection, *, asked_for: bool) -> None:
    kind, stem = kind_of(path, file, asked_for=asked_for), table_stem(file)
    if kind is FileKind.GZIP:
        _read_gzip(path, file, into)
    elif kind is FileKind.ZIP:
        _read_zip(path, file, into)
    elif kind is FileKind.WORKBOOK:
        read_workbook(path, file, stem, into)
    elif kind is FileKind.PARQUET:
        read_parquet(path, file, stem, into)
    elif kind is FileKind.SQLITE:
        read_database(path, file, into)
    elif kind is FileKind.JSON:
        read_records(path, file, stem, into)
    elif kind is FileKind.DELIMITED:
        read_delimited(DelimitedFile(path, file, stem, inner_suffix(file)), into)
    else:
        into.skip(file, "not_a_table")


def _read_gzip(path: Path, file: str, into: Collection) -> None:
    """Unpack once into scratch, then read what was inside under the name of the packed file."""
    inner = Path(file).with_suffix("") if Path(file).suffix.lower() == ".gz" else Path(file)
    target = into.backend.fresh_path(inner.suffix or ".csv", "unpacked")
    unpack_gzip(path, file, target, into.limits)
    check_size(target, file, into.limits)
    if kind_of(target, target.name, asked_for=True) in (FileKind.GZIP, FileKind.ZIP):
        raise Unusable(file, "kind_unknown")
    _read_kind(target, file, into, asked_for=True)


def _read_zip(path: Path, file: str, into: Collection) -> None:
    """Unpack into a scratch folder and read it like any folder; archives within archives are refused."""
    folder = into.backend.fresh_path("", "unpacked")
    folder.mkdir()
    inner = replace(into.limits, archive_members=0)
    unpack_zip(path, file, folder, into.limits)
    outer, into.limits = into.limits, inner
    _read_folder(folder, into)
    into.limits = outer
