"""The register of defects: found by trials or noted by hand, owned, mended, tried again, closed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from implement.db import db
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import lock_rollout
from implement.stages.pilot.tables import Defect
from implement.web.texts import lazy

GRAVITIES = {
    "grave": lazy("grave: nobody can work like this"),
    "normal": lazy("normal: there is a way round"),
    "minor": lazy("minor: it only looks wrong"),
}
STATES = {
    "open": lazy("open"),
    "in_work": lazy("being mended"),
    "to_retest": lazy("mended, to be tried again"),
    "closed": lazy("closed"),
}
CLOSED, TO_RETEST = "closed", "to_retest"


@dataclass(frozen=True)
class DefectSaid:
    """A defect as it was typed in."""

    title: str
    gravity: str
    owner_id: int | None
    state: str
    note: str


@dataclass(frozen=True)
class DefectCounts:
    """How many defects are not closed, how many of them are grave, and how many nobody owns."""

    open: int
    grave: int
    unowned: int


def list_defects(rollout_id: int) -> list[Defect]:
    """The register: what is open first, the gravest on top."""
    rank = case({name: place for place, name in enumerate(GRAVITIES)}, value=Defect.gravity)
    is_closed = case((Defect.state == CLOSED, 1), else_=0)
    asked = select(Defect).where(Defect.rollout_id == rollout_id).order_by(is_closed, rank, Defect.number)
    return list(db.session.scalars(asked))


def get_defect(rollout_id: int, defect_id: int) -> Defect:
    """A defect of this rollout."""
    row: Defect | None = db.session.get(Defect, defect_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such defect."))
    return row


def count_defects(rollout_id: int) -> DefectCounts:
    """The counts, in one query."""
    grave, unowned = (
        func.sum(case((one, 1), else_=0)) for one in (Defect.gravity == "grave", Defect.owner_id.is_(None))
    )
    here = (Defect.rollout_id == rollout_id, Defect.state != CLOSED)
    row = db.session.execute(select(func.count(), grave, unowned).where(*here)).one()
    return DefectCounts(*(int(one or 0) for one in row))


def note_defect(
    rollout_id: int, title: str, gravity: str, *, scenario_id: int | None = None, by: Actor, now: datetime
) -> Defect:
    """Put a defect into the register."""
    lock_rollout(rollout_id)
    last = db.session.scalar(select(func.max(Defect.number)).where(Defect.rollout_id == rollout_id)) or 0
    row = Defect(rollout_id=rollout_id, number=last + 1, scenario_id=scenario_id, title=title.strip()[:300])
    row.gravity, row.state, row.by_name, row.at = gravity, "open", by.name, now
    db.session.add(row)
    _log("note_defect", row, by=by, now=now)
    return row


def change_defect(row: Defect, said: DefectSaid, *, version: int | None, by: Actor, now: datetime) -> None:
    """Give a defect its owner, or say how far it is; what somebody else wrote meanwhile is not overwritten."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else changed this defect meanwhile."), theirs=row.note, mine=said.note)
    if said.owner_id is not None and said.owner_id not in {one[0] for one in list_members(row.rollout_id)}:
        raise RuleBroken(lazy("The owner must belong to this rollout."))
    row.title, row.gravity, row.owner_id = said.title.strip(), said.gravity, said.owner_id
    row.state, row.note = said.state, said.note.strip()
    row.closed_at = now if said.state == CLOSED else None
    _log("change_defect", row, by=by, now=now)


def close_retested(rollout_id: int, scenario_id: int, *, by: Actor, now: datetime) -> int:
    """Close the defects of a scenario that were waiting for the trial that has now passed; returns how many."""
    waiting = (Defect.scenario_id == scenario_id, Defect.state == TO_RETEST, Defect.rollout_id == rollout_id)
    rows = list(db.session.scalars(select(Defect).where(*waiting)))
    for row in rows:
        row.state, row.closed_at = CLOSED, now
        _log("close_defect", row, by=by, now=now)
    return len(rows)


def _log(action: str, row: Defect, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"defect:{row.id}", by=by, now=now, rollout_id=row.rollout_id, number=row.number, state=row.state)
