"""Remedies: started by whoever leads, as a task for its owner, carried out by the room that can, ended once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session as Database

from implement.jobs import Plain
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.staff import get_person, list_teams
from implement.rollout.service.tasks import get_task
from implement.rollout.tables import User
from implement.stages.adoption import remedy_page
from implement.stages.adoption.service.helping import dispose_remedies, hold_remedies
from implement.stages.adoption.service.people import read_person
from implement.stages.adoption.service.remedies import ForWhom, Plan, start_remedy, stop_remedy
from implement.stages.adoption.service.remedy_list import list_remedies
from implement.stages.adoption.shown_groups import show_groups
from implement.stages.adoption.tables import StartedRemedy
from implement.store import Store
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.adoption_house import NOW, SECRET, SUNDAY, a_firm, an_evaluation, person_id_of, some_evidence

TEAMS = {"North": 8, "South": 8}
LATE_AND_THIN = some_evidence("overwhelmed", "spreadsheet_keeper", late=(200, 200), complete=(800, 2000))


class Firm:
    """A firm in which one of the North records late and thinly; Alice leads it, Henry heads the North."""

    def __init__(self, store: Store) -> None:
        self.store, self.rollout_id = store, builders.a_rollout().id
        an_evaluation(self.rollout_id, a_firm(self.rollout_id, TEAMS), north_3=LATE_AND_THIN)
        self.person_id = person_id_of(self.rollout_id, "north.3")
        self.alice = builders.a_member(self.rollout_id, Role.LEAD)
        head = person_id_of(self.rollout_id, "north.1")
        self.henry = builders.a_member(self.rollout_id, Role.HEAD, person_id=head)
        self.lead = Standing(self.rollout_id, frozenset({Role.LEAD}), None)
        self.head = Standing(self.rollout_id, frozenset({Role.HEAD}), head)
        self.teams = {name: team_id for team_id, name, *_rest in list_teams(self.rollout_id)}

    def plan(self, owner: User | None = None) -> Plan:
        return Plan("remedy.lesson_at_own_desk", (owner or self.henry).id, SUNDAY, "Records come on the day")

    def start(self, whom: ForWhom, plan: Plan | None = None, standing: Standing | None = None) -> StartedRemedy:
        asked = standing or self.lead
        return start_remedy(asked, whom, plan or self.plan(), store=self.store, by=self.alice, now=NOW)


@pytest.fixture
def firm(app: Flask, session: Database) -> Firm:
    return Firm(app.extensions["implement_store"])


def test_a_remedy_is_a_task_with_owner_and_day_that_names_nobody(firm: Firm) -> None:  # M27
    row = firm.start(ForWhom(person_id=firm.person_id))
    task = get_task(firm.rollout_id, row.task_id)
    assert (task.owner_id, task.due, task.escalate_to_id) == (firm.henry.id, SUNDAY + timedelta(days=21), firm.alice.id)
    assert task.subject == f"remedy:{row.id}" and row.kind == "overwhelmed"
    assert get_person(firm.rollout_id, firm.person_id).name not in task.title


def test_the_same_remedy_does_not_run_twice_for_the_same(firm: Firm) -> None:
    row = firm.start(ForWhom(team_id=firm.teams["North"]))
    with pytest.raises(RuleBroken, match="running here already"):
        firm.start(ForWhom(team_id=firm.teams["North"]))
    stop_remedy(row, firm.lead, reason="No room for it", store=firm.store, by=firm.alice, now=NOW)
    assert firm.start(ForWhom(team_id=firm.teams["North"])).state(SUNDAY) == "running"


def test_stopping_needs_a_reason_and_ends_the_task(firm: Firm) -> None:
    row = firm.start(ForWhom(person_id=firm.person_id))
    with pytest.raises(RuleBroken, match="give a reason"):
        stop_remedy(row, firm.lead, reason=" ", store=firm.store, by=firm.alice, now=NOW)
    stop_remedy(row, firm.lead, reason="They moved to another team", store=firm.store, by=firm.alice, now=NOW)
    assert row.state(SUNDAY) == "stopped" and get_task(firm.rollout_id, row.task_id).done_at == NOW
    with pytest.raises(RuleBroken, match="has ended already"):
        stop_remedy(row, firm.lead, reason="Twice", store=firm.store, by=firm.alice, now=NOW)


def test_a_head_runs_remedies_for_their_own_team_and_people_only(firm: Firm) -> None:
    assert firm.start(ForWhom(team_id=firm.teams["North"]), standing=firm.head).id
    assert firm.start(ForWhom(person_id=firm.person_id), standing=firm.head).id
    stranger = person_id_of(firm.rollout_id, "south.2")
    for whom in (ForWhom(team_id=firm.teams["South"]), ForWhom(person_id=stranger)):
        with pytest.raises(NotAllowed):
            firm.start(whom, standing=firm.head)


def test_only_whoever_leads_there_can_own_it(firm: Firm) -> None:
    bob = builders.a_member(firm.rollout_id, Role.SALESPERSON)
    with pytest.raises(RuleBroken, match="can be given to"):
        firm.start(ForWhom(team_id=firm.teams["North"]), firm.plan(bob))
    with pytest.raises(RuleBroken, match="can be given to"):
        firm.start(ForWhom(team_id=firm.teams["South"]), firm.plan(firm.henry))
    with pytest.raises(NotFound):
        firm.start(ForWhom(team_id=firm.teams["North"]), replace(firm.plan(), remedy_id="remedy.unknown"))


def test_who_reads_teams_only_learns_that_there_is_one_for_a_person(firm: Firm) -> None:
    firm.start(ForWhom(person_id=firm.person_id))
    firm.start(ForWhom(team_id=firm.teams["North"]))
    council = Standing(firm.rollout_id, frozenset({Role.COUNCIL}), None)
    seen, all_of_them = (list_remedies(one, secret=SECRET, today=SUNDAY) for one in (council, firm.lead))
    assert ([row.whom for row in seen.rows], seen.hidden) == (["North"], 1)
    assert all_of_them.hidden == 0 and any(row.whom.startswith("P-") for row in all_of_them.rows)


def test_it_is_due_when_its_days_have_passed(firm: Firm) -> None:
    row = firm.start(ForWhom(team_id=firm.teams["North"]))
    assert [row.state(SUNDAY + timedelta(days=days)) for days in (0, 20, 21)] == ["running", "running", "due"]


def test_the_offer_counts_the_signs_of_the_kind_that_fits(app: Flask, firm: Firm) -> None:  # M25, M27
    figures = read_person(firm.rollout_id, firm.person_id)
    with app.test_request_context():
        offers = remedy_page.offer_for_person(
            firm.rollout_id, firm.person_id, figures.evidence if figures else None, ask=True
        )
    assert len(offers) == 2 and offers[0].fits.endswith("of its signs stands out (of 2)")
    assert offers[0].title == "Learning it is hard"
    assert offers[0].remedies[0].url.endswith(f"remedy=remedy.lesson_at_own_desk&person={firm.person_id}")


def test_a_team_is_offered_what_several_of_its_people_share(app: Flask, firm: Firm) -> None:
    counted: dict[str, Plain] = {"judged": 8, "flagged": 3, "signals": {}, "kinds": {"overwhelmed": 2, "sceptic": 1}}
    group: dict[str, Plain] = {"key": "all", "id": 1, "name": "", "parent": None, "go_live": None, "people": 8}
    shown = show_groups([{**group, "scored": 8, "usage": [], "bands": {}, "weeks": [], "standing_out": counted}])
    assert shown[0].standing_out is not None and shown[0].standing_out.kinds == {"overwhelmed": 2}
    with app.test_request_context():
        offers = remedy_page.offer_for_team(firm.rollout_id, firm.teams["North"], shown[0].standing_out.kinds, 8)
    assert [offer.fits for offer in offers] == ["2 of 8 people show it"]


def test_ended_remedies_of_single_people_are_deleted_after_their_period(app: Flask, firm: Firm) -> None:
    person, team = firm.start(ForWhom(person_id=firm.person_id)), firm.start(ForWhom(team_id=firm.teams["North"]))
    assert hold_remedies(firm.rollout_id).count == 0
    for row in (person, team):
        stop_remedy(row, firm.lead, reason="The wave has ended", store=firm.store, by=firm.alice, now=NOW)
    held, later = hold_remedies(firm.rollout_id), SUNDAY + timedelta(days=22)
    assert (held.oldest, held.count) == (SUNDAY + timedelta(days=21), 1)
    assert dispose_remedies(firm.rollout_id, later, app.extensions["implement_store"]).row_count == 1
    assert hold_remedies(firm.rollout_id).count == 0 and team.id
