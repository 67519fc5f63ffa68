"""The matrix of rights: every route, method, role and relation, with the answer that `ALLOWED` promises.

The bodies of the views are taken out, so that nothing is changed and only the guards answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from implement.db import db
from implement.rollout.frame import SESSION_TOKEN
from implement.web.access import ALLOWED, SITE_ALLOWED, Permission, Role
from tests.builders import a_log_in, a_member, a_rollout, a_user

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
INSIDE = "let in"
SITE_ROLES = (Role.ADMIN, Role.CONSULTANT, None)


@dataclass(frozen=True)
class Asking:
    """Who asks: a role (None: none at all) in the rollout at hand, in another one, or nobody who has logged in."""

    relation: str
    role: Role | None
    client: FlaskClient

    @property
    def name(self) -> str:
        """Who it is, in words."""
        return f"{self.role or 'no role'} ({self.relation})"


@dataclass(frozen=True)
class Cell:
    """One question to the guards and the answer they owe."""

    rule: Rule
    method: str
    asking: Asking
    path: str
    expected: int


def let_in(**_arguments: object) -> str:
    """Stand in for the body of a view."""
    return INSIDE


def hollow_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave of each guarded view only its guard, and answer errors without a page."""
    for endpoint in {rule.endpoint for rule in guarded_rules(app)}:
        guard = app.view_functions[endpoint]
        names = guard.__code__.co_freevars
        monkeypatch.setattr((guard.__closure__ or ())[names.index("view")], "cell_contents", let_in)
    for code in (400, 403, 404):
        app.register_error_handler(code, lambda error: ("", error.code))


def guarded_rules(app: Flask) -> list[Rule]:
    """The routes that demand a permission."""
    return [rule for rule in app.url_map.iter_rules() if permission_of(app, rule) is not None]


def permission_of(app: Flask, rule: Rule) -> Permission | None:
    """What the route's view demands."""
    return getattr(app.view_functions[rule.endpoint], "required_permission", None)


def gather_askers(app: Flask, rollout_id: int) -> list[Asking]:
    """Everybody: each role here and elsewhere, each role in the installation, a stranger, somebody not logged in."""
    with app.app_context():
        elsewhere = a_rollout(company="Another firm").id
        here = [("own rollout", role, a_member(rollout_id, role)) for role in Role]
        there = [("other rollout", role, a_member(elsewhere, role)) for role in Role]
        site = [("installation", role, a_user(role)) for role in SITE_ROLES]
        tokens = [(relation, role, a_log_in(user)) for relation, role, user in here + there + site]
        db.session.commit()
    known = [Asking(relation, role, _log_in(app, token)) for relation, role, token in tokens]
    return [*known, Asking("not logged in", None, app.test_client())]


def write_cells(app: Flask, rules: list[Rule], askers: list[Asking], rollout_id: int) -> Iterator[Cell]:
    """Every question that can be asked of these routes; a method that another route takes is that one's. A method that
    no route takes is refused before anybody is asked for: of those at home one asks, and whoever is not logged in.
    """
    for rule in rules:
        path = fill_in(app, rule, rollout_id)
        same = [other for other in app.url_map.iter_rules() if other.rule == rule.rule and other is not rule]
        theirs = {method for other in same for method in other.methods or set()}
        for method in [one for one in METHODS if one in (rule.methods or set()) or one not in theirs]:
            for asking in askers if method in (rule.methods or set()) else askers[:: max(1, len(askers) - 1)]:
                yield Cell(rule, method, asking, path, expect(app, rule, method, asking))


def expect(app: Flask, rule: Rule, method: str, asking: Asking) -> int:
    """The answer that the map of permissions promises; a stranger is not even told that the rollout exists."""
    permission = permission_of(app, rule)
    if method not in (rule.methods or set()):
        return 405
    if asking.relation == "not logged in":
        return 302
    if "rollout_id" not in rule.arguments:
        return 200 if _site_role(asking) in SITE_ALLOWED.get(permission, frozenset()) else 403
    if asking.relation != "own rollout":
        return 404
    return 200 if asking.role in ALLOWED.get(permission, frozenset()) else 403


def find_breaches(cells: Iterator[Cell], count: Callable[[], None] = lambda: None) -> list[str]:
    """Where the guards answer otherwise."""
    breaches = []
    for cell in cells:
        count()
        answer = cell.asking.client.open(cell.path, method=cell.method)
        if answer.status_code != cell.expected or (answer.status_code == 200) != (answer.text == INSIDE):
            said = f"{answer.status_code}, not {cell.expected}"
            breaches.append(f"{cell.method} {cell.rule} answers {cell.asking.name} with {said}")
    return breaches


def fill_in(app: Flask, rule: Rule, rollout_id: int) -> str:
    """An address of the route; what it names besides the rollout need not exist."""
    values = {name: _make_up(rule, name) for name in rule.arguments}
    if "rollout_id" in values:
        values["rollout_id"] = rollout_id
    method = next(iter({"GET", "POST"} & (rule.methods or set())))
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def _make_up(rule: Rule, name: str) -> object:
    """Something that the converter lets through."""
    converter = rule._converters[name]
    allowed = getattr(converter, "items", None)
    if allowed:
        return min(allowed)
    return 987_654 if type(converter).__name__ == "IntegerConverter" else "a" * 64


def _site_role(asking: Asking) -> Role | None:
    """The role in the installation: administrators and consultants have one wherever they belong."""
    return asking.role if asking.role in SITE_ROLES else None


def _log_in(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[SESSION_TOKEN] = token
    return client
