"""Read uploaded files into tables kept in the store, and propose what each of them is."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from implement.engine.exchange.columns import ColumnSample, propose_columns
from implement.engine.exchange.kinds import TableSample, assign_tables, users_of
from implement.engine.exchange.vocabulary import COLUMN_WORDS
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import ROW, Fault, IntakeManifest, read_tables_in_child
from implement.engine.intake.manifest import ManifestTable
from implement.jobs import Plain
from implement.store import Store

TAKEN_KINDS = ("events", "users", "absences", "holidays", "meetings", "orders", "calls")
UNREAD_COLUMNS = {("absences", "kind")}
SAMPLED_ROWS = 5_000
EXAMPLES, LONGEST_EXAMPLE = 3, 40


@dataclass(frozen=True)
class HandedIn:
    """A file as it was handed in, kept in the store under its hash."""

    name: str
    sha256: str


@dataclass(frozen=True)
class FoundTable:
    """A table of an upload: its rows as Parquet in the store, what it was taken for, its columns ours → theirs."""

    name: str
    file: str
    sheet: str | None
    header: tuple[str, ...]
    row_count: int
    sha256: str
    examples: Mapping[str, str]
    kind: str = ""
    columns: Mapping[str, str] | None = None

    def to_plain(self) -> dict[str, Plain]:
        """As it is kept with the upload."""
        return {**asdict(self), "header": list(self.header), "columns": dict(self.columns or {})}


@dataclass(frozen=True)
class Found:
    """Everything found in an upload."""

    tables: tuple[FoundTable, ...]
    faults: tuple[Fault, ...]


def from_plain(kept: Mapping[str, object]) -> FoundTable:
    """A table as it was kept with its upload."""
    known = {name: value for name, value in kept.items() if name != "header"}
    header = kept["header"]
    return FoundTable(**known, header=tuple(header) if isinstance(header, list) else ())  # type: ignore[arg-type]


def find_tables(files: Sequence[HandedIn], store: Store, progress: Progress = no_progress) -> Found:
    """Read each file in a limited child process; tables go into the store, proposals come with them."""
    tables: list[FoundTable] = []
    samples: list[TableSample] = []
    faults: list[Fault] = []
    for number, file in enumerate(files):
        progress("read", number, len(files))
        with tempfile.TemporaryDirectory(prefix="implement-") as folder:
            manifest = read_tables_in_child(store.path(file.sha256), Path(folder), name=file.name)
            faults += _faults_of(manifest)
            for table in manifest.tables:
                name = _free_name(table.name, {one.name for one in tables})
                sample = _take_sample(Path(folder) / table.part, table, name)
                tables.append(_keep_table(Path(folder) / table.part, table, name, sample, store))
                samples.append(sample)
    progress("propose", 0, 0)
    return Found(propose(tables, samples), tuple(faults))


def propose(tables: Sequence[FoundTable], samples: Sequence[TableSample]) -> tuple[FoundTable, ...]:
    """Say by names and values which table is what, and which column is which."""
    assigned = assign_tables(tuple(samples))
    kinds = {name: kind for kind, names in assigned.items() for name in names if kind in TAKEN_KINDS}
    users = users_of([sample for sample in samples if kinds.get(sample.name) == "events"])
    return tuple(_proposed(*each, kinds, users) for each in zip(tables, samples, strict=True))


def _proposed(table: FoundTable, sample: TableSample, kinds: Mapping[str, str], users: frozenset[str]) -> FoundTable:
    kind = kinds.get(table.name, "")
    if not kind:
        return table
    known = users if kind != "events" else frozenset()
    proposed = propose_columns(kind, sample.columns, None, known)
    return replace(
        table, kind=kind, columns={ours: theirs for ours, theirs in proposed.items() if ours in columns_of(kind)}
    )


def columns_of(kind: str) -> tuple[str, ...]:
    """The columns of the exchange format that are read of this kind of table; why somebody was away is not."""
    return tuple(name for name in COLUMN_WORDS[kind] if (kind, name) not in UNREAD_COLUMNS)


def _faults_of(manifest: IntakeManifest) -> list[Fault]:
    return [*manifest.faults, *manifest.notes]


def _free_name(name: str, taken: set[str]) -> str:
    numbered = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(free for free in numbered if free not in taken)


def _keep_table(part: Path, table: ManifestTable, name: str, sample: TableSample, store: Store) -> FoundTable:
    with part.open("rb") as stream:
        kept = store.put(stream)
    examples = {column.name: _example(column) for column in sample.columns}
    return FoundTable(name, table.file, table.sheet, tuple(table.columns), table.row_count, kept.sha256, examples)


def _example(column: ColumnSample) -> str:
    found = list(dict.fromkeys(column.values))[:EXAMPLES]
    return ", ".join(value[:LONGEST_EXAMPLE] for value in found)


def _take_sample(part: Path, table: ManifestTable, name: str) -> TableSample:
    with pq.ParquetFile(part) as file:
        batches = list(file.iter_batches(batch_size=SAMPLED_ROWS, columns=list(table.columns)))[:1]
    rows = pa.Table.from_batches(batches) if batches else None
    return TableSample(name, tuple(_column_sample(column, rows) for column in table.columns), table.row_count)


def _column_sample(name: str, rows: pa.Table | None) -> ColumnSample:
    values = rows[name].to_pylist() if rows is not None and name != ROW else []
    return ColumnSample(name, tuple(value for value in values if value and value.strip()), len(values))
