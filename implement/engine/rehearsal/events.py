"""Orders as the CRM's own events tell of them: which kind of event is the request, which says that a step is done."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.rehearsal.clocks import ChainStep, OrderRun

REQUEST, NOT_DEEDS = -1, ("view", "error")
MOST_KINDS, LONGEST_ORDER = 300, 60


@dataclass(frozen=True, order=True)
class EventKind:
    """A kind of event: on which thing, what was done, into which stage it came ("" where into none)."""

    thing: str
    deed: str
    stage: str = ""


@dataclass(frozen=True)
class OrdersAsked:
    """Orders whose request came on a day or later: the kind of event of the request, and of each step's end by its
    place.
    """

    request: EventKind
    ends: Mapping[int, EventKind]
    since: date


@dataclass(frozen=True)
class OrdersFound:
    """What the events tell, and until when they are known: what should have happened later is not late yet."""

    runs: tuple[OrderRun, ...]
    known_until: datetime


def count_kinds(events: ir.Table, backend: Backend) -> list[tuple[EventKind, int]]:
    """The kinds of event that change a record, the most frequent first, with how many records each tells of."""
    told = _told(events)
    counted = told.group_by("thing", "deed", "stage").aggregate(records=told.record_id.nunique())
    ordered = counted.order_by(ibis.desc("records"), "thing", "deed", "stage").limit(MOST_KINDS)
    rows = backend.connection.to_pyarrow(ordered).to_pylist()
    return [(EventKind(row["thing"], row["deed"], row["stage"]), int(row["records"])) for row in rows]


def find_orders(events: ir.Table, asked: OrdersAsked, zone: ZoneInfo, backend: Backend) -> OrdersFound | None:
    """The orders, by record: a step is done with the first event of its kind since the request; None without events.

    Times of events are local to the firm. Who did a step is named as the events do.
    """
    until = backend.connection.to_pyarrow(events.at.max()).as_py()
    if until is None:
        return None
    told = _told(events)
    came = told.filter(_is(told, asked.request)).group_by("record_id").aggregate(begun=lambda one: one.at.min())
    came = came.filter(came.begun.date() >= asked.since)
    after = told.join(came, "record_id").filter(lambda one: one.at >= one.begun)
    tables = [came.select("record_id", place=ibis.literal(REQUEST), first=came.begun, by=ibis.literal(""))]
    tables += [_first_of(after, place, kind) for place, kind in sorted(asked.ends.items())]
    rows = backend.connection.to_pyarrow(ibis.union(*tables) if len(tables) > 1 else tables[0]).to_pylist()
    return OrdersFound(tuple(_gather(rows, zone)), _to_utc(until, zone))


def keep_told(steps: Sequence[ChainStep], places: Collection[int]) -> tuple[ChainStep, ...]:
    """The steps that events tell of; the minutes of one that none tells of go to the next one that has an event."""
    kept, carried = [], 0
    for place, step in enumerate(steps):
        carried += step.minutes
        if place in places:
            kept.append(replace(step, minutes=carried))
            carried = 0
    return tuple(kept)


def _told(events: ir.Table) -> ir.Table:
    """Events that changed a record of the firm; what an import brought in did not happen then."""
    changed = events.filter(
        events.record_id.notnull(), events.source != "import", events.object != "search",
        events.action.notin(NOT_DEEDS), events.is_changed.fill_null(True),
        events.record_id.length() <= LONGEST_ORDER,
    )  # fmt: skip
    return changed.select(
        "record_id", "at", by=changed.user.fill_null(""), thing=changed.object, deed=changed.action,
        stage=changed.stage_to.fill_null(""),
    )  # fmt: skip


def _is(told: ir.Table, kind: EventKind) -> ir.BooleanValue:
    return (told.thing == kind.thing) & (told.deed == kind.deed) & (told.stage == kind.stage)


def _first_of(after: ir.Table, place: int, kind: EventKind) -> ir.Table:
    first = after.filter(_is(after, kind)).group_by("record_id")
    found = first.aggregate(first=lambda one: one.at.min(), by=lambda one: one.by.argmin(one.at))
    return found.select("record_id", place=ibis.literal(place), first=found["first"], by=found["by"])


def _gather(rows: Sequence[Mapping[str, object]], zone: ZoneInfo) -> list[OrderRun]:
    begun = {str(row["record_id"]): row["first"] for row in rows if row["place"] == REQUEST}
    done: dict[str, dict[int, datetime]] = {order: {} for order in begun}
    users: dict[str, dict[int, str]] = {order: {} for order in begun}
    for row in rows:
        if row["place"] != REQUEST:
            order, place = str(row["record_id"]), int(str(row["place"]))
            done[order][place], users[order][place] = _to_utc(row["first"], zone), str(row["by"])
    return [OrderRun(order, _to_utc(begun[order], zone), done[order], users[order]) for order in sorted(begun)]


def _to_utc(local: object, zone: ZoneInfo) -> datetime:
    assert isinstance(local, datetime)
    return local.replace(tzinfo=zone).astimezone(UTC)
