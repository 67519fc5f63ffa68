"""Risks found by rules with their evidence, joint team, mandate, third parties and backups; what they measure."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from flask import current_app
from sqlalchemy.orm import Session, scoped_session

from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.gates import judge_stage
from implement.rollout.service.rollouts import list_waves
from implement.rollout.stages import Stage
from implement.rollout.tables import User
from implement.stages.specification import in_report
from implement.stages.specification.risks_page import say_fact
from implement.stages.specification.service.cost import capacity
from implement.stages.specification.service.risks import register, safety, team
from implement.stages.specification.service.risks.register import RiskSaid
from implement.stages.specification.service.risks.safety import BackupSaid, PartySaid
from implement.stages.specification.service.risks.team import PartSaid
from implement.stages.specification.tables import Risk
from implement.web.access import Role
from tests import builders
from tests.rooms.audit_case import an_audit, answer_everything
from tests.rooms.cost_case import a_saving

Database = scoped_session[Session]
NOW = datetime(2026, 4, 13, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
FILLED = ("owner", "sponsor", "initiator", "control", "lead", "vendor")


@pytest.fixture
def carol(session: Database) -> User:
    return builders.a_user()


@pytest.fixture
def here(carol: User) -> int:
    return builders.a_rollout().id


def take_over(here: int, by: User) -> dict[str, Risk]:
    store = current_app.extensions["implement_store"]
    register.take_over(here, store, today=TODAY, by=by, now=NOW)
    return {str(row.rule_key): row for row in register.list_risks(here)}


def fill_team(here: int, by: User, parts: tuple[str, ...] = FILLED, *, gain: str = "Fewer calls at night") -> None:
    for part in parts:
        said = PartSaid(part, "client", "Petra", "Decides within two days", gain, 4, True)
        team.add_part(here, said, by=by, now=NOW)


def a_mandate(here: int, by: User, *, due: date = TODAY) -> int:
    return team.add_line(here, what="List of customers", supplier="IT", due=due, by=by, now=NOW).id


def sign(here: int, by: User, role: Role = Role.LEAD) -> None:
    team.sign_mandate(here, TODAY, role=role, roles=frozenset({Role.LEAD}), by=by, now=NOW)


def test_rules_fill_the_register_with_the_evidence_named(here: int, carol: User) -> None:  # M92 M99 M117 M131
    answer_everything(an_audit(here), worst=True)
    rows = take_over(here, carol)
    assert {"no_owner", "no_mandate", "no_risk_duty", "islands", "backup", "order_first"} <= set(rows)
    assert "audit:audit.first_hour.owner_named.absent" in rows["no_owner"].evidence
    assert "fact:owner_named:is:0:0" in rows["no_owner"].evidence


def test_taking_over_twice_changes_nothing_and_keeps_what_people_wrote(here: int, carol: User) -> None:
    row = take_over(here, carol)["no_owner"]
    lead = builders.a_member(here, Role.LEAD)
    said = RiskSaid("", "Henry is the owner from May", "", 4, 4, lead.id, 50_000, "watched")
    register.change_risk(row, said, version=row.version, by=carol, now=NOW)
    store = current_app.extensions["implement_store"]
    assert register.take_over(here, store, today=TODAY, by=carol, now=NOW) == 0
    assert (row.prevention, row.state, row.budget_minor) == ("Henry is the owner from May", "watched", 50_000)


def test_a_risk_whose_evidence_is_gone_says_since_when(here: int, carol: User) -> None:
    assert take_over(here, carol)["no_owner"].gone_at is None
    fill_team(here, carol)
    assert take_over(here, carol)["no_owner"].gone_at == NOW


def test_five_people_for_a_call_centre_are_found(here: int, carol: User) -> None:  # M136
    capacity.say_calls(here, capacity.CallsSaid(30_000, 0, 10_000, 125, 3_000, 5), by=carol, now=NOW)
    (written,) = take_over(here, carol)["proportion"].evidence
    seen = Fraction(written.removeprefix("fact:seats_of_needed:below:4/5:"))
    assert 0 < seen < Fraction(1, 10)


def test_uncollected_savings_and_third_parties_without_contract_are_found(here: int, carol: User) -> None:  # M97 M136
    a_saving(here, carol)
    party = PartySaid("Newsletter GmbH", "Addresses and clicks", "DE", "Signed in 2024", TODAY - timedelta(days=1))
    safety.add_third_party(here, party, by=carol, now=NOW)
    rows = take_over(here, carol)
    assert "no_case" in rows
    with current_app.test_request_context():
        assert [say_fact(one.removeprefix("fact:")) for one in rows["third_parties"].evidence] == [
            "Third parties without a valid contract: 1, more than 0"
        ]


def test_backup_is_a_risk_until_a_restore_was_tried(here: int, carol: User) -> None:  # M56
    assert "backup" in take_over(here, carol)
    tried = BackupSaid(24, True, "Data centre North", TODAY - timedelta(days=30))
    safety.say_backup(here, tried, TODAY, by=carol, now=NOW)
    assert take_over(here, carol)["backup"].gone_at == NOW
    with pytest.raises(RuleBroken):
        safety.say_backup(here, BackupSaid(24, True, "", TODAY + timedelta(days=1)), TODAY, by=carol, now=NOW)


def test_the_team_lacks_a_sponsor_without_a_reason_of_their_own(here: int, carol: User) -> None:  # M99 M94 M20
    fill_team(here, carol, gain="")
    assert team.find_gaps(team.list_team(here)) == ["sponsor"]
    fill_team(here, carol, ("sponsor",))
    assert team.find_gaps(team.list_team(here)) == []


def test_everybody_in_the_team_has_a_duty(here: int, carol: User) -> None:  # M98
    with pytest.raises(RuleBroken):
        team.add_part(here, PartSaid("owner", "client", "Petra", " ", "", None, True), by=carol, now=NOW)


def test_a_changed_line_makes_the_signature_of_the_mandate_void(here: int, carol: User) -> None:  # M131
    a_mandate(here, carol)
    assert not team.read_mandate(here, TODAY).is_signed
    sign(here, carol)
    assert team.read_mandate(here, TODAY).is_signed
    a_mandate(here, carol)
    assert not team.read_mandate(here, TODAY).is_signed


def test_only_the_lead_signs_and_delivery_keeps_the_signature(here: int, carol: User) -> None:  # M131
    line = a_mandate(here, carol, due=TODAY - timedelta(days=3))
    with pytest.raises(NotAllowed):
        sign(here, carol, Role.CONSULTANT)
    sign(here, carol)
    team.deliver(here, line, delivered_on=None, delay_reason=team.NO_MANDATE, by=carol, now=NOW)
    late = team.read_mandate(here, TODAY)
    assert (late.is_signed, late.overdue, late.without_mandate) == (True, 1, 1)


def test_missing_people_mandate_and_owners_block_the_gate(here: int, carol: User) -> None:  # M20 M94 M98 M99 M131
    wave, keys = list_waves(here)[0].id, {"team_complete", "mandate", "risks_owned"}
    asked = {f"gate.specification.{key}" for key in keys}
    unmet = {one.key for one in judge_stage(here, wave, Stage.SPECIFICATION, TODAY).unmet}
    assert asked <= unmet
    fill_team(here, carol)
    a_mandate(here, carol)
    sign(here, carol)
    lead = builders.a_member(here, Role.LEAD)
    for row in take_over(here, carol).values():
        said = RiskSaid("", "", "", row.likelihood, row.impact, lead.id, None, "open")
        register.change_risk(row, said, version=row.version, by=carol, now=NOW)
    unmet = {one.key for one in judge_stage(here, wave, Stage.SPECIFICATION, TODAY).unmet}
    assert not asked & unmet


def test_reports_hold_what_there_is_and_leave_out_what_is_not(here: int, carol: User) -> None:  # M15
    assert in_report.gather_cost(here, None, TODAY) is None
    assert in_report.gather_plan(here, None, TODAY) is None
    assert in_report.gather_risks(here, None, TODAY) is None
    fill_team(here, carol)
    chapter = in_report.gather_risks(here, None, TODAY)
    assert chapter is not None
    assert chapter["gaps"] == []


def test_a_risk_of_ones_own_needs_a_name_and_an_owner_who_belongs_here(here: int, carol: User) -> None:
    stranger = builders.a_user()
    for title, owner in ((" ", None), ("The server room floods", stranger.id)):
        with pytest.raises(RuleBroken):
            register.add_risk(here, RiskSaid(title, "", "", 2, 2, owner, None, "open"), by=carol, now=NOW)
