"""`python -m implement migrate`: bring the database to the newest revision, or write a revision."""

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import create_engine

from implement.app import create_app
from implement.db import db, utc_now, writing
from implement.rollout.service.gates import complete_criteria

SUMMARY = "bring the database to the newest revision; --to goes to another, --new and --rewrite-first write one"
FIRST = "0001"


def run(arguments: Sequence[str]) -> int:
    """Migrate the database of the settings."""
    parser = argparse.ArgumentParser(prog="implement migrate", description=SUMMARY)
    parser.add_argument("--to", metavar="REVISION", default="head", help="up or down to this revision, or to base")
    parser.add_argument("--new", metavar="SENTENCE", help="write the next revision from the tables of the code")
    parser.add_argument("--rewrite-first", action="store_true", help="before the first release: write it anew")
    asked = parser.parse_args(arguments)
    app = create_app()
    with app.app_context():
        if asked.rewrite_first:
            rewrite_first_revision()
        elif asked.new:
            write_revision(read_config(), asked.new, f"{_count_revisions() + 1:04d}")
        else:
            return _go(asked.to)
    return 0


def _go(revision: str) -> int:
    """Migrate and say so; a revision that does not exist is the person's fault."""
    try:
        before, after = migrate_to(revision)
    except CommandError as fault:
        print(f"implement migrate: {fault}", file=sys.stderr)
        return 2
    added = complete_rollouts()
    print(f"The database stands at revision {after}" + (f", before at {before}." if after != before else "."))
    if added:
        print(f"Older rollouts got {added} criteria of gates that came after them.")
    return 0


def read_config() -> Config:
    """Alembic's settings for the application at hand."""
    config = Config()
    config.set_main_option("script_location", _folder().as_posix())
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config


def migrate_database(app: Flask) -> tuple[str, str]:
    """Bring the application's database to the newest revision; returns where it stood and where it stands."""
    with app.app_context():
        stood = migrate_to("head")
        complete_rollouts()
        return stood


def complete_rollouts() -> int:
    """Give rollouts what later versions brought; nothing is done on a database that is not of this version."""
    if read_revision() != newest_revision():
        return 0
    with writing():
        added = complete_criteria(now=utc_now())
        db.session.commit()
    return added


def migrate_to(revision: str, config: Config | None = None) -> tuple[str, str]:
    """Go up or down to the revision; returns where the database stood and where it stands."""
    config = config or read_config()
    before = read_revision()
    script = ScriptDirectory.from_config(config)
    target = "base" if revision == "base" else script.get_revision(revision).revision
    behind = [step.revision for step in script.iterate_revisions(before, "base")] if before != "base" else []
    if target == "base" or target in behind[1:]:
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)
    return before, target


def read_revision() -> str:
    """The revision at which the database stands; `base` for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or "base"


def newest_revision() -> str:
    """The revision that the code expects."""
    return ScriptDirectory.from_config(read_config()).get_current_head() or "base"


def rewrite_first_revision() -> None:
    """Write the first revision anew, as what makes all present tables out of nothing."""
    with tempfile.TemporaryDirectory() as folder:
        empty = create_engine(f"sqlite:///{folder}/empty.sqlite")
        config = read_config()
        config.set_main_option("version_locations", folder)
        with empty.connect() as connection:
            config.attributes["connection"] = connection
            write_revision(config, "Make every table of the first release", FIRST, Path(folder))
        empty.dispose()


def write_revision(config: Config, sentence: str, revision: str, scratch: Path | None = None) -> None:
    """Write what leads from the database's tables to those of the code; to be read and tried before it is committed."""
    command.revision(config, sentence, autogenerate=True, rev_id=revision)
    folder = _folder() / "versions"
    for path in (scratch or folder).glob(f"{revision}_*.py"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
        shutil.copyfile(path, folder / f".{path.name}")
        (folder / f".{path.name}").replace(folder / path.name)


def _count_revisions() -> int:
    return len([path for path in (_folder() / "versions").glob("*.py") if re.match(r"\d{4}_", path.name)])


def _folder() -> Path:
    return Path(__file__).parents[1] / "migrations"
