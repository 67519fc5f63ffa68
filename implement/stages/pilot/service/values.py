"""Value messages: the same task of a role before and after, as measured; sent to whom a remedy is for (M21, M26)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.before_after import Comparison, Timing, compare_timings
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row, stands
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.tables.values import ValueMessage, ValueTiming
from implement.web.texts import lazy

SIDES = {"before": lazy("before, without the CRM"), "after": lazy("after, in the CRM")}


@dataclass(frozen=True)
class ValueSaid:
    """A message as it was typed in."""

    for_role: str
    task: str
    gain: str
    clicks: int | None


@dataclass(frozen=True)
class MeasuredValue:
    """A message with what was measured."""

    message: ValueMessage
    found: Comparison


def add_message(rollout_id: int, said: ValueSaid, *, by: Actor, now: datetime) -> ValueMessage:
    """Name a task of a role, and what its doing faster means for people."""
    row = ValueMessage(rollout_id=rollout_id)
    _write(row, said, by=by, now=now)
    db.session.add(row)
    _log("add_value", row, by=by, now=now)
    return row


def change_message(row: ValueMessage, said: ValueSaid, *, version: int | None, by: Actor, now: datetime) -> None:
    """Change the words; what was measured stays."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else changed this meanwhile."), theirs=row.gain, mine=said.gain)
    _write(row, said, by=by, now=now)
    _log("change_value", row, by=by, now=now)


def add_timing(row: ValueMessage, side: str, said: Timing, *, today: date, by: Actor, now: datetime) -> ValueTiming:
    """Note one measured doing; who did it is not kept."""
    if side not in SIDES:
        raise RuleBroken(lazy("Please choose from what the page offers."))
    if said.day > today:
        raise RuleBroken(lazy("This day has not come yet."))
    timing = ValueTiming(message_id=row.id, side=side, seconds=said.seconds, measured_on=said.day)
    timing.by_name, timing.at = by.name, now
    db.session.add(timing)
    _log("add_timing", row, by=by, now=now)
    return timing


def remove_message(row: ValueMessage, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a message away, or put it back."""
    remove_row(row, "value", is_back=is_back, by=by, now=now, rollout_id=row.rollout_id)


def remove_timing(row: ValueMessage, timing_id: int, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a wrong measurement out, or put it back."""
    timing: ValueTiming | None = db.session.get(ValueTiming, timing_id)
    if timing is None or timing.message_id != row.id:
        raise NotFound(lazy("There is no such measurement."))
    remove_row(timing, "timing", is_back=is_back, by=by, now=now, rollout_id=row.rollout_id)


def get_message(rollout_id: int, message_id: int) -> ValueMessage:
    """A message of this rollout."""
    row: ValueMessage | None = db.session.get(ValueMessage, message_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such message."))
    return row


def list_values(rollout_id: int) -> list[MeasuredValue]:
    """Every message with what was measured, by role."""
    here = (ValueMessage.rollout_id == rollout_id, stands(ValueMessage))
    rows = list(db.session.scalars(select(ValueMessage).where(*here).order_by(ValueMessage.for_role, ValueMessage.id)))
    timings = _read_timings(row.id for row in rows)
    return [MeasuredValue(row, compare(timings.get(row.id, []))) for row in rows]


def list_timings(row: ValueMessage) -> list[ValueTiming]:
    """What was measured for a message."""
    return _read_timings([row.id]).get(row.id, [])


def compare(timings: Iterable[ValueTiming]) -> Comparison:
    """Both sides of what was measured."""
    kept = list(timings)
    before, after = ([Timing(one.seconds, one.measured_on) for one in kept if one.side == side] for side in SIDES)
    return compare_timings(before, after)


def list_ready(rollout_id: int, person_ids: Iterable[int]) -> list[MeasuredValue]:
    """The messages for the roles of these people that were measured often enough and do save time."""
    wanted = set(person_ids)
    roles = {"", *(one.role for one in list_staff(rollout_id) if one.person_id in wanted)}
    return [one for one in list_values(rollout_id) if one.message.for_role in roles and is_worth_telling(one.found)]


def is_worth_telling(found: Comparison) -> bool:
    """True when both sides were measured often enough and the task is done faster now."""
    return found.is_ready and found.saved is not None and found.saved > 0


def _read_timings(message_ids: Iterable[int]) -> Mapping[int, list[ValueTiming]]:
    asked = select(ValueTiming).where(ValueTiming.message_id.in_(list(message_ids)), stands(ValueTiming))
    found: dict[int, list[ValueTiming]] = {}
    for row in db.session.scalars(asked.order_by(ValueTiming.measured_on, ValueTiming.id)):
        found.setdefault(row.message_id, []).append(row)
    return found


def _write(row: ValueMessage, said: ValueSaid, *, by: Actor, now: datetime) -> None:
    if not said.task.strip() or not said.gain.strip():
        raise RuleBroken(lazy("A message names a task and what its doing faster means for people."))
    if said.for_role and said.for_role not in {one.role for one in list_staff(row.rollout_id)}:
        raise RuleBroken(lazy("Nobody on the staff has this role."))
    row.for_role, row.task, row.gain, row.clicks = said.for_role, said.task.strip(), said.gain.strip(), said.clicks
    row.by_name, row.at = by.name, now


def _log(action: str, row: ValueMessage, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"value:{row.id}", by=by, now=now, rollout_id=row.rollout_id)
