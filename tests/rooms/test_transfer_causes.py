"""Causes a person can act on: a replacement that was meant becomes the mapping, and a new run sees it so. M29"""

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.tables import Discrepancy
from implement.stages.transfer.words import say_condition
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import CONTACTS, DEALS_BEFORE, a_mapped_case
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


@pytest.fixture
def broken(app: Flask) -> str:
    """Another file of contacts was handed in, and every owner was replaced by several."""
    head, *rows = DEALS_BEFORE.decode().splitlines()
    mixed = [f"{row.rsplit(',', 1)[0]},Unit {place * 7 % 23}" for place, row in enumerate(rows)]
    with app.test_request_context():
        case = a_mapped_case("\n".join([head, *mixed, ""]).encode())
        case.hand_in("target", "contacts.csv", b"\n".join(CONTACTS.splitlines()[:3]) + b"\n")
        case.propose()
        case.run()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


def test_what_befell_a_whole_table_is_said_as_one_cause_each(visitor_as: VisitorAs, broken: str) -> None:
    text = " ".join(visitor_as("consultant", rollout_id=1).get(broken).text.split())
    assert "Nearly nothing of this table arrived: another file was handed in, or its import failed as a whole." in text
    assert "They refer to contacts , nearly none of which arrived." in text.replace("contacts,", "contacts ,")
    assert "Nearly every owner was replaced, one value by several: this is no mapping." in text


def test_names_of_columns_stand_apart_from_the_words_and_are_escaped(app: Flask) -> None:
    one = Discrepancy(code="value", column_name="<b>stage</b>", cause_values=["<i>"], parent_name="")
    with app.test_request_context():
        assert say_condition(one) == '<code class="name">&lt;b&gt;stage&lt;/b&gt;</code> is &lt;i&gt;.'
