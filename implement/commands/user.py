"""`python -m implement user`: accounts from the console, for whoever runs the installation."""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta

from flask import Flask, url_for
from sqlalchemy import select

from implement.app import create_app
from implement.db import db, utc_now, writing
from implement.rollout.service.accounts import UserRow, create_user, end_all_sessions, issue_setup_link, list_users
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.links import issue_link
from implement.rollout.service.log import log_write
from implement.rollout.tables import User
from implement.settings import Settings
from implement.web.access import Role

SUMMARY = "make an account, set its role, make a link for a new password, list accounts"
SITE_ROLES = (Role.ADMIN.value, Role.CONSULTANT.value, "none")
LINK_HOLDS = timedelta(days=7)


def run(arguments: Sequence[str]) -> int:
    """Do one thing with accounts."""
    asked = _read_arguments(arguments)
    app = create_app()
    with app.app_context(), app.test_request_context(base_url=find_base_url(app)), writing():
        try:
            said = _obey(asked)
        except RuleBroken as broken:
            print(f"implement user: {broken.sentence}", file=sys.stderr)
            return 2
        db.session.commit()
    print(said)
    return 0


def find_base_url(app: Flask) -> str:
    """The address under which people reach the installation."""
    settings: Settings = app.extensions["implement_settings"]
    return settings.base_url


def write_setup_link() -> str:
    """The one-time link with which the first administrator makes their account."""
    return url_for("entrance.set_up", token=issue_setup_link(now=utc_now()), _external=True)


def _read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="implement user", description=SUMMARY)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="all accounts")
    actions.add_parser("first", help="the one-time link for the first administrator")
    added = actions.add_parser("add", help="make an account; prints the link with which its owner sets a password")
    added.add_argument("email")
    added.add_argument("name")
    added.add_argument("--role", choices=SITE_ROLES, default="none")
    role = actions.add_parser("role", help="set the role in the installation")
    role.add_argument("email")
    role.add_argument("role", choices=SITE_ROLES)
    reset = actions.add_parser("reset", help="log the account out everywhere; prints a link for a new password")
    reset.add_argument("email")
    return parser.parse_args(arguments)


def _obey(asked: argparse.Namespace) -> str:
    if asked.action == "list":
        return "\n".join(_describe(row) for row in list_users()) or "There is no account yet."
    if asked.action == "first":
        return write_setup_link()
    if asked.action == "add":
        role = _read_role(asked.role)
        return _write_link(
            create_user(name=asked.name, email=asked.email, password=None, site_role=role, by=None, now=utc_now())
        )
    user = _find_user(asked.email)
    return _set_role(user, _read_role(asked.role)) if asked.action == "role" else _reset(user)


def _describe(row: UserRow) -> str:
    return "\t".join((row.email, row.name, row.site_role or "-", "closed" if row.disabled_at else "open"))


def _find_user(email: str) -> User:
    user: User | None = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None:
        raise RuleBroken(f"There is no account with the address {email}.")
    return user


def _read_role(named: str) -> Role | None:
    return None if named == "none" else Role(named)


def _set_role(user: User, role: Role | None) -> str:
    user.site_role = role
    log_write("set_site_role", f"user:{user.id}", by=None, now=utc_now(), site_role=role)
    return f"{user.email} is {role or 'without a role'} in the installation."


def _reset(user: User) -> str:
    end_all_sessions(user.id, now=utc_now())
    return _write_link(user)


def _write_link(user: User) -> str:
    token = issue_link("invitation", expires_in=LINK_HOLDS, by=None, now=utc_now(), user_id=user.id)
    return url_for("entrance.accept_invitation", token=token, _external=True)
