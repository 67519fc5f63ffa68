"""The demonstration's activity plan: a past month with conflicts and misses, and one that runs."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from implement.control.activity.service import counting, delivering, plans, quotas, reporting, targets
from implement.control.activity.service.actuals import read_counted_days
from implement.control.activity.service.periods import PeriodRow, add_period, get_period, list_periods
from implement.control.activity.service.plans import PlanItem
from implement.control.activity.service.reading import read_attainments
from implement.control.activity.service.targets import Target
from implement.control.activity.service.workdays import list_work_days
from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.engine.activity.capacity import DaySettings
from implement.rollout.service.people import find_member
from implement.rollout.service.privacy import people_led_by
from implement.rollout.service.rollouts import find_standing, local_day
from implement.rollout.service.usage import StaffMember, list_staff
from implement.rollout.tables import User
from implement.store import Store
from implement.web.access import Role, Standing

ROLE = "salesperson"
CONTACTS, KEPT, LATE, VISITS, AGREED = (
    "kpi.contacts_kept", "kpi.activities_kept", "kpi.entries_late", "kpi.visits", "kpi.visits_with_result"
)  # fmt: skip
ITEMS = (
    PlanItem(CONTACTS, 2_500, 6, 4),
    PlanItem(KEPT, 2_500, 15, 3),
    PlanItem(LATE, 1_500, 0, 0),
    PlanItem(VISITS, 2_000, 60, 3),
    PlanItem(AGREED, 1_500, 0, 0),
)
A_DAY = {CONTACTS: 3, KEPT: 4, LATE: 1, VISITS: 1, AGREED: 1}
PAST_DAYS, QUOTA_MINOR = 28, 4_200_000
TERRITORIES = ("North coast", "Lake district", "City centre", "River valley")


@dataclass(frozen=True)
class Actors:
    """Who plans: the lead for everybody who sells, the head of a team and their people."""

    rollout_id: int
    lead: User
    head: User
    leads: Standing
    heads: Standing
    sellers: tuple[StaffMember, ...]
    people: tuple[StaffMember, ...]


def tell(rollout_id: int, store: Store) -> bool:
    """Plan two months: one that is over, one that runs; False when that was done before."""
    now = utc_now()
    head, lead = login_of(Role.HEAD), login_of(Role.LEAD)
    heads = find_standing(user_id=head.id, rollout_id=rollout_id)
    leads = find_standing(user_id=lead.id, rollout_id=rollout_id)
    if heads is None or leads is None or list_periods(rollout_id):
        return False
    led = people_led_by(heads)
    sellers = tuple(one for one in list_staff(rollout_id) if one.role == ROLE)
    team = tuple(one for one in sellers if one.person_id in led)
    actors = Actors(rollout_id, lead, head, leads, heads, sellers, team)
    today = local_day(rollout_id, now)
    past = _plan(actors, today - timedelta(days=PAST_DAYS + 7), PAST_DAYS)
    running = _plan(actors, today - timedelta(days=7), PAST_DAYS)
    counting.count_rollout(rollout_id, store=store, by=lead, now=now)
    for period, last in ((past, past.last_day), (running, today - timedelta(days=2))):
        _report(actors, period, last)
    _explain(actors, past, now)
    return True


def _plan(actors: Actors, first_day: date, days: int) -> PeriodRow:
    """A period with its plan, targets and quotas, handed out three days before."""
    here = actors.rollout_id
    at = datetime.combine(first_day - timedelta(days=3), time(9), utc_now().tzinfo)
    added = add_period(here, first_day, first_day + timedelta(days=days - 1), by=actors.lead, now=at)
    period, said = get_period(here, added.id), {"now": at, "today": local_day(here, at)}
    plans.write_plan(here, period, ROLE, ITEMS, DaySettings(), seen=None, by=actors.lead, **said)  # type: ignore[arg-type]
    work_days = list_work_days(here, actors.sellers, period.first_day, period.last_day)
    wanted = {
        (one.person_id, key): Target(max(1, number * len(work_days[one.person_id])))
        for one in actors.sellers
        for key, number in A_DAY.items()
    }
    targets.set_targets(actors.leads, period, wanted, stamp=None, by=actors.lead, **said)  # type: ignore[arg-type]
    delivering.deliver(actors.leads, period, by=actors.lead, **said)  # type: ignore[arg-type]
    _acknowledge(actors, period, at + timedelta(days=1))
    _sell(actors, period, at)
    return period


def _acknowledge(actors: Actors, period: PeriodRow, at: datetime) -> None:
    """Whoever has a log-in reads their sheet."""
    for who, sheet in delivering.read_deliveries(actors.rollout_id, period).items():
        user_id = find_member(actors.rollout_id, Role.SALESPERSON, who)
        if user_id == login_of(Role.SALESPERSON).id:
            reader = {"person_id": who, "sha256": sheet.sha256, "by": login_of(Role.SALESPERSON), "now": at}
            delivering.acknowledge_sheet(actors.rollout_id, sheet.id, **reader)  # type: ignore[arg-type]


def _sell(actors: Actors, period: PeriodRow, at: datetime) -> None:
    """The team's quota, and one for each person with a territory."""
    team_id = actors.people[0].team_id
    whole = quotas.Quota(QUOTA_MINOR * (len(actors.people) + 1), "Central")
    quotas.set_quota(actors.leads, period.id, whole, team_id=team_id, by=actors.lead, now=at)
    for place, one in enumerate(actors.people):
        sold = QUOTA_MINOR * (70 + place * 13 % 50) // 100
        mine = quotas.Quota(QUOTA_MINOR, TERRITORIES[place % len(TERRITORIES)], sold, "demand" if place == 1 else "")
        quotas.set_quota(actors.heads, period.id, mine, person_id=one.person_id, by=actors.head, now=at)


def _report(actors: Actors, period: PeriodRow, last: date) -> None:
    """Reports of each evening; one forgets Fridays, one counts two calls more than the CRM knows."""
    by = login_of(Role.SALESPERSON)
    work_days = list_work_days(actors.rollout_id, actors.people, period.first_day, last)
    crm = read_counted_days(actors.rollout_id, period.first_day, last, actors.people, [KEPT])
    for place, one in enumerate(actors.people):
        for number, day in enumerate(work_days[one.person_id]):
            if place == 1 and day.isoweekday() == 5:
                continue
            visits = (number + place) % 3
            numbers = {VISITS: visits, AGREED: max(0, visits - number % 2)}
            if place in (0, 2) and number in (3, 9):
                numbers[KEPT] = crm.get((one.person_id, KEPT), {}).get(day, 0) + 2
            evening = datetime.combine(day, time(17), utc_now().tzinfo)
            about = {"by": by, "now": evening, "today": day}
            reporting.report_day(actors.rollout_id, one.person_id, day, numbers, **about)  # type: ignore[arg-type]


def _explain(actors: Actors, past: PeriodRow, now: datetime) -> None:
    """The salesperson says why visits were missed; the head settles one conflict of the past month."""
    seller = find_standing(user_id=login_of(Role.SALESPERSON).id, rollout_id=actors.rollout_id)
    if seller is not None and seller.person_id is not None:
        said = ("customer", "Two customers moved their stocktaking")
        mine = {"by": login_of(Role.SALESPERSON), "now": now}
        reporting.say_miss(actors.rollout_id, past, seller.person_id, VISITS, *said, **mine)  # type: ignore[arg-type]
    rows = read_attainments(actors.rollout_id, past.id)
    for row in [row for row in rows if row.conflicts and row.person_id != actors.heads.person_id][1:2]:
        sums, why = (row.crm or 0, row.reported or 0), "Two calls were entered under a colleague's name"
        about = (past, row.person_id, row.kpi_key, "report", why)
        reporting.settle(actors.heads, *about, sums=sums, by=actors.head, now=now)
