"""The first hour: from one sheet a simulated run and a statement for each person, never payable."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from babel.numbers import get_currency_precision
from pyarrow import parquet
from sqlalchemy import select

from implement.control.incentives.service.freezing import freeze_run
from implement.control.incentives.service.policy import read_pay_currency
from implement.control.incentives.service.pricing import Payee, price_run, read_parts
from implement.control.incentives.service.runs import begin_run, get_run
from implement.control.incentives.tables import PayRun, PayStatement
from implement.control.incentives.tables.runs import GONE
from implement.db import db
from implement.engine.intake import ROW, Fault
from implement.engine.intake.child import read_tables_in_child
from implement.engine.pay.frozen import freeze_basis, freeze_plan, read_entries
from implement.engine.pay.plan import Terms
from implement.engine.pay.scan import Json
from implement.engine.pay.sheet import Sheet, SheetRow, propose_sheet_columns, read_sheet, write_sheet_entries
from implement.engine.payroll.simulation import SimulatedRow
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.files import doom_files
from implement.rollout.service.log import Actor, log_write
from implement.store import Store
from implement.web.texts import lazy

MOST_ROWS = 20_000
FROM_SHEET = "sheet"


@dataclass(frozen=True)
class SheetFile:
    """A sheet as found: its columns, the proposed or chosen ones, the rows and faults that came of them."""

    header: tuple[str, ...]
    columns: Mapping[str, str]
    sheet: Sheet
    unreadable: tuple[Fault, ...] = ()
    too_many: bool = False

    @property
    def may_be_simulated(self) -> bool:
        """True when there is not a single fault."""
        return not (self.unreadable or self.too_many or self.sheet.faults)


@dataclass(frozen=True)
class StatementRow:
    """A person's simulated statement as the list shows it."""

    id: int
    number: str
    name: str
    total_minor: int


@dataclass(frozen=True)
class Simulation:
    """A simulated run: every row with what it would pay, and the statements."""

    run: PayRun
    file_name: str
    rows: tuple[SimulatedRow, ...]
    statements: tuple[StatementRow, ...]
    minor_digits: int

    def rows_of(self, statement_id: int) -> list[SimulatedRow]:
        """The rows of one person; raises NotFound."""
        statement = self.find(statement_id)
        return [one for one in self.rows if one.said.number == statement.number]

    def find(self, statement_id: int) -> StatementRow:
        """One person's statement; raises NotFound."""
        found = next((one for one in self.statements if one.id == statement_id), None)
        if found is None:
            raise NotFound(lazy("There is no such statement."))
        return found


def read_sheet_file(
    path: Path, name: str, currency: str, chosen: Mapping[str, str] | None = None
) -> SheetFile:  # fmt: skip
    """Read the file's largest table; without chosen columns (field → column) they are proposed from the header."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = read_tables_in_child(path, Path(folder), name=name)
        if manifest.faults or not manifest.tables:
            return SheetFile((), {}, Sheet((), ()), manifest.faults or (Fault(name, None, None, "no_tables"),))
        largest = max(manifest.tables, key=lambda table: table.row_count)
        if largest.row_count > MOST_ROWS:
            return SheetFile(tuple(largest.columns), {}, Sheet((), ()), too_many=True)
        table = parquet.read_table(Path(folder, largest.part))
    header = tuple(column for column in table.column_names if column != ROW)
    columns = dict(chosen) if chosen is not None else propose_sheet_columns(header)
    rows = table.select(list(header)).to_pylist()
    return SheetFile(header, columns, read_sheet(rows, columns, get_currency_precision(currency)))


def note_sheet(rollout_id: int, sha256: str, *, by: Actor, now: datetime) -> None:
    """A sheet was handed in to be looked at: it is kept for an hour, whether it is priced or not."""
    doom_files([sha256], now=now)
    log_write("hand_in_pay_sheet", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id)


def simulate_sheet(
    rollout_id: int, rows: Sequence[SheetRow], file_name: str, *, store: Store, by: Actor, now: datetime, today: date
) -> PayRun:
    """Price a sheet as a run that can never be paid: of the month before, a statement for each person."""
    if not rows:
        raise RuleBroken(lazy("The table has no rows."))
    last_day = today.replace(day=1) - timedelta(days=1)
    run = begin_run(rollout_id, last_day.replace(day=1), last_day, by=by, now=now, kind="simulation")
    terms = Terms(currency=run.currency, minor_digits=get_currency_precision(run.currency))
    plan = freeze_plan(terms, write_sheet_entries(rows))
    basis = freeze_basis({"from": FROM_SHEET, "file": file_name}, [_write_row(one) for one in rows])
    freeze_run(run, price_run(plan, basis, _list_payees(rows)), store=store, by=by, now=now)
    return run


def read_simulation(rollout_id: int, run_id: int, *, store: Store) -> Simulation:
    """A simulated run of a sheet from what was frozen; raises NotFound for any other run."""
    run = get_run(rollout_id, run_id)
    basis = store.path(run.basis_sha256).read_bytes() if run.kind == "simulation" and run.basis_sha256 else b""
    head, entries = read_entries(basis) if basis else ({}, [])
    if head.get("from") != FROM_SHEET:
        raise NotFound(lazy("There is no such simulation."))
    parts = read_parts(store.path(run.pay_sha256).read_bytes())
    rows = tuple(_read_row(entry, dict(parts[str(entry["id"])])["plan"]) for entry in entries)
    columns = (PayStatement.id, PayStatement.number, PayStatement.name, PayStatement.total_minor)
    asked = select(*columns).where(PayStatement.run_id == run.id).order_by(PayStatement.name, PayStatement.id)
    statements = tuple(StatementRow(*row) for row in db.session.execute(asked))
    return Simulation(run, str(head["file"]), rows, statements, get_currency_precision(run.currency))


def list_simulations(rollout_id: int) -> list[tuple[int, int, datetime, int, str]]:
    """Every simulated run that is still kept, the newest first: id, number, when, total, currency."""
    columns = (PayRun.id, PayRun.number, PayRun.at, PayRun.total_minor, PayRun.currency)
    here = (PayRun.rollout_id == rollout_id, PayRun.kind == "simulation", PayRun.pay_sha256.not_in(("", GONE)))
    asked = select(*columns).where(*here).order_by(PayRun.number.desc())
    return [(id_, number, at, total, currency) for id_, number, at, total, currency in db.session.execute(asked)]


def currency_of(rollout_id: int) -> str:
    """The currency that a sheet of this rollout is in."""
    return read_pay_currency(rollout_id)


def _list_payees(rows: Sequence[SheetRow]) -> list[Payee]:
    """One person by number, with all rows; nobody is matched to the staff: a simulation is about nobody's pay."""
    entries: dict[str, list[str]] = {}
    names = {one.number: one.person for one in rows}
    for one in rows:
        entries.setdefault(one.number, []).append(f"row {one.row}")
    return [Payee(number, names[number], None, tuple(mine)) for number, mine in entries.items()]


def _write_row(one: SheetRow) -> dict[str, Json]:
    return {
        "id": f"row {one.row}", "row": one.row, "person": one.person, "number": one.number, "target": f"{one.target:f}",
        "actual": f"{one.actual:f}", "variable_minor": one.variable_minor, "paid_minor": one.paid_minor,
    }  # fmt: skip


def _read_row(entry: Mapping[str, Json], would_pay_minor: int) -> SimulatedRow:
    paid = entry["paid_minor"]
    said = SheetRow(
        int(str(entry["row"])), str(entry["person"]), str(entry["number"]), Decimal(str(entry["target"])),
        Decimal(str(entry["actual"])), int(str(entry["variable_minor"])), None if paid is None else int(str(paid)),
    )  # fmt: skip
    return SimulatedRow(said, would_pay_minor)
