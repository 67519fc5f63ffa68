"""Read files from strangers in a child process that can neither grow nor run for long."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path

from implement.engine.intake.archives import check_gzip, check_size, check_zip
from implement.engine.intake.faults import Fault, Unusable
from implement.engine.intake.kinds import FileKind, kind_of
from implement.engine.intake.limits import UPLOAD_LIMITS, IntakeLimits
from implement.engine.intake.manifest import MANIFEST, IntakeManifest, read_manifest

ROOT = Path(__file__).parents[3]
ENTRY = "implement.engine.intake.limited"
QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "PYTHONUTF8": "1"}
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "SYSTEMROOT", "LD_LIBRARY_PATH")


def read_tables_in_child(
    path: Path, into: Path, *, limits: IntakeLimits = UPLOAD_LIMITS, name: str | None = None
) -> IntakeManifest:
    """Read one file into Parquet files and a manifest in the folder `into`; it is a fault when the child gives up.

    `name` is what the file was called where it came from, for its tables and faults.
    """
    into.mkdir(parents=True, exist_ok=True)
    shown = name or path.name
    try:
        _check_outside(path, shown, limits)
    except Unusable as unusable:
        return IntakeManifest(faults=(unusable.fault,))
    (into / MANIFEST).unlink(missing_ok=True)
    command = [sys.executable, "-m", ENTRY, str(path.resolve()), str(into.resolve()), shown, json.dumps(asdict(limits))]
    seconds = limits.child_seconds
    try:
        code = subprocess.run(command, cwd=ROOT, env=_environment(), timeout=seconds, check=False).returncode
    except subprocess.TimeoutExpired:
        return IntakeManifest(faults=(Fault(shown, None, None, "reading_too_long", (str(seconds),)),))
    if (into / MANIFEST).exists():
        return read_manifest(into)
    return IntakeManifest(faults=(Fault(shown, None, None, "reading_too_large" if code else "no_tables"),))


def _check_outside(path: Path, shown: str, limits: IntakeLimits) -> None:
    """What can be refused from a few bytes is refused before a process is started."""
    if not path.is_file():
        raise Unusable(shown, "file_missing")
    check_size(path, shown, limits)
    kind = kind_of(path, shown, asked_for=True)
    if kind is FileKind.GZIP:
        check_gzip(path, shown, limits)
    elif kind is FileKind.ZIP or (kind is FileKind.WORKBOOK and zipfile.is_zipfile(path)):
        check_zip(path, shown, limits)


def _environment() -> dict[str, str]:
    """The child sees no settings and no secrets of the server."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | QUIET
