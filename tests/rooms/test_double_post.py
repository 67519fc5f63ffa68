"""A form that is sent twice, or a thousand times, or twice at once, has one effect."""

import threading
from contextvars import Context

import pytest
from flask import Flask
from sqlalchemy import func, select

from implement.db import db
from implement.rollout.tables import Task
from tests.fixtures.members import VisitorAs
from tests.fixtures.scale import Scale
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.both_databases

Fields = dict[str, object]


@pytest.fixture
def alice(visitor_as: VisitorAs) -> Visitor:
    """The lead."""
    return visitor_as("lead")


@pytest.fixture
def filled(alice: Visitor, path: str) -> Fields:
    """The form of a new task, filled in and not yet sent."""
    page = alice.get(path)
    owner = page.all("select[name=owner_id] option")[0]["value"]
    wanted = {"title": "Name a head", "due": "2026-12-01", "owner_id": owner}
    return {**page.fields("main form:has([name=title])"), **wanted}


@pytest.fixture
def path(rollout_id: int) -> str:
    """The page of tasks."""
    return f"/rollouts/{rollout_id}/tasks"


def count_tasks(app: Flask) -> int:
    with app.app_context():
        return int(db.session.scalar(select(func.count(Task.id))) or 0)


def test_a_form_sent_again_has_one_effect(app: Flask, alice: Visitor, path: str, filled: Fields, scale: Scale) -> None:
    for _ in range(scale(20, 1_000, of="replays of a form")):
        assert alice.post(path, filled).location == path
    assert count_tasks(app) == 1


def test_a_form_sent_from_two_tabs_at_once_has_one_effect(
    app: Flask, alice: Visitor, path: str, filled: Fields
) -> None:
    together = threading.Barrier(4)
    tabs = [threading.Thread(target=send, args=(alice, together, path, filled)) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert count_tasks(app) == 1


def test_a_form_opened_anew_has_an_effect_of_its_own(app: Flask, alice: Visitor, path: str, filled: Fields) -> None:
    alice.post(path, filled)
    again = alice.get(path).fields("main form:has([name=title])")
    alice.post(path, {**filled, "idempotency_key": again["idempotency_key"]})
    assert count_tasks(app) == 2


def test_a_form_with_a_mistake_may_be_corrected_and_sent(app: Flask, alice: Visitor, path: str, filled: Fields) -> None:
    alice.post(path, {**filled, "due": "soon"}, status=200)
    alice.post(path, filled)
    assert count_tasks(app) == 1


def send(visitor: Visitor, together: threading.Barrier, path: str, fields: Fields) -> None:
    cookies = visitor.client
    together.wait()
    Context().run(cookies.post, path, data=fields)
