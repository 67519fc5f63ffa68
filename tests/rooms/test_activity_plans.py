"""Activity plans: weights that come to the whole, targets of the own team, sheets before the period."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.control.activity.service import catalogue, delivering, quotas, reading, targets
from implement.control.activity.service.periods import add_period
from implement.control.activity.service.plans import PlanItem, get_plan
from implement.control.activity.service.targets import Target
from implement.engine.activity.kpis import Kpi
from implement.rollout.service.errors import EditedMeanwhile, NotAllowed, RuleBroken
from implement.rollout.service.staff import get_person
from tests.rooms.planned_firm import BEFORE, CONTACTS, GOALS, ITEMS, LATE, MARCH, VISITS, PlannedFirm, a_planned_firm

Database = scoped_session[Session]
WITHIN = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def planned(session: Database) -> PlannedFirm:
    return a_planned_firm()


UNUSABLE = (
    ((PlanItem(CONTACTS, 9_999, 6, 4),), "0.01 % are missing"),
    ((PlanItem(CONTACTS, 10_001, 6, 4),), "0.01 % too many"),
    ((PlanItem(CONTACTS, 5_000, 6, 4), PlanItem(CONTACTS, 5_000, 6, 4)), "twice"),
    ((PlanItem("kpi.smiles", 10_000, 6, 4),), "only what can be counted"),
    ((PlanItem(CONTACTS, 10_000, 3, 4),), "no longer than the whole"),
    ((), "only what can be counted"),
)


def test_an_unusable_plan_is_refused_and_periods_do_not_overlap(planned: PlannedFirm) -> None:  # M123
    version = get_plan(planned.period.id, "seller").version
    for items, why in UNUSABLE:
        with pytest.raises(RuleBroken, match=why):
            planned.write_plan(items, seen=version)
    with pytest.raises(RuleBroken, match="another period"):
        add_period(planned.firm.rollout_id, MARCH[1], MARCH[1], by=planned.firm.alice, now=BEFORE)


@pytest.mark.both_databases
def test_of_two_who_edit_a_plan_neither_is_lost(planned: PlannedFirm) -> None:
    version = get_plan(planned.period.id, "seller").version
    first = (PlanItem(CONTACTS, 6_000, 6, 4), PlanItem(VISITS, 4_000, 60, 3))
    planned.write_plan(first, seen=version)
    with pytest.raises(EditedMeanwhile) as clash:
        planned.write_plan(ITEMS, seen=version)
    assert "6000" in clash.value.theirs
    assert "2000" in clash.value.mine
    assert get_plan(planned.period.id, "seller").items == first


def test_a_head_sets_targets_of_the_own_team_only_and_not_their_own(planned: PlannedFirm) -> None:  # M124
    for stranger in ("south.2", "north.1"):
        with pytest.raises(NotAllowed):
            planned.set_targets(user=stranger)
    with pytest.raises(RuleBroken, match="does not stand in the plan"):
        planned.set_targets({"kpi.offers_sent": 3}, user="north.3")


def test_of_two_who_set_targets_neither_is_lost(planned: PlannedFirm) -> None:
    stamp = targets.stamp_targets(targets.read_targets(planned.period.id), [planned.bob_id])
    planned.set_targets({CONTACTS: 25}, stamp=stamp)
    with pytest.raises(EditedMeanwhile) as clash:
        planned.set_targets({CONTACTS: 30}, stamp=stamp)
    assert "25" in clash.value.theirs
    assert targets.read_targets(planned.period.id)[planned.bob_id, CONTACTS].target == 25


def test_a_sheet_handed_out_in_time_is_not_late_and_stays(planned: PlannedFirm) -> None:  # M124
    sheet = delivering.read_deliveries(planned.firm.rollout_id, planned.period)[planned.bob_id]
    assert (sheet.is_late, sheet.acknowledged_at) == (False, None)
    with pytest.raises(RuleBroken, match="has begun"):
        planned.set_targets({CONTACTS: 5}, now=WITHIN, today=WITHIN.date())
    assert planned.deliver(WITHIN) == 0


def test_a_first_sheet_within_the_period_is_flagged_as_late(planned: PlannedFirm) -> None:
    planned.set_targets(user="north.3", now=WITHIN, today=WITHIN.date())
    assert planned.deliver(WITHIN) == 1
    sheets = delivering.read_deliveries(planned.firm.rollout_id, planned.period)
    assert sheets[planned.firm.people["north.3"]].is_late


@pytest.mark.both_databases
def test_a_changed_sheet_is_handed_out_again_and_acknowledged_anew(planned: PlannedFirm) -> None:
    bob, here = planned.firm.accounts["north.2"], planned.firm.rollout_id
    first = delivering.read_deliveries(here, planned.period)[planned.bob_id]
    said = {"person_id": planned.bob_id, "by": bob, "now": BEFORE}
    delivering.acknowledge_sheet(here, first.id, sha256=first.sha256, **said)
    assert planned.deliver() == 0
    planned.set_targets({CONTACTS: 25})
    assert planned.deliver() == 1
    second = delivering.read_deliveries(here, planned.period)[planned.bob_id]
    assert (second.number, second.acknowledged_at) == (2, None)
    with pytest.raises(RuleBroken, match="have changed"):
        delivering.acknowledge_sheet(here, first.id, sha256=first.sha256, **said)


def test_a_kpi_that_does_not_apply_needs_a_reason_and_stands_in_the_sheet(planned: PlannedFirm) -> None:  # M124
    cell, said = (planned.bob_id, LATE), {"stamp": None, "by": planned.firm.alice, "now": BEFORE}
    with pytest.raises(RuleBroken, match="say why"):
        targets.set_targets(planned.lead, planned.period, {cell: Target(None)}, today=BEFORE.date(), **said)
    exempt = {cell: Target(None, "newcomer")}
    targets.set_targets(planned.lead, planned.period, exempt, today=BEFORE.date(), **said)
    planned.deliver()
    rows = reading.read_attainments(planned.firm.rollout_id, planned.period.id)
    row = next(one for one in rows if (one.person_id, one.kpi_key) == cell)
    assert (row.target, row.reason, row.attainment) == (None, "newcomer", None)


def test_attainments_name_everybody_planned_with_the_weights_of_the_role(planned: PlannedFirm) -> None:
    rows = reading.read_attainments(planned.firm.rollout_id, planned.period.id)
    assert len(rows) == 10 * len(ITEMS)
    mine = [one for one in rows if one.person_id == planned.bob_id]
    assert {one.kpi_key: one.target for one in mine} == GOALS
    assert [one.weight_bp for one in mine] == [4_000, 4_000, 2_000]
    assert {(one.actual, one.is_late) for one in mine} == {(None, False)}
    assert {one.is_late for one in rows if one.person_id != planned.bob_id} == {True}


def test_an_own_activity_says_how_it_is_gamed(planned: PlannedFirm) -> None:  # M123
    here, said = planned.firm.rollout_id, {"how": "Samples sent", "by": planned.firm.alice, "now": BEFORE}
    samples = Kpi("", "volume", "process", "report", minutes=5, typing_minutes=1, beside=VISITS)
    with pytest.raises(RuleBroken, match="gamed"):
        catalogue.add_kpi(here, samples, name="Samples", gamed=" ", **said)
    key = catalogue.add_kpi(here, samples, name="Samples", gamed="Empty boxes", **said)
    assert catalogue.read_kpis(here)[key].gamed == "Empty boxes"
    with pytest.raises(RuleBroken, match="already"):
        catalogue.add_kpi(here, samples, name="samples", gamed="Empty boxes", **said)


def test_a_quota_is_set_for_a_team_by_the_lead_and_for_people_by_their_head(planned: PlannedFirm) -> None:  # M46, M105
    north, said = planned.firm.teams["North"], {"by": planned.firm.alice, "now": BEFORE}
    with pytest.raises(NotAllowed):
        quotas.set_quota(planned.head, planned.period.id, quotas.Quota(5_000), team_id=north, **said)
    quotas.set_quota(planned.lead, planned.period.id, quotas.Quota(500_000, "North"), team_id=north, **said)
    mine = quotas.Quota(100_000, "Coast", 80_000)
    quotas.set_quota(planned.head, planned.period.id, mine, person_id=planned.bob_id, **said)
    with pytest.raises(EditedMeanwhile):
        quotas.set_quota(planned.head, planned.period.id, mine, person_id=planned.bob_id, **said)
    team, bob = reading.read_quotas(planned.firm.rollout_id, planned.period.id)
    assert (team.territory, bob.territory, str(bob.fulfilment)) == ("North", "Coast", "4/5")


def test_whoever_joins_after_the_period_is_not_planned(planned: PlannedFirm) -> None:
    get_person(planned.firm.rollout_id, planned.bob_id).hired = MARCH[1] + timedelta(days=1)
    planned_people = targets.list_planned(planned.firm.rollout_id, planned.period)
    assert planned.bob_id not in {one.person_id for one, _plan in planned_people}
