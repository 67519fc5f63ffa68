"""The demonstration's firm: its goal, its people by teams and waves, a log-in for each role, regulations and a task."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from implement.db import utc_now
from implement.demo.people import list_staff, write_staff_list
from implement.engine.staff import propose_staff_columns, read_staff
from implement.rollout.service import regulations, staff, tasks
from implement.rollout.service.accounts import add_member, create_user, find_user
from implement.rollout.service.people import find_person_by_email
from implement.rollout.service.rollouts import create_rollout, find_demonstration, list_waves, local_day, plan_wave
from implement.rollout.service.sign_off import mark_before
from implement.rollout.stages import Stage
from implement.rollout.tables import User
from implement.store import Store
from implement.web.access import Role

DEMO_PASSWORD = "look-around-2026"
COMPANY = "Maven Hardware (demonstration)"
GOAL = "No open deal is forgotten, and everybody in sales sees the same client."
AIMS = [
    "Every open deal has a next step with a date",
    "A client's whole history is on one page",
    "The forecast comes from the CRM, not from spreadsheets",
    "Requests are answered within 30 minutes",
]


@dataclass(frozen=True)
class DemoLogin:
    """A log-in to look around with; staff are named by their address."""

    role: Role
    name: str
    email: str


DEMO_LOGINS = (
    DemoLogin(Role.ADMIN, "Ada Lindqvist", "admin@example.org"),
    DemoLogin(Role.CONSULTANT, "Carla Weiss", "consultant@example.org"),
    DemoLogin(Role.LEAD, "Lena Hartmann", "lead@example.org"),
    DemoLogin(Role.HEAD, "Melvin Marxen", "melvin.marxen@example.org"),
    DemoLogin(Role.SALESPERSON, "Darcel Schlecht", "darcel.schlecht@example.org"),
    DemoLogin(Role.HR, "Hanna Roth", "hr@example.org"),
    DemoLogin(Role.COUNCIL, "Witold Bauer", "council@example.org"),
)
AGREEMENT = """What is evaluated: how often and how completely records are kept in the CRM, to repair the rollout.
What is not evaluated: private matters, contents of mail, breaks. Nobody is paid or judged by the usage score.
Calls and mails are counted by team, never with whom or about what.
Views and exports far beyond what colleagues do are shown under pseudonyms, to protect the client base.
Teams are shown from five people on. Names are shown to the head of the team only, once lead and council consent."""


def begin(now: datetime) -> int:
    """The demonstration's rollout, made on first use together with its administrator and consultant."""
    found = find_demonstration()
    if found is not None:
        return found
    users = {login.role: _ensure_user(login, now) for login in DEMO_LOGINS}
    rollout = create_rollout(
        company=COMPANY,
        name="CRM rollout",
        goal=GOAL,
        aims=AIMS,
        legal_profile="DE",
        currency="USD",
        timezone="Europe/Berlin",
        by=users[Role.CONSULTANT],
        role=Role.CONSULTANT,
        now=now,
        is_demonstration=True,
    )
    return rollout.id


def tell(rollout_id: int, store: Store) -> bool:
    """Take the staff over, plan the waves, give each role its log-in; False when that was done before."""
    if staff.count_people(rollout_id):
        return False
    now, consultant = utc_now(), login_of(Role.CONSULTANT)
    people = list_staff(local_day(rollout_id, now))
    text = [line.split(";") for line in write_staff_list(people).decode().split("\r\n") if line]
    rows = [dict(zip(text[0], cells, strict=True)) for cells in text[1:]]
    listed = read_staff(rows, propose_staff_columns(text[0]))
    staff.take_over_staff(rollout_id, listed.people, by=consultant, now=now)
    starts = {one.wave: one.go_live for one in people}
    for wave in list_waves(rollout_id):
        plan_wave(wave, go_live=starts[wave.name], by=consultant, now=now)
    for login in DEMO_LOGINS:
        person_id = find_person_by_email(rollout_id, login.email)
        user = login_of(login.role)
        add_member(rollout_id, user.id, login.role, person_id=person_id, by=consultant, now=now)
    _bind(rollout_id, now)
    return True


def login_of(role: Role) -> User:
    """The account with which the role looks around."""
    email = next(login.email for login in DEMO_LOGINS if login.role is role)
    found = find_user(email)
    if found is None:
        raise LookupError(email)
    return found


def _bind(rollout_id: int, now: datetime) -> None:
    """An agreement handed out, a stage that was done before, a task."""
    lead, consultant = login_of(Role.LEAD), login_of(Role.CONSULTANT)
    version = regulations.write_regulation(
        rollout_id,
        kind="agreement",
        title="Agreement about the evaluation of CRM use",
        text=AGREEMENT,
        valid_from=local_day(rollout_id, now) - timedelta(days=60),
        terms={"purposes": ["adoption", "transfer", regulations.BASE_PROTECTION, regulations.CALLS_COUNTED]},
        by=lead,
        now=now,
    )
    regulations.hand_out(version, rollout_id, by=lead, now=now)
    pilot = list_waves(rollout_id)[0]
    reason = "The first terms of reference were signed on paper in spring, before Implement was installed."
    mark_before(rollout_id, pilot, Stage.SPECIFICATION, role=Role.LEAD, name=lead.name, reason=reason, by=lead, now=now)
    tasks.give_task(
        rollout_id,
        title="Repeat the import of the rows that failed",
        owner_id=consultant.id,
        due=local_day(rollout_id, now) + timedelta(days=2),
        escalate_to_id=lead.id,
        by=lead,
        now=now,
    )


def _ensure_user(login: DemoLogin, now: datetime) -> User:
    site_role = login.role if login.role in (Role.ADMIN, Role.CONSULTANT) else None
    known = find_user(login.email)
    if known is not None:
        return known
    return create_user(
        name=login.name, email=login.email, password=DEMO_PASSWORD, site_role=site_role, by=None, now=now
    )
