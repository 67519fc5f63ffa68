"""`python -m implement backup [FILE]`: everything in one file, while people work (M56)."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from flask import Flask

from implement.app import create_app
from implement.commands.archive import DatabaseDamaged, Manifest, name_backup, remove_old_backups, write_archive
from implement.db import db, utc_now
from implement.settings import Settings

SUMMARY = "write database and kept files into one archive while the application runs"


def run(arguments: Sequence[str]) -> int:
    """Write an archive to the file, else into the folder of backups."""
    parser = argparse.ArgumentParser(prog="implement backup", description=SUMMARY)
    parser.add_argument("file", nargs="?", type=Path, help="where to; else a dated file in IMPLEMENT_BACKUP_FOLDER")
    asked = parser.parse_args(arguments)
    app = create_app()
    settings: Settings = app.extensions["implement_settings"]
    target = asked.file or name_backup(settings.backup_folder, utc_now())
    try:
        manifest = back_up(app, target)
    except (OSError, DatabaseDamaged) as fault:
        print(f"implement backup: nothing was written: {fault}", file=sys.stderr)
        return 2
    rows, files = f"{manifest.row_count:,} rows of {len(manifest.tables)} tables", f"{len(manifest.files):,} files"
    print(f"{target}: {rows}, {files}, {target.stat().st_size / 1e6:,.1f} MB")
    if asked.file is None:
        remove_old_backups(settings.backup_folder, keep=settings.backups_kept)
    return 0


def back_up(app: Flask, target: Path) -> Manifest:
    """Write an archive of the application's state."""
    with app.app_context():
        return write_archive(target, engine=db.engine, store=app.extensions["implement_store"], now=utc_now())
