"""Count KPIs in the CRM's log by user and day: each record once a day, only what was done by hand (M123, M125)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from implement.engine.activity.kpis import INCOMPLETE, KEPT, LATE, WON, Kpi
from implement.engine.backend import Backend
from implement.engine.causes.stages import is_won
from implement.engine.usage.rules import is_attributed, is_recorded
from implement.engine.usage.settings import DEFAULT_SETTINGS

NEEDED = {LATE: {"effective_date"}, INCOMPLETE: {"filled", "total"}, WON: {"stage_to"}}


@dataclass(frozen=True)
class KeptSettings:
    """When a record is well kept: entered within so many days, at least this share of its fields filled."""

    late_days: int = DEFAULT_SETTINGS.late_days
    least_filled_percent: int = 80


DEFAULT_KEPT = KeptSettings()


@dataclass(frozen=True)
class DayCount:
    """What one user did of a KPI on a day; more than 0."""

    user: str
    day: date
    kpi_key: str
    counted: int


@dataclass(frozen=True)
class CountedEvent:
    """One event of the CRM behind a count: when, what was done to which record (empty where the log names none)."""

    at: str
    record: str
    action: str
    record_id: str


def list_counted(
    events: ir.Table, columns: frozenset[str], kpi: Kpi, users: Collection[str], backend: Backend,
    settings: KeptSettings = DEFAULT_KEPT,
) -> list[CountedEvent]:  # fmt: skip
    """The single events of these users (in small letters) that a KPI counted, in the order of time."""
    if not list_told([kpi], columns):
        return []
    won = _list_won(events, backend) if kpi.rule == WON else []
    mine = events.user.strip().lower().isin(sorted(users))
    found = events.filter(mine & events.day.notnull() & _counts(events, columns, kpi, won, settings).fill_null(False))
    record_id = found.record_id.fill_null("") if "record_id" in columns else ibis.literal("")
    named = found.select(at=found.at.cast(dt.string), record=found.object, action=found.action, record_id=record_id)
    rows = backend.connection.to_pyarrow(named.order_by("at", "record_id")).to_pylist()
    return [CountedEvent(**row) for row in rows]


def list_told(kpis: Sequence[Kpi], columns: Collection[str]) -> list[Kpi]:
    """The KPIs that a log with these columns can tell; the others are missing, not 0."""
    return [kpi for kpi in kpis if kpi.is_counted and NEEDED.get(kpi.rule, set()) <= set(columns)]


def count_kpis(
    events: ir.Table, columns: frozenset[str], kpis: Sequence[Kpi], backend: Backend,
    settings: KeptSettings = DEFAULT_KEPT,
) -> Iterator[DayCount]:  # fmt: skip
    """Count in one pass over typed events; KPIs the log cannot tell are left out."""
    told = list_told(kpis, columns)
    if not told:
        return
    won = _list_won(events, backend) if any(kpi.rule == WON for kpi in told) else []
    record = _name_record(events, columns)
    named = {
        f"k{number}": record.nunique(where=_counts(events, columns, kpi, won, settings))
        for number, kpi in enumerate(told)
    }
    known = events.filter(events.user.notnull() & events.day.notnull())
    rows = backend.connection.to_pyarrow(known.group_by("user", "day").aggregate(**named)).to_pylist()
    for row in rows:
        for number, kpi in enumerate(told):
            if row[f"k{number}"]:
                yield DayCount(row["user"], row["day"], kpi.key, row[f"k{number}"])


def _counts(
    events: ir.Table, columns: frozenset[str], kpi: Kpi, won: Sequence[str], settings: KeptSettings
) -> ir.BooleanValue:
    """Whether an event counts for a KPI."""
    found: ir.BooleanValue = (
        is_attributed(events, columns) & (events.object == kpi.record) & events.action.isin(kpi.actions)
    )
    if kpi.rule == WON:
        return found & events.stage_to.isin(list(won))
    if kpi.rule == KEPT:
        found = found & is_recorded(events, columns)
        late, thin = _is_late(events, columns, settings), _is_thin(events, columns, settings)
        found = found if late is None else found & ~late
        return found if thin is None else found & ~thin
    other = {LATE: _is_late, INCOMPLETE: _is_thin}.get(kpi.rule)
    said = other(events, columns, settings) if other else None
    return found if said is None else found & said


def _is_late(events: ir.Table, columns: frozenset[str], settings: KeptSettings) -> ir.BooleanValue | None:
    if "effective_date" not in columns:
        return None
    return (events.day.delta(events.effective_day, unit="day") > settings.late_days).fill_null(False)


def _is_thin(events: ir.Table, columns: frozenset[str], settings: KeptSettings) -> ir.BooleanValue | None:
    if not {"filled", "total"} <= columns:
        return None
    return ((events.total > 0) & (events.filled * 100 < events.total * settings.least_filled_percent)).fill_null(False)


def _name_record(events: ir.Table, columns: frozenset[str]) -> ir.StringValue:
    """The record an event is about; one that names none stands for itself."""
    itself = events.at.cast(dt.string)
    return events.record_id.coalesce(itself) if "record_id" in columns else itself


def _list_won(events: ir.Table, backend: Backend) -> list[str]:
    stages = backend.connection.to_pyarrow(events.select("stage_to").distinct())["stage_to"].to_pylist()
    return [stage for stage in stages if stage and is_won(stage)]
