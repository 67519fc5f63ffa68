"""Targets per person: the only thing of a plan that is individual (M124); nobody's change is overwritten unseen."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.control.activity.service.periods import PeriodRow, lock_period
from implement.control.activity.service.plans import PlanRow, find_plan, read_plans
from implement.control.activity.tables import ActivityDelivery, ActivityTarget
from implement.db import db
from implement.rollout.service.errors import EditedMeanwhile, NotAllowed, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.privacy import people_led_by
from implement.rollout.service.usage import StaffMember, list_staff
from implement.web.access import STEERING, Standing
from implement.web.texts import lazy

MOST_TARGET = 100_000
Cell = tuple[int, str]
"""A person and the key of a KPI."""


@dataclass(frozen=True)
class Target:
    """What is set for one person and KPI: a number, or none because it does not apply to them, for a reason."""

    target: int | None
    reason: str = ""


def list_planned(rollout_id: int, period: PeriodRow) -> list[tuple[StaffMember, PlanRow]]:
    """Everybody whose function has a plan in the period and who works in it, with that plan."""
    plans = read_plans(period.id)
    found = []
    for one in list_staff(rollout_id):
        plan = find_plan(plans, one)
        is_there = (one.hired is None or one.hired <= period.last_day) and (
            one.left is None or one.left >= period.first_day
        )
        if plan is not None and is_there and not one.is_excluded:
            found.append((one, plan))
    return found


def people_set_by(standing: Standing, person_ids: Collection[int]) -> frozenset[int]:
    """For whom this person sets targets: everybody for whoever steers, the own team but not themselves for a head."""
    if standing.roles & STEERING:
        return frozenset(person_ids)
    return people_led_by(standing).intersection(person_ids) - {standing.person_id}


def read_targets(period_id: int) -> dict[Cell, Target]:
    """Every target that was set in a period, delivered or not."""
    asked = select(ActivityTarget.person_id, ActivityTarget.kpi_key, ActivityTarget.target, ActivityTarget.reason)
    rows = db.session.execute(asked.where(ActivityTarget.period_id == period_id))
    return {(person_id, key): Target(target, reason) for person_id, key, target, reason in rows}


def stamp_targets(targets: Mapping[Cell, Target], person_ids: Collection[int]) -> str:
    """What these people's targets were when a page showed them; another stamp means somebody changed them since."""
    people = set(person_ids)
    said = sorted([who, key, one.target, one.reason] for (who, key), one in targets.items() if who in people)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def set_targets(
    standing: Standing, period: PeriodRow, wanted: Mapping[Cell, Target], *, stamp: str | None, by: Actor,
    now: datetime, today: date,
) -> int:  # fmt: skip
    """Set targets, all or none; returns how many changed. `stamp` is that of the page (None: from a file).

    Refused: people of other teams, KPIs outside of the person's plan, numbers that are not above 0, anything once the
    period has begun and the person has their sheet; R4.
    """
    lock_period(period.id)
    known, people = read_targets(period.id), {who for who, _key in wanted}
    if stamp is not None and stamp != stamp_targets(known, people):
        theirs = {cell: one for cell, one in known.items() if cell[0] in people}
        sentence = lazy("Somebody else changed these targets meanwhile; nothing was overwritten.")
        raise EditedMeanwhile(sentence, theirs=_write(theirs), mine=_write(wanted))
    _refuse_strange(standing, period, wanted)
    changed = {cell: one for cell, one in wanted.items() if known.get(cell) != one}
    if period.has_begun(today) and _delivered(period.id, {who for who, _key in changed}):
        raise RuleBroken(lazy("This period has begun; targets that were handed out stay. Change those of the next."))
    if changed:
        _keep(period.id, changed)
        here = {"rollout_id": standing.rollout_id, "changed": len(changed)}
        log_write("set_targets", f"period:{period.id}", by=by, now=now, **here)
    return len(changed)


def _refuse_strange(standing: Standing, period: PeriodRow, wanted: Mapping[Cell, Target]) -> None:
    planned = {one.person_id: plan for one, plan in list_planned(standing.rollout_id, period)}
    people = {who for who, _key in wanted}
    if not people <= people_set_by(standing, planned):
        raise NotAllowed(lazy("You set targets of your own team only."))
    for (who, key), one in wanted.items():
        if key not in {item.kpi_key for item in planned[who].items}:
            raise RuleBroken(lazy("This KPI does not stand in the plan of this function."))
        if one.target is not None and not 0 < one.target <= MOST_TARGET:
            raise RuleBroken(lazy("A target is a whole number above 0."))
        if one.target is None and not one.reason.strip():
            raise RuleBroken(lazy("Where a KPI does not apply to somebody, please say why."))


def _keep(period_id: int, changed: Mapping[Cell, Target]) -> None:
    """Take the place of what was set before, in two statements however many there are."""
    asked = select(ActivityTarget).where(ActivityTarget.period_id == period_id)
    known = {(row.person_id, row.kpi_key): row for row in db.session.scalars(asked)}
    for (who, key), one in changed.items():
        row = known.get((who, key)) or ActivityTarget(period_id=period_id, person_id=who, kpi_key=key)
        row.target, row.reason = one.target, one.reason.strip()
        db.session.add(row)
    db.session.flush()


def _delivered(period_id: int, people: Collection[int]) -> bool:
    asked = select(ActivityDelivery.id).where(
        ActivityDelivery.period_id == period_id, ActivityDelivery.person_id.in_(people)
    )
    return db.session.scalar(asked.limit(1)) is not None


def _write(targets: Mapping[Cell, Target]) -> str:
    return "\n".join(
        f"{who} {key}: {one.target if one.target is not None else one.reason}"
        for (who, key), one in sorted(targets.items())
    )
