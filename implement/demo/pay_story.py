"""The demonstration's variable pay: a closed month, one that waits for approval, an objection, what the payroll office
says, and a sheet that HR tried out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from implement.control.activity.service import delivering, plans, reporting, targets
from implement.control.activity.service.periods import add_period, get_period
from implement.control.activity.service.plans import PlanItem
from implement.control.activity.service.targets import Target
from implement.control.activity.service.workdays import list_work_days
from implement.control.incentives.service import (
    amounts,
    disputes,
    first_hour,
    office,
    policy,
    rules,
    runs,
    statements,
)
from implement.control.incentives.service.computing import compute_run, gather_run
from implement.control.incentives.service.preparing import read_edition
from implement.control.incentives.tables import PayRun
from implement.control.regulations.service import approving, drafts
from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.engine.activity.capacity import DaySettings
from implement.engine.law import Kpi, Terms
from implement.engine.pay.rule import Formula, RuleItem, RuleTerms
from implement.engine.pay.sheet import SheetRow
from implement.rollout.service import regulations
from implement.rollout.service.people import list_payees
from implement.rollout.service.reading_links import find_reader, give_reading_links, list_without_account
from implement.rollout.service.rollouts import find_standing, local_day
from implement.rollout.service.signatures import hash_bytes
from implement.rollout.service.usage import StaffMember, list_staff
from implement.store import Store
from implement.web.access import Role, Standing

VISITS, AGREED = "kpi.visits", "kpi.visits_with_result"
RULE = RuleTerms(
    items=(
        RuleItem(VISITS, "process", 6_000, formula=Formula("cliff", ("0.6",))),
        RuleItem(AGREED, "result", 4_000, formula=Formula("accelerator", ("1.5", "1.3"))),
    )
)
FEEDS = (
    Kpi(VISITS, "to plan the week", "reports of each evening", feeds_pay=True),
    Kpi(AGREED, "to steer by what came of visits", "reports of each evening", feeds_pay=True),
)
RARER = (0, 3, -1, 1, -2)
"""How much rarer than the first each has a day without a visit; for those without an account their head types it in."""
VARIABLE_MINOR, A_DAY = 60_000, {VISITS: 1, AGREED: 1}
PROGRAMS = ("csv", "xlsx", "lodas", "lug", "lexware")
OFFICE = office.OfficeSettings("2001", "2002", "2003", "1234567", "10001", "2", "Akronim", "Dodatek", PROGRAMS)
SHEET_ROWS, GOAL, SHEET_VARIABLE_MINOR = 12, 20, 50_000
DAYS_BEFORE = 38
"""The activity plan of the demonstration begins later than so many days ago."""


@dataclass(frozen=True)
class Month:
    """A calendar month."""

    first_day: date
    last_day: date


def tell(rollout_id: int, store: Store) -> bool:
    """Pay two months; False when that was done before."""
    if runs.list_runs(rollout_id):
        return False
    second = _month_before(local_day(rollout_id, utc_now()) - timedelta(days=DAYS_BEFORE))
    first = _month_before(second.first_day)
    seller = login_of(Role.SALESPERSON)
    standing = find_standing(user_id=seller.id, rollout_id=rollout_id)
    person = next((one for one in list_staff(rollout_id) if standing and one.person_id == standing.person_id), None)
    if standing is None or person is None:
        return False
    before = datetime.combine(first.first_day - timedelta(days=12), time(9), UTC)
    colleagues = _list_colleagues(rollout_id, person)
    _bind(rollout_id, colleagues, before)
    everybody = [person, *colleagues]
    _agree(rollout_id, everybody, first.first_day, before)
    for month, least in ((first, 3), (second, 4)):
        _plan(rollout_id, everybody, month, before)
        for place, one in enumerate(everybody):
            typist = Role.HEAD if place else Role.SALESPERSON
            _report(rollout_id, one, month, least + RARER[place], typist)
    office.set_office(rollout_id, OFFICE, by=login_of(Role.HR), now=before)
    closed = _run(rollout_id, first, store)
    _settle(rollout_id, closed, store)
    _object(rollout_id, standing, closed)
    waiting = _run(rollout_id, second, store)
    runs.check_run(waiting, seen=waiting.pay_sha256, by=login_of(Role.LEAD), now=utc_now())
    _try_sheet(rollout_id, store)
    return True


def _month_before(day: date) -> Month:
    last = day.replace(day=1) - timedelta(days=1)
    return Month(last.replace(day=1), last)


def _list_colleagues(rollout_id: int, person: StaffMember) -> list[StaffMember]:
    """Sellers of the same team who have no account: they read and acknowledge by link."""
    without = {row.person_id for row in list_without_account(rollout_id, local_day(rollout_id, utc_now()))}
    team = [one for one in list_staff(rollout_id) if one.team_id == person.team_id and one.role == person.role]
    return [one for one in team if one.person_id in without and one.hired is not None][: len(RARER) - 1]


def _read_by_link(rollout_id: int, colleagues: list[StaffMember], at: datetime) -> None:
    """Each opens the link they were given and acknowledges what waits."""
    made = give_reading_links(rollout_id, [one.person_id for one in colleagues], by=login_of(Role.LEAD), now=at)
    readings = regulations.list_readings(rollout_id)
    for row, token in made:
        reader = find_reader(token, now=at)
        for text, _at in readings.get(row.person_id, []):
            version = regulations.get_version(rollout_id, text.version_id)[1]
            said = {"sha256": version.sha256, "by": reader, "now": max(at, version.handed_out_at or at)}
            regulations.acknowledge(version, rollout_id, person_id=row.person_id, **said)  # type: ignore[arg-type]


def _bind(rollout_id: int, colleagues: list[StaffMember], at: datetime) -> None:
    """An agreement that lists both figures, for HR and council, and the regulation that the sellers acknowledged."""
    policy.set_policy(rollout_id, policy.BOTH, by=login_of(Role.LEAD), now=at)
    policy.set_pay_currency(rollout_id, "EUR", by=login_of(Role.LEAD), now=at)
    listed = tuple(replace(one, feeds_pay=False) for one in FEEDS)
    office = Terms(roles=("hr", "council"), kpis=listed, keep_months=13)
    said = "The figures named here are read about single people, for their plan and their variable pay only."
    _hand_out(rollout_id, "agreement", "Agreement about variable pay", said, office, at, (Role.HR, Role.COUNCIL))
    terms = Terms(roles=("salesperson",), kpis=FEEDS, keep_months=13)
    text = "Visits and what was agreed in them count for the variable part. Nothing else does, and nobody is fined."
    _hand_out(rollout_id, "regulation", "Variable pay of the sellers", text, terms, at, (Role.SALESPERSON,))
    _read_by_link(rollout_id, colleagues, at + timedelta(days=1))


def _hand_out(
    rollout_id: int, kind: str, title: str, text: str, terms: Terms, at: datetime, readers: tuple[Role, ...]
) -> None:
    lead, council = login_of(Role.LEAD), login_of(Role.COUNCIL)
    said = drafts.DraftText(title, text, local_day(rollout_id, at) + timedelta(days=2))
    draft = drafts.begin_draft(rollout_id, kind, said, terms=terms, by=lead, now=at)
    version = drafts.keep_version(draft, seen=draft.version, by=lead, now=at)
    approving.approve_version(rollout_id, version, roles=frozenset({Role.COUNCIL}), by=council, now=at)
    approving.hand_out_version(rollout_id, version.id, by=lead, now=at, today=local_day(rollout_id, at))
    for role in readers:
        reader = {"sha256": version.sha256, "by": login_of(role), "now": at + timedelta(days=1)}
        regulations.acknowledge(version, rollout_id, **reader)  # type: ignore[arg-type]


def _agree(rollout_id: int, people: list[StaffMember], first_day: date, at: datetime) -> None:
    """HR writes the rule, the lead releases it, an amount is agreed with each."""
    hr, lead = login_of(Role.HR), login_of(Role.LEAD)
    version = rules.begin_rule(rollout_id, "Sellers", valid_from=first_day, by=hr, now=at)
    rules.save_draft(version, RULE, seen=version.version, by=hr, now=at)
    rules.release_rule(version, seen=version.version, by=lead, now=at, today=local_day(rollout_id, at))
    about = {"valid_from": first_day, "by": hr, "now": at}
    for one in people:
        amounts.agree_amount(rollout_id, one.person_id, version.rule_id, VARIABLE_MINOR, **about)  # type: ignore[arg-type]


def _plan(rollout_id: int, people: list[StaffMember], month: Month, at: datetime) -> None:
    lead = login_of(Role.LEAD)
    leads = find_standing(user_id=lead.id, rollout_id=rollout_id)
    if leads is None:
        raise LookupError(lead.email)
    span, said = (month.first_day, month.last_day), {"by": lead, "now": at, "today": local_day(rollout_id, at)}
    period = get_period(rollout_id, add_period(rollout_id, *span, by=lead, now=at).id)
    items = (PlanItem(VISITS, 6_000, 60, 3), PlanItem(AGREED, 4_000, 0, 0))
    plans.write_plan(rollout_id, period, people[0].role, items, DaySettings(), seen=None, **said)  # type: ignore[arg-type]
    days = {who: len(mine) for who, mine in list_work_days(rollout_id, people, *span).items()}
    wanted = {(who, key): Target(max(1, number * days[who])) for who in days for key, number in A_DAY.items()}
    targets.set_targets(leads, period, wanted, stamp=None, **said)  # type: ignore[arg-type]
    delivering.deliver(leads, period, list(days), **said)  # type: ignore[arg-type]


def _report(rollout_id: int, person: StaffMember, month: Month, every: int, typist: Role) -> None:
    """Each evening they report; one day in some nothing came of it."""
    days = list_work_days(rollout_id, [person], month.first_day, month.last_day)[person.person_id]
    for number, day in enumerate(days):
        visits = 0 if number % every == 0 else 1
        told: Mapping[str, int] = {VISITS: visits, AGREED: visits if number % 2 else 2 * visits}
        about = {"by": login_of(typist), "now": datetime.combine(day, time(17), UTC), "today": day}
        reporting.report_day(rollout_id, person.person_id, day, told, **about)  # type: ignore[arg-type]


def _run(rollout_id: int, month: Month, store: Store) -> PayRun:
    """The lead has a month computed."""
    lead, at = login_of(Role.LEAD), datetime.combine(month.last_day + timedelta(days=2), time(9), UTC)
    run = runs.begin_run(rollout_id, month.first_day, month.last_day, by=lead, now=at)
    compute_run(rollout_id, run.id, gather_run(rollout_id, run.id), store=store, by=lead, now=at)
    return run


def _settle(rollout_id: int, run: PayRun, store: Store) -> None:
    """Checked by the lead, approved and handed over by HR, closed."""
    lead, hr = login_of(Role.LEAD), login_of(Role.HR)
    at = datetime.combine(run.last_day + timedelta(days=3), time(9), UTC)
    runs.check_run(run, seen=run.pay_sha256, by=lead, now=at)
    about = {"roles": frozenset({Role.HR}), "store": store, "by": hr, "now": at}
    seen = {"seen": run.pay_sha256, "files_seen": hash_bytes(read_edition(run).manifest)}
    runs.approve_run(run, **seen, **about)  # type: ignore[arg-type]
    runs.note_exported(run, note="", by=hr, now=at)
    runs.close_run(run, by=hr, now=at)


def _try_sheet(rollout_id: int, store: Store) -> None:
    """HR hands in a sheet of targets: what it would pay, and what was paid without looking at targets."""
    people = sorted(list_payees(rollout_id).values())[:SHEET_ROWS]
    rows = [
        SheetRow(
            place, name, number, Decimal(GOAL), Decimal(GOAL - 8 + place), SHEET_VARIABLE_MINOR,
            SHEET_VARIABLE_MINOR * (place % 2),
        )
        for place, (number, name) in enumerate(people, start=1)
    ]  # fmt: skip
    today = local_day(rollout_id, utc_now())
    about = {"store": store, "by": login_of(Role.HR), "now": utc_now(), "today": today}
    first_hour.simulate_sheet(rollout_id, rows, "targets.csv", **about)  # type: ignore[arg-type]


def _object(rollout_id: int, standing: Standing, run: PayRun) -> None:
    """The seller objects to a line."""
    seller, at = login_of(Role.SALESPERSON), utc_now() - timedelta(days=2)
    (row,) = statements.list_statements(rollout_id, person_id=standing.person_id)
    statement, found = statements.get_statement(standing, row.id)
    about = {"line_id": None, "by": seller, "now": at, "today": local_day(rollout_id, at)}
    text = "Two visits of the last week are missing: I reported them by phone."
    disputes.open_dispute(standing, statement, found, text, **about)  # type: ignore[arg-type]
