"""`python -m implement demo`: load the rollout to look at."""

import argparse
import sys
from collections.abc import Sequence

from flask import Flask

from implement import demo
from implement.app import create_app
from implement.commands.migrate import migrate_database

SUMMARY = "load the demonstration rollout, once, and say how to log in as each role"


def run(arguments: Sequence[str]) -> int:
    """Load the demonstration; a second time changes nothing."""
    argparse.ArgumentParser(prog="implement demo", description=SUMMARY).parse_args(arguments)
    app = create_app()
    migrate_database(app)
    print(load_demonstration(app))
    return 0


def load_demonstration(app: Flask) -> str:
    """Load what is missing of the demonstration; says how to log in as each role."""
    demo.load(app, lambda sentence: print(sentence, file=sys.stderr))
    logins = [f"  {login.role:<14}{login.email:<32}{login.name}" for login in demo.DEMO_LOGINS]
    return "\n".join((f"Log in with the password {demo.DEMO_PASSWORD} as", *logins))
