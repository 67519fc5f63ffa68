"""Control totals: what the old system itself counted, held against the files and against what arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import ibis.expr.types as ir
from babel.numbers import get_currency_precision
from sqlalchemy import func, select

from implement.db import db
from implement.engine.backend import Backend, open_backend
from implement.engine.intake import SourceTable
from implement.engine.mapping import ColumnMapping, Mapping, TableMapping, Writing
from implement.engine.mapping.writings.numbers import read_number
from implement.engine.mapping.writings.writing import canonical
from implement.engine.reconcile import find_counterparts
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.mappings import load_mapping
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.service.sides import TableAtHand, list_run_tables, list_tables_at_hand, open_side
from implement.stages.transfer.tables import ControlTotal, HeldTotal, MappingVersion, TransferRun
from implement.store import Store
from implement.web.texts import lazy

MEMORY_MB = 512


@dataclass(frozen=True)
class TotalTerms:
    """A figure of the old system: a count, or a sum in minor units, of a table's rows, perhaps under a condition."""

    table_name: str
    column_name: str
    equals: str
    row_count: int | None
    sum_column: str
    amount_minor: int | None
    currency: str
    counted_by: str
    counted_on: date
    read_from: str


@dataclass(frozen=True)
class TotalLine:
    """A control total with how it was held against the newest run; `held` is None before the first."""

    total: ControlTotal
    held: HeldTotal | None

    @property
    def expected(self) -> int:
        """The figure of the old system."""
        figure = self.total.row_count if self.total.row_count is not None else self.total.amount_minor
        assert figure is not None
        return figure

    @property
    def is_open(self) -> bool:
        """Whether it differs and nobody accepted that."""
        return self.held is not None and self.held.differs and not self.held.accepted_by


@dataclass(frozen=True)
class HeldCount:
    """How many control totals were held against the newest run, and how many differ without being accepted."""

    differing: int
    held: int


def list_totals(rollout_id: int, run: TransferRun | None = None) -> list[TotalLine]:
    """The control totals that stand, as they were held against the run, else against the newest one."""
    run = run or find_newest_run(rollout_id)
    asked = (
        select(ControlTotal, HeldTotal)
        .outerjoin(HeldTotal, (HeldTotal.total_id == ControlTotal.id) & (HeldTotal.run_id == (run.id if run else 0)))
        .where(ControlTotal.rollout_id == rollout_id, ControlTotal.withdrawn_at.is_(None))
        .order_by(ControlTotal.table_name, ControlTotal.id)
    )
    return [TotalLine(total, held) for total, held in db.session.execute(asked)]


def count_differing(rollout_id: int) -> HeldCount | None:
    """Totals of the newest run that differ and were not accepted; None before one was held."""
    run = find_newest_run(rollout_id)
    if run is None:
        return None
    standing = (HeldTotal.run_id == run.id, ControlTotal.withdrawn_at.is_(None))
    asked = select(HeldTotal.differs & (HeldTotal.accepted_by == ""), func.count()).join(ControlTotal).where(*standing)
    counts = {bool(differs): count for differs, count in db.session.execute(asked.group_by(asked.selected_columns[0]))}
    return HeldCount(counts.get(True, 0), sum(counts.values())) if counts else None


def add_total(rollout_id: int, terms: TotalTerms, *, store: Store, by: Actor, now: datetime) -> ControlTotal:
    """Keep a figure of the old system and hold it against the newest run."""
    _demand_names(rollout_id, terms)
    total = ControlTotal(rollout_id=rollout_id, added_by_id=by.id, added_at=now, **vars(terms))
    db.session.add(total)
    db.session.flush()
    said: dict[str, Plain] = {"table": terms.table_name, "count": terms.row_count, "amount_minor": terms.amount_minor}
    log_write("add_control_total", f"control_total:{total.id}", by=by, now=now, rollout_id=rollout_id, **said)
    run = find_newest_run(rollout_id)
    if run is not None:
        hold_totals(run, [total], store=store)
    return total


def withdraw_total(total: ControlTotal, reason: str, *, by: Actor, now: datetime) -> None:
    """Take a figure back, with a reason; it stays on record."""
    total.withdrawn_at, total.withdrawn_reason = now, reason
    said = {"reason": reason}
    log_write(
        "withdraw_control_total", f"control_total:{total.id}", by=by, now=now, rollout_id=total.rollout_id, **said
    )


def accept_difference(total: ControlTotal, name: str, reason: str, *, by: Actor, now: datetime) -> None:
    """Accept by name and with a reason that a figure differs in the newest run; holds while the figures stay."""
    run = find_newest_run(total.rollout_id)
    held = db.session.scalar(
        select(HeldTotal).where(HeldTotal.total_id == total.id, HeldTotal.run_id == (run.id if run else 0))
    )
    if held is None or not held.differs:
        raise RuleBroken(lazy("There is no difference to accept."))
    held.accepted_by, held.accepted_reason, held.accepted_at = name, reason, now
    said = {"name": name, "reason": reason}
    log_write("accept_control_total", f"control_total:{total.id}", by=by, now=now, rollout_id=total.rollout_id, **said)


def get_total(rollout_id: int, total_id: int) -> ControlTotal:
    """A control total of this rollout that stands."""
    here = (ControlTotal.rollout_id == rollout_id, ControlTotal.id == total_id, ControlTotal.withdrawn_at.is_(None))
    total: ControlTotal | None = db.session.scalar(select(ControlTotal).where(*here))
    if total is None:
        raise NotFound(lazy("There is no such control total."))
    return total


def hold_all_totals(run: TransferRun, *, store: Store) -> None:
    """Hold every control total that stands against a run that has just finished."""
    standing = (ControlTotal.rollout_id == run.rollout_id, ControlTotal.withdrawn_at.is_(None))
    hold_totals(run, list(db.session.scalars(select(ControlTotal).where(*standing))), store=store)


def hold_totals(run: TransferRun, totals: Iterable[ControlTotal], *, store: Store) -> None:
    """Count and sum the same in the files of a run and in its export of the CRM."""
    tables = {(one.side, one.name): one for one in list_run_tables(run.id)}
    mapping = load_mapping(db.session.get_one(MappingVersion, run.mapping_id), store=store)
    with open_backend(memory_mb=MEMORY_MB) as backend:
        sides = [open_side(tables.values(), side, backend, store=store) for side in (SOURCE, TARGET)]
        sources, targets = ({table.name: table for table in side.tables} for side in sides)
        own = find_counterparts(mapping, sources, targets, backend)
        for total in totals:
            counter = _Counter(total, mapping, tables, own, backend, store)
            db.session.add(_settle(total, run, counter.count(SOURCE), counter.count(TARGET)))
    db.session.flush()


def _settle(total: ControlTotal, run: TransferRun, in_files: int | None, in_crm: int | None) -> HeldTotal:
    """What was found; an acceptance of exactly these figures in an earlier run holds on."""
    expected = total.row_count if total.row_count is not None else total.amount_minor
    held = HeldTotal(total_id=total.id, run_id=run.id, in_files=in_files, in_crm=in_crm)
    held.differs = in_files != expected or in_crm != expected
    same = (HeldTotal.total_id == total.id, HeldTotal.in_files == in_files, HeldTotal.in_crm == in_crm)
    earlier = db.session.scalar(select(HeldTotal).where(*same, HeldTotal.accepted_by != "").limit(1))
    if earlier is not None:
        held.accepted_by, held.accepted_reason = earlier.accepted_by, earlier.accepted_reason
        held.accepted_at = earlier.accepted_at
    return held


def _demand_names(rollout_id: int, terms: TotalTerms) -> None:
    """The table and columns must be those of a file at hand."""
    tables = {one.name: one.columns for one in list_tables_at_hand(rollout_id) if one.side == SOURCE}
    if terms.table_name not in tables:
        raise RuleBroken(lazy("The old system's files have no table %(name)s.", name=terms.table_name))
    for column in (terms.column_name, terms.sum_column):
        if column and column not in tables[terms.table_name]:
            known = {"name": column, "table": terms.table_name}
            raise RuleBroken(lazy("Table %(table)s has no column %(name)s.", **known))


@dataclass(frozen=True)
class _Counter:
    """Counts or sums one control total on either side, by the mapping of the run."""

    total: ControlTotal
    mapping: Mapping
    tables: dict[tuple[str, str], TableAtHand]
    own: dict[str, SourceTable]
    """Of tables that were united or divided where their records are."""
    backend: Backend
    store: Store

    def count(self, side: str) -> int | None:
        """The figure on one side; None where the table or a column has no counterpart."""
        mapped = self.mapping.table(self.total.table_name)
        name = self.total.table_name if side == SOURCE else mapped.target if mapped else None
        table = self.tables.get((side, name or ""))
        if table is None:
            return None
        rows: ir.Table | None = self.backend.read_parquet(self.store.path(table.sha256))
        if side == TARGET and self.total.table_name in self.own:
            rows = self.own[self.total.table_name].relation
        if self.total.column_name:
            rows = self._narrow(rows, mapped, side)
        if rows is None:
            return None
        if not self.total.sum_column:
            return int(self.backend.connection.to_pyarrow(rows.count()).as_py())
        column = _find_column(mapped, self.total.sum_column, side)
        return self._sum(rows, column, side) if column else None

    def _narrow(self, rows: ir.Table, mapped: TableMapping | None, side: str) -> ir.Table | None:
        column = _find_column(mapped, self.total.column_name, side)
        if column is None:
            return None
        name, writing = _on_side(column, side)
        asked = canonical(self.total.equals, column.kind, column.source_writing)
        replaced = dict(column.values).get(self.total.equals) if side == TARGET else None
        wanted = asked if replaced is None else canonical(replaced, column.kind, writing)
        cells = self.backend.connection.to_pyarrow(rows.select(name).distinct()).column(0).to_pylist()
        same = [cell for cell in cells if cell is not None and canonical(cell, column.kind, writing) == wanted]
        if wanted == "":
            return rows.filter(rows[name].isnull() | (rows[name].strip() == ""))
        return rows.filter(rows[name].isin(same)) if same else rows.limit(0)

    def _sum(self, rows: ir.Table, column: ColumnMapping, side: str) -> int:
        name, writing = _on_side(column, side)
        counted = self.backend.connection.to_pyarrow(rows.group_by(name).agg(times=rows.count()))
        cells = zip(counted[name].to_pylist(), counted["times"].to_pylist(), strict=True)
        read = ((read_number(cell, writing.comma), times) for cell, times in cells if cell)
        amount = sum((Decimal(number) * times for number, times in read if number is not None), Decimal(0))
        return int(amount.scaleb(get_currency_precision(self.total.currency)).to_integral_value())


def _find_column(mapped: TableMapping | None, name: str, side: str) -> ColumnMapping | None:
    found = mapped.column(name) if mapped else None
    if found is None:
        return ColumnMapping(name, None) if side == SOURCE else None
    return found if side == SOURCE or found.target else None


def _on_side(column: ColumnMapping, side: str) -> tuple[str, Writing]:
    if side == SOURCE or column.target is None:
        return column.source, column.source_writing
    return column.target, column.target_writing
