"""Hand over what belongs to somebody who leaves or is away: listed with money, proposed by load, confirmed (M129).

Only people who have left, leave, or are away can be asked for: this is no way to look at anybody's deals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from implement.db import db
from implement.engine.handover import ClientShare, count_open_deals, find_still_owned, list_open_clients
from implement.engine.handover import propose_receivers as propose
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import find_people_by_name
from implement.rollout.service.privacy import people_led_by
from implement.rollout.service.usage import StaffMember, find_names, list_absences, list_days_of, list_staff
from implement.stages.adoption.tables import Handover, HandoverItem
from implement.stages.transfer.service.portfolio import CrmExport, read_export
from implement.store import Store
from implement.web.access import Role, Standing
from implement.web.texts import lazy

LOOKED_AHEAD_DAYS, LOOKED_BACK_DAYS, LOG_DAYS = 30, 365, 91
LEAST_DAYS_AWAY = 5
STEER = frozenset({Role.CONSULTANT, Role.LEAD})


@dataclass(frozen=True)
class Leaver:
    """Somebody who has left, leaves, or is away; `from_day` is the first day without them."""

    person_id: int
    name: str
    team: str
    from_day: date
    until: date | None
    handed_over: int | None


@dataclass(frozen=True)
class Belongings:
    """What the CRM's export holds of somebody: open clients with money, records by table, tasks open in the log."""

    owner: str
    clients: tuple[ClientShare, ...]
    records: tuple[tuple[str, int], ...]
    open_tasks: int | None
    loads: Mapping[int, int]
    proposed: Mapping[str, int]
    export_sha256: str


@dataclass(frozen=True)
class ItemRow:
    """One client of a confirmed handover; `still` of its deals are with the old owner in the newest export."""

    client: str
    deals: int
    amounts: tuple[tuple[str, Decimal], ...]
    without_value: int
    receiver: str
    still: int | None


def list_leavers(standing: Standing, today: date) -> list[Leaver]:
    """Whom this reader may hand over: everybody who leaves or is away; a head their own people."""
    staff = {one.person_id: one for one in list_staff(standing.rollout_id) if not one.is_excluded}
    if not standing.roles & STEER:
        staff = {person_id: staff[person_id] for person_id in people_led_by(standing) if person_id in staff}
    spans = _find_spans(list(staff.values()), standing.rollout_id, today)
    names, done = find_names(spans), _latest_handovers(standing.rollout_id)
    found = [
        Leaver(one, names[one], staff[one].team or "", first, until, done.get(one))
        for one, (first, until) in spans.items()
    ]
    return sorted(found, key=lambda leaver: (leaver.from_day, leaver.name))


def get_leaver(standing: Standing, person_id: int, today: date) -> Leaver:
    """One of them; raises `NotFound` for whoever stays."""
    found = next((one for one in list_leavers(standing, today) if one.person_id == person_id), None)
    if found is None:
        raise NotFound(lazy("Only people who leave or are away are handed over, by those who may."))
    return found


def read_belongings(rollout_id: int, person_id: int, *, store: Store) -> Belongings | None:
    """What belongs to somebody in the CRM's newest export, and who could take it; None without an export."""
    export = read_export(rollout_id, store=store)
    if export is None:
        return None
    staff = {one.person_id: one for one in list_staff(rollout_id) if not one.is_excluded}
    owners = find_people_by_name(rollout_id, export.portfolio.owners)
    owner = next((said for said, whose in sorted(owners.items()) if whose == person_id), "")
    clients = list_open_clients(export.portfolio.deals, owner) if owner else ()
    loads = _find_loads(export, owners, staff, person_id)
    proposed = propose(clients, {str(one).zfill(12): load for one, load in loads.items()})
    return Belongings(
        owner, clients, _count_records(export, owner), _count_open_tasks(rollout_id, staff[person_id]), loads,
        {client: int(receiver) for client, receiver in proposed.items()}, export.sha256,
    )  # fmt: skip


def confirm_handover(
    rollout_id: int, person_id: int, receivers: Mapping[str, int], *, seen: str, store: Store, by: Actor, now: datetime
) -> Handover:
    """Keep who receives which client; `seen` is the export that the list was made from."""
    found = read_belongings(rollout_id, person_id, store=store)
    if found is None or not found.clients:
        raise RuleBroken(lazy("There is nothing to hand over."))
    if found.export_sha256 != seen:
        raise RuleBroken(lazy("A newer export of the CRM came in meanwhile; please look at the list again."))
    if set(receivers) != {one.client for one in found.clients} or set(receivers.values()) - found.loads.keys():
        raise RuleBroken(lazy("Every client needs somebody who receives it."))
    row = Handover(
        rollout_id=rollout_id, person_id=person_id, owner=found.owner, export_sha256=seen, by_id=by.id,
        by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    db.session.add_all(_item(row.id, one, receivers[one.client]) for one in found.clients)
    log_write("hand_over", f"handover:{row.id}", by=by, now=now, rollout_id=rollout_id, clients=len(found.clients))
    return row


def get_handover(rollout_id: int, handover_id: int) -> Handover:
    """A handover of this rollout."""
    here = (Handover.id == handover_id, Handover.rollout_id == rollout_id)
    row: Handover | None = db.session.scalar(select(Handover).where(*here))
    if row is None:
        raise NotFound(lazy("There is no such handover."))
    return row


def list_items(row: Handover, *, store: Store) -> list[ItemRow]:
    """The clients of a handover; once a later export is in, how many deals are still with the old owner."""
    items = db.session.scalars(
        select(HandoverItem).where(HandoverItem.handover_id == row.id).order_by(HandoverItem.id)
    ).all()
    names, export = find_names({item.receiver_id for item in items}), read_export(row.rollout_id, store=store)
    later = export if export is not None and export.sha256 != row.export_sha256 else None
    return [_describe(item, row.owner, names, later) for item in items]


def _describe(item: HandoverItem, owner: str, names: Mapping[int, str], later: CrmExport | None) -> ItemRow:
    keys = [str(key) for key in item.deal_keys]
    still = None if later is None else len(find_still_owned(later.portfolio.deals, owner, keys))
    amounts = tuple((currency, Decimal(str(amount))) for currency, amount in sorted(item.worth.items()))
    return ItemRow(item.client, len(keys), amounts, item.without_value, names[item.receiver_id], still)


def _item(handover_id: int, share: ClientShare, receiver_id: int) -> HandoverItem:
    return HandoverItem(
        handover_id=handover_id, client=share.client, deal_keys=list(share.deal_keys),
        worth={currency: str(amount) for currency, amount in share.amounts}, without_value=share.without_value,
        receiver_id=receiver_id,
    )  # fmt: skip


def _find_loads(
    export: CrmExport, owners: Mapping[str, int], staff: Mapping[int, StaffMember], person_id: int
) -> dict[int, int]:
    """Open deals of everybody who could receive: colleagues of the same team, else of all teams."""
    counts = count_open_deals(export.portfolio.deals)
    colleagues = {one for one, who in staff.items() if one != person_id and who.left is None}
    same = {one for one in colleagues if staff[one].team_id == staff[person_id].team_id}
    loads = dict.fromkeys(same or colleagues, 0)
    for owner, whose in owners.items():
        if whose in loads:
            loads[whose] += counts.get(owner, 0)
    return loads


def _count_records(export: CrmExport, owner: str) -> tuple[tuple[str, int], ...]:
    tables = [record.table for record in export.portfolio.records if owner and record.owner == owner]
    return tuple((table, tables.count(table)) for table in sorted(set(tables)))


def _count_open_tasks(rollout_id: int, who: StaffMember) -> int | None:
    """Tasks the log assigned to somebody less those done or handed on; None where it tells of no tasks."""
    days = list_days_of(rollout_id, who.crm_user, date.min, date.max)[:LOG_DAYS]
    given = sum(day.counts.get("tasks_assigned", 0) for day in days)
    ended = sum(day.counts.get("tasks_done", 0) + day.counts.get("tasks_handed_on", 0) for day in days)
    return max(0, given - ended) if given else None


def _find_spans(staff: Sequence[StaffMember], rollout_id: int, today: date) -> dict[int, tuple[date, date | None]]:
    """First day without somebody, and the last where it is known: gone for good, or away for five days or more."""
    here = {one.person_id for one in staff}
    ahead, back = today + timedelta(days=LOOKED_AHEAD_DAYS), today - timedelta(days=LOOKED_BACK_DAYS)
    spans: dict[int, tuple[date, date | None]] = {}
    for away in list_absences(rollout_id):
        is_long = (away.last_day - away.first_day).days + 1 >= LEAST_DAYS_AWAY
        if away.person_id in here and is_long and away.first_day <= ahead and away.last_day >= today:
            spans.setdefault(away.person_id, (away.first_day, away.last_day))
    gone = {one.person_id: one.left for one in staff if one.left is not None and back <= one.left <= ahead}
    return spans | {one: (left, None) for one, left in gone.items()}


def _latest_handovers(rollout_id: int) -> dict[int, int]:
    asked = select(Handover.person_id, Handover.id).where(Handover.rollout_id == rollout_id).order_by(Handover.id)
    return {row.person_id: row.id for row in db.session.execute(asked)}
