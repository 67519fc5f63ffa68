"""Savings: what is saved, by figures that somebody of the firm collects where they arise (M97)."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select

from implement.db import db
from implement.engine.cost import Range, Saving
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.stages.specification.service.cost.figures import THOUSANDTHS
from implement.stages.specification.tables.cost import SavingLine
from implement.web.texts import lazy


@dataclass(frozen=True)
class SavingSaid:
    """A saving as it was typed in; pieces in thousandths a year."""

    title: str
    unit: str
    low: int
    likely: int
    high: int
    piece_minor: int
    first_month: int
    collected_by: str
    due: date | None
    collected_on: date | None
    evidence: str


def list_savings(rollout_id: int) -> list[SavingLine]:
    """The savings that stand."""
    here = (SavingLine.rollout_id == rollout_id, SavingLine.removed_at.is_(None))
    return list(db.session.scalars(select(SavingLine).where(*here).order_by(SavingLine.id)))


def get_saving(rollout_id: int, saving_id: int) -> SavingLine:
    """A saving of this rollout."""
    row: SavingLine | None = db.session.get(SavingLine, saving_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such saving."))
    return row


def add_saving(rollout_id: int, said: SavingSaid, *, by: Actor, now: datetime) -> SavingLine:
    """Write a saving down, with who collects its figure."""
    row = SavingLine(rollout_id=rollout_id)
    _write(row, said, by=by, now=now)
    db.session.add(row)
    _log("add_saving", row, by=by, now=now)
    return row


def change_saving(row: SavingLine, said: SavingSaid, *, version: int | None, by: Actor, now: datetime) -> None:
    """Change a saving; what somebody else wrote meanwhile is not overwritten."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else changed this saving meanwhile."), theirs=row.title, mine=said.title)
    _write(row, said, by=by, now=now)
    _log("change_saving", row, by=by, now=now)


def remove_saving(row: SavingLine, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a saving away, or with `is_back` put it back."""
    remove_row(row, "saving", is_back=is_back, by=by, now=now, rollout_id=row.rollout_id)


def to_engine(row: SavingLine) -> Saving:
    """A saving as the engine reckons."""
    pieces = Range(*(Fraction(value, THOUSANDTHS) for value in (row.low, row.likely, row.high)))
    piece = Range(*3 * (Fraction(row.piece_minor),))
    return Saving(f"saving{row.id}", pieces, piece, row.first_month, row.collected_on is not None)


def _write(row: SavingLine, said: SavingSaid, *, by: Actor, now: datetime) -> None:
    if not said.title.strip() or not said.collected_by.strip():
        raise RuleBroken(lazy("A saving needs its name and somebody who collects its figure."))
    if not 0 <= said.low <= said.likely <= said.high:
        raise RuleBroken(lazy("Low, likely and high must stand in this order."))
    for name, value in vars(said).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.by_name, row.at = by.name, now


def _log(action: str, row: SavingLine, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"saving:{row.id}", by=by, now=now, rollout_id=row.rollout_id)
