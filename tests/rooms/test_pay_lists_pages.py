"""Lists of pay ask the database as often for many people as for few."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from implement.control.incentives.service import reducing, runs
from implement.control.incentives.tables import PayReduction, PayRun, PayStatement
from implement.db import db
from implement.rollout.service.rollouts import get_rollout
from tests.fixtures.members import VisitorAs
from tests.rooms.bound_firm import a_bound_firm
from tests.rooms.pay_house import AFTER, PayHouse
from tests.rooms.test_audit_pages import count_queries
from tests.rooms.test_service_pay_reductions import note

PEOPLE = 30
OLDER = ((date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 1, 1), date(2026, 1, 31)))


class Crowd:
    """A firm of sixty where pay knows of one person, until it knows of thirty more."""

    def __init__(self, app: Flask, rollout_id: int) -> None:
        get_rollout(rollout_id).legal_profile = "EU"
        self.house = PayHouse(a_bound_firm(rollout_id, size=PEOPLE))
        self.house.prepare()
        self.reduction = note(self.house)
        self.run: PayRun = self.house.compute(app.extensions["implement_store"])
        db.session.commit()

    def grow(self) -> None:
        """Thirty more statements and reductions, two more runs."""
        for first, last in OLDER:
            runs.begin_run(self.house.rollout_id, first, last, by=self.house.hanna, now=AFTER)
        for user in (f"south.{number}" for number in range(1, PEOPLE + 1)):
            db.session.add(self.statement_of(user))
            db.session.add(self.reduction_of(user))
        db.session.commit()

    def statement_of(self, user: str) -> PayStatement:
        """Somebody more whom the run pays."""
        who = {"person_id": self.house.firm.people[user], "number": user, "name": user.title()}
        return PayStatement(run_id=self.run.id, total_minor=1, **who)

    def reduction_of(self, user: str) -> PayReduction:
        """The same happened to somebody more."""
        names = ("rollout_id", "ground", "happened_at", "note", "version_id", "by_id", "at")
        kept = {name: getattr(self.reduction, name) for name in names}
        return PayReduction(person_id=self.house.firm.people[user], **kept)


@pytest.fixture
def crowd(app: Flask, rollout_id: int) -> Iterator[Crowd]:
    """The firm, in its application."""
    with app.app_context():
        yield Crowd(app, rollout_id)


def test_lists_of_pay_ask_as_often_for_many_people_as_for_few(
    app: Flask, crowd: Crowd, visitor_as: VisitorAs, rollout_id: int
) -> None:
    hanna, room = visitor_as("hr"), f"/rollouts/{rollout_id}/incentives"
    lists = (f"{room}/runs", f"{room}/runs/{crowd.run.id}", f"{room}/reductions", f"{room}/month-end")
    few = {path: count_queries(app, hanna, path) for path in lists}
    crowd.grow()
    assert {path: count_queries(app, hanna, path) for path in lists} == few
    assert max(few.values()) <= 30
    assert len(reducing.list_reductions(rollout_id)) == PEOPLE + 1
    assert "South.9" in hanna.get(lists[1] + "?find=South.9").text
