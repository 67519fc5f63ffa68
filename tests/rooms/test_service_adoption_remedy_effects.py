"""What remedies changed: judged once, against those without one, too few data said, told to whoever chooses next."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session as Database

from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.staff import list_teams
from implement.rollout.service.tasks import get_task
from implement.stages.adoption import effect_page
from implement.stages.adoption.service.remedies import ForWhom, Plan, start_remedy
from implement.stages.adoption.service.remedy_effects import (
    ask_for_judgement,
    judge_remedy,
    list_experience,
    read_effect,
    read_judged,
)
from implement.stages.adoption.tables import StartedRemedy
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, an_evaluation, person_id_of, some_days, users_of

TEAMS = {"North": 6, "South": 6, "East": 6, "West": 6, "Tiny": 3, "Small": 3}
START = SUNDAY - timedelta(days=20)
LESSON = "remedy.lesson_at_own_desk"


class Firm:
    """A firm in which the North was in the CRM on four of ten days and, helped, is on nine of ten."""

    def __init__(self, app: Flask) -> None:
        self.app, self.rollout_id = app, builders.a_rollout().id
        an_evaluation(self.rollout_id, a_firm(self.rollout_id, TEAMS))
        self.alice = builders.a_member(self.rollout_id, Role.LEAD)
        self.lead = Standing(self.rollout_id, frozenset({Role.LEAD}), None)
        self.teams = {name: team_id for team_id, name, *_rest in list_teams(self.rollout_id)}
        shares = {user: (0.6 + 0.03 * n, 0.62 + 0.03 * n) for n in range(6) for user in self.users(n)}
        helped = dict.fromkeys(users_of("North", 6), (0.4, 0.9))
        some_days(self.rollout_id, shares | helped, START, SUNDAY + timedelta(days=1))

    def users(self, place: int) -> list[str]:
        return [f"{team.lower()}.{place + 1}" for team, size in TEAMS.items() if place < size]

    def start(self, whom: ForWhom) -> StartedRemedy:
        plan, begun = Plan(LESSON, self.alice.id, START, "More days"), NOW - timedelta(days=20)
        store = self.app.extensions["implement_store"]
        return start_remedy(self.lead, whom, plan, store=store, by=self.alice, now=begun)

    def judge(self, row: StartedRemedy, now: datetime = NOW + timedelta(days=1)) -> None:
        judge_remedy(row, by=self.alice, now=now)


@pytest.fixture
def firm(app: Flask, session: Database) -> Firm:
    return Firm(app)


def test_a_team_that_was_helped_is_held_against_teams_that_were_not(firm: Firm) -> None:
    row = firm.start(ForWhom(team_id=firm.teams["North"]))
    firm.judge(row)
    effect = read_effect(row.effect)
    assert effect is not None and (effect.people, effect.others, effect.teams) == (6, 18, 3)
    assert effect.low is not None and effect.low > 0.2
    assert effect.before == pytest.approx(0.4, abs=0.03) and effect.after == pytest.approx(0.9, abs=0.05)
    assert get_task(firm.rollout_id, row.task_id).done_at is not None


def test_a_person_who_was_helped_is_held_against_peers(app: Flask, firm: Firm) -> None:
    row = firm.start(ForWhom(person_id=person_id_of(firm.rollout_id, "north.2")))
    firm.judge(row)
    effect = read_effect(row.effect)
    assert effect is not None and effect.people == 1 and effect.others >= 20 and effect.estimate is not None
    with app.test_request_context():
        assert "(one person)" in effect_page.say_effect(effect)


def test_whoever_has_a_remedy_is_nobodys_comparison(firm: Firm) -> None:
    row = firm.start(ForWhom(team_id=firm.teams["North"]))
    firm.start(ForWhom(team_id=firm.teams["East"]))
    firm.judge(row)
    assert row.effect["teams"] == 2 and row.effect["lacks"] == "teams" and row.effect["estimate"] is None


def test_the_change_of_a_withheld_team_is_withheld(app: Flask, firm: Firm) -> None:
    row = firm.start(ForWhom(team_id=firm.teams["Tiny"]))
    firm.judge(row)
    effect = read_effect(row.effect)
    assert effect is not None and effect.lacks == "withheld" and effect.after is None
    with app.test_request_context():
        assert effect_page.say_verdict(effect) == "Too few data to say whether it helped."


def test_it_is_judged_on_its_day_and_once(firm: Firm) -> None:
    row = firm.start(ForWhom(team_id=firm.teams["North"]))
    with pytest.raises(RuleBroken, match="before its day"):
        firm.judge(row, NOW)
    firm.judge(row)
    with pytest.raises(RuleBroken, match="only once"):
        firm.judge(row)


def test_usage_must_be_known_up_to_its_day(firm: Firm) -> None:
    row = firm.start(ForWhom(team_id=firm.teams["North"]))
    row.judge_on = SUNDAY + timedelta(days=5)
    with pytest.raises(RuleBroken, match="import it first"):
        firm.judge(row, NOW + timedelta(days=9))


def test_what_it_did_here_is_told_from_five_people_on(app: Flask, firm: Firm) -> None:
    firm.judge(firm.start(ForWhom(person_id=person_id_of(firm.rollout_id, "north.2"))))
    alone = list_experience(firm.rollout_id)[LESSON]
    firm.judge(firm.start(ForWhom(team_id=firm.teams["North"])))
    both = list_experience(firm.rollout_id)[LESSON]
    with app.test_request_context():
        said = [effect_page.say_experience(found) for found in (None, alone, both)]
    assert said[0] == "not tried here yet"
    assert said[1] == "judged once here, on too few people to say what it does"
    assert both.people == 7 and said[2].startswith("judged 2 times here (7 people): +")


def test_the_figure_it_was_meant_to_move_is_judged_beside_the_days(app: Flask, firm: Firm) -> None:
    row = firm.start(ForWhom(team_id=firm.teams["North"]))
    firm.judge(row)
    judged = read_judged(row.effect)
    assert judged is not None and judged.quality is not None
    assert (row.kind, judged.figure, judged.quality.lacks) == ("overwhelmed", "filled", "people")
    with app.test_request_context():
        parts = effect_page.list_parts(judged, row.starts_on, row.judge_on)
    assert [part.text for part in parts][1] == "Too few records to say." and parts[1].picture is None


def test_judging_is_asked_for_once_and_refused_before_its_day(firm: Firm) -> None:
    row, said = firm.start(ForWhom(team_id=firm.teams["North"])), {"by": firm.alice, "now": NOW + timedelta(days=1)}
    with pytest.raises(RuleBroken, match="before its day"):
        ask_for_judgement(row, firm.lead, by=firm.alice, now=NOW)
    ask_for_judgement(row, firm.lead, **said)
    first = row.judging_job_id
    ask_for_judgement(row, firm.lead, **said)
    assert first is not None and row.judging_job_id == first
