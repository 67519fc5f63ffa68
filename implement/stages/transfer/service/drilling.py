"""One record laid open: why its link is believed, its twin or next best candidate, the chain it stands in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import ibis.expr.types as ir

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping import hold_composites, read_look_ups
from implement.engine.reconcile import Candidate, Desk, LinkEvidence, Tables, open_desk
from implement.rollout.service.errors import NotFound
from implement.rollout.service.unchanged import while_unchanged
from implement.stages.transfer.service.chain import Chain, Ledger, trace_chain
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.findings import MEMORY_MB, Row
from implement.stages.transfer.service.mappings import load_mapping
from implement.stages.transfer.service.named_in_lists import ListedThere, find_missing
from implement.stages.transfer.service.sides import list_run_tables, open_side
from implement.stages.transfer.tables import MappingVersion, TransferRun
from implement.store import Store
from implement.web.texts import lazy

Cells = Mapping[str, str | None]


@dataclass(frozen=True)
class Drilled:
    """`link` tells why the two rows count as one; `rival` is the next best candidate, or for a record alone the most
    alike one; `twin` the other record of a merged or doubled one, with its cells. `listed` tells by column what of a
    list of records the CRM lacks.
    """

    link: LinkEvidence | None
    rival: Candidate | None
    twin: Candidate | None
    twin_cells: Cells
    chain: Chain
    listed: Mapping[str, ListedThere]


@dataclass(frozen=True)
class _Opened:
    tables: Tables
    ledger: Ledger


def drill(run: TransferRun, finding: Row, *, store: Store) -> Drilled:
    """Lay the record of a finding open, by the rules and from the rows of its run."""
    about = str(finding["table"]), str(finding["class"]), *_rows(finding)

    def lay_open() -> Drilled:
        with _open(run, store) as opened:
            return _drill(opened, *about)

    return while_unchanged(("drill", run.id, *about), lay_open)


def find_record(run: TransferRun, table_id: int, row: int, *, store: Store) -> Row:
    """A row of the old system as a finding would name it, its partner found by the run's rules; class empty.

    Where there are findings about the record, the first of them.
    """
    table = next((one for one in list_run_tables(run.id) if one.table_id == table_id and one.side == SOURCE), None)
    if table is None or not 0 < row <= table.row_count:
        raise NotFound(lazy("There is no such record."))
    with _open(run, store) as opened:
        found = opened.ledger.findings
        about = found.filter((found["table"] == table.name) & (found["source_row"] == row)).order_by("place").limit(1)
        rows = opened.tables.backend.connection.to_pyarrow(about).to_pylist()
        desk = None if rows else open_desk(table.name, opened.tables)
        return dict(rows[0]) if rows else _as_found(table.name, row, desk.find_target(row) if desk else None)


@contextmanager
def _open(run: TransferRun, store: Store) -> Iterator[_Opened]:
    """Both sides of a run with its mapping and its findings."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        mapping = load_mapping(db.session.get_one(MappingVersion, run.mapping_id), store=store)
        at_hand = list_run_tables(run.id)
        source, target = (open_side(at_hand, side, backend, store=store) for side in (SOURCE, TARGET))
        sides = hold_composites(source, target, mapping)
        sources, targets = ({table.name: table for table in side.tables} for side in sides)
        sources = read_look_ups(mapping, sources)
        findings = backend.read_parquet(store.path(run.findings_sha256 or ""))
        yield _Opened(Tables(mapping, sources, targets, backend), Ledger(mapping, sources, findings, backend))


def _as_found(table: str, row: int, partner: Candidate | None) -> Row:
    texts = dict.fromkeys(("source_id", "source_value", "target_value", "class", "field", "cause"), "")
    numbers = {"source_row": row, "target_row": partner.row if partner else 0, "place": 0, "discrepancy": 0}
    return {**texts, **numbers, "table": table, "target_id": partner.name if partner else ""}


def _drill(opened: _Opened, table: str, fate: str, source_row: int, target_row: int) -> Drilled:
    desk = open_desk(table, opened.tables) if source_row or target_row else None
    link = desk.weigh(source_row, target_row) if desk and source_row and target_row else None
    twin = _find_twin(desk, fate, source_row, target_row) if desk else None
    rival = _find_rival(desk, source_row, target_row) if desk and twin is None else None
    record = _cells(opened.tables.sources.get(table), source_row, opened)
    twin_side = desk and (desk.source.table if fate == "merged" else desk.target.table)
    cells = _cells(twin_side, twin.row, opened) if twin and twin_side else {}
    listed = _find_missing(opened, desk, table, record, target_row)
    return Drilled(link, rival, twin, cells, trace_chain(opened.ledger, table, record), listed)


def _find_missing(
    opened: _Opened, desk: Desk | None, table: str, record: Cells, target_row: int
) -> Mapping[str, ListedThere]:
    """What lists of records lack; nothing is asked where the table has none, or one of the sides no such record."""
    if desk is None or not record or not target_row or not (known := opened.tables.mapping.table(table)):
        return {}
    after = _cells(desk.target.table, target_row, opened) if known.listed else {}
    return find_missing(opened.ledger, opened.tables, table, record, after) if after else {}


def _find_twin(desk: Desk, fate: str, source_row: int, target_row: int) -> Candidate | None:
    """What a record was merged with in the old system, or of what it is one more copy in the CRM."""
    if fate == "merged":
        return desk.find_source(target_row, without={source_row}) if target_row else None
    return desk.find_target(source_row, without={target_row}) if fate == "duplicated" else None


def _find_rival(desk: Desk, source_row: int, target_row: int) -> Candidate | None:
    if source_row:
        return desk.find_target(source_row, without={target_row})
    return desk.find_source(target_row)


def _rows(finding: Row) -> tuple[int, int]:
    return int(finding["source_row"] or 0), int(finding["target_row"] or 0)


def _cells(table: SourceTable | None, row: int, opened: _Opened) -> Cells:
    if table is None or not row:
        return {}
    relation: ir.Table = table.relation
    rows = opened.tables.backend.connection.to_pyarrow(relation.filter(relation[ROW] == row)).to_pylist()
    return dict(rows[0]) if rows else {}
