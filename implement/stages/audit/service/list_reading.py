"""Read the files of a list in a limited process, keep their tables, propose which is the list and what it says."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from implement.engine.backend import Backend, open_backend
from implement.engine.client_base import ClientNames, propose_client_names
from implement.engine.facts import Progress, no_progress
from implement.engine.funnel import ColumnLook, look_at_columns, propose_deal_columns, score_deal_list
from implement.engine.intake import UPLOAD_LIMITS, Fault, IntakeLimits, SourceTable, read_tables_in_child
from implement.engine.intake.manifest import ManifestTable
from implement.engine.plain import from_plain, to_plain
from implement.jobs import Plain
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.lists import write_faults
from implement.stages.audit.tables import DealList
from implement.store import Store

MEMORY_MB = 512


@dataclass(frozen=True)
class FoundTable:
    """A table of a list's files: its rows in the store, an example of each column, what it seems to say.

    `deal_score` tells how much it looks like a list of deals; `client` and `segment` are columns of a list of clients.
    """

    name: str
    file: str
    columns: tuple[str, ...]
    row_count: int
    sha256: str
    kind: str
    examples: tuple[tuple[str, str], ...]
    proposed: tuple[tuple[str, str], ...]
    deal_score: float
    client: str = ""
    segment: str = ""


@dataclass(frozen=True)
class Reading:
    """What reading the files gave: tables already in the store, and faults."""

    tables: tuple[FoundTable, ...]
    faults: tuple[Fault, ...]


def compute_reading(
    files: Sequence[tuple[str, str]], *, store: Store, limits: IntakeLimits = UPLOAD_LIMITS,
    progress: Progress = no_progress,
) -> Reading:  # fmt: skip
    """Read every file; whatever it holds, the answer is tables or faults. Touches no database."""
    tables: list[tuple[FoundTable, Mapping[str, ColumnLook]]] = []
    faults: list[Fault] = []
    for place, (name, sha256) in enumerate(files):
        progress("read", place, len(files))
        with (
            tempfile.TemporaryDirectory(prefix="implement-list-") as folder,
            open_backend(memory_mb=MEMORY_MB) as backend,
        ):
            found = read_tables_in_child(store.path(sha256), Path(folder), limits=limits, name=name)
            faults += [*found.faults, *found.notes]
            faults += [Fault(one.file, None, None, "no_rows") for one in found.tables if not one.row_count]
            filled = [one for one in found.tables if one.row_count]
            tables += [_look(one, Path(folder), backend, store) for one in filled]
    progress("propose", 0, 0)
    return Reading(tuple(_with_clients(tables)), tuple(dict.fromkeys(faults)))


def record_reading(row: DealList, reading: Reading, *, by: Actor | None, now: datetime) -> None:
    """Keep what was found, to be confirmed; a list that was read already stays as it is."""
    if row.tables is not None:
        return
    row.tables = [cast(Plain, to_plain(one)) for one in reading.tables]
    row.remarks = write_faults(reading.faults)
    said = {"tables": len(reading.tables), "faults": len(reading.faults)}
    log_write("read_deal_list", f"deal_list:{row.id}", by=by, now=now, rollout_id=row.rollout_id, **said)


def tables_of(row: DealList) -> list[FoundTable]:
    """The tables found in a list's files."""
    return [from_plain(FoundTable, kept) for kept in row.tables or []]


def open_table(found: FoundTable, backend: Backend, store: Store) -> SourceTable:
    """A table from the store, rows read only where asked for."""
    relation = backend.embedded.read_parquet(store.path(found.sha256))
    return SourceTable(found.name, found.file, None, found.columns, found.row_count, relation, found.kind)


def _open() -> Backend:
    return open_backend(memory_mb=MEMORY_MB)


def _look(
    table: ManifestTable, folder: Path, backend: Backend, store: Store
) -> tuple[FoundTable, Mapping[str, ColumnLook]]:
    with (folder / table.part).open("rb") as stream:
        sha256 = store.put(stream).sha256
    relation = backend.read_parquet(folder / table.part)
    source = SourceTable(table.name, table.file, table.sheet, table.columns, table.row_count, relation, table.kind)
    looks = look_at_columns(source, backend)
    found = FoundTable(
        name=table.name,
        file=table.file,
        columns=table.columns,
        row_count=table.row_count,
        sha256=sha256,
        kind=table.kind,
        examples=tuple((name, looks[name].example) for name in table.columns),
        proposed=tuple(propose_deal_columns(looks).items()),
        deal_score=score_deal_list(looks),
    )
    return found, looks


def _with_clients(tables: Sequence[tuple[FoundTable, Mapping[str, ColumnLook]]]) -> list[FoundTable]:
    """Beside the likeliest list of deals, note which tables list the clients that it names."""
    if not tables:
        return []
    deals, deal_looks = max(tables, key=lambda one: one[0].deal_score)
    client = dict(deals.proposed).get("client", "")
    known = frozenset(deal_looks[client].counts) if client else frozenset()
    noted = []
    for found, looks in tables:
        names = propose_client_names(looks, known) if found is not deals else None
        noted.append(found if names is None else _note_clients(found, names))
    return noted


def _note_clients(found: FoundTable, names: ClientNames) -> FoundTable:
    return FoundTable(**{**vars(found), "client": names.client, "segment": names.segment})
