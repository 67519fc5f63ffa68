"""Reductions of the variable part: a listed ground, the person heard, a second person; nothing else (R3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from implement.control.incentives.service.grounding import find_ground
from implement.control.incentives.service.settled import demand_open_day
from implement.control.incentives.tables import PayReduction
from implement.db import db
from implement.engine.law import PROFILES
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_payees
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.web.access import Standing
from implement.web.texts import lazy

LATEST_SANCTION = timedelta(days=183)
"""Article 193 of the Russian Labour Code: six months after the offence at the latest."""


@dataclass(frozen=True)
class ReductionRow:
    """What happened on which ground, and how far it is: it counts only once heard and approved."""

    id: int
    person_id: int
    ground: str
    happened_at: datetime
    note: str
    heard_words: str
    heard_at: datetime | None
    approved_at: datetime | None
    withdrawn_at: datetime | None
    sanctioned_on: date | None

    @property
    def state(self) -> str:
        """noted, heard, approved or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "approved" if self.approved_at else "heard" if self.heard_at else "noted"


def note_reduction(
    rollout_id: int, person_id: int, ground: str, *, happened_at: datetime, note: str, by: Actor, now: datetime,
    sanctioned_on: date | None = None,
) -> PayReduction:  # fmt: skip
    """Write down that something happened; refused without a ground that the person had acknowledged before, and where
    the law lets a bonus fall only for a sanction without the day of that sanction (R2).
    """
    if person_id not in list_payees(rollout_id):
        raise NotFound(lazy("There is no such person."))
    if not note.strip():
        raise RuleBroken(lazy("Please say what happened."))
    if happened_at > now:
        raise RuleBroken(lazy("It has not happened yet."))
    _demand_sanction(rollout_id, local_day(rollout_id, happened_at), sanctioned_on, local_day(rollout_id, now))
    demand_open_day(rollout_id, sanctioned_on or local_day(rollout_id, happened_at))
    basis = find_ground(rollout_id, ground, person_id, happened_at)
    if isinstance(basis, str):
        raise RuleBroken(lazy("No regulation that the person had acknowledged before lists this ground with its size."))
    row = PayReduction(
        rollout_id=rollout_id, person_id=person_id, ground=ground, happened_at=happened_at, note=note.strip(),
        sanctioned_on=sanctioned_on, version_id=basis[1], by_id=by.id, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _log("note_reduction", row, by, now)
    return row


def hear(standing: Standing, reduction: PayReduction, text: str, *, by: Actor, now: datetime) -> None:
    """The person says what they have to say to it, in their own words."""
    if standing.person_id is None or standing.person_id != reduction.person_id:
        raise NotAllowed(lazy("Only the person concerned is heard."))
    if reduction.approved_at is not None or reduction.withdrawn_at is not None:
        raise RuleBroken(lazy("It is decided already."))
    if not text.strip():
        raise RuleBroken(lazy("Please say what you have to say to it."))
    reduction.heard_words, reduction.heard_at = text.strip(), now
    db.session.flush()
    _log("hear_reduction", reduction, by, now)


def approve_reduction(reduction: PayReduction, *, by: Actor, now: datetime) -> None:
    """A second person lets it count; refused before the person was heard, and once the ground no longer stands."""
    if reduction.heard_at is None:
        raise RuleBroken(lazy("The person has to be heard first."))
    if by.id == reduction.by_id:
        raise NotAllowed(lazy("A second person approves: somebody else than whoever wrote it down."))
    if reduction.withdrawn_at is not None or reduction.approved_at is not None:
        raise RuleBroken(lazy("It is decided already."))
    day = reduction.sanctioned_on or local_day(reduction.rollout_id, reduction.happened_at)
    demand_open_day(reduction.rollout_id, day)
    reduction.approved_by_id, reduction.approved_at = by.id, now
    db.session.flush()
    _log("approve_reduction", reduction, by, now)


def withdraw_reduction(reduction: PayReduction, *, by: Actor, now: datetime) -> None:
    """Let it go; what was approved stays."""
    if reduction.approved_at is not None:
        raise RuleBroken(lazy("It is decided already."))
    reduction.withdrawn_at = reduction.withdrawn_at or now
    db.session.flush()
    _log("withdraw_reduction", reduction, by, now)


def get_reduction(standing: Standing, reduction_id: int, *, sees_all: bool) -> PayReduction:
    """A reduction for whoever runs pay, or for the person concerned."""
    here = (PayReduction.id == reduction_id, PayReduction.rollout_id == standing.rollout_id)
    found: PayReduction | None = db.session.scalar(select(PayReduction).where(*here))
    if found is None or not (sees_all or found.person_id == standing.person_id):
        raise NotFound(lazy("There is no such reduction."))
    return found


def list_reductions(rollout_id: int, person_id: int | None = None) -> list[ReductionRow]:
    """What was written down, the newest first."""
    one = PayReduction
    columns = (
        one.id, one.person_id, one.ground, one.happened_at, one.note, one.heard_words, one.heard_at, one.approved_at,
        one.withdrawn_at, one.sanctioned_on,
    )  # fmt: skip
    asked = select(*columns).where(one.rollout_id == rollout_id)
    if person_id is not None:
        asked = asked.where(one.person_id == person_id)
    return [ReductionRow(*row) for row in db.session.execute(asked.order_by(one.id.desc()))]  # type: ignore[call-arg]


def _demand_sanction(rollout_id: int, happened: date, sanctioned_on: date | None, today: date) -> None:
    """R2: a bonus falls for the month of the sanction alone, and no sanction comes before the event or too late."""
    if sanctioned_on is None:
        if PROFILES[get_rollout(rollout_id).legal_profile].falls_for_a_sanction:
            raise RuleBroken(lazy("Here a bonus falls only for the month of a sanction: please give its day."))
        return
    if not happened <= sanctioned_on <= today:
        raise RuleBroken(lazy("A sanction is imposed after what happened, and not in the future."))
    if sanctioned_on > happened + LATEST_SANCTION:
        raise RuleBroken(lazy("No sanction is imposed later than six months after what happened."))


def _log(action: str, row: PayReduction, by: Actor, now: datetime) -> None:
    log_write(action, f"pay_reduction:{row.id}", by=by, now=now, rollout_id=row.rollout_id, ground=row.ground)
