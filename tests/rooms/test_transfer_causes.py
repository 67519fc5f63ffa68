"""Causes a person can act on: a replacement that was meant becomes the mapping, and a new run sees it so. M29"""

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.tables import Discrepancy
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import DEALS_BEFORE, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
JOINED = DEALS_BEFORE.replace(b",Ada", b",North team").replace(b",Bob", b",North team")


@pytest.fixture
def room(app: Flask) -> str:
    """Two owners became one team."""
    with app.test_request_context():
        case = a_mapped_case(JOINED)
        case.run()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


def test_several_values_that_became_one_are_one_sentence(visitor_as: VisitorAs, room: str) -> None:
    page = visitor_as("consultant", rollout_id=1).get(room)
    assert "Several values of owner became one: Ada or Bob → North team." in page.text


def test_an_accepted_replacement_is_no_damage_in_the_next_run(visitor_as: VisitorAs, app: Flask, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    carol.submit(carol.get(room), form="form[action$='/accept']")
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/runs']")
    with app.app_context():
        run = find_newest_run(1)
        assert run is not None
        assert (run.number, run.harmful) == (2, 0)


def test_what_is_no_replacement_cannot_be_accepted(visitor_as: VisitorAs, app: Flask, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    fields = carol.get(room).fields("form[action$='/accept']")
    with app.app_context():
        changed = select(Discrepancy.number).where(Discrepancy.fate != "value_changed")
        other = db.session.scalar(changed) or 99
    answer = carol.post(f"{room}/runs/1/causes/{other}/accept", dict(fields), status=404 if other == 99 else 409)
    assert "no mapping" in answer.text or other == 99
