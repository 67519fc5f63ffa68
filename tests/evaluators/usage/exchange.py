"""The simulated rollout written in the exchange format, as CSV or Parquet, and its truth beside it."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from tests.evaluators.usage.events import ACTIONS, OBJECTS, SOURCES, STAGES, Batch
from tests.evaluators.usage.noise import OTHER_IDS
from tests.evaluators.usage.presence import ABSENCE_KINDS, HOLIDAYS, dates_of
from tests.evaluators.usage.rollout import Rollout
from tests.evaluators.usage.staff import DATA_ALLERGY, LOG_DAYS, ROLES, TYPES, Whole, Yes

RECORDS_SHOWN_AS_MIGRATED = 20


def write_rollout(rollout: Rollout, folder: Path, layout: str = "parquet") -> None:
    """All seven tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "events": events_table(rollout), "users": users_table(rollout), "absences": absences_table(rollout),
        "holidays": pa.table({"date": list(HOLIDAYS)}), "meetings": meetings_table(rollout),
        "migration": migration_table(rollout), "orders": orders_table(rollout)}  # fmt: skip
    for name, table in tables.items():
        if layout == "parquet":
            pq.write_table(table, folder / f"{name}.parquet")
        else:
            pa_csv.write_csv(table, folder / f"{name}.csv")


def _named(places: Whole, names: list[str] | tuple[str, ...]) -> pa.Array:
    return pa.array(list(names)).take(pa.array(places, mask=places < 0))


def _numbers(values: Whole) -> pa.Array:
    return pa.array(values, mask=values < 0)


def _dates(days: Whole, known: Yes | None = None) -> pa.Array:
    mask = None if known is None else ~known
    return pa.array(dates_of(days), mask=mask).cast(pa.date32()).cast(pa.string())


def _prefixed(values: Whole, prefix: str) -> pa.Array:
    return pc.binary_join_element_wise(prefix, _numbers(values).cast(pa.string()), "")


def everyone(rollout: Rollout) -> list[str]:
    """The ids of people, then those of robots and accounts that are no people."""
    return [*rollout.staff.ids, *OTHER_IDS]


def events_table(rollout: Rollout) -> pa.Table:
    """Usage events in order of time, in the firm's local time."""
    events, ids = rollout.events, everyone(rollout)
    instants = dates_of(events["day"]).astype("datetime64[s]") + events["second"].astype("timedelta64[s]")
    stamped = pc.strftime(pa.array(instants), format="%Y-%m-%dT%H:%M:%S")
    return pa.table({
        "user": _named(events["person"], ids), "ts": stamped, "object": _named(events["object"], OBJECTS),
        "action": _named(events["action"], ACTIONS), "record_id": _prefixed(events["record"], "r"),
        "source": _named(events["source"], SOURCES),
        "effective_date": _dates(events["day"] - events["lag"], events["lag"] >= 0),
        "filled": _numbers(events["filled"]), "total": _numbers(events["total"]),
        "text_hash": _prefixed(events["text"], "h"), "stage_from": _named(events["stage_from"], STAGES),
        "stage_to": _named(events["stage_to"], STAGES), "target_user": _named(events["target"], ids),
        "hits": _numbers(events["hits"]), "on_behalf_of": _named(events["behalf"], ids),
        "changed": _numbers(events["changed"])})  # fmt: skip


def users_table(rollout: Rollout) -> pa.Table:
    """The people of the firm, a robot among them that looks like one, and the administrator."""
    staff, nobody = rollout.staff, pa.nulls(2, pa.string())
    people = pa.table({
        "user": staff.ids, "team": _prefixed(staff.team, "team"), "role": _named(staff.role, ROLES),
        "wave": _prefixed(staff.wave + 1, "wave"), "fte": staff.fte, "manager": _named(staff.manager, staff.ids),
        "go_live": _dates(staff.go_live), "hired": _dates(staff.hired),
        "left": _dates(staff.left, staff.left <= LOG_DAYS), "work_days": staff.work_days.tolist()})  # fmt: skip
    others = pa.table({
        "user": ["u99901", "admin"], "team": ["team0", None], "role": ["sales_rep", "admin"], "wave": ["wave1", None],
        "fte": [1.0, 1.0], "manager": nobody, "go_live": [str(dates_of(np.array([0]))[0])] * 2, "hired": nobody,
        "left": nobody, "work_days": ["12345", "12345"]})  # fmt: skip
    return pa.concat_tables([people, others])


def absences_table(rollout: Rollout) -> pa.Table:
    """Absences as the personnel office lists them, those that begin after the log left out."""
    absences = rollout.presence.absences
    known = absences.first < LOG_DAYS
    return pa.table({
        "user": _named(absences.person[known], rollout.staff.ids), "from": _dates(absences.first[known]),
        "to": _dates(absences.last[known]), "kind": _named(absences.kind[known], ABSENCE_KINDS)})  # fmt: skip


def meetings_table(rollout: Rollout) -> pa.Table:
    """The weekly meeting of each team."""
    meetings = rollout.meetings
    teams = np.arange(len(meetings.weekday))
    columns = {"team": _prefixed(teams, "team"), "weekday": meetings.weekday + 1, "hour": meetings.hour}
    return pa.table(columns)


def migration_table(rollout: Rollout) -> pa.Table:
    """Some migrated records of everybody, and the lost ones that people searched for."""
    size = rollout.staff.size
    owner = np.repeat(np.arange(size), RECORDS_SHOWN_AS_MIGRATED)
    shown = owner * 100_000 + np.tile(np.arange(RECORDS_SHOWN_AS_MIGRATED), size)
    lost = np.flatnonzero((rollout.staff.resists == DATA_ALLERGY) | (np.arange(size) % 9 == 0))
    records = np.concatenate([shown, rollout.lost_records[lost]])
    status = ["ok"] * len(shown) + ["lost"] * len(lost)
    users = _named(np.concatenate([owner, lost]), rollout.staff.ids)
    return pa.table({"record_id": _prefixed(records, "r"), "user": users, "status": status})


def orders_table(rollout: Rollout) -> pa.Table:
    """Orders as the merchandise system booked them."""
    orders = rollout.orders
    numbers = np.arange(len(orders.person))
    deals = np.where(orders.known, numbers + 5 * 10**8, -1)
    return pa.table({
        "order_id": _prefixed(numbers + 1, "o"), "user": _named(orders.person, rollout.staff.ids),
        "date": _dates(orders.day), "crm_deal_id": _prefixed(deals, "r")})  # fmt: skip


def truth_table(rollout: Rollout) -> pa.Table:
    """What is true of each person."""
    active_next, present_next = rollout.next_days
    lately = rollout.presence.present[:, LOG_DAYS - 56 : LOG_DAYS].sum(axis=1)
    staff = rollout.staff
    groups = {name.replace(" ", "_").replace("-", "_"): members for name, members in rollout.vulnerable.items()}
    return pa.table({
        "user": staff.ids, "type": _named(staff.resists, TYPES),
        "strength": np.where(staff.resists > 0, staff.strength, 0),
        "left": staff.left <= LOG_DAYS, "present_days_56": lately, "active_next": active_next,
        "present_next": present_next, **groups})  # fmt: skip


def count_lines(events: Batch) -> int:
    """Events of a log."""
    return len(events["person"])
