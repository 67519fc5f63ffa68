"""What somebody is in a rollout: roles given, taken away, and who may do that."""

from datetime import datetime

from sqlalchemy import delete, func, select

from implement.db import change_rows, db
from implement.rollout.service.accounts.users import create_user, renew_invitation
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import Membership, User
from implement.web.access import OFFICE, Role
from implement.web.texts import lazy

STEERING_ROLES = (Role.CONSULTANT, Role.LEAD, Role.ADMIN)
STAFF_ROLES = frozenset({Role.HEAD, Role.SALESPERSON, Role.HR})
APART = (frozenset({Role.LEAD, Role.CONSULTANT}), frozenset({Role.COUNCIL}))


def may_give(roles: frozenset[Role], role: Role) -> bool:
    """True when whoever has these roles may give or take that one: HR decides on staff only."""
    return bool(roles & OFFICE) or (Role.HR in roles and role in STAFF_ROLES)


def invite_member(
    rollout_id: int,
    *,
    name: str,
    email: str,
    role: Role,
    roles: frozenset[Role],
    person_id: int | None,
    by: Actor,
    now: datetime,
) -> str | None:
    """Give somebody a role; returns the token with which a new account gets its password, None for one known elsewhere.

    `roles` are those of whoever invites. A link is made only for an account that belongs to this rollout alone, so
    that nobody gets hold of another's.
    """
    _refuse_what_is_not_theirs(roles, role)
    address = email.strip().lower()
    user: User | None = db.session.scalar(select(User).where(User.email == address))
    if user is None:
        user = create_user(name=name, email=address, password=None, site_role=None, by=by, now=now)
    add_member(rollout_id, user.id, role, person_id=person_id, by=by, now=now)
    if user.password_hash is not None or user.site_role is not None or _belongs_elsewhere(rollout_id, user.id):
        return None
    return renew_invitation(user, by=by, now=now, rollout_id=rollout_id)


def add_member(
    rollout_id: int, user_id: int, role: Role, *, person_id: int | None = None, by: Actor, now: datetime
) -> None:
    """Give a user a role in the rollout; twice is once. Who steers cannot sit on the council as well."""
    here = (Membership.rollout_id == rollout_id, Membership.user_id == user_id)
    had = frozenset(Role(kept) for kept in db.session.scalars(select(Membership.role).where(*here)))
    if role in had:
        return
    if all((had | {role}) & side for side in APART):
        raise RuleBroken(lazy("Whoever steers the rollout cannot be its works council: the two consent apart."))
    db.session.add(Membership(rollout_id=rollout_id, user_id=user_id, role=role, person_id=person_id))
    log_write("add_member", f"user:{user_id}", by=by, now=now, rollout_id=rollout_id, role=role)


def remove_member(
    rollout_id: int, user_id: int, role: Role, *, roles: frozenset[Role], by: Actor, now: datetime
) -> None:
    """Take a role away again; whoever steers a rollout alone stays."""
    _refuse_what_is_not_theirs(roles, role)
    others = select(func.count(Membership.id)).where(
        Membership.rollout_id == rollout_id, Membership.role.in_(STEERING_ROLES), Membership.user_id != user_id
    )
    if role in STEERING_ROLES and not db.session.scalar(others):
        raise RuleBroken(lazy("Somebody must be able to steer the rollout: give the role to another person first."))
    here = (Membership.rollout_id == rollout_id, Membership.user_id == user_id, Membership.role == role)
    if change_rows(delete(Membership).where(*here)):
        log_write("remove_member", f"user:{user_id}", by=by, now=now, rollout_id=rollout_id, role=role)


def _refuse_what_is_not_theirs(roles: frozenset[Role], role: Role) -> None:
    if not may_give(roles, role):
        raise NotAllowed(lazy("This role is given by the project lead, a consultant or an administrator."))


def _belongs_elsewhere(rollout_id: int, user_id: int) -> bool:
    elsewhere = (Membership.user_id == user_id, Membership.rollout_id != rollout_id)
    return db.session.scalar(select(Membership.id).where(*elsewhere).limit(1)) is not None
