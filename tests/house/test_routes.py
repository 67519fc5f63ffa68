"""Every route says who may enter, its address is typed and reads well, and reading changes nothing."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.house import routes

FindRoutes = Callable[[Flask], list[str]]

RULES = [
    routes.find_open_routes,
    routes.find_untyped_parameters,
    routes.find_ugly_addresses,
    routes.find_changes_by_reading,
    routes.find_other_methods,
]


class Session:
    """A stand-in for the database session of a made-up view."""

    def commit(self) -> None:
        """Write."""


class Database:
    """A stand-in for the database."""

    session = Session()


class Form:
    """A stand-in for a form."""

    def validate_on_submit(self) -> bool:
        """False as long as nothing was sent."""
        return False


db = Database()


def declared() -> str:
    """Write only what was sent."""
    if Form().validate_on_submit():
        db.session.commit()
    return ""


def writes() -> str:
    """Write although somebody only reads."""
    db.session.commit()
    return ""


def undeclared() -> str:
    """Say nothing about who may enter."""
    return ""


declared.required_permission = None  # type: ignore[attr-defined]
writes.required_permission = None  # type: ignore[attr-defined]


def make_app(address: str, view: Callable[[], str], methods: list[str]) -> Flask:
    """Make an application with one route."""
    app = Flask("made_up")
    app.add_url_rule(address, "made_up", view, methods=methods)
    return app


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_application_keeps(rule: FindRoutes, app: Flask) -> None:
    assert rule(app) == []


@pytest.mark.parametrize(
    ("rule", "address", "view", "methods"),
    [
        (routes.find_open_routes, "/waves", undeclared, ["GET"]),
        (routes.find_untyped_parameters, "/waves/<wave>", declared, ["GET"]),
        (routes.find_untyped_parameters, "/waves/<string:wave>", declared, ["GET"]),
        (routes.find_ugly_addresses, "/waves/next_steps", declared, ["GET"]),
        (routes.find_ugly_addresses, "/Waves", declared, ["GET"]),
        (routes.find_ugly_addresses, "/waves/", declared, ["GET"]),
        (routes.find_changes_by_reading, "/waves", writes, ["GET", "POST"]),
        (routes.find_other_methods, "/waves", declared, ["DELETE"]),
    ],
)
def test_a_breach_is_found(rule: FindRoutes, address: str, view: Callable[[], str], methods: list[str]) -> None:
    assert len(rule(make_app(address, view, methods))) == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_route_passes(rule: FindRoutes) -> None:
    assert rule(make_app("/waves/<int:wave_id>/next-steps", declared, ["GET", "POST"])) == []
