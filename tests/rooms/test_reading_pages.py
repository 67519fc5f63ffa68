"""Read and acknowledge by link, without an account."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from implement.control.activity.service.periods import add_period, get_period
from implement.control.activity.tables import ActivityDelivery
from implement.db import db, utc_now
from implement.rollout.tables import Acknowledgement
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import MakeVisitor, Visitor
from tests.rooms.planned_firm import GOALS, PlannedFirm, a_planned_firm


def plan_ahead(planned: PlannedFirm) -> int:
    """A sheet of targets of next week for somebody who has no account."""
    first = utc_now().date() + timedelta(days=7)
    added = add_period(planned.firm.rollout_id, first, first + timedelta(days=4), by=planned.firm.alice, now=utc_now())
    planned.period = get_period(planned.firm.rollout_id, added.id)
    planned.write_plan()
    planned.set_targets(GOALS, "north.3")
    planned.deliver(utc_now())
    return int(db.session.scalars(select(ActivityDelivery.id).order_by(ActivityDelivery.id.desc())).first() or 0)


@pytest.fixture
def planned(app: Flask) -> Iterator[PlannedFirm]:
    """A firm with a text that binds everybody, and a plan of one week that is over."""
    with app.app_context():
        made = a_planned_firm()
        made.firm.bind()
        db.session.commit()
        yield made


def ask_for_link(planned: PlannedFirm, alice: Visitor, user: str) -> str:
    """Alice makes a link for one person; the address that is shown once."""
    page = alice.get(f"/rollouts/{planned.firm.rollout_id}/activity/links")
    made = alice.submit(page, {"person_id": planned.firm.people[user]}, status=200)
    (field,) = made.all("input[readonly]")
    return "/reading/" + str(field.get("value")).rpartition("/")[2]


def test_a_person_without_an_account_reads_and_acknowledges_by_their_link(
    planned: PlannedFirm, make_visitor: MakeVisitor, visitor_as: VisitorAs
) -> None:  # M113
    alice, guest = visitor_as("lead", rollout_id=planned.firm.rollout_id), make_visitor()
    mine, theirs = (ask_for_link(planned, alice, user) for user in ("north.3", "south.3"))
    sheet_id = plan_ahead(planned)
    db.session.commit()
    assert guest.get(mine).answer == "North 3, 2 things wait to be read."
    for form in ("form[action*='/texts/']", "form[action*='/sheets/']"):
        guest.submit(guest.get(mine), form=form)
    assert guest.get(mine).answer == "North 3, you have read everything."
    assert list(db.session.scalars(select(Acknowledgement.person_id))) == [planned.firm.people["north.3"]]
    fields = guest.get(theirs).fields("form[action*='/texts/']")
    guest.post(f"{theirs}/sheets/{sheet_id}", fields, status=404)
    guest.get(mine[:-1], status=404)


def test_hr_hands_a_new_link_to_late_readers_whose_address_is_unknown(
    planned: PlannedFirm, visitor_as: VisitorAs
) -> None:
    here, north3 = planned.firm.rollout_id, planned.firm.people["north.3"]
    hanna = visitor_as("hr", rollout_id=here)
    ask_for_link(planned, hanna, "north.3")
    page = hanna.get(f"/rollouts/{here}/regulations/overdue")
    assert "North 3 reads by a link; no address is known: hand over a new link" in page.text
    (link,) = (one for one in page.links() if f"#person-{north3}" in one)
    assert hanna.get(link.partition("#")[0]).one(f"#person-{north3} input[type=checkbox]")
