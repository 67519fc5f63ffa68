"""The folder of regular backups: their names, when the next one is due, and how many are kept."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME = re.compile(r"implement-(\d{8}T\d{6}Z)\.zip")
STAMP = "%Y%m%dT%H%M%SZ"


def name_backup(folder: Path, now: datetime) -> Path:
    """Where a backup made now is kept."""
    return folder / f"implement-{now.astimezone(UTC).strftime(STAMP)}.zip"


def is_backup_due(folder: Path, *, every_hours: int, now: datetime) -> bool:
    """True when backups are wanted and the newest one is older than the interval (M56)."""
    newest = max((_made_at(path) for path in _list(folder)), default=None)
    return every_hours > 0 and (newest is None or now - newest >= timedelta(hours=every_hours))


def remove_old_backups(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest; returns what was removed."""
    old = sorted(_list(folder))[:-keep] if keep > 0 else []
    for path in old:
        path.unlink(missing_ok=True)
    return old


def sweep_folder(folder: Path, *, before: datetime) -> None:
    """Remove what a backup that was killed before the instant left half written."""
    for part in (*folder.glob(".implement-*.zip.*"), *folder.glob(".snapshot-*")):
        if part.stat().st_mtime >= before.timestamp():
            continue
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def _list(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.zip") if NAME.fullmatch(path.name)]


def _made_at(path: Path) -> datetime:
    stamp = NAME.fullmatch(path.name)
    assert stamp is not None
    return datetime.strptime(stamp[1], STAMP).replace(tzinfo=UTC)
