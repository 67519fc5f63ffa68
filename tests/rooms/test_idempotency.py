"""The same form sent again has one effect, one after the other and all at once."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from implement.db import db
from implement.rollout.tables import RequestKey, Rollout, Task
from tests.fixtures.members import VisitorAs
from tests.fixtures.scale import Scale
from tests.fixtures.visitors import Visitor

TASK = {"title": "Call back", "due": "2026-05-01"}


def count(app: Flask, table: type[Task] | type[Rollout] | type[RequestKey]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def filled_in(alice: Visitor, rollout_id: int) -> dict[str, object]:
    """A form for a task as its page offers it, with its token and key."""
    page = alice.get(f"/rollouts/{rollout_id}/tasks")
    form = "main form:has([name=title])"
    owner = page.one(f"{form} [name=owner_id] option:last-child")["value"]
    return {**page.fields(form), **TASK, "owner_id": owner}


def test_a_form_sent_again_has_one_effect(app: Flask, rollout_id: int, visitor_as: VisitorAs, scale: Scale) -> None:
    alice = visitor_as("lead")
    fields = filled_in(alice, rollout_id)
    answers = {
        alice.post(f"/rollouts/{rollout_id}/tasks", fields).location
        for _ in range(scale(small=100, full=1_000, of="forms sent again"))
    }
    assert count(app, Task) == 1
    assert answers == {f"/rollouts/{rollout_id}/tasks"}


@pytest.mark.both_databases
def test_a_form_sent_by_eight_at_once_has_one_effect(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    alice = visitor_as("lead")
    fields, together, statuses = filled_in(alice, rollout_id), threading.Barrier(8), list[int]()

    def send() -> None:
        twin = Visitor(app)
        twin.client.set_cookie(*alice.cookies()[0])
        together.wait()
        statuses.append(twin.client.post(f"/rollouts/{rollout_id}/tasks", data=fields).status_code)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(app, Task), statuses) == (1, [302] * 8)


def test_a_rollout_begun_twice_leads_to_the_same_place(app: Flask, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    begun = count(app, Rollout)
    page = carol.get("/rollouts/new")
    said = {**page.fields("main form"), "company": "Südwind", "name": "CRM", "goal": "No deal is lost"}
    first, second = (carol.post("/rollouts/new", said) for _ in range(2))
    assert first.location == second.location
    assert count(app, Rollout) == begun + 1


def test_a_form_that_was_refused_may_be_sent_again(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    alice = visitor_as("lead")
    fields = filled_in(alice, rollout_id)
    alice.post(f"/rollouts/{rollout_id}/tasks", {**fields, "due": "never"}, status=200)
    assert count(app, RequestKey) == 0
    alice.post(f"/rollouts/{rollout_id}/tasks", fields)
    assert count(app, Task) == 1


def test_the_key_of_one_person_is_not_that_of_another(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    for role in ("lead", "consultant"):
        visitor = visitor_as(role)
        fields = filled_in(visitor, rollout_id)
        visitor.post(f"/rollouts/{rollout_id}/tasks", {**fields, "idempotency_key": "same"})
    assert count(app, Task) == 2
