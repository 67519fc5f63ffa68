"""`python -m implement restore FILE`: put a backup in the place of what stands."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from implement.app import create_app
from implement.commands.archive import ArchiveUnusable, DatabaseInUse, restore_archive
from implement.db import utc_now

SUMMARY = "put an archive in the place of database and kept files; what stood before is set aside"


def run(arguments: Sequence[str]) -> int:
    """Restore the archive, all of it or nothing."""
    parser = argparse.ArgumentParser(prog="implement restore", description=SUMMARY)
    parser.add_argument("file", type=Path, help="an archive written by `implement backup`, on either database")
    asked = parser.parse_args(arguments)
    try:
        aside = restore_archive(create_app(), asked.file, now=utc_now())
    except (ArchiveUnusable, DatabaseInUse, OSError) as fault:
        print(f"implement restore: nothing was changed: {fault}", file=sys.stderr)
        return 2
    print(f"Restored {asked.file}. What stood before: {aside}")
    return 0
