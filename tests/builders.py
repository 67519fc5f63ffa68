"""Build what a test of the application needs, by the services a person would use, inside the application's context.

Alice leads, Bob sells, Carol consults: the same people everywhere. Nothing here commits.
"""

from datetime import datetime
from itertools import count

from implement.db import utc_now
from implement.rollout.service.accounts import add_member, create_user, open_session
from implement.rollout.service.rollouts import create_rollout
from implement.rollout.tables import Rollout, User
from implement.web.access import Role

NAMES = {
    Role.ADMIN: "Ada Admin",
    Role.CONSULTANT: "Carol Consultant",
    Role.LEAD: "Alice Lead",
    Role.HEAD: "Henry Head",
    Role.SALESPERSON: "Bob Seller",
    Role.HR: "Hanna HR",
    Role.COUNCIL: "Cora Council",
    None: "Sam Stranger",
}
SITE_ROLES = {Role.ADMIN, Role.CONSULTANT}
PASSWORD = "correct horse battery"

_numbers = count(1)


def a_user(role: Role | None = Role.LEAD, *, password: str | None = None, now: datetime | None = None) -> User:
    """An account named after a role, with that role in the installation where there is such; nobody's twice."""
    name = NAMES[role]
    return create_user(
        name=name,
        email=f"{name.split()[0].lower()}.{next(_numbers)}@example.com",
        password=password,
        site_role=role if role in SITE_ROLES else None,
        by=None,
        now=now or utc_now(),
    )


def a_rollout(
    *, by: User | None = None, company: str = "Nordwind GmbH", now: datetime | None = None, **wanted: object
) -> Rollout:
    """A rollout with a goal and two tasks, begun by a consultant unless told otherwise."""
    begun = {
        "name": "CRM",
        "goal": "No deal is lost",
        "aims": ["Know each customer", "Remember each promise"],
        "legal_profile": "DE",
        "currency": "EUR",
        "timezone": "Europe/Berlin",
        "role": Role.CONSULTANT,
        **wanted,
    }
    by = by or a_user(Role.CONSULTANT)
    return create_rollout(company=company, by=by, now=now or utc_now(), **begun)  # type: ignore[arg-type]


def a_member(rollout_id: int, role: Role, *, person_id: int | None = None, now: datetime | None = None) -> User:
    """An account with a role in the rollout, and who it is on the firm's staff."""
    user = a_user(role, now=now)
    add_member(rollout_id, user.id, role, person_id=person_id, by=user, now=now or utc_now())
    return user


def a_log_in(user: User) -> str:
    """Log somebody in without asking for the password; the token that the session cookie carries."""
    return open_session(user, address="127.0.0.1", now=utc_now())
