"""The demonstration's remedies: one that is judged, one that is due, one that runs for a team."""

from datetime import timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.staff import list_teams
from implement.rollout.service.usage import list_staff
from implement.stages.adoption.service.remedies import ForWhom, Plan, start_remedy
from implement.stages.adoption.service.remedy_effects import judge_remedy
from implement.stages.adoption.service.remedy_list import count_started
from implement.store import Store
from implement.web.access import Role, Standing

KEEPER, STRUGGLER, RUN_DAYS = "gladys.colclough", "versie.hillebrand", 20
TEAM = "East · Losch"


def tell(rollout_id: int, store: Store) -> bool:
    """Start three, judge the first; False when that was done before."""
    if count_started(rollout_id):
        return False
    lead, head = login_of(Role.LEAD), login_of(Role.HEAD)
    people = {one.crm_user: one.person_id for one in list_staff(rollout_id)}
    team_id = next(team_id for team_id, name, *_rest in list_teams(rollout_id) if name == TEAM)
    now, standing = utc_now(), Standing(rollout_id, frozenset({Role.LEAD}), None)
    first_day = now.date() - timedelta(days=RUN_DAYS)
    shown = Plan("remedy.show_quicker_task", head.id, first_day, "The spreadsheet stays closed on visits.")
    meeting = Plan("remedy.meet_on_crm_figures", lead.id, now.date() - timedelta(days=6), "Entries on the same day.")
    lesson = Plan("remedy.lesson_at_own_desk", lead.id, now.date() - timedelta(days=24), "Fewer cries for help.")
    remedies = [
        (ForWhom(person_id=people[KEEPER]), shown), (ForWhom(person_id=people[STRUGGLER]), lesson),
        (ForWhom(team_id=team_id), meeting),
    ]  # fmt: skip
    rows = [
        start_remedy(standing, whom, plan, store=store, by=lead, now=now - (now.date() - plan.starts_on))
        for whom, plan in remedies
    ]
    judge_remedy(rows[0], standing, by=head, now=now)
    return True
