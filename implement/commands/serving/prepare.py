"""What `run` does before it serves: migrate, load the demonstration or make the set-up link; prints how to log in."""

import sys
from collections.abc import Sequence

from flask import Flask

from implement.app import create_app
from implement.commands.demo import load_demonstration
from implement.commands.migrate import migrate_database
from implement.commands.user import find_base_url, write_setup_link
from implement.db import db, writing
from implement.rollout.service.accounts import needs_first_admin


def run(arguments: Sequence[str]) -> int:
    """Make the installation ready; what is said on stdout is shown when it answers."""
    app = create_app()
    before, after = migrate_database(app)
    if before != after:
        print(f"Database migrated from {before} to {after}.", file=sys.stderr)
    print(load_demonstration(app) if "with-demonstration" in arguments else describe_first_login(app))
    return 0


def describe_first_login(app: Flask) -> str:
    """How the first administrator gets in, or nothing once there is one."""
    with app.app_context(), app.test_request_context(base_url=find_base_url(app)), writing():
        if not needs_first_admin():
            return "Log in with your account."
        link = write_setup_link()
        db.session.commit()
    return f"There is no administrator yet. Make the first account, once, within a day:\n  {link}"
