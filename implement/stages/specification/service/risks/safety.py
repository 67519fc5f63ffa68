"""Who else holds the client's records, and whether the CRM's records can be brought back (M136, M56)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.stages.specification.tables.risks import CrmBackup, ThirdParty
from implement.web.texts import lazy


@dataclass(frozen=True)
class PartySaid:
    """A third party as it was typed in."""

    name: str
    holds: str
    country: str
    contract: str
    until: date | None


@dataclass(frozen=True)
class BackupSaid:
    """How the CRM is backed up, as it was typed in."""

    interval_hours: int | None
    has_outside: bool
    place: str
    restored_on: date | None


def list_third_parties(rollout_id: int) -> list[ThirdParty]:
    """Every other firm that holds records."""
    here = (ThirdParty.rollout_id == rollout_id, ThirdParty.removed_at.is_(None))
    return list(db.session.scalars(select(ThirdParty).where(*here).order_by(ThirdParty.id)))


def is_open(party: ThirdParty, today: date) -> bool:
    """True when there is no contract, or it has run out."""
    return not party.contract or (party.until is not None and party.until < today)


def add_third_party(rollout_id: int, said: PartySaid, *, by: Actor, now: datetime) -> ThirdParty:
    """Write a firm down that holds records."""
    if not said.name.strip() or not said.holds.strip():
        raise RuleBroken(lazy("Say which firm it is and what it holds."))
    row = ThirdParty(rollout_id=rollout_id, **vars(said), by_name=by.name, at=now)
    db.session.add(row)
    db.session.flush()
    log_write("add_third_party", f"third_party:{row.id}", by=by, now=now, rollout_id=rollout_id)
    return row


def remove_third_party(rollout_id: int, party_id: int, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a firm from the list, or put it back."""
    row: ThirdParty | None = db.session.get(ThirdParty, party_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such line."))
    remove_row(row, "third_party", is_back=is_back, by=by, now=now, rollout_id=rollout_id)


def read_backup(rollout_id: int) -> BackupSaid | None:
    """How the CRM is backed up; None before anybody said it."""
    row: CrmBackup | None = db.session.get(CrmBackup, rollout_id)
    return None if row is None else BackupSaid(row.interval_hours, row.has_outside, row.place, row.restored_on)


def say_backup(rollout_id: int, said: BackupSaid, today: date, *, by: Actor, now: datetime) -> None:
    """Keep how the CRM is backed up."""
    if said.restored_on is not None and said.restored_on > today:
        raise RuleBroken(lazy("A restore that was tried lies in the past."))
    row = db.session.get(CrmBackup, rollout_id) or CrmBackup(rollout_id=rollout_id)
    row.interval_hours, row.has_outside = said.interval_hours, said.has_outside
    row.place, row.restored_on, row.by_name, row.at = said.place.strip(), said.restored_on, by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("say_backup", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id)
