"""The demonstration's remedies: one that is judged, one that is due, one that runs for a team."""

from datetime import datetime, timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.accounts import add_member, create_user
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import get_person, list_teams
from implement.rollout.service.usage import list_staff
from implement.stages.adoption.service.control import list_checks, start_control, tick_check
from implement.stages.adoption.service.people import read_person
from implement.stages.adoption.service.remarks import CONTEST, remark_on
from implement.stages.adoption.service.remedies import ForWhom, Plan, start_remedy
from implement.stages.adoption.service.remedy_effects import judge_remedy
from implement.stages.adoption.service.remedy_list import count_started
from implement.store import Store
from implement.web.access import Role, Standing

KEEPER, STRUGGLER, RUN_DAYS = "gladys.colclough", "versie.hillebrand", 20
WORDS = "For two of these weeks I was at the fair and entered everything in the evening at the hotel."
SEEN = "Asked everybody; two questions about quotes, answered at once."
TEAM = "East · Losch"


def contest_a_reason(rollout_id: int, person_id: int, now: datetime) -> None:
    """Whoever keeps spreadsheets has something to say on the first thing that stands out."""
    figures, person = read_person(rollout_id, person_id), get_person(rollout_id, person_id)
    standouts = figures.evidence.standouts if figures and figures.evidence else ()
    if not standouts:
        return
    user = create_user(name=person.name, email=person.email, password=None, site_role=None, by=None, now=now)
    add_member(rollout_id, user.id, Role.SALESPERSON, person_id=person_id, by=user, now=now)
    remark_on(rollout_id, person_id, standouts[0].signal, CONTEST, WORDS, by=user, now=now)


def control_a_team(rollout_id: int, team_id: int, now: datetime) -> None:
    """The team is in the second week of close control; the first days are ticked."""
    lead, standing = login_of(Role.LEAD), Standing(rollout_id, frozenset({Role.LEAD}), None)
    first_day = local_day(rollout_id, now) - timedelta(days=9)
    (month,) = start_control(standing, [team_id], first_day, by=lead, now=now - timedelta(days=9))
    for check in list_checks(month)[:4]:
        tick_check(standing, check, SEEN, by=lead, now=now - (local_day(rollout_id, now) - check.due))


def tell(rollout_id: int, store: Store) -> bool:
    """Start three, judge the first; False when that was done before."""
    if count_started(rollout_id):
        return False
    lead, head = login_of(Role.LEAD), login_of(Role.HEAD)
    people = {one.crm_user: one.person_id for one in list_staff(rollout_id)}
    team_id = next(team_id for team_id, name, *_rest in list_teams(rollout_id) if name == TEAM)
    now, standing = utc_now(), Standing(rollout_id, frozenset({Role.LEAD}), None)
    today = local_day(rollout_id, now)
    first_day = today - timedelta(days=RUN_DAYS)
    shown = Plan("remedy.show_quicker_task", head.id, first_day, "The spreadsheet stays closed on visits.")
    meeting = Plan("remedy.meet_on_crm_figures", lead.id, today - timedelta(days=6), "Entries on the same day.")
    lesson = Plan("remedy.lesson_at_own_desk", lead.id, today - timedelta(days=24), "Fewer cries for help.")
    remedies = [
        (ForWhom(person_id=people[KEEPER]), shown), (ForWhom(person_id=people[STRUGGLER]), lesson),
        (ForWhom(team_id=team_id), meeting),
    ]  # fmt: skip
    rows = [
        start_remedy(standing, whom, plan, store=store, by=lead, now=now - (today - plan.starts_on))
        for whom, plan in remedies
    ]
    judge_remedy(rows[0], by=head, now=now)
    contest_a_reason(rollout_id, people[KEEPER], now)
    control_a_team(rollout_id, team_id, now)
    return True
