"""One file that holds everything: rows in a form any database takes, kept files, and a list with their hashes."""

from implement.commands.archive.folder import is_backup_due, name_backup, remove_old_backups, sweep_folder
from implement.commands.archive.manifest import Manifest, TableEntry
from implement.commands.archive.places import DatabaseInUse
from implement.commands.archive.reading import Archive, ArchiveUnusable, open_archive
from implement.commands.archive.restoring import restore_archive
from implement.commands.archive.snapshot import DatabaseDamaged
from implement.commands.archive.writing import write_archive

__all__ = [
    "Archive",
    "ArchiveUnusable",
    "DatabaseDamaged",
    "DatabaseInUse",
    "Manifest",
    "TableEntry",
    "is_backup_due",
    "name_backup",
    "open_archive",
    "remove_old_backups",
    "restore_archive",
    "sweep_folder",
    "write_archive",
]
