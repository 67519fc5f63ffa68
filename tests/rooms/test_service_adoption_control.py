"""The first month of close control: who checks what when, ticked with evidence, over by itself (M60, M112)."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session as Database

from implement.rollout.service.calendar import add_closed_days
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.staff import list_teams
from implement.stages.adoption.service import control as service
from implement.stages.adoption.tables import TeamControl
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, person_id_of


class Firm:
    """The North has a head who logs in, the South has none; Alice leads."""

    def __init__(self) -> None:
        self.rollout_id = builders.a_rollout().id
        a_firm(self.rollout_id, {"North": 6, "South": 6})
        self.alice = builders.a_member(self.rollout_id, Role.LEAD)
        head_id = person_id_of(self.rollout_id, "north.1")
        self.henry = builders.a_member(self.rollout_id, Role.HEAD, person_id=head_id)
        self.lead = Standing(self.rollout_id, frozenset({Role.LEAD}), None)
        self.head = Standing(self.rollout_id, frozenset({Role.HEAD}), head_id)
        self.teams = {name: team_id for team_id, name, *_rest in list_teams(self.rollout_id)}

    def start(self, team: str = "North", days: int = 0) -> TeamControl:
        first_day = SUNDAY + timedelta(days=days)
        return service.start_control(self.lead, [self.teams[team]], first_day, by=self.alice, now=NOW)[0]


@pytest.fixture
def firm(app: Flask, session: Database) -> Firm:
    return Firm()


def test_the_head_checks_what_is_the_heads_and_the_lead_the_rest(firm: Firm) -> None:  # M60
    checks = service.list_checks(firm.start())
    owners = {check.item: check.owner_name for check in checks}
    assert owners["control.open_questions"] == "Henry Head" and owners["control.use_by_team"] == "Alice Lead"
    assert checks == sorted(checks, key=lambda one: one.due) and checks[-1].due == SUNDAY + timedelta(days=26)
    assert {check.owner_name for check in service.list_checks(firm.start("South"))} == {"Alice Lead"}


def test_the_load_on_the_head_is_the_sum_of_their_checks(firm: Firm) -> None:  # M112, 7·10 + 4·15 + 4·10 + 2·15
    control = firm.start()
    mine = [check.minutes for check in service.list_checks(control) if check.owner_id == firm.henry.id]
    assert control.head_minutes == sum(mine) == 200


def test_no_check_falls_on_a_day_on_which_nobody_works(firm: Firm) -> None:  # M112
    add_closed_days(firm.rollout_id, [SUNDAY + timedelta(days=8)], by=firm.alice, now=NOW)
    due = {check.due for check in service.list_checks(firm.start())}
    assert all(day.isoweekday() <= 5 for day in due) and SUNDAY + timedelta(days=8) not in due


def test_a_tick_needs_evidence_and_its_owner(firm: Firm) -> None:
    first = service.list_checks(firm.start())[0]
    with pytest.raises(RuleBroken, match="say what you saw"):
        service.tick_check(firm.head, first, " ", by=firm.henry, now=NOW)
    bob = builders.a_member(firm.rollout_id, Role.HEAD)
    with pytest.raises(NotAllowed):
        service.tick_check(Standing(firm.rollout_id, frozenset({Role.HEAD}), None), first, "Seen", by=bob, now=NOW)
    service.tick_check(firm.head, first, "Two questions, both answered", by=firm.henry, now=NOW)
    with pytest.raises(RuleBroken, match="ticked already"):
        service.tick_check(firm.head, first, "Again", by=firm.henry, now=NOW)
    assert (first.evidence, first.ticked_by) == ("Two questions, both answered", "Henry Head")


def test_what_is_overdue_counts_while_it_runs_and_not_afterwards(firm: Firm) -> None:
    firm.start()
    overdue = [service.list_controls(firm.rollout_id, SUNDAY + timedelta(days=days))[0] for days in (1, 4, 27, 28)]
    assert [row.overdue for row in overdue] == [0, 3, 26, 0]
    assert [row.has_ended for row in overdue] == [False, False, False, True]
    assert service.find_due_checks(firm.rollout_id, firm.henry.id, SUNDAY + timedelta(days=28)) is None


def test_after_its_end_nothing_is_ticked(firm: Firm) -> None:
    first = service.list_checks(firm.start())[0]
    with pytest.raises(RuleBroken, match="is over"):
        service.tick_check(firm.head, first, "Late", by=firm.henry, now=NOW + timedelta(days=28))


def test_a_team_is_under_control_once_at_a_time(firm: Firm) -> None:
    firm.start()
    with pytest.raises(RuleBroken, match="in these days already"):
        firm.start(days=27)
    assert firm.start(days=28).starts_on == SUNDAY + timedelta(days=28)


def test_only_whoever_steers_starts_it(firm: Firm) -> None:
    with pytest.raises(NotAllowed):
        service.start_control(firm.head, [firm.teams["North"]], SUNDAY, by=firm.henry, now=NOW)
