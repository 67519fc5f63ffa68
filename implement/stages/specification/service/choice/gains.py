"""Gains that are expected, each with a measure, today's figure, a target and who counts it (M63, M66)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.specification.service.choice.shelf import read_guide
from implement.stages.specification.tables.choice import ExpectedGain
from implement.web.texts import lazy


@dataclass(frozen=True)
class GainSaid:
    """One expected gain as it was typed in."""

    measure: str
    figure_today: str
    target: str
    due: date | None
    counted_by: str


def list_gains(rollout_id: int) -> dict[str, GainSaid]:
    """The expected gains by their key."""
    rows = db.session.execute(
        select(
            ExpectedGain.gain_key, ExpectedGain.measure, ExpectedGain.figure_today, ExpectedGain.target,
            ExpectedGain.due, ExpectedGain.counted_by,
        ).where(ExpectedGain.rollout_id == rollout_id)
    )  # fmt: skip
    return {row[0]: GainSaid(*row[1:]) for row in rows}


def expect_gain(rollout_id: int, gain_id: str, said: GainSaid, *, by: Actor, now: datetime) -> None:
    """Expect a gain; without a measure and somebody who counts it, it is a wish and refused."""
    if gain_id not in {one.id for one in read_guide().gains}:
        raise RuleBroken(lazy("Please choose from what the page offers."))
    if not said.measure.strip() or not said.counted_by.strip():
        raise RuleBroken(lazy("An expected gain needs its measure and somebody who counts it."))
    row: ExpectedGain | None = db.session.get(ExpectedGain, (rollout_id, gain_id))
    row = row or ExpectedGain(rollout_id=rollout_id, gain_key=gain_id)
    row.measure, row.figure_today, row.target = said.measure.strip(), said.figure_today.strip(), said.target.strip()
    row.due, row.counted_by, row.by_name, row.at = said.due, said.counted_by.strip(), by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("expect_gain", f"gain:{gain_id}", by=by, now=now, rollout_id=rollout_id)


def drop_gain(rollout_id: int, gain_id: str, *, by: Actor, now: datetime) -> None:
    """Expect a gain no longer; twice is once."""
    row: ExpectedGain | None = db.session.get(ExpectedGain, (rollout_id, gain_id))
    if row is not None:
        db.session.delete(row)
        db.session.flush()
        log_write("drop_gain", f"gain:{gain_id}", by=by, now=now, rollout_id=rollout_id)
