"""The sales plan of departments and people: quota, territory, what was sold, why it fell short (M46, M105)."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from implement.control.activity.service.periods import get_period, lock_period
from implement.control.activity.tables import SalesQuota
from implement.db import db
from implement.rollout.service.errors import EditedMeanwhile, NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_own_teams
from implement.rollout.service.usage import list_staff
from implement.web.access import STEERING, Standing
from implement.web.texts import lazy

SHORTFALLS = {
    "demand": lazy("customers ordered less"),
    "lost_client": lazy("a customer was lost"),
    "delivery": lazy("goods or people were missing"),
    "price": lazy("price"),
    "postponed": lazy("decision was put off"),
    "away": lazy("longer away"),
    "plan": lazy("the plan was too high"),
    "other": lazy("something else"),
}


@dataclass(frozen=True)
class QuotaRow:
    """The sales plan of a team or of one person, in minor units; `sold_minor` is None until it is known."""

    id: int
    team_id: int | None
    person_id: int | None
    quota_minor: int
    sold_minor: int | None
    territory: str
    shortfall: str
    version: int

    @property
    def fulfilment(self) -> Fraction | None:
        """Sold as a share of the quota; None where either is missing."""
        return Fraction(self.sold_minor, self.quota_minor) if self.sold_minor is not None and self.quota_minor else None


@dataclass(frozen=True)
class Quota:
    """What is set for a team or a person."""

    quota_minor: int
    territory: str = ""
    sold_minor: int | None = None
    shortfall: str = ""


def read_quotas(rollout_id: int, period_id: int) -> list[QuotaRow]:
    """Every quota of a period, teams first."""
    get_period(rollout_id, period_id)
    asked = select(SalesQuota).where(SalesQuota.period_id == period_id)
    rows = db.session.scalars(asked.order_by(SalesQuota.team_id.is_(None), SalesQuota.id))
    return [
        QuotaRow(
            row.id, row.team_id, row.person_id, row.quota_minor, row.sold_minor, row.territory, row.shortfall,
            row.version,
        )
        for row in rows
    ]  # fmt: skip


def set_quota(
    standing: Standing, period_id: int, said: Quota, *, team_id: int | None = None, person_id: int | None = None,
    seen: int | None = None, by: Actor, now: datetime,
) -> None:  # fmt: skip
    """Set the quota of a team (by whoever steers) or of a person (by their head too); `seen` is the version edited."""
    get_period(standing.rollout_id, period_id)
    lock_period(period_id)
    _refuse_strange(standing, team_id, person_id, said)
    here = {"period_id": period_id, "team_id": team_id, "person_id": person_id}
    row: SalesQuota | None = db.session.scalar(select(SalesQuota).filter_by(**here))
    if (row.version if row else None) != seen:
        theirs = f"{row.quota_minor} {row.territory} {row.sold_minor}" if row else ""
        mine = f"{said.quota_minor} {said.territory} {said.sold_minor}"
        sentence = lazy("Somebody else changed this quota meanwhile; nothing was overwritten.")
        raise EditedMeanwhile(sentence, theirs=theirs, mine=mine)
    row = row or SalesQuota(**here)
    row.quota_minor, row.sold_minor = said.quota_minor, said.sold_minor
    row.territory, row.shortfall = said.territory.strip(), said.shortfall
    db.session.add(row)
    db.session.flush()
    log_write("set_quota", f"quota:{row.id}", by=by, now=now, rollout_id=standing.rollout_id, minor=said.quota_minor)


def _refuse_strange(standing: Standing, team_id: int | None, person_id: int | None, said: Quota) -> None:
    if said.quota_minor < 0 or (said.shortfall and said.shortfall not in SHORTFALLS):
        raise RuleBroken(lazy("This cannot be meant; please look at it again."))
    staff = {one.person_id: one.team_id for one in list_staff(standing.rollout_id)}
    if (team_id is None) == (person_id is None) or (person_id is not None and person_id not in staff):
        raise NotFound(lazy("There is no such person."))
    if team_id is not None and team_id not in staff.values():
        raise NotFound(lazy("There is no such team."))
    if standing.roles & STEERING:
        return
    if (
        person_id is None
        or staff[person_id] not in list_own_teams(standing.person_id)
        or person_id == standing.person_id
    ):
        raise NotAllowed(lazy("You set targets of your own team only."))
