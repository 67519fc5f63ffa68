"""The three views of people (team, pseudonym, named), who may switch the named one on, and the log of each look (R6,
R7, R11).
"""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from implement.db import db
from implement.engine.law import PROFILES
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.regulations import version_in_force
from implement.rollout.service.rollouts import local_day
from implement.rollout.tables import Look, Person, Team, ViewSwitch
from implement.web.access import Role, Standing
from implement.web.texts import lazy

PSEUDONYM_CHARACTERS = 8  # of 5,000 people, two share one in a case of 300


class PeopleView(StrEnum):
    """How much of a person a page shows."""

    TEAM = "team"
    PSEUDONYM = "pseudonym"
    NAMED = "named"


@dataclass(frozen=True)
class SwitchRow:
    """The last word of one side on the named view."""

    side: str
    is_on: bool
    reason: str
    at: datetime


def switch_named_view(
    rollout_id: int, *, side: Role, is_on: bool, reason: str, roles: frozenset[Role], by: Actor, now: datetime
) -> None:
    """Consent to the named view, or withdraw; needs the role of that side and a reason."""
    if side not in roles or side not in (Role.LEAD, Role.COUNCIL):
        raise NotAllowed(lazy("Only the project lead and the second signer can switch the named view."))
    if not reason.strip():
        raise RuleBroken(lazy("Please give a reason; everybody concerned can read it."))
    other = Role.COUNCIL if side is Role.LEAD else Role.LEAD
    theirs = _last_switch(rollout_id, other)
    if is_on and theirs is not None and theirs.is_on and theirs.by_id == by.id:
        raise NotAllowed(lazy("The second consent must come from another person."))
    row = ViewSwitch(rollout_id=rollout_id, side=side, is_on=is_on, reason=reason.strip(), by_id=by.id, at=now)
    db.session.add(row)
    log_write(
        "switch_named_view", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, side=side, is_on=is_on
    )


def list_switches(rollout_id: int) -> list[SwitchRow]:
    """The last word of each side."""
    found = [_last_switch(rollout_id, side) for side in (Role.LEAD, Role.COUNCIL)]
    return [SwitchRow(row.side, row.is_on, row.reason, row.at) for row in found if row is not None]


def named_view_is_on(rollout_id: int, legal_profile: str, today: date) -> bool:
    """True while both sides consent, an agreement is in force and the notice of the legal profile has passed."""
    sides = [_last_switch(rollout_id, side) for side in (Role.LEAD, Role.COUNCIL)]
    consents = {row.by_id for row in sides if row is not None and row.is_on}
    if len(consents) < len(sides):
        return False
    profile = PROFILES[legal_profile]
    version = version_in_force(rollout_id, "agreement", today)
    if version is None or version.handed_out_at is None:
        return not profile.needs_agreement
    return local_day(rollout_id, version.handed_out_at) + timedelta(days=profile.notice_days) <= today


def view_for(standing: Standing, legal_profile: str, person_id: int, today: date) -> PeopleView:
    """How much of this person the one who asks may see: oneself named; a head their own team by name where agreed;
    others a pseudonym.

    Raises `NotAllowed` for whoever may only see teams.
    """
    view = views_for(standing, legal_profile, {person_id}, today).get(person_id)
    if view is None:
        raise NotAllowed(lazy("You see figures of teams here, not of single people."))
    return view


def views_for(
    standing: Standing, legal_profile: str, person_ids: Collection[int], today: date
) -> dict[int, PeopleView]:
    """The same for many people at once; whoever may not be seen even under a pseudonym is missing."""
    views = dict.fromkeys(person_ids, PeopleView.PSEUDONYM) if standing.roles & {Role.CONSULTANT, Role.LEAD} else {}
    led = people_led_by(standing).intersection(person_ids) if Role.HEAD in standing.roles else frozenset()
    if led:
        named = named_view_is_on(standing.rollout_id, legal_profile, today)
        views |= dict.fromkeys(led, PeopleView.NAMED if named else PeopleView.PSEUDONYM)
    own = {standing.person_id} if standing.person_id is not None else set()
    return views | dict.fromkeys(own.intersection(person_ids), PeopleView.NAMED)


def people_led_by(standing: Standing) -> frozenset[int]:
    """The people of the teams that this person heads."""
    if standing.person_id is None:
        return frozenset()
    led = select(Person.id).join(Team, Person.team_id == Team.id).where(Team.head_id == standing.person_id)
    return frozenset(db.session.scalars(led))


def pseudonym(secret: str, rollout_id: int, person_id: int) -> str:
    """A keyed pseudonym: stable within a rollout, not to be computed without the key."""
    return _keyed(secret, f"{rollout_id}:{person_id}")


def pseudonym_of_name(secret: str, rollout_id: int, name: str) -> str:
    """The same for somebody whom records name and who is not on the staff list."""
    return _keyed(secret, f"{rollout_id}:name:{name}")


def log_look(rollout_id: int, person_id: int, *, view: PeopleView, page: str, by: Actor, now: datetime) -> None:
    """Write down that somebody looked at a person's figures; the person can read it."""
    db.session.add(Look(rollout_id=rollout_id, person_id=person_id, by_id=by.id, view=view, page=page, at=now))


def _last_switch(rollout_id: int, side: Role) -> ViewSwitch | None:
    here = (ViewSwitch.rollout_id == rollout_id, ViewSwitch.side == side)
    return db.session.scalar(select(ViewSwitch).where(*here).order_by(ViewSwitch.id.desc()).limit(1))


def _keyed(secret: str, whose: str) -> str:
    digest = hmac.new(secret.encode(), whose.encode(), hashlib.sha256).hexdigest()
    return "P-" + digest[:PSEUDONYM_CHARACTERS].upper()
