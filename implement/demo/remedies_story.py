"""The demonstration's remedies: one for somebody who keeps spreadsheets, one for a team."""

from datetime import timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.staff import list_teams
from implement.rollout.service.usage import list_staff
from implement.stages.adoption.service.remedies import ForWhom, Plan, start_remedy
from implement.stages.adoption.service.remedy_list import count_started
from implement.store import Store
from implement.web.access import Role, Standing

KEEPER, RUN_DAYS = "gladys.colclough", 20
TEAM = "East · Losch"


def tell(rollout_id: int, store: Store) -> bool:
    """Start both; False when that was done before."""
    if count_started(rollout_id):
        return False
    lead, head = login_of(Role.LEAD), login_of(Role.HEAD)
    person_id = next(one.person_id for one in list_staff(rollout_id) if one.crm_user == KEEPER)
    team_id = next(team_id for team_id, name, *_rest in list_teams(rollout_id) if name == TEAM)
    now, standing = utc_now(), Standing(rollout_id, frozenset({Role.LEAD}), None)
    first_day = now.date() - timedelta(days=RUN_DAYS)
    shown = Plan("remedy.show_quicker_task", head.id, first_day, "The spreadsheet stays closed on visits.")
    meeting = Plan("remedy.meet_on_crm_figures", lead.id, now.date() - timedelta(days=6), "Entries on the same day.")
    for whom, plan in ((ForWhom(person_id=person_id), shown), (ForWhom(team_id=team_id), meeting)):
        begun = now - (now.date() - plan.starts_on)
        start_remedy(standing, whom, plan, store=store, by=lead, now=begun)
    return True
