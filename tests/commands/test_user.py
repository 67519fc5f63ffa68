"""Accounts from the console."""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from implement.commands import user
from implement.commands.user import run
from implement.db import db, utc_now
from implement.rollout.service.accounts import list_sessions
from implement.rollout.tables import User
from tests.builders import PASSWORD, a_log_in, a_user
from tests.fixtures.visitors import Visitor

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command work on the test's installation."""
    monkeypatch.setattr(user, "create_app", lambda: app)


def listed(capsys: Captured) -> str:
    """The list of accounts alone."""
    capsys.readouterr()
    run(["list"])
    return said(capsys)


def said(capsys: Captured) -> str:
    return capsys.readouterr().out.rstrip("\n")


def test_a_new_account_is_opened_with_the_printed_link(capsys: Captured, visitor: Visitor) -> None:
    assert run(["add", "Ada@Example.com", "Ada Admin", "--role", "admin"]) == 0
    page = visitor.get(urlsplit(said(capsys)).path)
    visitor.submit(page, {"password": PASSWORD, "repeated": PASSWORD})
    assert listed(capsys) == "ada@example.com\tAda Admin\tadmin\topen"


def test_the_first_administrator_is_made_with_the_printed_link(capsys: Captured, visitor: Visitor) -> None:
    run(["first"])
    assert visitor.get(urlsplit(said(capsys)).path).status == 200


def test_a_role_is_set_and_taken_away(session: object, capsys: Captured) -> None:
    email = an_account().email
    run(["role", email, "consultant"])
    assert "\tconsultant\t" in listed(capsys)
    run(["role", email, "none"])
    assert "\t-\t" in listed(capsys)


def test_a_reset_logs_the_account_out_everywhere(app: Flask, session: object, capsys: Captured) -> None:
    account = an_account()
    a_log_in(account)
    db.session.commit()
    run(["reset", account.email])
    with app.app_context():
        assert list_sessions(account.id, now=utc_now()) == []


def test_an_unknown_account_is_said(capsys: Captured) -> None:
    assert run(["reset", "nobody@example.com"]) == 2
    assert "nobody@example.com" in capsys.readouterr().err


def test_an_address_is_taken_once(capsys: Captured) -> None:
    run(["add", "ada@example.com", "Ada"])
    assert run(["add", "ada@example.com", "Ada"]) == 2


def an_account() -> User:
    account = a_user(None)
    db.session.commit()
    return account
