"""The register of bypasses: written down, owned, counted, closed; each step stays in its history (M130)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_members
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import list_staff, match_users, read_usage_days, span_of_usage
from implement.stages.adoption.booked import Booked, sum_orders
from implement.stages.adoption.service.counted_staff import list_counted_weeks
from implement.stages.adoption.service.lists import list_orders_since
from implement.stages.adoption.tables import Bypass, BypassNote
from implement.web.texts import lazy

COUNTED_DAYS = 28
STATES = {"open": lazy("open"), "narrowed": lazy("narrowed"), "closed": lazy("closed")}


@dataclass(frozen=True)
class Counted:
    """How often a bypass was used in the days up to the last one the log tells of."""

    count: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class BypassRow:
    """A bypass as the register shows it; `count` and `day` are the latest that was counted or noted."""

    id: int
    name: str
    technical_measure: str
    rule: str
    owner: str
    source: str
    state: str
    count: int | None
    first_day: date | None
    day: date | None


def write_bypass(
    rollout_id: int, *, name: str, technical_measure: str, rule: str, owner_id: int, source: str, by: Actor,
    now: datetime,
) -> Bypass:  # fmt: skip
    """Put a bypass into the register; it begins open."""
    _refuse_unusable(rollout_id, owner_id, source)
    if db.session.scalar(select(Bypass.id).where(Bypass.rollout_id == rollout_id, Bypass.name == name.strip())):
        raise RuleBroken(lazy("This bypass is in the register already."))
    row = Bypass(
        rollout_id=rollout_id, name=name.strip(), technical_measure=technical_measure.strip(), rule=rule.strip(),
        owner_id=owner_id, source=source,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log_write("write_bypass", f"bypass:{row.id}", by=by, now=now, rollout_id=rollout_id, name=row.name)
    return row


def note_bypass(
    row: Bypass, *, state: str, still_used: int | None, text: str | None, by: Actor, now: datetime, today: date
) -> BypassNote:
    """Note what became of a bypass; where figures count it, nobody types a count."""
    if state not in STATES or (still_used is not None and still_used < 0):
        raise RuleBroken(lazy("Please choose a state, and a count of zero or more."))
    if row.source and still_used is not None:
        raise RuleBroken(lazy("This bypass is counted from the figures; a typed count would contradict them."))
    note = BypassNote(
        bypass_id=row.id, day=today, state=state, still_used=still_used, text=(text or "").strip(), by_id=by.id,
        by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(note)
    db.session.flush()
    log_write("note_bypass", f"bypass:{row.id}", by=by, now=now, rollout_id=row.rollout_id, state=state)
    return note


def get_bypass(rollout_id: int, bypass_id: int) -> Bypass:
    """A bypass of this rollout."""
    here = (Bypass.id == bypass_id, Bypass.rollout_id == rollout_id)
    row: Bypass | None = db.session.scalar(select(Bypass).where(*here))
    if row is None:
        raise NotFound(lazy("There is no such bypass."))
    return row


def list_bypasses(rollout_id: int) -> list[BypassRow]:
    """The register: those still open first, each with its latest count."""
    states, counts = _latest_notes(rollout_id, only_counted=False), _latest_notes(rollout_id, only_counted=True)
    names = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
    rows = db.session.scalars(select(Bypass).where(Bypass.rollout_id == rollout_id).order_by(Bypass.name)).all()
    found = [_describe(row, names, states.get(row.id), counts.get(row.id)) for row in rows]
    return sorted(found, key=lambda row: list(STATES).index(row.state))


def list_notes(row: Bypass) -> list[BypassNote]:
    """The history of a bypass, the latest first."""
    return list(db.session.scalars(select(BypassNote).where(BypassNote.bypass_id == row.id).order_by(-BypassNote.id)))


def read_orders(rollout_id: int) -> Booked | None:
    """Orders that the CRM never knew, by team and week, of whoever counts in that week; None without any."""
    orders = list_orders_since(rollout_id, date.min)
    if not orders:
        return None
    staff = [one for one in list_staff(rollout_id) if not one.is_excluded]
    return sum_orders(orders, staff, list_counted_weeks(rollout_id, max(day for _user, day, _deal in orders)))


def count_late_records(rollout_id: int) -> Counted | None:
    """Records that people on the staff entered more than four days after the fact, in the last four weeks."""
    span = span_of_usage(rollout_id)
    if span is None:
        return None
    first_day = span[1] - timedelta(days=COUNTED_DAYS - 1)
    people = match_users(list_staff(rollout_id))
    days = read_usage_days(rollout_id, first_day)
    late = sum(one.counts.get("late", 0) for one in days if one.crm_user.strip().casefold() in people)
    return Counted(late, first_day, span[1])


def count_unknown_orders(rollout_id: int) -> Counted | None:
    """Orders that the CRM never knew, in the four weeks up to the last one booked."""
    days = [day for _user, day, _deal in list_orders_since(rollout_id, date.min)]
    if not days:
        return None
    first_day = max(days) - timedelta(days=COUNTED_DAYS - 1)
    unknown = sum(not deal for _user, _day, deal in list_orders_since(rollout_id, first_day))
    return Counted(unknown, first_day, max(days))


SOURCES: Mapping[str, Callable[[int], Counted | None]] = {"late": count_late_records, "orders": count_unknown_orders}
SOURCE_LABELS = {
    "": lazy("noted by hand"),
    "late": lazy("records entered more than four days late"),
    "orders": lazy("orders the CRM never knew"),
}


def count_from(rollout_id: int, source: str) -> Counted | None:
    """What the figures say of a source; None where there are none yet."""
    if source not in SOURCES:
        return None
    return while_unchanged(("bypass", source, rollout_id), lambda: SOURCES[source](rollout_id))


def _describe(row: Bypass, names: Mapping[int, str], last: BypassNote | None, counted: BypassNote | None) -> BypassRow:
    found = count_from(row.rollout_id, row.source)
    noted = None if counted is None or row.source else counted
    return BypassRow(
        row.id, row.name, row.technical_measure, row.rule, names.get(row.owner_id, ""), row.source,
        last.state if last else "open",
        found.count if found else noted.still_used if noted else None,
        found.first_day if found else None,
        found.last_day if found else noted.day if noted else None,
    )  # fmt: skip


def _latest_notes(rollout_id: int, *, only_counted: bool) -> dict[int, BypassNote]:
    newest = select(func.max(BypassNote.id)).join(Bypass, Bypass.id == BypassNote.bypass_id)
    newest = newest.where(Bypass.rollout_id == rollout_id).group_by(BypassNote.bypass_id)
    if only_counted:
        newest = newest.where(BypassNote.still_used.is_not(None))
    return {note.bypass_id: note for note in db.session.scalars(select(BypassNote).where(BypassNote.id.in_(newest)))}


def _refuse_unusable(rollout_id: int, owner_id: int, source: str) -> None:
    if owner_id not in {user_id for user_id, *_rest in list_members(rollout_id)}:
        raise RuleBroken(lazy("The owner must belong to this rollout."))
    if source and source not in SOURCES:
        raise RuleBroken(lazy("There are no such figures."))
