"""Lists that come in beside the log: people, days away, closed days, meetings, orders; each twice is once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update

from implement.db import db
from implement.engine.exchange import NO_CALLS, ListedCalls, Meeting, Order, Person
from implement.engine.staff import StaffRow
from implement.jobs import Plain
from implement.rollout.service.calendar import Times, add_closed_days, take_over_meetings
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.rollout.service.staff import take_over_staff
from implement.rollout.service.usage import list_staff, match_users, take_over_absences
from implement.stages.adoption.service.calls import keep_calls
from implement.stages.adoption.tables import BookedOrder

BATCH_ROWS = 5_000


@dataclass(frozen=True)
class Lists:
    """What the tables beside the log hold."""

    people: tuple[Person, ...] = ()
    absences: tuple[tuple[str, date, date], ...] = ()
    holidays: frozenset[date] = frozenset()
    meetings: tuple[Meeting, ...] = ()
    orders: tuple[Order, ...] = ()
    calls: ListedCalls = NO_CALLS

    @property
    def is_empty(self) -> bool:
        """True when no list came along."""
        beside = self.people or self.absences or self.holidays or self.meetings or self.orders
        return not (beside or self.calls.counts)


NO_LISTS = Lists()


def keep_lists(rollout_id: int, lists: Lists, *, by: Actor, now: datetime) -> dict[str, Plain]:
    """Write the lists down and count what they changed; people first, for the others name them."""
    counts: dict[str, Plain] = {"people_added": _add_people(rollout_id, lists.people, by=by, now=now)}
    away = take_over_absences(rollout_id, lists.absences, by=by, now=now)
    counts |= {"absences_added": away.added, "absences_known": away.known, "absences_unknown": away.unknown}
    counts["holidays"] = add_closed_days(rollout_id, lists.holidays, by=by, now=now)
    meetings = take_over_meetings(rollout_id, _times_by_team(lists.meetings), by=by, now=now)
    counts |= {"meetings_changed": meetings.changed, "meetings_unknown": meetings.unknown}
    counts |= _keep_orders(rollout_id, lists.orders, by=by, now=now)
    return counts | keep_calls(rollout_id, lists.calls, by=by, now=now)


def list_orders_since(rollout_id: int, first_day: date) -> list[tuple[str, date, str]]:
    """Orders booked from a day on: user, day, deal; the deal is empty where the CRM never knew."""
    asked = select(BookedOrder.crm_user, BookedOrder.day, BookedOrder.crm_deal_id)
    rows = db.session.execute(asked.where(BookedOrder.rollout_id == rollout_id, BookedOrder.day >= first_day))
    return [(user, day, deal) for user, day, deal in rows]


def has_orders(rollout_id: int) -> bool:
    """True once orders were handed in."""
    return db.session.scalar(select(BookedOrder.id).where(BookedOrder.rollout_id == rollout_id).limit(1)) is not None


def _times_by_team(meetings: Sequence[Meeting]) -> dict[str, Times]:
    teams = dict.fromkeys(meeting.team for meeting in meetings)
    return {team: frozenset((m.weekday, m.minutes) for m in meetings if m.team == team) for team in teams}


def _keep_orders(rollout_id: int, orders: Sequence[Order], *, by: Actor, now: datetime) -> dict[str, Plain]:
    """Add orders, and change those that are listed otherwise now."""
    here = BookedOrder.rollout_id == rollout_id
    rows = db.session.execute(
        select(BookedOrder.number, BookedOrder.crm_user, BookedOrder.day, BookedOrder.crm_deal_id).where(here)
    )
    known = {number: (user, day, deal) for number, user, day, deal in rows} if orders else {}
    listed = [one for one in orders if known.get(one.number) != (one.user, one.day, one.crm_deal_id)]
    fresh = [_order_row(rollout_id, one) for one in listed if one.number not in known]
    for start in range(0, len(fresh), BATCH_ROWS):
        db.session.execute(insert(BookedOrder), fresh[start : start + BATCH_ROWS])
    for one in listed:
        if one.number in known:
            values = {"crm_user": one.user, "day": one.day, "crm_deal_id": one.crm_deal_id}
            db.session.execute(update(BookedOrder).where(here, BookedOrder.number == one.number).values(**values))
    people = match_users(list_staff(rollout_id)) if orders else {}
    unknown = sum(one.user.casefold() not in people for one in orders)
    counts: dict[str, Plain] = {"orders_added": len(fresh), "orders_changed": len(listed) - len(fresh)}
    if listed:
        log_write("take_over_orders", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, **counts)
    return counts | {"orders_known": len(orders) - len(listed), "orders_unknown": unknown}


def _order_row(rollout_id: int, order: Order) -> dict[str, object]:
    return {
        "rollout_id": rollout_id, "number": order.number, "crm_user": order.user, "day": order.day,
        "crm_deal_id": order.crm_deal_id,
    }  # fmt: skip


def _add_people(rollout_id: int, people: Sequence[Person], *, by: Actor, now: datetime) -> int:
    """Add listed users who are not on the staff yet; whoever is there stays as the staff list says."""
    known = match_users(list_staff(rollout_id))
    fresh = {one.user: one for one in people if one.user.casefold() not in known}
    rows = [_staff_row(number, one, fresh) for number, one in enumerate(fresh.values(), start=1)]
    if rows:
        take_over_staff(rollout_id, rows, by=by, now=now)
        _plan_waves(rollout_id, people, by=by, now=now)
    return len(rows)


def _plan_waves(rollout_id: int, people: Sequence[Person], *, by: Actor, now: datetime) -> None:
    """Give waves without a first day the one that is listed for their people."""
    listed = [(person.wave, person.go_live) for person in people if person.go_live is not None]
    for wave in list_waves(rollout_id):
        days = [go_live for name, go_live in listed if name == wave.name]
        if wave.go_live is None and days:
            plan_wave(wave, go_live=min(days), by=by, now=now)


def _staff_row(number: int, person: Person, fresh: Mapping[str, Person]) -> StaffRow:
    """A listed user as somebody of the staff; a head who is on the staff already is for the staff list to name."""
    head = person.head if person.head in fresh else ""
    weekdays = "".join(str(day) for day in sorted(person.weekdays or ())) or "12345"
    return StaffRow(
        row=number, number=person.user, name=person.user, email="", crm_user=person.user, role=person.role or "",
        team=person.team or "", head=head or "", wave=person.wave or "", fte=person.fte or 1.0,
        work_days=weekdays, hired=person.hired, left=person.left,
    )  # fmt: skip
