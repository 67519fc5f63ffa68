"""The demonstration's plan and risks: a plan that runs a little late, a joint team, a signed mandate, a register."""

from datetime import date, datetime, timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.rollouts import list_waves, local_day
from implement.rollout.tables import User
from implement.stages.specification.service.plan import steps
from implement.stages.specification.service.risks import register, safety, team
from implement.store import Store
from implement.web.access import Role

DAYS_AGO = 110
DONE = 8
TEAM = (
    (
        "owner",
        "client",
        "Melvin Marxen",
        "Decides on every change of the CRM within two days",
        "A forecast he trusts",
        6,
    ),
    ("sponsor", "client", "Lena Hartmann", "Keeps money and time free", "No forgotten deal at the end of a quarter", 2),
    ("initiator", "client", "Melvin Marxen", "Uses it first, every day", "Fewer evenings over spreadsheets", 6),
    ("control", "client", "Lena Hartmann", "Looks at logins and records daily in the first month", "", 4),
    ("lead", "consultancy", "Carla Weiss", "Answers every question within two working days", "", 16),
)
MANDATE = (("List of customers with their owners", "IT", 20, 18), ("Price list and discounts", "Purchasing", 30, None))


def tell(rollout_id: int, store: Store) -> bool:
    """Plan, staff and look for risks; False when that was done before."""
    if steps.find_plan(rollout_id) is not None:
        return False
    now = utc_now()
    then = now - timedelta(days=DAYS_AGO)
    lead, consultant = login_of(Role.LEAD), login_of(Role.CONSULTANT)
    waves = max(1, len(list_waves(rollout_id)))
    steps.begin_plan(rollout_id, "ten_months", start=local_day(rollout_id, then), waves=waves, by=consultant, now=then)
    _report(rollout_id, local_day(rollout_id, then), consultant, now)
    _staff(rollout_id, then, lead, consultant)
    register.take_over(rollout_id, store, today=local_day(rollout_id, now), by=consultant, now=now)
    _own_risks(rollout_id, lead, now)
    return True


def _report(rollout_id: int, start: date, by: User, now: datetime) -> None:
    """The first steps are over, each a fifth slower than planned."""
    day, work_days = start, steps.read_work_days(rollout_id, start)
    for row in steps.list_steps(rollout_id)[:DONE]:
        last = work_days.day_after(day, max(row.days + row.days // 5 - 1, 0)) if row.days else day
        if last > local_day(rollout_id, now):
            return
        said = steps.StepSaid("", row.days, tuple(map(str, row.after)), day, last, 100)
        steps.change_step(row, said, version=row.version, by=by, now=now)
        day = work_days.day_after(last, 1) if row.days else day


def _staff(rollout_id: int, then: datetime, lead: User, consultant: User) -> None:
    for part, side, name, duty, gain, hours in TEAM:
        said = team.PartSaid(part, side, name, duty, gain, hours, will_use=side == "client")
        team.add_part(rollout_id, said, by=consultant, now=then)
    today = local_day(rollout_id, then)
    for what, supplier, due_in, delivered_in in MANDATE:
        due = today + timedelta(days=due_in)
        row = team.add_line(rollout_id, what=what, supplier=supplier, due=due, by=consultant, now=then)
        came = today + timedelta(days=delivered_in) if delivered_in else None
        reason = "" if came else team.NO_MANDATE
        team.deliver(rollout_id, row.id, delivered_on=came, delay_reason=reason, by=consultant, now=then)
    team.sign_mandate(rollout_id, today, role=Role.LEAD, roles=frozenset({Role.LEAD}), by=lead, now=then)
    party = safety.PartySaid("Letterbird (newsletter)", "Addresses and clicks of 600 contacts", "IE", "", None)
    safety.add_third_party(rollout_id, party, by=consultant, now=then)
    backup = safety.BackupSaid(24, True, "Second data centre", today - timedelta(days=10))
    safety.say_backup(rollout_id, backup, today, by=consultant, now=then)


def _own_risks(rollout_id: int, lead: User, now: datetime) -> None:
    """Every second risk has its owner."""
    for number, row in enumerate(register.list_risks(rollout_id)):
        if number % 2 == 0:
            said = register.RiskSaid("", "", "", row.likelihood, row.impact, lead.id, 200_000, "watched")
            register.change_risk(row, said, version=row.version, by=lead, now=now)
