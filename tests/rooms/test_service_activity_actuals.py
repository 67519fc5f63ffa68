"""Actuals: counted and reported, both kept; conflicts settled by somebody else; what is missing blocks."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.control.activity.service import actuals, counting, reading, reporting
from implement.control.activity.service.counting import CountedLog, CountingBasis
from implement.control.activity.service.reading import AttainmentRow
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.stages.adoption.service.log import LogBasis
from tests.rooms.planned_firm import CONTACTS, LATE, MARCH, VISITS, PlannedFirm, a_planned_firm

Database = scoped_session[Session]
TUESDAY = datetime(2026, 3, 3, 16, tzinfo=UTC)


@pytest.fixture
def planned(session: Database) -> PlannedFirm:
    return a_planned_firm()


def count(planned: PlannedFirm, day: date, number: int) -> None:
    """The CRM's log of the week says so many contacts of Bob on a day."""
    basis = CountingBasis(LogBasis((), *MARCH), (), {})
    counted = CountedLog(((planned.bob_id, CONTACTS, day, number),), (CONTACTS, LATE), frozenset({planned.bob_id}))
    counting.keep_counting(planned.firm.rollout_id, basis, counted, by=None, now=TUESDAY)


def report(planned: PlannedFirm, day: date, **numbers: int) -> int:
    said = {f"kpi.{name}": number for name, number in numbers.items()}
    about = {"by": planned.firm.accounts["north.2"], "now": TUESDAY, "today": TUESDAY.date()}
    return reporting.report_day(planned.firm.rollout_id, planned.bob_id, day, said, **about)  # type: ignore[arg-type]


def row_of(planned: PlannedFirm, key: str, user: str = "north.2") -> AttainmentRow:
    return reporting.find_row(planned.firm.rollout_id, planned.period.id, planned.firm.people[user], key)


def test_a_day_the_log_covers_is_known_and_a_stranger_to_it_is_missing(planned: PlannedFirm) -> None:  # M125
    count(planned, MARCH[0], 12)
    count(planned, MARCH[0], 12)
    mine, theirs, visits = row_of(planned, CONTACTS), row_of(planned, CONTACTS, "north.3"), row_of(planned, VISITS)
    assert (mine.actual, mine.source, mine.missing_days, str(mine.attainment)) == (12, "crm", (), "3/5")
    assert row_of(planned, LATE).actual == 0
    assert (theirs.actual, visits.actual, len(visits.missing_days)) == (None, None, 5)


def test_a_report_corrects_itself_and_a_stranger_day_or_kpi_is_refused(planned: PlannedFirm) -> None:
    assert (report(planned, MARCH[0], visits=3), report(planned, MARCH[0], visits=3)) == (1, 0)
    assert report(planned, MARCH[0], visits=4) == 1
    assert (row_of(planned, VISITS).so_far, row_of(planned, VISITS).actual) == (4, None)
    with pytest.raises(RuleBroken, match="today and yesterday"):
        report(planned, date(2026, 3, 1), visits=1)
    with pytest.raises(RuleBroken, match="does not stand"):
        report(planned, MARCH[0], offers_sent=1)
    with pytest.raises(RuleBroken, match="between 0 and 1,000"):
        report(planned, MARCH[0], visits=1_001)


def test_a_missing_day_is_closed_later_until_pay_has_frozen_it_and_is_marked(planned: PlannedFirm) -> None:
    friday = datetime(2026, 3, 6, 16, tzinfo=UTC)
    bob = planned.firm.accounts["north.2"]
    about = {"by": bob, "now": friday, "today": friday.date()}
    here = (planned.firm.rollout_id, planned.bob_id)
    with pytest.raises(RuleBroken, match="until pay is computed"):
        reporting.report_day(*here, MARCH[0], {VISITS: 3}, frozen_until=MARCH[0], **about)
    assert reporting.report_day(*here, MARCH[0], {VISITS: 3}, **about) == 1
    with pytest.raises(RuleBroken, match="what is missing"):
        reporting.report_day(*here, MARCH[0], {VISITS: 4}, **about)
    late = actuals.read_late_days(planned.firm.rollout_id, [planned.bob_id], *MARCH)
    assert late == {(planned.bob_id, VISITS, MARCH[0])}
    assert MARCH[0] not in row_of(planned, VISITS).missing_days


def test_a_conflict_blocks_until_somebody_else_settles_it_and_opens_again(planned: PlannedFirm) -> None:  # M125
    count(planned, MARCH[0], 12)
    report(planned, MARCH[0], contacts_kept=15)
    row = row_of(planned, CONTACTS)
    assert (row.actual, row.so_far, row.conflicts) == (None, 12, (MARCH[0],))
    henry = {"by": planned.firm.accounts["north.1"], "now": TUESDAY}
    about = (planned.period, planned.bob_id, CONTACTS, "report", "three cards were lost")
    with pytest.raises(NotAllowed):
        reporting.settle(planned.seller, *about, sums=(12, 15), **henry)
    with pytest.raises(RuleBroken, match="changed since"):
        reporting.settle(planned.head, *about, sums=(12, 14), **henry)
    reporting.settle(planned.head, *about, sums=(12, 15), **henry)
    settled = row_of(planned, CONTACTS)
    assert (settled.actual, settled.source, settled.crm, settled.reported) == (15, "settled", 12, 15)
    count(planned, MARCH[0], 13)
    assert row_of(planned, CONTACTS).conflicts == (MARCH[0],)


def test_a_missed_target_is_found_and_has_a_reason(planned: PlannedFirm) -> None:  # M46
    count(planned, MARCH[0], 12)
    said = {"by": planned.firm.accounts["north.2"], "now": TUESDAY}
    with pytest.raises(RuleBroken, match="choose a reason"):
        reporting.say_miss(planned.firm.rollout_id, planned.period, planned.bob_id, CONTACTS, "", "", **said)
    reporting.say_miss(planned.firm.rollout_id, planned.period, planned.bob_id, CONTACTS, "system", "", **said)
    assert reporting.read_misses(planned.period.id)[planned.bob_id, CONTACTS].code == "system"
    rows = reading.read_attainments(planned.firm.rollout_id, planned.period.id)
    assert [one.kpi_key for one in reporting.find_missed(rows)] == [CONTACTS]
