"""The two sides as the engine takes them: the tables of all files in use, under names no two share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyarrow.parquet as pq
from sqlalchemy import Select, select

from implement.db import db
from implement.engine.backend import Backend
from implement.engine.intake import ForeignKey, Intake, SourceTable, as_foreign_keys
from implement.stages.transfer.tables import RunInput, TransferFile, TransferTable
from implement.store import Store


@dataclass(frozen=True)
class TableAtHand:
    """A table of one side, as a run or a proposal reads it."""

    table_id: int
    side: str
    name: str
    file_name: str
    file_sha256: str
    sheet: str | None
    kind: str
    encoding: str | None
    separator: str | None
    row_count: int
    columns: tuple[str, ...]
    nulls: tuple[int, ...] | None
    sha256: str
    sample_sha256: str | None
    foreign_keys: tuple[ForeignKey, ...] = ()


def list_tables_at_hand(rollout_id: int) -> list[TableAtHand]:
    """The tables of all files in use that could be read, source before target, under names unique on their side."""
    asked = (
        select(TransferTable, TransferFile, TransferTable.name)
        .join(TransferFile, TransferFile.id == TransferTable.file_id)
        .where(TransferFile.rollout_id == rollout_id, TransferFile.is_in_use)
        .order_by(TransferFile.side, TransferFile.id, TransferTable.position)
    )
    return name_apart(_fetch(asked))


def list_run_tables(run_id: int) -> list[TableAtHand]:
    """The tables that a run read, under the names it read them by."""
    asked = (
        select(TransferTable, TransferFile, RunInput.name)
        .join(RunInput, RunInput.table_id == TransferTable.id)
        .join(TransferFile, TransferFile.id == TransferTable.file_id)
        .where(RunInput.run_id == run_id)
        .order_by(RunInput.side, RunInput.id)
    )
    return _fetch(asked)


def open_side(tables: Iterable[TableAtHand], side: str, backend: Backend, *, store: Store) -> Intake:
    """One side's tables from the store, rows read only where asked for."""
    return Intake(tuple(_open(one, backend, store) for one in tables if one.side == side))


def describe_side(tables: Iterable[TableAtHand], side: str) -> dict[str, tuple[str, ...]]:
    """The columns of each table of one side."""
    return {one.name: one.columns for one in tables if one.side == side}


def _fetch(asked: Select[TransferTable, TransferFile, str]) -> list[TableAtHand]:
    return [_at_hand(table, file, name) for table, file, name in db.session.execute(asked)]


def _at_hand(table: TransferTable, file: TransferFile, name: str) -> TableAtHand:
    return TableAtHand(
        table.id, file.side, name, file.name, file.sha256, table.sheet, table.kind, table.encoding, table.separator,
        table.row_count, tuple(table.columns), tuple(table.nulls) if table.nulls is not None else None, table.sha256,
        table.sample_sha256, as_foreign_keys(table.foreign_keys),
    )  # fmt: skip


def name_apart(tables: Sequence[TableAtHand]) -> list[TableAtHand]:
    """Number tables of one side that have the same name, in the order their files came."""
    taken: set[tuple[str, str]] = set()
    named = []
    for table in tables:
        name, number = table.name, 2
        while (table.side, name.casefold()) in taken:
            name, number = f"{table.name}_{number}", number + 1
        taken.add((table.side, name.casefold()))
        named.append(replace(table, name=name))
    return named


def _open(table: TableAtHand, backend: Backend, store: Store) -> SourceTable:
    sample = pq.read_table(store.path(table.sample_sha256)) if table.sample_sha256 else None
    return SourceTable(
        table.name, table.file_name, table.sheet, table.columns, table.row_count,
        backend.embedded.read_parquet(store.path(table.sha256)), table.kind, table.encoding, table.separator, sample,
        table.nulls, foreign_keys=table.foreign_keys,
    )  # fmt: skip
