"""Read a folder in the exchange format, or in whatever words a firm uses for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.exchange.columns import ColumnSample, propose_columns
from implement.engine.exchange.events import EventColumns, is_sessions_only, join_events, type_events
from implement.engine.exchange.faults import ExchangeFault, Note
from implement.engine.exchange.instants import recognise_instants, span_of_years
from implement.engine.exchange.kinds import TableRole, TableSample, assign_tables, users_of
from implement.engine.exchange.mapping import ExchangeMapping
from implement.engine.exchange.vocabulary import REQUIRED_COLUMNS
from implement.engine.exchange.workforce import (
    RowReader,
    Workforce,
    read_absences,
    read_holidays,
    read_meetings,
    read_people,
)
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import ROW, Fault, Intake, SourceTable, read_tables

SAMPLED_ROWS = 5000
DEFAULT_ZONE = "Europe/Berlin"
FATAL_FAULTS = frozenset(("file_missing", "no_events", "column_missing", "required_column_missing", "table_missing"))
LISTED_ROWS = 20


@dataclass(frozen=True)
class Exchange:
    """What a firm handed in: typed events, the people, what was made of which table, what cannot be used.

    `events` is None when there is none; `columns` are those of the exchange format its log has.
    """

    events: ir.Table | None
    columns: frozenset[str]
    workforce: Workforce
    roles: tuple[TableRole, ...]
    notes: tuple[Note, ...]
    faults: tuple[Fault, ...]
    is_sessions_only: bool = False
    has_clock: bool = True
    has_users: bool = False
    orders: ir.Table | None = None
    migration: ir.Table | None = None
    calls: ir.Table | None = None

    @property
    def is_unusable(self) -> bool:
        """True when a fault leaves nothing that could be scored rightly: no log, or a mapping that points nowhere."""
        return any(fault.code in FATAL_FAULTS for fault in self.faults)


def read_exchange(
    source: Path | Intake,
    backend: Backend,
    mapping: ExchangeMapping | None = None,
    *,
    zone: str = DEFAULT_ZONE,
    progress: Progress = no_progress,
) -> Exchange:
    """Find events, users, absences, holidays, meetings, migration and orders, and read them.

    Times without an offset are local to `zone`. Faults that leave nothing to score are in `faults`; nothing is raised.
    """
    backend = backend.embedded
    intake = read_tables(source, backend, progress=progress) if isinstance(source, Path) else source
    said = mapping or ExchangeMapping()
    folder = source if isinstance(source, Path) else None
    reader = _FolderReader(intake, backend, said, zone, folder)
    return reader.read(progress)


class _FolderReader:
    """One reading of one folder."""

    def __init__(self, intake: Intake, backend: Backend, said: ExchangeMapping, zone: str, folder: Path | None) -> None:
        self.intake, self.backend, self.said, self.zone, self.folder = intake, backend, said, zone, folder
        self.tables = {table.name: table for table in intake.tables}
        self.faults: list[Fault] = list(intake.faults)
        self.notes: list[Note] = []
        self.roles: list[TableRole] = []
        self.staged: dict[str, ir.Table] = {}
        self.known_users: frozenset[str] = frozenset()

    def read(self, progress: Progress) -> Exchange:
        progress("look", 0, len(self.tables))
        samples = {name: _sample(table, self.backend) for name, table in self.tables.items()}
        assigned = assign_tables(tuple(samples.values()), self._tables_said(samples))
        self.known_users = users_of([samples[name] for name in assigned.get("events", [])])
        for kind, names in assigned.items():
            for name in names:
                self._take_role(kind, samples[name])
        self._note_tables()
        if not any(role.kind == "events" for role in self.roles) and not any(
            f.code == "required_column_missing" for f in self.faults
        ):
            self.faults.append(ExchangeFault(self._folder_name(), None, None, "no_events"))
        return self._exchange(samples, progress)

    def _exchange(self, samples: Mapping[str, TableSample], progress: Progress) -> Exchange:
        logs = [(role, samples[role.table]) for role in self.roles if role.kind == "events"]
        progress("events", 0, sum(sample.row_count for _, sample in logs))
        readings = [self._event_columns(role, sample) for role, sample in logs]
        events = [self._type(role, reading) for (role, _), reading in zip(logs, readings, strict=True)]
        exchange = Exchange(
            events=join_events(events, self.backend),
            columns=frozenset(readings[0].columns) if readings else frozenset(),
            workforce=self._workforce(),
            roles=tuple(self.roles), notes=tuple(self.notes), faults=tuple(self.faults),
            is_sessions_only=bool(readings) and all(reading.is_sessions_only for reading in readings),
            has_clock=any(_has_clock(reading) for reading in readings),
            has_users=any(role.kind == "users" for role in self.roles),
            orders=self._renamed("orders"), migration=self._renamed("migration"), calls=self._renamed("calls"),
        )  # fmt: skip
        return replace(exchange, faults=tuple(self.faults))

    def _tables_said(self, samples: Mapping[str, TableSample]) -> dict[str, str]:
        """Kind → table as the mapping says; a file that is not here is a fault."""
        found = {}
        for kind, table in self.said.tables.items():
            if table.file is None:
                continue
            wanted = {table.file.lower(), Path(table.file).name.lower()}
            name = next(
                (n for n, t in self.tables.items() if {n.lower(), t.file.lower(), (t.sheet or "").lower()} & wanted),
                None,
            )
            if name is None:
                self.faults.append(ExchangeFault("mapping", None, None, "table_missing", (table.file,)))
            else:
                found[kind] = name
        return found

    def _take_role(self, kind: str, sample: TableSample) -> None:
        said = self.said.tables.get(kind)
        fixed = dict(said.columns) if said else {}
        for theirs in [theirs for theirs in fixed.values() if theirs not in sample.header]:
            self.faults.append(ExchangeFault(self.tables[sample.name].file, None, theirs, "column_missing", (theirs,)))
        fixed = {ours: theirs for ours, theirs in fixed.items() if theirs in sample.header}
        users = self.known_users if kind != "events" else frozenset()
        columns = propose_columns(kind, sample.columns, fixed, users)
        missing = [name for name in REQUIRED_COLUMNS[kind] if name not in columns]
        for name in missing:
            self.faults.append(
                ExchangeFault(self.tables[sample.name].file, None, None, "required_column_missing", (name, kind))
            )
        if not missing:
            self.roles.append(TableRole(kind, sample.name, columns))

    def _note_tables(self) -> None:
        for role in self.roles:
            columns = ", ".join(f"{ours} = {theirs}" for ours, theirs in role.columns.items())
            self.notes.append(Note("table_used", (self.tables[role.table].file, role.kind, columns)))
        used = {role.table for role in self.roles}
        self.notes.extend(
            Note("table_unused", (table.file,)) for name, table in self.tables.items() if name not in used
        )

    def _event_columns(self, role: TableRole, sample: TableSample) -> EventColumns:
        values = {column.name: column.values for column in sample.columns}
        forms = {
            ours: recognise_instants(self._dates_of(role, ours, values))
            for ours in ("ts", "effective_date")
            if ours in role.columns
        }
        said = self.said.tables.get("events")
        sessions = is_sessions_only(role.columns, sample.header, sample.name)
        reading = EventColumns(role.columns, forms, self.zone, (1970, 1970), said.values if said else {}, sessions)
        for ours, form in forms.items():
            if form is not None and form.is_ambiguous:
                self.notes.append(Note("ambiguous_days", (role.columns[ours], form.name)))
        return replace(reading, years=self._years(role, reading))

    def _dates_of(self, role: TableRole, ours: str, values: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The values to learn a form from: the sample, and all different days where their order could be mistaken."""
        name = role.columns[ours]
        form = recognise_instants(values[name])
        if form is None or form.name not in ("dmy", "mdy") or not form.is_ambiguous:
            return values[name]
        relation = self.tables[role.table].relation
        days = relation.select(day=relation[name].re_extract(r"^(\S+)", 1)).distinct().limit(SAMPLED_ROWS)
        found = self.backend.connection.to_pyarrow(days)["day"].to_pylist()
        return tuple(value for value in found if value) + values[name][:1]

    def _years(self, role: TableRole, reading: EventColumns) -> tuple[int, int]:
        """The years a log spans; only needed where times carry an offset and the clocks of the zone may change."""
        table = self._relation(role.table)
        column = table[reading.columns["ts"]]
        form = reading.forms.get("ts")
        is_zoned = column.type().is_timestamp() and column.type().timezone is not None
        if not is_zoned and not (form is not None and (form.has_offset or form.is_epoch)):
            return 1970, 1970
        shown = None if is_zoned or form is None or form.name != "iso" else span_of_years(column, self.backend)
        if shown is not None:
            return shown
        typed = type_events(
            table,
            replace(reading, columns={k: v for k, v in reading.columns.items() if k in ("user", "ts")}, zone="UTC"),
            self.backend,
        )
        span = self.backend.connection.to_pyarrow(
            typed.aggregate(first=typed.day.min(), last=typed.day.max())
        ).to_pylist()[0]
        return (span["first"].year, span["last"].year) if span["first"] else (1970, 1970)

    def _type(self, role: TableRole, reading: EventColumns) -> ir.Table:
        return type_events(self._relation(role.table), reading, self.backend)

    def _relation(self, name: str) -> ir.Table:
        """A table's rows: Parquet as it is typed, anything else staged once so that text is parsed once."""
        table = self.tables[name]
        file = None if self.folder is None else (self.folder / table.file if self.folder.is_dir() else self.folder)
        if table.kind == "parquet" and file is not None and file.is_file():
            return self.backend.read_parquet(file)
        if name not in self.staged:
            self.staged[name] = _stage(table, self._columns_used(name), self.backend)
        return self.staged[name]

    def _columns_used(self, name: str) -> list[str]:
        return sorted({theirs for role in self.roles if role.table == name for theirs in role.columns.values()})

    def _workforce(self) -> Workforce:
        users, absences, holidays, meetings = (
            self._rows(kind) for kind in ("users", "absences", "holidays", "meetings")
        )
        workforce = Workforce(
            people=read_people(users) if users else (),
            absences=read_absences(absences) if absences else (),
            holidays=read_holidays(holidays) if holidays else frozenset(),
            meetings=read_meetings(meetings) if meetings else (),
            has_absences=absences is not None, has_holidays=holidays is not None,
        )  # fmt: skip
        for reader in (users, absences, holidays, meetings):
            self.faults.extend(reader.faults if reader else [])
        return workforce

    def _rows(self, kind: str) -> RowReader | None:
        role = next((role for role in self.roles if role.kind == kind), None)
        renamed = self._renamed(kind)
        if role is None or renamed is None:
            return None
        rows = self.backend.connection.to_pyarrow(renamed.order_by(ROW)).to_pylist()
        return RowReader(self.tables[role.table].file, role.columns, rows)

    def _renamed(self, kind: str) -> ir.Table | None:
        """A small table with our column names, still text."""
        role = next((role for role in self.roles if role.kind == kind), None)
        if role is None:
            return None
        relation = self.tables[role.table].relation
        return relation.select(
            **{ROW: relation[ROW]}, **{ours: relation[theirs] for ours, theirs in role.columns.items()}
        )

    def _folder_name(self) -> str:
        return "" if self.folder is None else self.folder.name


def _sample(table: SourceTable, backend: Backend) -> TableSample:
    """Rows spread over the whole table: the first days of a log may show nothing of what comes later."""
    rows = table.sample
    if rows is None:
        rows = backend.connection.to_pyarrow(table.relation.select(*table.columns).limit(SAMPLED_ROWS))
    columns = tuple(
        ColumnSample(name, tuple(value for value in rows[name].to_pylist() if value and value.strip()), rows.num_rows)
        for name in table.columns
    )
    return TableSample(table.name, columns, table.row_count)


def _stage(table: SourceTable, columns: list[str], backend: Backend) -> ir.Table:
    """Write the columns in use to a scratch Parquet once, so that files of text are not parsed again."""
    return backend.keep(table.relation.select(ROW, *columns), "events")


def _has_clock(reading: EventColumns) -> bool:
    form = reading.forms.get("ts")
    return "time_of_day" in reading.columns or form is None or form.has_time


def find_unreadable_rows(exchange: Exchange, count: int, backend: Backend) -> list[ExchangeFault]:
    """The first rows of the log whose time cannot be read, each with what stands there."""
    log = next((role for role in exchange.roles if role.kind == "events"), None)
    if count == 0 or exchange.events is None or log is None or ROW not in exchange.events.columns:
        return []
    rows = exchange.events.filter(exchange.events.day.isnull()).order_by(ROW).limit(LISTED_ROWS)
    found = backend.embedded.connection.to_pyarrow(rows.select(ROW, "said_at")).to_pylist()
    theirs = log.columns["ts"]
    return [ExchangeFault(log.table, row[ROW], theirs, "time_unreadable", (row["said_at"] or "",)) for row in found]
