"""What meetings and plans keep about people goes when its period is over, and what is younger stays (R10)."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from implement.control.activity.tables import (
    ActivityCount,
    ActivityCounting,
    ActivityDelivery,
    ActivityReport,
    ActivityTarget,
)
from implement.control.meetings.service import presence
from implement.control.meetings.tables import Meeting, MeetingPresence, Priority
from implement.engine.law import Terms
from implement.rollout.tables import LogRow
from tests import builders
from tests.rooms.bound_firm import DAILY, a_bound_firm
from tests.rooms.disposing import look_through
from tests.rooms.planned_firm import CONTACTS, MARCH, PlannedFirm, a_planned_firm
from tests.rooms.test_service_activity_actuals import count, report
from tests.rooms.test_service_meetings import DAY, NINE, House

Database = scoped_session[Session]
PERIOD = timedelta(days=396)


@pytest.fixture
def planned(session: Database) -> PlannedFirm:
    return a_planned_firm()


def rows(session: Database, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def logged(session: Database) -> set[str]:
    return set(session.scalars(select(LogRow.subject).where(LogRow.action == "dispose")))


def test_who_came_and_what_they_set_out_to_do_goes_and_the_meeting_stays(session: Database, app: Flask) -> None:
    firm = a_bound_firm(builders.a_rollout(legal_profile="EU").id)
    firm.bind(Terms(meetings=(DAILY,)))
    house = House(firm)
    series = house.start_series()
    first, second = house.meet(series), house.meet(series, now=NINE + DAY)
    for meeting in (first, second):
        house.set_out(meeting, series, "Call A")
        presence.note_presence(house.head, meeting, series, {house.bob_id: "present"}, by=house.henry, now=NINE)
    assert look_through(app, firm.rollout_id, first.day + PERIOD) == {}
    gone = look_through(app, firm.rollout_id, second.day + PERIOD)
    assert gone == {"meeting_presence": 1, "meeting_priorities": 1}
    assert [rows(session, one) for one in (Meeting, MeetingPresence, Priority)] == [2, 1, 1]
    assert logged(session) == {"retention:meeting_presence", "retention:meeting_priorities"}


def test_old_counts_and_reports_go_and_the_log_no_longer_covers_them(
    session: Database, app: Flask, planned: PlannedFirm
) -> None:
    count(planned, MARCH[0], 12)
    report(planned, MARCH[0], visits=3)
    report(planned, MARCH[0] + DAY, visits=4)
    here, cut = planned.firm.rollout_id, MARCH[0] + DAY
    assert look_through(app, here, MARCH[0] + PERIOD) == {}
    assert look_through(app, here, cut + PERIOD) == {"activity_days": 2}
    assert [rows(session, one) for one in (ActivityCount, ActivityReport)] == [0, 1]
    assert session.scalars(select(ActivityCounting.first_day)).one() == cut
    assert logged(session) == {"retention:activity_days"}


def test_sheets_and_targets_of_people_go_with_their_period(session: Database, app: Flask, planned: PlannedFirm) -> None:
    here: int = planned.firm.rollout_id
    held = rows(session, ActivityTarget) + rows(session, ActivityDelivery)
    assert held > 1 and CONTACTS in set(session.scalars(select(ActivityTarget.kpi_key)))
    last: date = MARCH[1]
    assert look_through(app, here, last + PERIOD) == {}
    assert look_through(app, here, last + PERIOD + DAY) == {"activity_sheets": held}
    assert rows(session, ActivityTarget) + rows(session, ActivityDelivery) == 0
    assert logged(session) == {"retention:activity_sheets"}
